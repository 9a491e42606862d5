"""What do we keep of a listing, its demands, reports, letters and extensions?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.supervision.rules import DemandState, ListingState, Rung, SubjectKind
from app.units.models import Unit


class Listing(Versioned, Model):
    """One case, enterprise, area or issue under the eye of a bureau above."""

    __tablename__ = "listing"
    __table_args__ = (
        one_of("state", ListingState),
        one_of("subject_kind", SubjectKind),
        Index("ix_listing_scope", "unit_path", "state"),
        Index("ix_listing_handling", "handling_path", "state"),
        Index("ix_listing_subject", "subject_kind", "subject_reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ListingState] = mapped_column(
        StrEnumType(ListingState), default=ListingState.LISTED
    )
    #: The bureau that supervises; its path is the record's place in the tree.
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_path: Mapped[str]
    handling_bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    handling_path: Mapped[str]

    subject_kind: Mapped[SubjectKind] = mapped_column(StrEnumType(SubjectKind))
    #: A case's or an enterprise's reference, an area's division code, nothing for an issue.
    subject_reference: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    reason: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    listed_on: Mapped[date]
    listed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    is_public: Mapped[bool] = mapped_column(default=False)
    public_title: Mapped[str] = mapped_column(default="")

    #: What the handling bureau wrote when it last applied, and why it was sent back or withdrawn.
    application: Mapped[str] = mapped_column(default="")
    end_reason: Mapped[str] = mapped_column(default="")
    delist_number: Mapped[str | None] = mapped_column(unique=True)
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    bureau: Mapped[Unit] = relationship(foreign_keys=[bureau_id])
    handling_bureau: Mapped[Unit] = relationship(foreign_keys=[handling_bureau_id])
    demands: Mapped[list[Demand]] = relationship(
        back_populates="listing", order_by="Demand.position", lazy="selectin"
    )
    urgings: Mapped[list[Urging]] = relationship(
        back_populates="listing", order_by="Urging.id", lazy="selectin"
    )
    extensions: Mapped[list[ListingExtension]] = relationship(
        back_populates="listing", order_by="ListingExtension.id", lazy="selectin"
    )

    @property
    def demand_states(self) -> list[DemandState]:
        """How each demand stands, in order."""
        return [demand.state for demand in self.demands]


class Demand(Model):
    """One thing demanded, with its day."""

    __tablename__ = "listing_demand"
    __table_args__ = (one_of("state", DemandState), UniqueConstraint("listing_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[DemandState] = mapped_column(StrEnumType(DemandState), default=DemandState.OPEN)

    listing: Mapped[Listing] = relationship(back_populates="demands")
    reports: Mapped[list[DemandReport]] = relationship(
        back_populates="demand", order_by="DemandReport.id"
    )


class DemandReport(Model):
    """What the handling bureau reported on a demand, and what the supervising bureau held of it."""

    __tablename__ = "listing_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(ForeignKey("listing_demand.id"), index=True)
    text: Mapped[str]
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None until the supervising bureau has looked at it.
    is_met: Mapped[bool | None]
    verdict_reason: Mapped[str] = mapped_column(default="")
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    demand: Mapped[Demand] = relationship(back_populates="reports")


class Urging(Model):
    """One urging letter and its answer."""

    __tablename__ = "listing_urging"
    __table_args__ = (one_of("rung", Rung),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    rung: Mapped[Rung] = mapped_column(StrEnumType(Rung))
    number: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answer_due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    listing: Mapped[Listing] = relationship(back_populates="urgings")


class ListingExtension(Model):
    """One extension: from which day to which, why, and who approved."""

    __tablename__ = "listing_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    reason: Mapped[str]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    listing: Mapped[Listing] = relationship(back_populates="extensions")


class ListingPublication(Model):
    """What the public may see of a listing, frozen; a change adds a row, none is ever altered."""

    __tablename__ = "listing_publication"
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_reference: Mapped[str] = mapped_column(index=True)
    number: Mapped[str]
    title: Mapped[str]
    supervising_unit: Mapped[str]
    handling_unit: Mapped[str]
    listed_on: Mapped[date]
    due_on: Mapped[date]
    #: A state of the listing, or "retracted" from the day it was taken down.
    state: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
