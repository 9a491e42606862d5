"""What may happen to a running clock, and what may stand in a year's notice?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.kernel.calendar import ScheduleFault, YearSchedule
from app.kernel.deadlines import Extension, LegalRule, Suspension
from app.kernel.errors import Refused

#: The first year the calendar knows, and how far ahead a notice may be entered.
FIRST_YEAR = 2004
LAST_YEAR = 2100

#: One holiday may not be longer than this: a longer span is a slip of the pen.
LONGEST_SPAN = timedelta(days=30)


class SpanAct(StrEnum):
    """Suspending stops the clock; extending lengthens it."""

    SUSPEND = "suspend"
    EXTEND = "extend"


class Outcome(StrEnum):
    """How a clock ended."""

    MET = "met"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    RESTARTED = "restarted"


@dataclass(frozen=True)
class Standing:
    """The facts of a kept clock on which its rules decide."""

    rule: LegalRule
    started_on: date
    due_on: date | None
    paused_on: date | None
    is_stopped: bool
    extended: int = 0


def check_suspension(clock: Standing, ground: str, on: date) -> None:
    """A clock stands still only on a ground the law names, and only while it runs."""
    _check_running(clock)
    if clock.paused_on is not None:
        raise Refused("clock_paused")
    if ground not in clock.rule.exclusions:
        raise Refused("clock_ground_not_in_law", field="ground", article=clock.rule.article)
    _check_within(clock, on)


def check_resumption(clock: Standing, on: date) -> None:
    """A clock runs again on or after the day it was stopped."""
    _check_running(clock)
    if clock.paused_on is None:
        raise Refused("clock_not_paused")
    if on < clock.paused_on:
        raise Refused("clock_resumed_too_early", field="on", since=clock.paused_on.isoformat())


def extension_allowed(clock: Standing, until: date | None, on: date) -> Extension:
    """Return the extension the law allows next; the last one may have its end set by decision."""
    _check_running(clock)
    if clock.extended >= len(clock.rule.extensions):
        raise Refused("clock_no_extension", article=clock.rule.article)
    step = clock.rule.extensions[clock.extended]
    if clock.paused_on is None:
        _check_within(clock, on)
    if step.length is not None:
        if until is not None:
            raise Refused("clock_end_is_fixed", field="until", length=step.length)
        return Extension(step.length, step.unit)
    if until is None:
        raise Refused("clock_end_needed", field="until")
    if clock.due_on is not None and until <= clock.due_on:
        raise Refused("clock_end_too_early", field="until", due=clock.due_on.isoformat())
    return Extension(until=until)


def outcome_of(clock: Standing, met_on: date) -> Outcome:
    """In time, unless the last day had passed while the clock ran."""
    late = clock.due_on is not None and met_on > clock.due_on
    return Outcome.LATE if late else Outcome.MET


def check_stop(clock: Standing, met_on: date) -> None:
    """Only a running clock is stopped, and not before it started."""
    _check_running(clock)
    if met_on < clock.started_on:
        raise Refused("clock_before_start", field="on", start=clock.started_on.isoformat())


def _check_running(clock: Standing) -> None:
    if clock.is_stopped:
        raise Refused("clock_stopped")


def _check_within(clock: Standing, on: date) -> None:
    if on < clock.started_on:
        raise Refused("clock_before_start", field="on", start=clock.started_on.isoformat())
    if clock.due_on is not None and on > clock.due_on:
        raise Refused("clock_term_over", field="on", due=clock.due_on.isoformat())


# --- a count that somebody asks for --------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A term to be counted; ``under`` names an earlier version by the day it came into force."""

    code: str
    start: date
    suspensions: tuple[Suspension, ...] = ()
    extended: int = 0
    until: date | None = None
    under: date | None = None


def asked_day(text: str, field: str) -> date:
    """Read a day as it stands in an address or a box."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("count_day", field=field) from None


def asked_suspensions(text: str) -> tuple[Suspension, ...]:
    """Read spans such as ``2026-08-03..2026-08-14``; one without an end still lasts."""
    found = []
    for item in filter(None, _SEPARATORS.split(text)):
        first, dots, last = item.partition("..")
        if not dots:
            raise Refused("count_span", field="suspend")
        end = asked_day(last, "suspend") if last else None
        begin = asked_day(first, "suspend")
        if end is not None and end < begin:
            raise Refused("count_span", field="suspend")
        found.append(Suspension(begin, end, "given"))
    return tuple(found)


def extensions_taken(rule: LegalRule, times: int, until: date | None) -> list[Extension]:
    """Return the first extensions of a rule; the law's own lengths, or the end decided."""
    if not 0 <= times <= len(rule.extensions):
        raise Refused("clock_no_extension", field="extend", article=rule.article)
    taken = []
    for step in rule.extensions[:times]:
        if step.length is not None:
            taken.append(Extension(step.length, step.unit))
        elif until is None:
            raise Refused("clock_end_needed", field="until")
        else:
            taken.append(Extension(until=until))
    return taken


# --- a year's notice as it is typed in -----------------------------------------------------

_DAY = r"\d{4}-\d{2}-\d{2}"
_ITEM = re.compile(rf"({_DAY})(?:\.\.({_DAY}))?")
_SEPARATORS = re.compile(r"[,，、;；\s]+")


def parse_days(text: str, field: str) -> dict[date, str]:
    """Read lines such as ``春节 2026-02-15..2026-02-23``: a name, then days and spans of days."""
    days: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = [word for word in _SEPARATORS.split(line.replace("：", " ")) if word]
        if not words:
            continue
        name, *items = words
        if not items or _ITEM.fullmatch(name):
            raise Refused("calendar_line", field=field, line=number)
        for item in items:
            for day in _days_of(item, field, number):
                if day in days:
                    raise Refused("calendar_day_twice", field=field, day=day.isoformat())
                days[day] = name
    return days


def _days_of(item: str, field: str, line: int) -> Sequence[date]:
    found = _ITEM.fullmatch(item)
    if not found:
        raise Refused("calendar_line", field=field, line=line)
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
    except ValueError:
        raise Refused("calendar_no_such_day", field=field, line=line) from None
    if not timedelta(0) <= last - first <= LONGEST_SPAN:
        raise Refused("calendar_span", field=field, line=line)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def write_days(days: Mapping[date, str]) -> str:
    """Write days in the form ``parse_days`` reads, one holiday a line."""
    lines: list[str] = []
    names = list(dict.fromkeys(days[day] for day in sorted(days)))
    for name in names:
        spans: list[list[date]] = []
        for day in sorted(day for day, of in days.items() if of == name):
            if spans and day - spans[-1][-1] == timedelta(days=1):
                spans[-1].append(day)
            else:
                spans.append([day])
        items = [f"{s[0]}..{s[-1]}" if len(s) > 1 else f"{s[0]}" for s in spans]
        lines.append(" ".join([name, *items]))
    return "\n".join(lines)


def schedule(year: int, title: str, number: str, *, off: str, worked: str) -> YearSchedule:
    """Build a year's schedule from what was typed; refuses at the field that is wrong."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("calendar_year", first=FIRST_YEAR, last=LAST_YEAR)
    holidays = parse_days(off, "holidays")
    make_up_days = parse_days(worked, "make_up_days")
    if not holidays:
        raise Refused("calendar_no_holiday", field="holidays")
    try:
        return YearSchedule(
            year=year,
            title=title,
            number=number,
            holidays=holidays,
            make_up_days=make_up_days,
        )
    except ScheduleFault as fault:
        field = "holidays" if fault.day in holidays else "make_up_days"
        raise Refused(fault.code, field=field, day=fault.day.isoformat()) from fault
