"""What do we keep of an enterprise?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.enterprises.rules import EnterpriseKind, EnterpriseStatus
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit


class Enterprise(Versioned, Model):
    """A regulated party: a firm, a sole trader, a person who trades without being either."""

    __tablename__ = "enterprise"
    __table_args__ = (one_of("kind", EnterpriseKind), one_of("status", EnterpriseStatus))

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[EnterpriseKind] = mapped_column(StrEnumType(EnterpriseKind))
    #: Unique where there is one; empty codes are NULL so that they may repeat.
    credit_code: Mapped[str | None] = mapped_column(unique=True)
    registration_number: Mapped[str | None] = mapped_column(index=True)
    legal_representative: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    division_code: Mapped[str] = mapped_column(index=True)
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    status: Mapped[EnterpriseStatus] = mapped_column(StrEnumType(EnterpriseStatus))
    #: The bureau that keeps the entry: the one with jurisdiction over the division.
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    #: What the register is searched by: the folded name, and the first letters of its pinyin.
    folded: Mapped[str] = mapped_column(index=True)
    initials: Mapped[str] = mapped_column(index=True)

    bureau: Mapped[Unit] = relationship()
    field_rows: Mapped[list[EnterpriseField]] = relationship(cascade="all, delete-orphan")
    product_rows: Mapped[list[EnterpriseProduct]] = relationship(cascade="all, delete-orphan")
    alias_rows: Mapped[list[EnterpriseAlias]] = relationship(
        cascade="all, delete-orphan", order_by="EnterpriseAlias.id"
    )
    word_rows: Mapped[list[EnterpriseWord]] = relationship(cascade="all, delete-orphan")

    @property
    def fields(self) -> list[str]:
        """Codes of the list of fields."""
        return [row.field_code for row in self.field_rows]

    @property
    def products(self) -> list[str]:
        """Codes of the list of products."""
        return [row.product_code for row in self.product_rows]

    @property
    def aliases(self) -> list[str]:
        """Other and former names."""
        return [row.name for row in self.alias_rows]


class EnterpriseField(Model):
    """A field in which an enterprise stands."""

    __tablename__ = "enterprise_field"

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    field_code: Mapped[str] = mapped_column(primary_key=True, index=True)


class EnterpriseProduct(Model):
    """A product that an enterprise makes or sells."""

    __tablename__ = "enterprise_product"

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    product_code: Mapped[str] = mapped_column(primary_key=True, index=True)


class EnterpriseAlias(Model):
    """Another name under which people know an enterprise, or its former one."""

    __tablename__ = "enterprise_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)


class EnterpriseWord(Model):
    """A pair of neighbouring characters (or a word) of a name: what a fragment is found by."""

    __tablename__ = "enterprise_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id"), primary_key=True, index=True
    )
    #: Its first character, by which one typed character is found.
    first: Mapped[str] = mapped_column(index=True)
