"""What time is it? The only reader of the wall clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Legal days are counted where the bureaus are.
LEGAL_ZONE = ZoneInfo("Asia/Shanghai")

_frozen: list[datetime] = []


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today() -> date:
    """Return the legal day in China."""
    return legal_day(now())


def legal_day(at: datetime) -> date:
    """Return the day in China on which an instant falls."""
    return at.astimezone(LEGAL_ZONE).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at one instant, in every thread of this process (demo data and tests)."""
    _frozen.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
