"""Do working days come out as the notices of the State Council arranged them?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import (
    CalendarNotPublished,
    DayKind,
    RollOver,
    ScheduleFault,
    Step,
    StepKind,
    YearSchedule,
    add_calendar_days,
    add_working_days,
    explain_calendar_days,
    explain_last_working_day,
    explain_working_day_on_or_after,
    explain_working_days,
    explain_working_days_between,
    is_working_day,
    last_working_day_on_or_before,
    load_shipped,
    roll_over,
    schedule_from,
    working_day_on_or_after,
    working_days_between,
)

CALENDAR = load_shipped()
DAY = timedelta(days=1)

#: Any day of the published years, with room to count from it.
published = st.dates(date(2004, 1, 2), date(2024, 12, 31))
lengths = st.integers(0, 300)


def on(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]


# --- the shipped years ---------------------------------------------------------------------


def test_every_year_from_2004_to_2026_is_shipped_and_no_other() -> None:
    assert sorted(CALENDAR.years) == list(range(2004, 2027))


def test_every_shipped_year_names_its_notice() -> None:
    for year, schedule in CALENDAR.years.items():
        assert schedule.is_shipped
        assert schedule.office == "国务院办公厅"
        assert schedule.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    unnumbered = {year for year, schedule in CALENDAR.years.items() if not schedule.number}
    assert unnumbered == {2006, 2007}, "their numbers were not verified, so none is printed"
    assert CALENDAR.years[2026].number == "国办发明电〔2025〕7号"


def test_2026_is_the_notice_of_november_2025() -> None:
    off = {
        *(date(2026, 1, day) for day in range(1, 4)),
        *(date(2026, 2, day) for day in range(15, 24)),
        *(date(2026, 4, day) for day in range(4, 7)),
        *(date(2026, 5, day) for day in range(1, 6)),
        *(date(2026, 6, day) for day in range(19, 22)),
        *(date(2026, 9, day) for day in range(25, 28)),
        *(date(2026, 10, day) for day in range(1, 8)),
    }
    worked = {
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28),
        date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
    }  # fmt: skip
    assert set(CALENDAR.years[2026].holidays) == off
    assert set(CALENDAR.years[2026].make_up_days) == worked
    assert sum(is_working_day(day, CALENDAR) for day in days_of(2026)) == 248


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2025, {"01-26", "02-08", "04-27", "09-28", "10-11"}),
        (2024, {"02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"}),
        # The extension of the Spring Festival of 2020 made the Saturday of 1 February a day off.
        (2020, {"01-19", "04-26", "05-09", "06-28", "09-27", "10-10"}),
        (2015, {"01-04", "02-15", "02-28", "09-06", "10-10"}),
    ],
)
def test_weekend_days_worked(year: int, worked: set[str]) -> None:
    found = {day for day in days_of(year) if CALENDAR.day(day).kind is DayKind.MAKE_UP}
    assert found == {on(f"{year}-{text}") for text in worked}


def test_a_notice_reaches_back_into_december() -> None:
    assert CALENDAR.day(on("2018-12-31")).name == "元旦"
    assert on("2018-12-31") in CALENDAR.years[2019].holidays
    assert CALENDAR.day(on("2011-12-31")).kind is DayKind.MAKE_UP


def test_shipped_years_agree_with_the_library_they_were_compared_with() -> None:
    library = pytest.importorskip("chinese_calendar")
    differing = [
        day
        for year in CALENDAR.years
        for day in days_of(year)
        if is_working_day(day, CALENDAR) != library.is_workday(day)
    ]
    assert differing == [on("2005-12-31")], "the notice for 2006 had that Saturday worked"


def test_shipped_years_agree_with_the_second_library() -> None:
    library = pytest.importorskip("holidays").country_holidays("CN", years=range(2004, 2027))
    differing = [
        day
        for year in CALENDAR.years
        for day in days_of(year)
        if is_working_day(day, CALENDAR) != library.is_working_day(day)
    ]
    assert differing == []


# --- counting ------------------------------------------------------------------------------


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


# --- explanations --------------------------------------------------------------------------


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


# --- years without a notice ----------------------------------------------------------------


@pytest.mark.parametrize("day", ["2027-01-04", "2031-06-01", "2003-12-31"])
def test_a_year_without_a_notice_is_refused(day: str) -> None:
    with pytest.raises(CalendarNotPublished) as refusal:
        is_working_day(on(day), CALENDAR)
    assert refusal.value.year == on(day).year


def test_counting_into_an_unpublished_year_is_refused_or_marked_provisional() -> None:
    with pytest.raises(CalendarNotPublished):
        add_working_days(on("2026-12-25"), 15, CALENDAR)
    counted = explain_working_days(on("2026-12-25"), 15, CALENDAR.allowing_provisional())
    assert counted.is_provisional
    # 1 January is the only holiday of the solar year in reach; nothing else is guessed.
    assert counted.value == on("2027-01-18")
    assert Step(on("2027-01-01"), StepKind.HOLIDAY, "元旦") in counted.steps


def test_a_count_that_ends_before_the_unpublished_year_is_not_provisional() -> None:
    calendar = CALENDAR.allowing_provisional()
    assert not explain_working_days(on("2026-12-01"), 7, calendar).is_provisional
    assert explain_calendar_days(on("2026-12-01"), 60, calendar).is_provisional
    assert not explain_calendar_days(on("2026-12-01"), 60, calendar, RollOver.NEVER).is_provisional


def test_provisional_years_assume_only_the_fixed_holidays() -> None:
    calendar = CALENDAR.allowing_provisional()
    assumed = [day for day in days_of(2027) if calendar.day(day).kind is DayKind.HOLIDAY]
    assert assumed == [
        on("2027-01-01"), on("2027-05-01"), on("2027-05-02"),
        on("2027-10-01"), on("2027-10-02"), on("2027-10-03"),
    ]  # fmt: skip
    assert not any(calendar.day(day).kind is DayKind.MAKE_UP for day in days_of(2027))


# --- a year entered by the administrator ---------------------------------------------------


def entered(**changes: object) -> YearSchedule:
    facts: dict[str, object] = {
        "year": 2027,
        "title": "测试用放假安排",
        "holidays": {on("2027-01-01"): "元旦"},
        "make_up_days": {on("2027-01-09"): "元旦"},
    }
    return YearSchedule(**(facts | changes))  # type: ignore[arg-type]


def test_an_entered_year_answers_at_once_and_is_no_longer_provisional() -> None:
    calendar = CALENDAR.overlaid([entered()])
    counted = explain_working_days(on("2026-12-31"), 7, calendar)
    assert counted.value == on("2027-01-11")
    assert not counted.is_provisional
    assert not CALENDAR.is_published(2027), "the shipped calendar is untouched"


def test_an_entered_year_overrules_the_shipped_one_and_the_december_before() -> None:
    replaced = CALENDAR.overlaid([entered(year=2026, make_up_days={}, holidays={})])
    assert is_working_day(on("2026-10-01"), replaced)
    reaching_back = entered(holidays={on("2026-12-31"): "元旦"}, make_up_days={})
    assert not is_working_day(on("2026-12-31"), CALENDAR.overlaid([reaching_back]))


def test_where_two_notices_speak_of_one_december_day_the_later_holds() -> None:
    earlier = entered(
        year=2026,
        holidays={on("2026-12-27"): "元旦"},
        make_up_days={on("2026-12-26"): "元旦"},
    )
    later = entered(
        holidays={on("2026-12-26"): "元旦"},
        make_up_days={on("2026-12-27"): "元旦"},
    )
    calendar = CALENDAR.overlaid([later, earlier])
    assert calendar.day(on("2026-12-26")).kind is DayKind.HOLIDAY
    assert calendar.day(on("2026-12-27")).kind is DayKind.MAKE_UP


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holidays": {on("2028-01-01"): "元旦"}}, "day_outside_year"),
        ({"holidays": {on("2026-11-30"): "元旦"}}, "day_outside_year"),
        ({"make_up_days": {on("2027-01-08"): "元旦"}}, "make_up_day_is_a_weekday"),
        ({"holidays": {on("2027-01-09"): "元旦"}}, "day_off_and_worked"),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(changes: dict, code: str) -> None:
    with pytest.raises(ScheduleFault) as fault:
        entered(**changes)
    assert fault.value.code == code


def test_the_basis_of_a_count_changes_with_the_schedule() -> None:
    before = CALENDAR.basis(on("2026-12-01"), on("2027-01-10"))
    after = CALENDAR.overlaid([entered()]).basis(on("2026-12-01"), on("2027-01-10"))
    assert before.endswith("2027:unpublished")
    assert before.split()[0] == after.split()[0]
    assert before != after
    assert entered().fingerprint != entered(make_up_days={}).fingerprint


def test_a_schedule_is_read_from_its_table_form_with_dates_or_text() -> None:
    table = {
        "year": 2027,
        "title": "测试用放假安排",
        "holidays": [{"name": "元旦", "days": ["2027-01-01"]}],
        "make_up_days": [{"name": "元旦", "days": [on("2027-01-09")]}],
    }
    assert schedule_from(table).fingerprint == entered().fingerprint


# --- what must hold for every day ----------------------------------------------------------


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
