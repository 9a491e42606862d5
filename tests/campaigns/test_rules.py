"""When is what a campaign asks due? The 2017 plan's own dates as a table."""

from __future__ import annotations

from datetime import date

import pytest

from app.campaigns import rules
from app.campaigns.rules import DutyKind
from app.kernel.errors import Refused

YEAR = {"starts_on": date(2017, 1, 1), "ends_on": date(2017, 12, 31)}


def days(kind: DutyKind, **when: object) -> list[date]:
    facts = {"due_on": None, "day": None, **YEAR, **when}
    return rules.due_days(kind, **facts)


def test_monthly_by_the_seventh_yields_twelve_days() -> None:
    found = days(DutyKind.MONTHLY, day=7)
    assert len(found) == 12
    assert (found[0], found[9]) == (date(2017, 1, 7), date(2017, 10, 7))


def test_quarter_ends_are_four() -> None:
    assert [d.isoformat() for d in days(DutyKind.QUARTERLY)] == [
        "2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31",
    ]  # fmt: skip


def test_one_day_is_one_day_and_at_once_has_none() -> None:
    assert days(DutyKind.ONCE, due_on=date(2017, 4, 10)) == [date(2017, 4, 10)]
    assert days(DutyKind.AT_ONCE) == days(DutyKind.CONDITIONAL) == []


def test_weekly_duties_fall_on_fridays_within_the_campaign() -> None:
    found = days(DutyKind.WEEKLY, starts_on=date(2007, 8, 23), ends_on=date(2007, 9, 7))
    assert found == [date(2007, 8, 24), date(2007, 8, 31), date(2007, 9, 7)]


def test_months_outside_the_campaign_ask_nothing() -> None:
    found = days(DutyKind.MONTHLY, day=7, starts_on=date(2017, 3, 8), ends_on=date(2017, 5, 6))
    assert found == [date(2017, 4, 7)]


def test_a_campaign_does_not_end_before_it_begins() -> None:
    rules.check_period(date(2026, 9, 1), date(2026, 9, 1))
    with pytest.raises(Refused, match="ends_before_start"):
        rules.check_period(date(2026, 9, 2), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("kind", "due_on", "day", "code"),
    [
        (DutyKind.ONCE, None, None, "duty_needs_day"),
        (DutyKind.MONTHLY, None, None, "duty_needs_day_of_month"),
        (DutyKind.MONTHLY, None, 31, "duty_needs_day_of_month"),
    ],
)
def test_a_duty_needs_the_day_its_kind_asks(
    kind: DutyKind, due_on: date | None, day: int | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        rules.check_duty(kind, due_on, day)
