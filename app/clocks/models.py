"""What do we keep of the calendar and of the clocks that run on records?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clocks.rules import Outcome, SpanAct
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.kernel.deadlines import Unit

_RUNNING = text("stopped_on IS NULL")
_RUNNING_MAIN = text("stopped_on IS NULL AND is_main")


class CalendarYear(Versioned, Model):
    """A year's notice as the administrator entered it; it overrules the shipped one.

    ``holidays`` and ``make_up_days`` are lists of ``{"name": …, "days": ["2027-01-01", …]}``.
    """

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    holidays: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    make_up_days: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Clock(Versioned, Model):
    """One term of law running on one record, with the rule version and calendar it was counted on.

    ``due_on`` is empty while the clock stands still: then there is no last day.
    """

    __tablename__ = "clock"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint("(stopped_on IS NULL) = (outcome IS NULL)", name="outcome_when_stopped"),
        CheckConstraint("(due_on IS NULL) = (paused_on IS NOT NULL)", name="no_due_while_paused"),
        Index("ix_clock_subject", "subject_kind", "subject_reference"),
        Index("ix_clock_due_on", "due_on", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index(
            "uq_clock_running",
            "subject_kind",
            "subject_reference",
            "rule_code",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index(
            "uq_clock_running_main",
            "subject_kind",
            "subject_reference",
            unique=True,
            sqlite_where=_RUNNING_MAIN,
            postgresql_where=_RUNNING_MAIN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_reference: Mapped[str]
    rule_code: Mapped[str]
    rule_valid_from: Mapped[date]
    calendar_basis: Mapped[str]
    started_on: Mapped[date]
    due_on: Mapped[date | None]
    legal_due_on: Mapped[date | None]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    is_main: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None]
    pause_ground: Mapped[str | None]
    stopped_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(StrEnumType(Outcome))

    spans: Mapped[list[ClockSpan]] = relationship(
        back_populates="clock",
        order_by="ClockSpan.id",
        lazy="selectin",
    )


class ClockSpan(Model):
    """Days on which a clock stood still, or time by which it was lengthened, and who decided."""

    __tablename__ = "clock_span"
    __table_args__ = (one_of("kind", SpanAct), one_of("unit", Unit))

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"), index=True)
    kind: Mapped[SpanAct] = mapped_column(StrEnumType(SpanAct))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    length: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(StrEnumType(Unit))
    ground: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    clock: Mapped[Clock] = relationship(back_populates="spans")
