"""What do we keep of a mediation?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.mediations.rules import Ending, Letter, MediationState, Side, Way
from app.people.models import Person
from app.units.models import Unit


class Mediation(Versioned, Model):
    """One dispute at one table: a complaint, or several of the same dispute."""

    __tablename__ = "mediation"
    __table_args__ = (
        one_of("state", MediationState),
        Index("ix_mediation_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[MediationState] = mapped_column(
        StrEnumType(MediationState), default=MediationState.CONSENTING
    )
    title: Mapped[str]
    trader: Mapped[str] = mapped_column(default="")
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    complainant_consents: Mapped[bool | None]
    trader_consents: Mapped[bool | None]
    mediator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: A consumer association mediates in the bureau's name and entrusts nobody else (art. 19).
    entrusted_to: Mapped[str] = mapped_column(default="")
    entrusted_on: Mapped[date | None]
    recusal_by: Mapped[Side | None] = mapped_column(StrEnumType(Side))
    recusal_reason: Mapped[str] = mapped_column(default="")
    #: Who tests or gives an opinion; the sixty days stand still meanwhile (art. 22).
    tested_by: Mapped[str] = mapped_column(default="")
    test_result: Mapped[str] = mapped_column(default="")

    terms: Mapped[str] = mapped_column(default="")
    letter: Mapped[Letter | None] = mapped_column(StrEnumType(Letter))
    ending: Mapped[Ending | None] = mapped_column(StrEnumType(Ending))
    reason: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    complainant_told_on: Mapped[date | None]
    complainant_told_by: Mapped[Way | None] = mapped_column(StrEnumType(Way))
    trader_told_on: Mapped[date | None]
    trader_told_by: Mapped[Way | None] = mapped_column(StrEnumType(Way))

    bureau: Mapped[Unit] = relationship()
    mediator: Mapped[Person | None] = relationship(foreign_keys=[mediator_id])
    complaints: Mapped[list[Complaint]] = relationship(order_by="Complaint.id")
    sessions: Mapped[list[Session]] = relationship(order_by="Session.planned_at")

    @property
    def tip_references(self) -> list[str]:
        """The complaints at this table, the first one first."""
        return [complaint.tip_reference for complaint in self.complaints]

    @property
    def representatives(self) -> list[str]:
        """The complaints whose complainants speak for all (art. 12)."""
        return [one.tip_reference for one in self.complaints if one.is_representative]


class Complaint(Model):
    """A complaint that is mediated at this table."""

    __tablename__ = "mediation_complaint"

    id: Mapped[int] = mapped_column(primary_key=True)
    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), index=True)
    tip_reference: Mapped[str] = mapped_column(unique=True)
    is_representative: Mapped[bool] = mapped_column(default=False)


class Session(Model):
    """One meeting: when and where, who was invited by which way, who came, what was said."""

    __tablename__ = "mediation_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), index=True)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str]
    complainant_way: Mapped[Way] = mapped_column(StrEnumType(Way))
    trader_way: Mapped[Way] = mapped_column(StrEnumType(Way))
    complainant_came: Mapped[bool | None]
    trader_came: Mapped[bool | None]
    notes: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
