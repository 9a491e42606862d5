"""What do we keep of a tip's way from desk to desk, and of tips that belong together?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.tips.triage.rules import HopKind, RemarkKind
from app.units.models import Unit


class Hop(Model):
    """One passage of a tip: from which desk to which, why, when and by whom."""

    __tablename__ = "tip_hop"
    __table_args__ = (one_of("kind", HopKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    kind: Mapped[HopKind] = mapped_column(StrEnumType(HopKind))
    from_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    #: Empty when the tip left the house for ``outside``.
    to_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    outside: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    feedback_on: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    origin: Mapped[Unit] = relationship(foreign_keys=[from_id])
    goal: Mapped[Unit | None] = relationship(foreign_keys=[to_id])


class Dispute(Versioned, Model):
    """Two bureaus that each hold the other competent, up to their common superior."""

    __tablename__ = "tip_dispute"

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    claimant_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    counterpart_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    superior_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    reason: Mapped[str]
    #: It arose by itself from returns without handling.
    is_bounced: Mapped[bool] = mapped_column(default=False)
    opened_on: Mapped[date]
    referred_on: Mapped[date | None]
    referred_because: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(default="")
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    claimant: Mapped[Unit] = relationship(foreign_keys=[claimant_id])
    counterpart: Mapped[Unit] = relationship(foreign_keys=[counterpart_id])
    superior: Mapped[Unit] = relationship(foreign_keys=[superior_id])
    holder: Mapped[Unit | None] = relationship(foreign_keys=[holder_id])

    @property
    def parties(self) -> tuple[str, str]:
        """The paths of the two bureaus that disagree."""
        return self.claimant.path, self.counterpart.path

    @property
    def arbiter(self) -> str:
        """The path of the bureau that designates."""
        return self.superior.path


class Gathering(Versioned, Model):
    """An event that many people report (聚集性): one record, the tips stay single."""

    __tablename__ = "tip_gathering"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    bureau: Mapped[Unit] = relationship()


class Link(Model):
    """Two tips that should be read together."""

    __tablename__ = "tip_link"
    __table_args__ = (UniqueConstraint("one", "other"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(index=True)
    other: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Remark(Model):
    """What a superior writes about a tip below it, and what it is answered."""

    __tablename__ = "tip_remark"
    __table_args__ = (one_of("kind", RemarkKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    kind: Mapped[RemarkKind] = mapped_column(StrEnumType(RemarkKind))
    text: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: When the bureau that was urged answered.
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
