"""Which days of rest does each year have, and what holds while its notice is not out?"""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.calendar import (
    CalendarNotPublished,
    DayKind,
    RollOver,
    ScheduleFault,
    Step,
    StepKind,
    YearSchedule,
    add_working_days,
    explain_calendar_days,
    explain_working_days,
    is_working_day,
    schedule_from,
)
from tests.support.days import CALENDAR, DAY, on


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]


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


# Years without a notice ---------------------------------------------------------------------------


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


# A year entered by the administrator --------------------------------------------------------------


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
