"""Do the terms of the regulations end on the days the regulations mean?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import CalendarNotPublished, RollOver, StepKind
from app.kernel.deadlines import (
    Extension,
    NoSuchRule,
    Span,
    SpanKind,
    Suspension,
    TermFault,
    Unit,
    add_months,
    compute,
    due_at,
    load_statutes,
    rule_at,
)
from app.kernel.statutes import VersionsOverlap, collect
from tests.support.days import CALENDAR, DAY, OPEN_CALENDAR, due, on, pause

SHIPPED = list(load_statutes())


# --- the rules as data ---------------------------------------------------------------------

WD, CD, MO, YR, HR = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS

#: Copied from the table of terms in the handbook of law, not from the data.
IN_FORCE_2026 = {
    # complaints and tips
    "tip.acceptance": (7, WD), "tip.mediation": (60, CD), "tip.mediation_notice": (7, WD),
    "tip.clue_check": (15, WD), "tip.verification": (15, WD), "tip.dispute": (7, WD),
    "tip.limitation": (3, YR),
    # penalties
    "case.filing": (15, WD), "evidence.registration": (7, WD),
    "evidence.registration_approval": (24, HR), "seizure.period": (30, CD),
    "seizure.approval": (24, HR), "case.assistance": (15, WD), "case.review": (10, WD),
    "case.statement": (5, WD), "case.decision": (90, CD), "case.service": (7, WD),
    "case.announcement": (30, CD), "penalty.payment": (15, CD), "penalty.urge": (10, WD),
    "penalty.court_application": (3, MO), "case.closing": (15, WD), "summary.archive": (7, WD),
    "summary.fine_handover": (2, WD), "summary.fine_deposit": (2, WD),
    "jurisdiction.dispute": (7, WD), "jurisdiction.designation": (7, WD),
    "case.disclosure_withdrawal": (3, WD), "penalty.limitation": (2, YR),
    "penalty.limitation_serious": (5, YR),
    # hearings
    "hearing.chair": (3, WD), "hearing.materials": (3, WD), "hearing.schedule": (5, WD),
    "hearing.report": (5, WD), "hearing.notice": (7, WD),
    # publication
    "disclosure.publish": (20, WD), "disclosure.push": (10, WD),
    "disclosure.publish_received": (10, WD), "disclosure.withdraw": (3, WD),
    "disclosure.website": (20, WD), "disclosure.credit_portal": (7, WD),
    "disclosure.minor_end": (3, MO), "disclosure.ordinary_minimum": (3, MO),
    "disclosure.ordinary_end": (1, YR), "disclosure.severe_minimum": (1, YR),
    "disclosure.severe_end": (3, YR),
    # credit repair
    "repair.accept": (2, WD), "repair.decide": (7, WD), "repair.apply": (3, WD),
    "repair.revoked_display": (3, YR),
    # list of the seriously dishonest
    "blacklist.publish": (20, WD), "blacklist.removal_request": (1, YR),
    "blacklist.removal": (3, YR), "blacklist.accept": (2, WD), "blacklist.decide": (7, WD),
    "blacklist.stop": (3, WD),
    # hand-over to the police
    "transfer.approval": (3, CD), "transfer.handover": (24, HR),
    "transfer.police_forwarding": (24, HR), "transfer.police_decision": (3, CD),
    "transfer.reconsideration_request": (3, CD), "transfer.reconsideration": (3, CD),
    "transfer.supervision_request": (3, CD), "transfer.materials": (3, CD),
    "transfer.police_clue_check": (10, CD), "transfer.police_complex_check": (30, CD),
    # sampling
    "sampling.objection": (15, CD), "sampling.retest_request": (7, CD),
    "sampling.retest_body": (10, CD), "sampling.correction": (60, CD),
    "sampling.recheck": (75, CD), "sampling.second_recheck_from": (60, CD),
    "sampling.second_recheck_by": (90, CD), "sampling.interval": (6, MO),
    "sampling.records": (2, YR),
    # supervision inside the system
    "supervision.materials": (10, WD), "supervision.correction_report": (10, WD),
    "supervision.objection": (5, WD), "supervision.answer": (10, WD),
}  # fmt: skip


def test_the_terms_in_force_are_those_of_the_law() -> None:
    found = {
        rule.code: (rule.length, rule.unit) for rule in SHIPPED if rule.holds_on(on("2026-11-21"))
    }
    assert found == IN_FORCE_2026


@pytest.mark.parametrize(
    ("code", "day", "term"),
    [
        ("tip.mediation", "2026-04-14", (45, WD)),
        ("tip.mediation", "2026-04-15", (60, CD)),
        ("tip.named_reply", "2026-04-14", (5, WD)),
        ("tip.acceptance", "2026-04-14", (7, WD)),
        ("case.announcement", "2022-10-31", (60, CD)),
        ("case.announcement", "2022-11-01", (30, CD)),
        ("disclosure.ordinary_end", "2025-12-24", (3, YR)),
        ("disclosure.ordinary_end", "2025-12-25", (1, YR)),
        ("blacklist.decide", "2025-12-24", (15, WD)),
    ],
)
def test_the_version_of_the_day_holds(code: str, day: str, term: tuple[int, Unit]) -> None:
    rule = rule_at(code, on(day))
    assert (rule.length, rule.unit) == term


def test_order_121_no_longer_has_the_reply_to_named_reporters() -> None:
    with pytest.raises(NoSuchRule):
        rule_at("tip.named_reply", on("2026-04-15"))
    with pytest.raises(NoSuchRule):
        rule_at("tip.of_no_kind", on("2026-04-15"))


def test_a_record_finds_its_version_again_by_the_day_it_came_into_force() -> None:
    statutes = load_statutes()
    assert statutes.version("tip.mediation", on("2020-01-01")).unit is WD
    with pytest.raises(NoSuchRule):
        statutes.version("tip.mediation", on("2021-01-01"))


def test_every_rule_says_where_it_comes_from_in_both_languages() -> None:
    for rule in SHIPPED:
        assert rule.law, rule.code
        assert rule.article.startswith(("第", "条号未核实")), rule.code
        assert rule.start_event_zh, rule.code
        assert rule.title_en.isascii(), rule.code
        assert rule.law_en.isascii(), rule.code
        assert rule.start_event_en.isascii(), rule.code
        assert rule.source_note, rule.code
        assert rule.source_note_en.isascii(), rule.code


def test_what_was_not_read_in_the_text_says_so() -> None:
    unverified = [rule for rule in SHIPPED if rule.article == "条号未核实"]
    assert {rule.code.partition(".")[0] for rule in unverified} == {
        "hearing", "disclosure", "repair", "transfer",
    }  # fmt: skip
    for rule in unverified:
        assert "not" in rule.source_note_en, rule.code
        assert "未" in rule.source_note, rule.code


def test_two_versions_of_one_rule_never_hold_on_one_day() -> None:
    rule = rule_at("tip.acceptance", on("2026-05-01"))
    with pytest.raises(VersionsOverlap):
        collect([rule, replace(rule, valid_from=on("2026-06-01"))])


# --- terms that end on a known day ---------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "start", "legal", "end"),
    [
        ("tip.acceptance", "2026-09-18", "2026-09-29", "2026-09-29"),
        ("tip.acceptance", "2026-02-13", "2026-03-02", "2026-03-02"),
        ("tip.acceptance", "2026-09-16", "2026-09-24", "2026-09-24"),
        ("tip.verification", "2026-04-30", "2026-05-25", "2026-05-25"),
        ("disclosure.publish", "2026-09-28", "2026-10-30", "2026-10-30"),
        ("case.statement", "2026-09-24", "2026-10-09", "2026-10-09"),
        ("tip.mediation", "2026-08-03", "2026-10-02", "2026-10-08"),
        ("case.decision", "2026-07-06", "2026-10-04", "2026-10-08"),
        # the pictures of the standard, all seen on 2026-09-22
        ("seizure.period", "2026-09-01", "2026-10-01", "2026-10-08"),
        ("tip.verification", "2026-09-21", "2026-10-19", "2026-10-19"),
        ("tip.verification", "2026-09-22", "2026-10-20", "2026-10-20"),
        ("tip.acceptance", "2026-09-17", "2026-09-28", "2026-09-28"),
        ("tip.acceptance", "2026-09-21", "2026-10-08", "2026-10-08"),
    ],
)
def test_terms_end_on_the_day_of_the_test_vectors(
    code: str,
    start: str,
    legal: str,
    end: str,
) -> None:
    found = due(code, start)
    assert (found.legal_due_on, found.due_on) == (on(legal), on(end))
    assert not found.is_provisional


def test_a_rolled_last_day_is_explained() -> None:
    found = due("tip.mediation", "2026-08-03")
    assert [(step.day.day, step.kind, step.reason) for step in found.steps] == [
        (day, StepKind.ROLLED, "国庆节") for day in range(2, 8)
    ]
    assert found.spans == (
        Span(SpanKind.RUNNING, on("2026-08-04"), on("2026-10-02")),
        Span(SpanKind.ROLLED, on("2026-10-03"), on("2026-10-08")),
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 12, "2027-12-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    start: str,
    months: int,
    end: str,
) -> None:
    assert add_months(on(start), months) == on(end)


def test_terms_in_months_and_years() -> None:
    assert due("penalty.court_application", "2026-05-08").due_on == on(
        "2026-08-10"
    )  # 8th: Saturday
    assert due("disclosure.minor_end", "2026-05-08").due_on == on("2026-08-08")  # never moves
    assert due("penalty.limitation", "2023-10-01").due_on == on("2025-10-01")


def test_hours_end_at_an_instant_and_by_the_next_day() -> None:
    rule = rule_at("seizure.approval", on("2026-09-30"))
    at = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    assert due_at(rule, at) == at + timedelta(hours=24)
    assert due("seizure.approval", "2026-09-30").due_on == on("2026-10-01"), "hours do not move"
    with pytest.raises(TermFault):
        due_at(rule_at("case.decision", on("2026-09-30")), at)


# --- the clock stands still ----------------------------------------------------------------


def test_days_of_inspection_are_taken_out_of_the_term() -> None:
    found = due("case.decision", "2026-07-13", suspensions=[pause("2026-08-03", "2026-08-14")])
    assert found.due_on == found.legal_due_on == on("2026-10-23")
    assert found.suspended_days == 12
    assert found.spans == (
        Span(SpanKind.RUNNING, on("2026-07-14"), on("2026-08-02")),
        Span(SpanKind.SUSPENDED, on("2026-08-03"), on("2026-08-14"), "inspection"),
        Span(SpanKind.RUNNING, on("2026-08-15"), on("2026-10-23")),
    )
    assert {step.kind for step in found.steps} == {StepKind.SUSPENDED}


def test_working_days_inside_a_suspension_do_not_count() -> None:
    found = due("tip.verification", "2026-09-18", suspensions=[pause("2026-09-21", "2026-09-22")])
    assert found.due_on == on("2026-10-19")
    assert due("tip.verification", "2026-09-18").due_on == on("2026-10-15")


def test_overlapping_suspensions_are_counted_once() -> None:
    once = due("case.decision", "2026-07-13", suspensions=[pause("2026-08-03", "2026-08-14")])
    twice = due(
        "case.decision",
        "2026-07-13",
        suspensions=[pause("2026-08-03", "2026-08-10"), pause("2026-08-05", "2026-08-14", "stay")],
    )
    assert twice.due_on == once.due_on
    assert twice.suspended_days == 12


def test_a_suspension_after_the_last_day_changes_nothing() -> None:
    plain = due("case.decision", "2026-03-02")
    late = due("case.decision", "2026-03-02", suspensions=[pause("2026-08-03", None)])
    assert late.due_on == plain.due_on
    assert late.paused is None


def test_a_last_day_does_not_move_into_a_suspension() -> None:
    found = due("tip.mediation", "2026-08-03", suspensions=[pause("2026-10-05", "2026-10-09")])
    assert (found.legal_due_on, found.due_on) == (on("2026-10-02"), on("2026-10-10"))


def test_an_open_suspension_pauses_the_clock() -> None:
    found = due("case.decision", "2026-07-13", suspensions=[pause("2026-08-03", None, "hearing")])
    assert found.paused is not None
    assert found.pause_ground == "hearing"


def test_a_suspension_cannot_end_before_it_begins() -> None:
    with pytest.raises(TermFault):
        pause("2026-08-14", "2026-08-03")


# --- the clock runs longer -----------------------------------------------------------------


def test_an_extension_is_counted_from_the_end_before_it_moved() -> None:
    plain = due("case.decision", "2026-07-06")
    assert (plain.legal_due_on, plain.due_on) == (on("2026-10-04"), on("2026-10-08"))
    longer = due("case.decision", "2026-07-06", extensions=[Extension(30, CD)])
    assert longer.due_on == on("2026-11-03"), "120 days after filing, not 30 after 8 October"


def test_verification_may_take_another_fifteen_working_days() -> None:
    longer = due("tip.verification", "2026-09-18", extensions=[Extension(15, WD)])
    assert (
        longer.due_on
        == compute(
            replace(rule_at("tip.verification", on("2026-09-18")), length=30),
            on("2026-09-18"),
            calendar=CALENDAR,
        ).due_on
    )


def test_collective_discussion_fixes_the_last_day() -> None:
    found = due(
        "case.decision",
        "2026-07-06",
        extensions=[Extension(30, CD), Extension(until=on("2026-12-11"))],
    )
    assert found.due_on == on("2026-12-11")
    assert found.spans[-1] == Span(SpanKind.EXTENDED, on("2026-10-05"), on("2026-12-11"))


def test_an_extension_must_lengthen() -> None:
    with pytest.raises(TermFault, match="extension_shortens"):
        due("case.decision", "2026-07-06", extensions=[Extension(until=on("2026-09-01"))])
    with pytest.raises(TermFault, match="extension_without_end"):
        due("case.decision", "2026-07-06", extensions=[Extension()])


def test_suspending_and_extending_are_different_acts() -> None:
    found = due(
        "case.decision",
        "2026-07-13",
        suspensions=[pause("2026-08-03", "2026-08-14")],
        extensions=[Extension(30, CD)],
    )
    assert found.due_on == on("2026-11-23"), "22 November is a Sunday"
    assert [span.kind for span in found.spans] == [
        SpanKind.RUNNING,
        SpanKind.SUSPENDED,
        SpanKind.RUNNING,
        SpanKind.EXTENDED,
        SpanKind.ROLLED,
    ]


# --- years without a notice ----------------------------------------------------------------


def test_a_term_into_an_unpublished_year_is_refused_or_provisional() -> None:
    rule = rule_at("tip.acceptance", on("2026-12-28"))
    with pytest.raises(CalendarNotPublished):
        compute(rule, on("2026-12-28"), calendar=CALENDAR)
    found = compute(rule, on("2026-12-28"), calendar=OPEN_CALENDAR)
    assert found.is_provisional
    assert found.due_on == on("2027-01-07")


# --- what must hold for every clock --------------------------------------------------------

starts = st.dates(date(2021, 7, 15), date(2023, 6, 30))
rules = st.sampled_from([rule for rule in SHIPPED if rule.unit is not YR])


@given(rules, starts)
def test_the_last_day_is_never_before_the_legal_one(rule, start: date) -> None:
    found = compute(rule, start, calendar=CALENDAR)
    assert start <= found.legal_due_on <= found.due_on
    if rule.roll_over is RollOver.NEVER:
        assert found.due_on == found.legal_due_on


@given(rules, starts, st.integers(0, 40), st.integers(0, 40))
def test_a_suspension_never_shortens_a_term(rule, start: date, after: int, length: int) -> None:
    first = start + after * DAY
    stopped = Suspension(first, first + length * DAY, "inspection")
    plain = compute(rule, start, calendar=CALENDAR)
    longer = compute(rule, start, calendar=CALENDAR, suspensions=[stopped])
    assert longer.due_on >= plain.due_on


@given(rules, starts, st.integers(0, 40), st.integers(0, 40))
def test_the_spans_cover_the_clock_without_gap_or_overlap(
    rule,
    start: date,
    after: int,
    length: int,
) -> None:
    first = start + after * DAY
    stopped = Suspension(first, first + length * DAY, "inspection")
    found = compute(
        rule,
        start,
        calendar=CALENDAR,
        suspensions=[stopped],
        extensions=[Extension(10, WD)],
    )
    assert found.spans[0].first == start + DAY
    assert found.spans[-1].last == found.due_on
    for one, following in zip(found.spans, found.spans[1:], strict=False):
        assert following.first == one.last + DAY
    assert sum(span.days for span in found.spans) == (found.due_on - start).days
