"""What do we keep of a unit?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, Versioned, one_of
from app.units.rules import UnitKind, UnitLevel


class Unit(Versioned, Model):
    """A bureau, a section, a station, a testing institute."""

    __tablename__ = "unit"
    __table_args__ = (
        one_of("kind", UnitKind),
        one_of("level", UnitLevel),
        Index("ix_unit_path", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    kind: Mapped[UnitKind] = mapped_column(StrEnumType(UnitKind))
    level: Mapped[UnitLevel] = mapped_column(StrEnumType(UnitLevel))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: "/1/4/9/": ancestors and the unit itself; a prefix test is the whole scope question.
    path: Mapped[str] = mapped_column(default="")
    division_code: Mapped[str]
    #: 机关代字 before the year of a document number ("澄青市监").
    number_word: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    @property
    def unit_path(self) -> str:
        """A unit lies in its own place of the tree."""
        return self.path

    @property
    def depth(self) -> int:
        """How many units stand above this one."""
        return self.path.count("/") - 2


class UnitJurisdiction(Model):
    """From when to when a unit had jurisdiction over a division (GB/T 2260 code)."""

    __tablename__ = "unit_jurisdiction"
    __table_args__ = (UniqueConstraint("unit_id", "division_code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    division_code: Mapped[str] = mapped_column(index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship()


class ReportingLine(Model):
    """A line of business in which a unit reports to another superior than the tree's."""

    __tablename__ = "reporting_line"
    __table_args__ = (UniqueConstraint("unit_id", "business"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    superior_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    business: Mapped[str]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    superior: Mapped[Unit] = relationship(foreign_keys=[superior_id])
