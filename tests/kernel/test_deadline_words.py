"""How is a deadline said on each day: overdue, today, near, left, paused, provisional, done?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.deadlines import (
    ClockState,
    CountUnit,
    DueWords,
    Unit,
    WordKind,
    compute,
    load_statutes,
    rule_at,
    words,
)
from tests.support.days import CALENDAR, DAY, OPEN_CALENDAR, due, on, pause

TODAY = on("2026-09-22")


def said(code: str, start: str, today: date = TODAY) -> tuple:
    spoken = words(due(code, start), today, CALENDAR)
    return spoken.kind, spoken.count, spoken.unit


W, C = CountUnit.WORKING_DAYS, CountUnit.CALENDAR_DAYS


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        ("tip.acceptance", "2026-09-08", (WordKind.OVERDUE, 5, C)),  # due 17 September
        ("tip.acceptance", "2026-09-09", (WordKind.OVERDUE, 4, C)),
        ("tip.acceptance", "2026-09-10", (WordKind.OVERDUE, 2, C)),  # due on a Sunday worked
        ("tip.acceptance", "2026-09-14", (WordKind.TODAY, None, None)),
        ("tip.acceptance", "2026-09-15", (WordKind.NEAR, 1, W)),
        ("tip.acceptance", "2026-09-16", (WordKind.NEAR, 2, W)),
        ("tip.acceptance", "2026-09-17", (WordKind.NEAR, 3, W)),
        ("tip.acceptance", "2026-09-18", (WordKind.LEFT, 4, W)),
        ("tip.acceptance", "2026-09-21", (WordKind.LEFT, 6, W)),
        ("tip.verification", "2026-09-08", (WordKind.LEFT, 4, W)),
        ("tip.verification", "2026-09-21", (WordKind.LEFT, 14, W)),
        ("tip.verification", "2026-09-22", (WordKind.LEFT, 15, W)),
        ("seizure.period", "2026-09-01", (WordKind.LEFT, 16, C)),
        ("penalty.payment", "2026-09-12", (WordKind.LEFT, 6, C)),
        ("penalty.payment", "2026-09-09", (WordKind.NEAR, 2, C)),
    ],
)
def test_words_on_the_day_of_the_pictures(code: str, start: str, expected: tuple) -> None:
    assert said(code, start) == expected


def test_the_main_clock_of_the_case_in_the_pictures() -> None:
    found = due("case.decision", "2026-07-13", suspensions=[pause("2026-08-03", "2026-08-14")])
    spoken = words(found, TODAY, CALENDAR)
    assert spoken == DueWords(WordKind.LEFT, 31, C, on("2026-10-23"))


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [(6, WordKind.LEFT), (5, WordKind.NEAR), (1, WordKind.NEAR), (0, WordKind.TODAY)],
)
def test_a_calendar_day_term_is_near_five_days_before(days_left: int, kind: WordKind) -> None:
    found = due("case.decision", "2026-05-11")  # ends on Monday 10 August
    assert found.due_on == on("2026-08-10")
    assert words(found, found.due_on - days_left * DAY, CALENDAR).kind is kind


def test_overdue_is_counted_in_calendar_days_for_working_day_terms_too() -> None:
    found = due("tip.acceptance", "2026-09-18")
    assert words(found, on("2026-10-08"), CALENDAR).count == 9


def test_a_paused_clock_is_never_late() -> None:
    found = due("case.decision", "2026-07-13", suspensions=[pause("2026-08-03", None, "hearing")])
    spoken = words(found, on("2027-06-01"), CALENDAR)
    assert spoken == DueWords(WordKind.PAUSED, ground="hearing")


def test_a_stopped_clock_is_done_even_past_its_last_day() -> None:
    spoken = words(due("tip.acceptance", "2026-09-01"), TODAY, CALENDAR, ClockState.STOPPED)
    assert spoken.kind is WordKind.DONE


def test_a_provisional_date_is_said_as_a_date_and_still_falls_overdue() -> None:
    rule = rule_at("tip.acceptance", on("2026-12-28"))
    found = compute(rule, on("2026-12-28"), calendar=OPEN_CALENDAR)
    spoken = words(found, on("2026-12-28"), CALENDAR)
    assert (spoken.kind, spoken.on, spoken.count) == (WordKind.PROVISIONAL, on("2027-01-07"), None)
    late = words(found, on("2027-01-09"), CALENDAR)
    assert (late.kind, late.count, late.is_provisional) == (WordKind.OVERDUE, 2, True)


starts = st.dates(date(2021, 7, 15), date(2023, 6, 30))
rules = st.sampled_from([rule for rule in load_statutes() if rule.unit is not Unit.YEARS])


@given(rules, starts, st.integers(-30, 200))
def test_there_are_words_for_every_day(rule, start: date, offset: int) -> None:
    found = compute(rule, start, calendar=CALENDAR)
    spoken = words(found, start + offset * DAY, CALENDAR)
    left = (found.due_on - start).days - offset
    assert (spoken.kind is WordKind.OVERDUE) == (left < 0)
    assert (spoken.kind is WordKind.TODAY) == (left == 0)
    assert spoken.count is None or spoken.count > 0
