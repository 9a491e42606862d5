"""What do we keep of a tip, and where does the reporter's identity lie?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.enterprises.models import Enterprise
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.tips.rules import Channel, Ground, IdKind, Standing, TipKind, TipState
from app.units.models import Unit


class Reporter(Model):
    """Who reported: apart from the tip, each field sealed; only ``phone_index`` can be matched."""

    __tablename__ = "reporter"

    id: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[Standing] = mapped_column(StrEnumType(Standing))
    name_sealed: Mapped[str | None]
    phone_sealed: Mapped[str | None]
    address_sealed: Mapped[str | None]
    id_kind: Mapped[IdKind | None] = mapped_column(StrEnumType(IdKind))
    id_number_sealed: Mapped[str | None]
    #: For whom an agent speaks (令121 art. 11).
    principal_sealed: Mapped[str | None]
    phone_index: Mapped[str | None] = mapped_column(index=True)
    code_index: Mapped[str] = mapped_column(unique=True)


class Tip(Versioned, Model):
    """One complaint or one report."""

    __tablename__ = "tip"
    __table_args__ = (
        one_of("state", TipState),
        one_of("kind", TipKind),
        one_of("channel", Channel),
        # Led by the state, so that the few open ones are counted without passing half a million.
        Index("ix_tip_open", "state", "unit_path", "case_reference", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TipKind] = mapped_column(StrEnumType(TipKind))
    state: Mapped[TipState] = mapped_column(StrEnumType(TipState), default=TipState.RECEIVED)
    channel: Mapped[Channel] = mapped_column(StrEnumType(Channel))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    #: The bureau that sent the tip down, to which a return goes.
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    facts: Mapped[str]
    subject_name: Mapped[str] = mapped_column(default="")
    subject_address: Mapped[str] = mapped_column(default="")
    subject_contact: Mapped[str] = mapped_column(default="")
    subject_phone: Mapped[str] = mapped_column(default="")
    division_code: Mapped[str] = mapped_column(default="")
    seller: Mapped[str] = mapped_column(default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    product_code: Mapped[str] = mapped_column(default="")
    violation_code: Mapped[str] = mapped_column(default="")
    brand_model: Mapped[str] = mapped_column(default="")
    batch: Mapped[str] = mapped_column(default="")
    bought_on: Mapped[date | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    wishes: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_dangerous: Mapped[bool] = mapped_column(default=False)
    #: Bought for a trade: a hint on ground 3 of 令121 art. 16, never a refusal by itself.
    is_for_trade: Mapped[bool] = mapped_column(default=False)
    #: What the complainant agreed to on the form of April 2026.
    may_publish: Mapped[bool] = mapped_column(default=False)
    may_entrust: Mapped[bool] = mapped_column(default=False)

    reporter_id: Mapped[int] = mapped_column(ForeignKey("reporter.id"), index=True)
    #: The other half of a call that held both a dispute and a report (令121 art. 9).
    twin_reference: Mapped[str | None]
    task_reference: Mapped[str | None]
    #: The case, from its proposal on; empty again when that is not filed.
    case_reference: Mapped[str | None]
    #: The table at which an accepted complaint is mediated.
    mediation_reference: Mapped[str | None]
    ground: Mapped[Ground | None] = mapped_column(StrEnumType(Ground))
    #: What the ground rests on: the other body, the missing paper, the factor of art. 17.
    ground_shown_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    #: The section of the bureau that has the tip in hand; it returns, it never passes on (art. 41).
    section_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    #: By when the bureau that sent the tip down wants to hear of it.
    feedback_on: Mapped[date | None]
    #: Returns since anybody last handled the tip: the third one goes to the common superior.
    bounces: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[str | None] = mapped_column(index=True)
    #: The authority outside the house it went to, or to which the reporter was told to go.
    handed_to: Mapped[str] = mapped_column(default="")
    gathering_reference: Mapped[str | None] = mapped_column(index=True)

    section: Mapped[Unit | None] = relationship(foreign_keys=[section_id])
    bureau: Mapped[Unit] = relationship(foreign_keys=[bureau_id])
    enterprise: Mapped[Enterprise | None] = relationship()

    @property
    def title(self) -> str:
        """The first words of what was told: how people name a tip to each other."""
        first = self.facts.strip().splitlines()[0]
        return first if len(first) <= 40 else first[:39] + "…"


class TipPrint(Model):
    """A mark by which a likely double is found (``likeness``); made from the tip, kept with it."""

    __tablename__ = "tip_print"
    #: Looked up by print and read newest first: the primary key is the whole row.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    print: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tip_id: Mapped[int] = mapped_column(
        ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class TipContent(Model):
    """The keyed digest of what a visitor wrote, word for word: by it the very same is found."""

    __tablename__ = "tip_content"

    tip_id: Mapped[int] = mapped_column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
