"""What do we keep of a lead, and of the letters written about it?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.enterprises.models import Enterprise
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.leads.rules import LeadState, LetterKind, Source
from app.units.models import Unit


class Lead(Versioned, Model):
    """One lead that is no tip, or a finding of an inspection that needs an end of its own."""

    __tablename__ = "lead"
    __table_args__ = (
        one_of("state", LeadState),
        one_of("source", Source),
        Index("ix_lead_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    source: Mapped[Source] = mapped_column(StrEnumType(Source))
    state: Mapped[LeadState] = mapped_column(StrEnumType(LeadState), default=LeadState.OPEN)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_path: Mapped[str]
    #: 发现线索或者收到材料之日: from here the filing term is counted (令2 art. 18).
    found_on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    summary: Mapped[str]
    party_name: Mapped[str] = mapped_column(default="")
    party_address: Mapped[str] = mapped_column(default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    product_code: Mapped[str] = mapped_column(default="")
    violation_code: Mapped[str] = mapped_column(default="")

    #: The authority, the outlet or the superior it came from, and the number and day of its paper.
    came_from: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date | None]
    #: When the sender of a transfer got the receipt back.
    receipt_on: Mapped[date | None]
    #: The finding it is about; no second lead is entered for one.
    task_reference: Mapped[str | None] = mapped_column(unique=True)
    #: The lead handed over to us, or the letter by which a superior organises.
    parent_reference: Mapped[str | None] = mapped_column(index=True)

    case_reference: Mapped[str | None] = mapped_column(index=True)
    merged_into: Mapped[str | None]
    handed_to: Mapped[str] = mapped_column(default="")
    handed_number: Mapped[str] = mapped_column(default="")
    handed_receipt_on: Mapped[date | None]
    #: Why no case was filed, or why it went elsewhere; who approved it, and when.
    reason: Mapped[str] = mapped_column(default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_on: Mapped[date | None]

    bureau: Mapped[Unit] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()


class LeadLetter(Versioned, Model):
    """A letter to another bureau about a lead: asked, by when, and answered how."""

    __tablename__ = "lead_letter"
    __table_args__ = (one_of("kind", LetterKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LetterKind] = mapped_column(StrEnumType(LetterKind))
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(index=True)
    addressee_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    addressee_path: Mapped[str] = mapped_column(index=True)
    asked: Mapped[str]
    #: What is sent along: the list of evidence.
    enclosed: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reply: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    lead: Mapped[Lead] = relationship()
    sender: Mapped[Unit] = relationship(foreign_keys=[sender_id])
    addressee: Mapped[Unit] = relationship(foreign_keys=[addressee_id])
