"""What may happen to a clock, and what may stand in a year's notice?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.clocks import labels as _labels  # noqa: F401 - registers the words
from app.clocks.rules import (
    Outcome,
    Standing,
    asked_suspensions,
    check_resumption,
    check_stop,
    check_suspension,
    extension_allowed,
    extensions_taken,
    outcome_of,
    parse_days,
    schedule,
    write_days,
)
from app.kernel.calendar import load_shipped
from app.kernel.deadlines import Extension, Suspension, Unit, rule_at
from app.kernel.errors import Refused
from app.web import words

FILED = date(2026, 7, 13)
DUE = date(2026, 10, 11)
CASE = Standing(
    rule=rule_at("case.decision", FILED),
    started_on=FILED,
    due_on=DUE,
    paused_on=None,
    is_stopped=False,
)
PAUSED = replace(CASE, due_on=None, paused_on=date(2026, 8, 3))
STOPPED = replace(CASE, is_stopped=True)
MID = date(2026, 8, 3)


def refused(code: str, act, *arguments: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(*arguments)
    assert refusal.value.code == code
    sentence = words.refusal(code, refusal.value.facts)
    assert "%(" not in sentence, "every refusal has words, and facts for each place in them"
    return refusal.value


@pytest.mark.parametrize("ground", CASE.rule.exclusions)
def test_a_case_stands_still_on_every_ground_of_article_64(ground: str) -> None:
    check_suspension(CASE, ground, MID)


def test_a_clock_stands_still_on_no_other_ground() -> None:
    refused("clock_ground_not_in_law", check_suspension, CASE, "appraisal", MID)
    acceptance = replace(CASE, rule=rule_at("tip.acceptance", FILED))
    refused("clock_ground_not_in_law", check_suspension, acceptance, "inspection", MID)


def test_only_a_running_clock_is_suspended_and_only_within_its_term() -> None:
    refused("clock_paused", check_suspension, PAUSED, "hearing", MID)
    refused("clock_stopped", check_suspension, STOPPED, "hearing", MID)
    refused("clock_before_start", check_suspension, CASE, "hearing", date(2026, 7, 12))
    refused("clock_term_over", check_suspension, CASE, "hearing", date(2026, 10, 12))
    check_suspension(CASE, "hearing", DUE)


def test_a_clock_runs_again_on_the_day_it_was_stopped_or_later() -> None:
    check_resumption(PAUSED, MID)
    refused("clock_not_paused", check_resumption, CASE, MID)
    refused("clock_resumed_too_early", check_resumption, PAUSED, date(2026, 8, 2))


def test_a_decision_is_extended_by_thirty_days_then_to_a_day_fixed_in_council() -> None:
    assert extension_allowed(CASE, None, DUE) == Extension(30, Unit.CALENDAR_DAYS)
    refused("clock_end_is_fixed", extension_allowed, CASE, date(2026, 12, 1), MID)
    once = replace(CASE, extended=1)
    refused("clock_end_needed", extension_allowed, once, None, MID)
    refused("clock_end_too_early", extension_allowed, once, DUE, MID)
    assert extension_allowed(once, date(2026, 12, 11), MID) == Extension(until=date(2026, 12, 11))
    refused("clock_no_extension", extension_allowed, replace(CASE, extended=2), None, MID)


def test_a_term_is_extended_before_it_is_over_and_where_the_law_allows() -> None:
    refused("clock_term_over", extension_allowed, CASE, None, date(2026, 10, 12))
    acceptance = replace(CASE, rule=rule_at("tip.acceptance", FILED))
    refused("clock_no_extension", extension_allowed, acceptance, None, MID)


def test_what_is_done_on_the_last_day_is_in_time() -> None:
    assert outcome_of(CASE, DUE) is Outcome.MET
    assert outcome_of(CASE, date(2026, 10, 12)) is Outcome.LATE
    assert outcome_of(PAUSED, date(2027, 1, 1)) is Outcome.MET


def test_a_clock_is_stopped_once_and_not_before_it_started() -> None:
    refused("clock_stopped", check_stop, STOPPED, MID)
    refused("clock_before_start", check_stop, CASE, date(2026, 7, 12))


# --- a count that somebody asks for --------------------------------------------------------


def test_spans_of_days_are_read_as_typed() -> None:
    assert asked_suspensions("2026-08-03..2026-08-14， 2026-09-01..") == (
        Suspension(date(2026, 8, 3), date(2026, 8, 14), "given"),
        Suspension(date(2026, 9, 1), None, "given"),
    )
    assert asked_suspensions("") == ()
    refused("count_span", asked_suspensions, "2026-08-03")
    refused("count_span", asked_suspensions, "2026-08-14..2026-08-03")
    refused("count_day", asked_suspensions, "2026-08-32..2026-08-33")


def test_extensions_follow_the_law_in_order() -> None:
    until = date(2026, 12, 11)
    assert extensions_taken(CASE.rule, 2, until) == [
        Extension(30, Unit.CALENDAR_DAYS),
        Extension(until=until),
    ]
    refused("clock_end_needed", extensions_taken, CASE.rule, 2, None)
    refused("clock_no_extension", extensions_taken, CASE.rule, 3, until)


# --- a year's notice -----------------------------------------------------------------------


def test_what_is_written_is_read_back() -> None:
    for kept in load_shipped().years.values():
        assert parse_days(write_days(kept.holidays), "holidays") == dict(kept.holidays)
        assert parse_days(write_days(kept.make_up_days), "holidays") == dict(kept.make_up_days)


def test_a_line_is_a_name_and_days_however_they_are_separated() -> None:
    days = parse_days("春节：2027-02-05..2027-02-06、2027-02-08\n\n 元旦 2027-01-01 ", "holidays")
    assert days == {
        date(2027, 2, 5): "春节",
        date(2027, 2, 6): "春节",
        date(2027, 2, 8): "春节",
        date(2027, 1, 1): "元旦",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("春节", "calendar_line"),
        ("2027-02-05..2027-02-11", "calendar_line"),
        ("春节 2月5日", "calendar_line"),
        ("春节 2027-02-30", "calendar_no_such_day"),
        ("春节 2027-02-11..2027-02-05", "calendar_span"),
        ("春节 2027-02-05..2027-12-05", "calendar_span"),
        ("春节 2027-02-05\n元旦 2027-02-05", "calendar_day_twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_at_its_field(text: str, code: str) -> None:
    assert refused(code, parse_days, text, "make_up_days").field == "make_up_days"


@pytest.mark.parametrize(
    ("off", "worked", "code", "field"),
    [
        ("", "", "calendar_no_holiday", "holidays"),
        ("元旦 2028-01-01", "", "day_outside_year", "holidays"),
        ("元旦 2027-01-01", "元旦 2027-01-04", "make_up_day_is_a_weekday", "make_up_days"),
        ("元旦 2027-01-09", "元旦 2027-01-09", "day_off_and_worked", "holidays"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(
    off: str,
    worked: str,
    code: str,
    field: str,
) -> None:
    def act() -> None:
        schedule(2027, "测试用放假安排", "", off=off, worked=worked)

    assert refused(code, act).field == field


def test_a_year_out_of_reach_is_refused() -> None:
    def act() -> None:
        schedule(1999, "测试用放假安排", "", off="元旦 1999-01-01", worked="")

    refused("calendar_year", act)
