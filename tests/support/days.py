"""Which day is it, and how are its terms counted, in a test?"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from app.kernel import clock
from app.kernel.calendar import load_shipped
from app.kernel.deadlines import Due, Suspension, compute, rule_at

CALENDAR = load_shipped()
OPEN_CALENDAR = CALENDAR.allowing_provisional()
DAY = timedelta(days=1)


def on(text: str) -> date:
    """Return a day as it is written in a table."""
    return date.fromisoformat(text)


def morning(day: date) -> AbstractContextManager[None]:
    """Let the clock stand at nine o'clock of a day."""
    return clock.frozen(datetime(day.year, day.month, day.day, 9, tzinfo=clock.LEGAL_ZONE))


def due(code: str, start: str, **how: object) -> Due:
    """Return when a term of the shipped rules ends."""
    return compute(rule_at(code, on(start)), on(start), calendar=CALENDAR, **how)  # type: ignore[arg-type]


def pause(first: str, last: str | None, ground: str = "inspection") -> Suspension:
    """Return a time in which a term stands still."""
    return Suspension(on(first), on(last) if last else None, ground)
