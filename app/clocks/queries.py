"""Which days are worked, which clocks run on a record, and what is there to say about them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.clocks import labels, sentences
from app.clocks.models import CalendarYear, Clock, ClockSpan
from app.clocks.rules import SpanAct, Standing
from app.kernel.calendar import WorkCalendar, YearSchedule, load_shipped, schedule_from
from app.kernel.db import db
from app.kernel.deadlines import (
    ClockState,
    Due,
    DueWords,
    Extension,
    LegalRule,
    Suspension,
    Unit,
    compute,
    load_statutes,
    words,
)

Row = TypeVar("Row")

#: The calendar last built, and the state of the administrator's table it was built from.
_built: dict[tuple[tuple[int, int, datetime], ...], WorkCalendar] = {}


# --- the calendar --------------------------------------------------------------------------


def calendar() -> WorkCalendar:
    """Return the shipped years with the administrator's over them; unpublished ones provisional."""
    state = tuple(
        (row.year, row.version, row.entered_at)
        for row in db.session.execute(
            select(CalendarYear.year, CalendarYear.version, CalendarYear.entered_at).order_by(
                CalendarYear.year
            )
        )
    )
    if state not in _built:
        built = load_shipped().overlaid(_entered()).allowing_provisional()
        _built.clear()
        _built[state] = built
    return _built[state]


def _entered() -> list[YearSchedule]:
    return [
        schedule_from(
            {
                "year": row.year,
                "title": row.title,
                "number": row.number,
                "office": YearSchedule.office,
                "holidays": row.holidays,
                "make_up_days": row.make_up_days,
            }
        )
        for row in db.session.scalars(select(CalendarYear))
    ]


def entered_year(year: int) -> CalendarYear | None:
    """Return the administrator's row of a year, if there is one."""
    return db.session.get(CalendarYear, year)


# --- legal rules ---------------------------------------------------------------------------


def rule_of(clock: Clock) -> LegalRule:
    """Return the rule version a clock was started under."""
    return load_statutes().version(clock.rule_code, clock.rule_valid_from)


# --- clocks --------------------------------------------------------------------------------


def clocks_of(subject_kind: str, subject_reference: str) -> Sequence[Clock]:
    """Return a record's clocks: those that run first, nearest last day first."""
    return db.session.scalars(
        select(Clock)
        .where(Clock.subject_kind == subject_kind, Clock.subject_reference == subject_reference)
        .order_by(Clock.stopped_on.is_not(None), Clock.due_on.is_(None), Clock.due_on, Clock.id)
    ).all()


def running_clock(subject_kind: str, subject_reference: str, rule_code: str) -> Clock | None:
    """Return the running clock of one rule on a record."""
    return db.session.scalars(
        select(Clock).where(
            Clock.subject_kind == subject_kind,
            Clock.subject_reference == subject_reference,
            Clock.rule_code == rule_code,
            Clock.stopped_on.is_(None),
        )
    ).one_or_none()


def main_clock(subject_kind: str, subject_reference: str) -> Clock | None:
    """Return the clock a record's head shows: the running main one, else the nearest running."""
    running = [c for c in clocks_of(subject_kind, subject_reference) if c.stopped_on is None]
    return next((clock for clock in running if clock.is_main), running[0] if running else None)


def with_main_clock(
    statement: Select[Row],
    subject_kind: str,
    reference: InstrumentedAttribute[str] | ColumnElement[str],
) -> tuple[Select[Row], type[Clock]]:
    """Join a list's records to their running main clock, if any; returns the clock to sort by."""
    clock = aliased(Clock)
    joined = statement.outerjoin(
        clock,
        and_(
            clock.subject_kind == subject_kind,
            clock.subject_reference == reference,
            clock.stopped_on.is_(None),
            clock.is_main,
        ),
    )
    return joined, clock


def due_order(clock: type[Clock]) -> tuple[ColumnElement[Any], ...]:
    """Sort by the calendar: nearest last day first, then those that stand still or have none."""
    return clock.due_on.is_(None), clock.due_on.asc()


def overdue(clock: type[Clock], today: date) -> ColumnElement[bool]:
    """Whether a joined clock's last day has passed; one that stands still is never late."""
    return and_(clock.stopped_on.is_(None), clock.due_on < today)


def main_clocks(subject_kind: str, references: Iterable[str]) -> dict[str, Clock]:
    """Return the running main clocks of many records in one question."""
    found = db.session.scalars(
        select(Clock).where(
            Clock.subject_kind == subject_kind,
            Clock.subject_reference.in_(list(references)),
            Clock.stopped_on.is_(None),
            Clock.is_main,
        )
    )
    return {clock.subject_reference: clock for clock in found}


def affected_by(year: int) -> Sequence[Clock]:
    """Return the running clocks whose count can touch a year or the December before it."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    return db.session.scalars(
        select(Clock)
        .where(
            Clock.stopped_on.is_(None),
            Clock.started_on <= last,
            func.coalesce(Clock.legal_due_on, last) >= first,
        )
        .order_by(Clock.id)
    ).all()


def standing(clock: Clock) -> Standing:
    """Return what the rules need to know of a clock."""
    return Standing(
        rule=rule_of(clock),
        started_on=clock.started_on,
        due_on=clock.due_on,
        paused_on=clock.paused_on,
        is_stopped=clock.stopped_on is not None,
        extended=sum(span.kind is SpanAct.EXTEND for span in clock.spans),
    )


def counted(clock: Clock, days: WorkCalendar) -> Due:
    """Count a clock from its start with everything that was decided on it."""
    return compute(
        rule_of(clock),
        clock.started_on,
        calendar=days,
        suspensions=[_suspension(s) for s in clock.spans if s.kind is SpanAct.SUSPEND],
        extensions=[_extension(s) for s in clock.spans if s.kind is SpanAct.EXTEND],
    )


def _suspension(span: ClockSpan) -> Suspension:
    return Suspension(span.from_on, span.to_on, span.ground)


def _extension(span: ClockSpan) -> Extension:
    if span.length is None:
        return Extension(until=span.to_on)
    return Extension(span.length, span.unit)


@dataclass(frozen=True)
class _Kept:
    due_on: date
    unit: Unit
    is_provisional: bool
    pause_ground: str | None


def words_of(clock: Clock, today: date, days: WorkCalendar | None = None) -> DueWords:
    """Say how a kept clock stands today; a list passes its calendar once for all rows."""
    kept = _Kept(
        due_on=clock.due_on or today,
        unit=rule_of(clock).unit,
        is_provisional=clock.is_provisional,
        pause_ground=clock.pause_ground if clock.paused_on else None,
    )
    state = ClockState.RUNNING if clock.stopped_on is None else ClockState.STOPPED
    return labelled(words(kept, today, days or calendar(), state))


def words_for_day(due_on: date, today: date, days: WorkCalendar | None = None) -> DueWords:
    """Say how a day that people set (not a term of law) stands, counted in working days."""
    kept = _Kept(due_on=due_on, unit=Unit.WORKING_DAYS, is_provisional=False, pause_ground=None)
    return labelled(words(kept, today, days or calendar(), ClockState.RUNNING))


def labelled(said: DueWords) -> DueWords:
    """Replace the ground's code by its word, as templates show it."""
    return replace(said, ground=labels.ground(said.ground)) if said.ground else said


@dataclass(frozen=True)
class ClockView:
    """Everything a page says about one clock (the shape of the component ``deadline``)."""

    due: Due
    words: DueWords
    title: str
    basis: str
    notes: list[str]
    steps: list[str]
    due_on: date | None
    #: The kept clock; None for a count that somebody only asked about.
    clock: Clock | None = None
    #: Arguments of the page ``clocks.count`` that explains this clock.
    arguments: dict[str, Any] = field(default_factory=dict)


def view(clock: Clock, today: date, days: WorkCalendar | None = None) -> ClockView:
    """Return a clock with its words, article, start event, exclusions and steps of the count."""
    days = days or calendar()
    due = counted(clock, days)
    return replace(
        explained(due, words_of(clock, today, days)),
        due_on=clock.due_on,
        clock=clock,
        arguments=_arguments(clock, due),
    )


def explained(due: Due, said: DueWords) -> ClockView:
    """Return a count with its words, title, article, notes and steps."""
    return ClockView(
        due=due,
        words=said,
        title=labels.title(due.rule),
        basis=labels.basis(due.rule),
        notes=sentences.notes(due),
        steps=sentences.steps(due),
        due_on=None if due.paused else due.due_on,
    )


def views(subject_kind: str, subject_reference: str, today: date) -> list[ClockView]:
    """Return the views of a record's running clocks, nearest last day first."""
    days = calendar()
    return [
        view(clock, today, days)
        for clock in clocks_of(subject_kind, subject_reference)
        if clock.stopped_on is None
    ]


def _arguments(clock: Clock, due: Due) -> dict[str, Any]:
    suspended = [s for s in clock.spans if s.kind is SpanAct.SUSPEND]
    extended = [s for s in clock.spans if s.kind is SpanAct.EXTEND]
    until = next((s.to_on for s in extended if s.length is None), None)
    found: dict[str, Any] = {
        "code": due.rule.code,
        "start": clock.started_on.isoformat(),
        "suspend": " ".join(f"{s.from_on}..{s.to_on or ''}" for s in suspended),
        "extend": len(extended) or None,
        "until": until.isoformat() if until else None,
        "under": due.rule.valid_from.isoformat(),
    }
    return {key: value for key, value in found.items() if value}
