"""When does a term of law end, how was that counted, and how is it said?

A clock is a rule version (``kernel.statutes``), a start, suspensions (the clock stands still) and
extensions (the clock runs longer); ``compute`` turns them into a last day with every step that led
there. Nothing here knows what day it is today.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from app.kernel.calendar import (
    DAY,
    LONGEST_COUNT,
    Step,
    StepKind,
    WorkCalendar,
    as_step,
    roll_over,
    working_days_between,
)
from app.kernel.statutes import LegalRule, NoSuchRule, Unit, load_statutes, rule_at

__all__ = [
    "ClockState",
    "CountUnit",
    "Due",
    "DueWords",
    "Extension",
    "LegalRule",
    "NoSuchRule",
    "Span",
    "SpanKind",
    "Suspension",
    "TermFault",
    "Unit",
    "WordKind",
    "add_months",
    "compute",
    "due_at",
    "load_statutes",
    "rule_at",
    "words",
]

#: A term in calendar days is near its end five days before, one in working days three before.
NEAR_WORKING_DAYS = 3
NEAR_CALENDAR_DAYS = 5


class TermFault(ValueError):
    """A suspension or an extension that the arithmetic cannot take; ``code`` is a slug."""

    def __init__(self, code: str, **facts: object) -> None:
        """Name the rule that is broken, with facts for the sentence."""
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days on which a clock stands still, both ends included; ``last`` is None while it lasts."""

    first: date
    last: date | None
    ground: str = ""

    def __post_init__(self) -> None:
        """Refuse a suspension that ends before it begins."""
        if self.last is not None and self.last < self.first:
            raise TermFault("suspension_reversed", first=self.first, last=self.last)

    def covers(self, day: date) -> bool:
        """Whether the clock stood still on this day; an open one is counted when it ends."""
        return self.last is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer clock: so much more time, or, where a decision fixes the end, up to ``until``."""

    length: int | None = None
    unit: Unit | None = None
    until: date | None = None


class SpanKind(StrEnum):
    """What a stretch of a clock's life is."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    ROLLED = "rolled"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days of one kind, both ends included, for the time bar."""

    kind: SpanKind
    first: date
    last: date
    ground: str = ""

    @property
    def days(self) -> int:
        """How many calendar days the stretch has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock ends and how that was counted.

    While a suspension is open, ``due_on`` is the last day if the clock were resumed at once.
    """

    rule: LegalRule
    started_on: date
    due_on: date
    legal_due_on: date
    is_provisional: bool
    steps: tuple[Step, ...]
    spans: tuple[Span, ...]
    paused: Suspension | None = None

    @property
    def unit(self) -> Unit:
        """What the term is counted in."""
        return self.rule.unit

    @property
    def pause_ground(self) -> str | None:
        """Why the clock stands still now; None while it runs."""
        return self.paused.ground if self.paused else None

    @property
    def suspended_days(self) -> int:
        """How many calendar days the suspensions took out."""
        return sum(span.days for span in self.spans if span.kind is SpanKind.SUSPENDED)


def compute(
    rule: LegalRule,
    started_on: date,
    *,
    calendar: WorkCalendar,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """Count a term from its start event to its last day.

    A calendar that is not ``allowing_provisional()`` raises ``CalendarNotPublished`` where the
    count needs a year without a notice.
    """
    count = _Count(calendar, rule.unit is Unit.WORKING_DAYS, suspensions)
    end = base_end = count.advance(started_on, rule.length, rule.unit)
    for extension in extensions:
        end = count.extend(end, extension)
    landed = count.roll(end, rule)
    opened = [item for item in suspensions if item.last is None and item.first <= landed]
    return Due(
        rule=rule,
        started_on=started_on,
        due_on=landed,
        legal_due_on=end,
        is_provisional=count.is_provisional,
        steps=tuple(count.steps),
        spans=tuple(_spans(started_on, (base_end, end, landed), suspensions)),
        paused=opened[0] if opened else None,
    )


def due_at(rule: LegalRule, started_at: datetime) -> datetime:
    """Return the instant at which a term in hours ends."""
    if rule.unit is not Unit.HOURS:
        raise TermFault("not_a_term_in_hours", rule=rule.code)
    return started_at + timedelta(hours=rule.length)


class _Count:
    """Walks from day to day, leaving out what does not count, and writes down what it left out."""

    def __init__(
        self,
        calendar: WorkCalendar,
        working: bool,  # noqa: FBT001 - the two ways of counting days
        suspensions: Sequence[Suspension],
    ) -> None:
        self.calendar = calendar
        self.working = working
        self.suspensions = suspensions
        self.steps: list[Step] = []
        self.is_provisional = False

    def advance(self, start: date, length: int, unit: Unit) -> date:
        """Return the last day of a term that begins after ``start``."""
        working = unit is Unit.WORKING_DAYS
        if not working:
            length = days_of(start, length, unit)
        if not 0 <= length <= LONGEST_COUNT:
            raise TermFault("term_too_long", length=length)
        day = start
        while length:
            day += DAY
            length -= self._counts(day, working=working)
        return day

    def extend(self, end: date, extension: Extension) -> date:
        """Return the last day after one extension of the term."""
        if extension.until is not None:
            if extension.until <= end:
                raise TermFault("extension_shortens", until=extension.until, end=end)
            return extension.until
        if extension.length is None or extension.unit is None:
            raise TermFault("extension_without_end")
        return self.advance(end, extension.length, extension.unit)

    def roll(self, end: date, rule: LegalRule) -> date:
        """Move the last day off a day of rest, as the rule says."""
        if rule.unit in {Unit.WORKING_DAYS, Unit.HOURS}:
            return end
        landed = self._rolled(end, rule)
        while landed > end and self._suspension(landed):
            landed = self._rolled(landed + DAY, rule)
        if landed > end:
            days = (end + n * DAY for n in range((landed - end).days))
            named = [as_step(self.calendar.day(day)) for day in days]
            self.steps += [Step(step.day, StepKind.ROLLED, step.reason) for step in named if step]
        return landed

    def _rolled(self, end: date, rule: LegalRule) -> date:
        moved = roll_over(end, self.calendar, rule.roll_over)
        self.is_provisional = self.is_provisional or moved.is_provisional
        return moved.value

    def _counts(self, on: date, *, working: bool) -> bool:
        suspension = self._suspension(on)
        if suspension:
            self.steps.append(Step(on, StepKind.SUSPENDED, suspension.ground))
            return False
        if not working:
            return True
        day = self.calendar.day(on)
        self.is_provisional = self.is_provisional or day.is_provisional
        step = as_step(day)
        if step:
            self.steps.append(step)
        return day.is_working

    def _suspension(self, on: date) -> Suspension | None:
        return next((item for item in self.suspensions if item.covers(on)), None)


def days_of(start: date, length: int, unit: Unit) -> int:
    """Return how many calendar days a term has when it begins on ``start``."""
    if unit is Unit.HOURS:
        return -(-length // 24)
    if unit in {Unit.MONTHS, Unit.YEARS}:
        months = length * 12 if unit is Unit.YEARS else length
        return (add_months(start, months) - start).days
    return length


def add_months(start: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where there is none."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        raise TermFault("term_too_long", length=months)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _spans(
    started_on: date,
    ends: tuple[date, date, date],
    suspensions: Iterable[Suspension],
) -> list[Span]:
    base_end, end, landed = ends
    if landed <= started_on:
        return []
    stopped = sorted((item for item in suspensions if item.last), key=lambda item: item.first)

    def kind(day: date) -> tuple[SpanKind, str]:
        if day > end:
            return SpanKind.ROLLED, ""
        held = next((item for item in stopped if item.covers(day)), None)
        if held:
            return SpanKind.SUSPENDED, held.ground
        return (SpanKind.RUNNING if day <= base_end else SpanKind.EXTENDED), ""

    # Only the days on which something can change need to be looked at, not each day of three years.
    edges = {started_on + DAY, base_end + DAY, end + DAY}
    for item in stopped:
        edges |= {item.first, (item.last or item.first) + DAY}
    starts = sorted(day for day in edges if started_on < day <= landed)
    spans: list[Span] = []
    for first, following in zip(starts, [*starts[1:], landed + DAY], strict=True):
        span = Span(kind(first)[0], first, following - DAY, kind(first)[1])
        if spans and (spans[-1].kind, spans[-1].ground) == (span.kind, span.ground):
            span = replace(span, first=spans.pop().first)
        spans.append(span)
    return spans


class ClockState(StrEnum):
    """Whether a clock still counts."""

    RUNNING = "running"
    STOPPED = "stopped"


class WordKind(StrEnum):
    """Which of the house's deadline words applies."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    LEFT = "left"
    PAUSED = "paused"
    PROVISIONAL = "provisional"
    DONE = "done"


class CountUnit(StrEnum):
    """What the number in the words counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Dated(Protocol):
    """What deadline words are made from: a ``Due``, or the same four facts kept in a row."""

    @property
    def due_on(self) -> date:
        """The last day."""

    @property
    def unit(self) -> Unit:
        """What the term is counted in."""

    @property
    def is_provisional(self) -> bool:
        """Whether a year without a notice was needed."""

    @property
    def pause_ground(self) -> str | None:
        """Why the clock stands still; None while it runs."""


@dataclass(frozen=True, slots=True)
class DueWords:
    """The deadline in words, as facts; the template makes the sentence."""

    kind: WordKind
    count: int | None = None
    unit: CountUnit | None = None
    on: date | None = None
    ground: str | None = None
    is_provisional: bool = False


def words(
    due: Dated,
    today: date,
    calendar: WorkCalendar,
    state: ClockState = ClockState.RUNNING,
) -> DueWords:
    """Say how a deadline stands today.

    Overdue is counted in calendar days whatever the term; the rest in the unit of the term. A
    provisional date is said as a date, with no count, until it has passed.
    """
    if state is ClockState.STOPPED:
        return DueWords(WordKind.DONE)
    if due.pause_ground is not None:
        return DueWords(WordKind.PAUSED, ground=due.pause_ground)
    late = (today - due.due_on).days
    if late > 0:
        return DueWords(
            WordKind.OVERDUE,
            late,
            CountUnit.CALENDAR_DAYS,
            due.due_on,
            is_provisional=due.is_provisional,
        )
    if due.is_provisional:
        return DueWords(WordKind.PROVISIONAL, on=due.due_on, is_provisional=True)
    if late == 0:
        return DueWords(WordKind.TODAY, on=due.due_on)
    return _left(due, today, calendar)


def _left(due: Dated, today: date, calendar: WorkCalendar) -> DueWords:
    if due.unit is Unit.WORKING_DAYS:
        unit, near = CountUnit.WORKING_DAYS, NEAR_WORKING_DAYS
        count = working_days_between(today, due.due_on, calendar.allowing_provisional())
    else:
        unit, near = CountUnit.CALENDAR_DAYS, NEAR_CALENDAR_DAYS
        count = (due.due_on - today).days
    kind = WordKind.NEAR if count <= near else WordKind.LEFT
    return DueWords(kind, count, unit, due.due_on)
