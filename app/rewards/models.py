"""What do we keep of a reward?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case, Yuan
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.mediations.rules import Way
from app.rewards.rules import Check, Grade, RewardState
from app.units.models import Unit


class Reward(Versioned, Model):
    """One reward for one report of one case; of the reporter it knows the report's number alone."""

    __tablename__ = "reward"
    __table_args__ = (
        one_of("state", RewardState),
        one_of("grade", Grade),
        Index("ix_reward_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RewardState] = mapped_column(
        StrEnumType(RewardState), default=RewardState.PROPOSED
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]

    grade: Mapped[Grade] = mapped_column(StrEnumType(Grade))
    #: Fines and confiscated money of the decision, and what the grade gives on it.
    base: Mapped[Decimal] = mapped_column(Yuan)
    figure: Mapped[Decimal] = mapped_column(Yuan)
    amount: Mapped[Decimal] = mapped_column(Yuan)
    #: Which facts of the report were proved, and why this grade.
    basis: Mapped[str]
    #: Why somebody gets less than the grade gives, or shares with others.
    share_reason: Mapped[str] = mapped_column(default="")

    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_on: Mapped[date | None]
    opinion: Mapped[str] = mapped_column(default="")
    finance_on: Mapped[date | None]
    finance_letter: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_on: Mapped[date | None]

    told_on: Mapped[date | None]
    told_way: Mapped[Way | None] = mapped_column(StrEnumType(Way))
    #: Where the reporter claims it, and until when: the bureau's own word, the law gives no term.
    contact: Mapped[str] = mapped_column(default="")
    claim_until: Mapped[date | None]
    claimed_on: Mapped[date | None]
    checked_by: Mapped[Check | None] = mapped_column(StrEnumType(Check))
    paid_on: Mapped[date | None]
    voucher: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    #: When the state last changed: what waits, waits since then.
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    bureau: Mapped[Unit] = relationship()
    case: Mapped[Case] = relationship()
