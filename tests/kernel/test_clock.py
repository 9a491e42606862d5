"""Is there one clock, in UTC, whose days are those of China?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from app.kernel import clock

NEW_YEAR = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)


def test_an_instant_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (NEW_YEAR, date(2026, 1, 1)),
        (NEW_YEAR - timedelta(microseconds=1), date(2025, 12, 31)),
        (datetime(2024, 2, 28, 16, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2026, 9, 22, 23, 59, tzinfo=clock.LEGAL_ZONE), date(2026, 9, 22)),
    ],
)
def test_the_legal_day_turns_at_midnight_in_china(at: datetime, day: date) -> None:
    assert clock.legal_day(at) == day
    with clock.frozen(at):
        assert clock.today() == day


def test_a_held_clock_stands_still_in_every_thread() -> None:
    with clock.frozen(NEW_YEAR), ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: clock.now(), range(8))) == {NEW_YEAR}


def test_holding_the_clock_nests_and_ends_even_after_a_fault() -> None:
    later = NEW_YEAR + timedelta(days=1)
    with clock.frozen(NEW_YEAR):
        with pytest.raises(ZeroDivisionError), clock.frozen(later):
            _ = clock.now().microsecond / (clock.now() - later).days
        assert clock.now() == NEW_YEAR
    assert clock.now() > NEW_YEAR
