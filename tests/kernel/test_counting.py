"""Do terms in working days and in calendar days end where they must, each step explained?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import (
    RollOver,
    Step,
    StepKind,
    add_calendar_days,
    add_working_days,
    explain_calendar_days,
    explain_last_working_day,
    explain_working_day_on_or_after,
    explain_working_days,
    explain_working_days_between,
    is_working_day,
    last_working_day_on_or_before,
    roll_over,
    working_day_on_or_after,
    working_days_between,
)
from tests.support.days import CALENDAR, DAY, on

#: Any day of the published years, with room to count from it.
published = st.dates(date(2004, 1, 2), date(2024, 12, 31))
lengths = st.integers(0, 300)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-09-18", 7, "2026-09-29"),  # a Sunday worked, three days off
        ("2026-02-13", 7, "2026-03-02"),  # over the Spring Festival
        ("2026-04-30", 15, "2026-05-25"),  # over Labour Day
        ("2026-09-28", 20, "2026-10-30"),  # publication of a decision
        ("2026-09-24", 5, "2026-10-09"),  # notice of penalty served
        ("2021-09-22", 7, "2021-09-30"),  # without make-up days: 8 October, eight days late
        ("2026-09-16", 7, "2026-09-24"),  # Monday to Friday: 25th; without make-up days: 28th
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, length: int, end: str) -> None:
    assert add_working_days(on(start), length, CALENDAR) == on(end)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2017-10-07", "2017-09-30"),  # a working Saturday before the long holiday
        ("2021-10-10", "2021-10-09"),
        ("2017-09-30", "2017-09-30"),  # end of a quarter, itself a working Saturday
        ("2022-07-31", "2022-07-29"),
        ("2017-12-31", "2017-12-29"),
        ("2017-01-07", "2017-01-06"),
        ("2017-05-07", "2017-05-05"),
        ("2021-10-31", "2021-10-29"),
        ("2017-04-10", "2017-04-10"),
        ("2017-06-30", "2017-06-30"),
        ("2017-11-30", "2017-11-30"),
        ("2007-08-28", "2007-08-28"),
        ("2022-10-31", "2022-10-31"),
        ("2022-11-10", "2022-11-10"),
    ],
)
def test_last_working_day_on_or_before(day: str, last: str) -> None:
    assert last_working_day_on_or_before(on(day), CALENDAR) == on(last)


def test_the_monthly_report_of_2017_is_sent_on_the_7th_or_the_last_working_day_before() -> None:
    moved = {
        month: last_working_day_on_or_before(date(2017, month, 7), CALENDAR)
        for month in range(1, 13)
        if last_working_day_on_or_before(date(2017, month, 7), CALENDAR) != date(2017, month, 7)
    }
    assert moved == {1: on("2017-01-06"), 5: on("2017-05-05"), 10: on("2017-09-30")}


@pytest.mark.parametrize(
    ("start", "length", "unrolled", "end"),
    [
        ("2026-08-03", 60, "2026-10-02", "2026-10-08"),  # mediation
        ("2026-07-06", 90, "2026-10-04", "2026-10-08"),  # decision of a case
        ("2026-07-13", 90, "2026-10-11", "2026-10-12"),  # an ordinary Sunday moves too
        ("2026-07-12", 90, "2026-10-10", "2026-10-10"),  # a Saturday that is worked does not
    ],
)
def test_calendar_days_move_off_a_day_of_rest_and_keep_the_original_end(
    start: str,
    length: int,
    unrolled: str,
    end: str,
) -> None:
    counted = explain_calendar_days(on(start), length, CALENDAR)
    assert (counted.value, counted.unrolled) == (on(end), on(unrolled))
    assert add_calendar_days(on(start), length, CALENDAR) == on(end)
    assert add_calendar_days(on(start), length, CALENDAR, RollOver.NEVER) == on(unrolled)


def test_the_narrow_reading_moves_off_holidays_but_not_off_a_weekend() -> None:
    assert roll_over(on("2026-10-04"), CALENDAR, RollOver.HOLIDAYS).value == on("2026-10-08")
    assert roll_over(on("2026-10-11"), CALENDAR, RollOver.HOLIDAYS).value == on("2026-10-11")


def test_zero_days_end_on_the_day_itself_and_negative_terms_are_refused() -> None:
    assert add_working_days(on("2026-10-01"), 0, CALENDAR) == on("2026-10-01")
    with pytest.raises(ValueError, match="0 to"):
        add_working_days(on("2026-10-01"), -1, CALENDAR)
    with pytest.raises(ValueError, match="0 to"):
        add_calendar_days(on("2026-10-01"), 10**9, CALENDAR)


def test_working_day_on_or_after() -> None:
    assert working_day_on_or_after(on("2026-10-01"), CALENDAR) == on("2026-10-08")
    assert working_day_on_or_after(on("2026-09-20"), CALENDAR) == on("2026-09-20")


# Explanations -------------------------------------------------------------------------------------


def test_an_explanation_names_each_day_left_out_and_each_weekend_day_put_in() -> None:
    counted = explain_working_days(on("2026-09-18"), 7, CALENDAR)
    assert counted.steps == (
        Step(on("2026-09-19"), StepKind.WEEKEND),
        Step(on("2026-09-20"), StepKind.MAKE_UP, "国庆节"),
        Step(on("2026-09-25"), StepKind.HOLIDAY, "中秋节"),
        Step(on("2026-09-26"), StepKind.HOLIDAY, "中秋节"),
        Step(on("2026-09-27"), StepKind.HOLIDAY, "中秋节"),
    )
    assert not counted.is_provisional


def test_looking_back_names_the_days_passed_over() -> None:
    counted = explain_last_working_day(on("2017-10-02"), CALENDAR)
    assert [step.day for step in counted.steps] == [
        on("2017-10-02"),
        on("2017-10-01"),
        on("2017-09-30"),
    ]
    assert counted.steps[-1] == Step(on("2017-09-30"), StepKind.MAKE_UP, "国庆节")


def test_counting_between_two_days_names_the_days_too() -> None:
    counted = explain_working_days_between(on("2026-09-18"), on("2026-09-20"), CALENDAR)
    assert (counted.value, len(counted.steps)) == (1, 2)
    assert working_days_between(on("2026-09-20"), on("2026-09-18"), CALENDAR) == -1


# What must hold for every day ---------------------------------------------------------------------


@given(published, lengths)
def test_counting_back_gives_the_number_counted_forward(start: date, length: int) -> None:
    assert (
        working_days_between(start, add_working_days(start, length, CALENDAR), CALENDAR) == length
    )


@given(published, st.integers(1, 300))
def test_a_term_ends_on_a_working_day_and_the_longer_term_later(start: date, length: int) -> None:
    end = add_working_days(start, length, CALENDAR)
    assert is_working_day(end, CALENDAR)
    assert add_working_days(start, length - 1, CALENDAR) < end


@given(published, lengths)
def test_a_later_start_never_ends_earlier(start: date, length: int) -> None:
    earlier = add_working_days(start, length, CALENDAR)
    assert earlier <= add_working_days(start + DAY, length, CALENDAR)
    assert add_calendar_days(start, length, CALENDAR) <= add_calendar_days(
        start + DAY, length, CALENDAR
    )


@given(published)
def test_looking_forward_and_back_land_on_the_nearest_working_days(day: date) -> None:
    before = last_working_day_on_or_before(day, CALENDAR)
    after = working_day_on_or_after(day, CALENDAR)
    assert before <= day <= after
    assert (before == after) == is_working_day(day, CALENDAR)
    assert working_days_between(before, after, CALENDAR) == (before != after)


@given(published, lengths)
def test_the_steps_account_for_every_day_that_is_not_a_plain_working_day(
    start: date,
    length: int,
) -> None:
    counted = explain_working_days(start, length, CALENDAR)
    span = (counted.value - start).days
    left_out = [step for step in counted.steps if step.kind is not StepKind.MAKE_UP]
    assert span == length + len(left_out)


@given(published, st.integers(0, 60), st.integers(0, 60))
def test_working_days_between_adds_up(start: date, first: int, second: int) -> None:
    middle, end = start + first * DAY, start + (first + second) * DAY
    assert working_days_between(start, end, CALENDAR) == working_days_between(
        start, middle, CALENDAR
    ) + working_days_between(middle, end, CALENDAR)


@given(published)
def test_rolling_over_skips_only_days_of_rest(day: date) -> None:
    counted = explain_working_day_on_or_after(day, CALENDAR)
    assert (
        len([s for s in counted.steps if s.kind is not StepKind.MAKE_UP])
        == (counted.value - day).days
    )
