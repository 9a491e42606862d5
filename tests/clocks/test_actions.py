"""Do clocks start, stand still, lengthen, stop and move as the acts on them say?"""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from app.clocks import actions, queries, rules
from app.clocks.models import Clock
from app.clocks.rules import Outcome
from app.kernel import audit
from app.kernel.db import db, unit_of_work
from app.kernel.deadlines import rule_at
from app.kernel.errors import NotAllowed, Refused
from tests.support.days import on

pytestmark = pytest.mark.database

CASE = ("case", "澄青市监立〔2026〕901号")


@pytest.fixture
def kept(officer, leader, administrator, writing) -> None:
    """A write transaction, opened once everybody who acts in it is known."""


@pytest.fixture
def decision(officer, kept) -> Clock:
    """The case of the pictures: filed on 13 July, to be decided within 90 days."""
    return actions.start(*CASE, "case.decision", on("2026-07-13"), by=officer, is_main=True)


def events(subject: tuple[str, str] = CASE) -> list[tuple[str, dict]]:
    return [(entry.event, entry.facts) for entry in reversed(audit.trail(*subject))]


def test_a_started_clock_knows_its_version_its_calendar_and_its_last_day(decision: Clock) -> None:
    assert (decision.legal_due_on, decision.due_on) == (on("2026-10-11"), on("2026-10-12"))
    assert decision.rule_valid_from == on("2021-07-15")
    assert decision.calendar_basis.startswith("2026:")
    assert not decision.is_provisional
    assert events() == [
        ("clock.started", {"rule": "case.decision", "due_on": "2026-10-12"}),
    ]


def test_a_record_received_under_the_old_law_goes_on_under_it(officer, kept) -> None:
    received = on("2026-04-10")
    old = rule_at("tip.mediation", received)
    clock = actions.start("tip", "260410-901", old, on("2026-04-20"), by=officer)
    assert clock.rule_valid_from == on("2020-01-01")
    assert clock.due_on == on("2026-06-25"), "45 working days, not 60 days"


def test_one_rule_runs_once_on_a_record(decision: Clock, officer) -> None:
    with pytest.raises(Refused, match="clock_running_already"):
        actions.start(*CASE, "case.decision", on("2026-07-14"), by=officer)


def test_a_new_main_clock_takes_the_place_of_the_old_one(decision: Clock, officer) -> None:
    service = actions.start(*CASE, "case.service", on("2026-09-21"), by=officer, is_main=True)
    assert not decision.is_main
    assert queries.main_clock(*CASE) is service


def test_a_suspended_clock_has_no_last_day_and_resumes_with_a_later_one(
    decision: Clock,
    officer,
) -> None:
    actions.suspend(
        decision,
        on=on("2026-08-03"),
        ground="inspection",
        reason="抽样送检",
        by=officer,
    )
    assert (decision.due_on, decision.paused_on) == (None, on("2026-08-03"))
    actions.resume(decision, on=on("2026-08-14"), by=officer)
    assert decision.due_on == on("2026-10-23")
    assert decision.paused_on is None
    assert [event for event, _facts in events()] == [
        "clock.started",
        "clock.suspended",
        "clock.resumed",
    ]
    assert events()[1][1] == {
        "rule": "case.decision",
        "ground": "inspection",
        "since": "2026-08-03",
    }


def test_the_reason_stays_with_the_span_and_out_of_the_trail(decision: Clock, officer) -> None:
    actions.suspend(
        decision, on=on("2026-08-03"), ground="hearing", reason="张某某申请听证", by=officer
    )
    assert decision.spans[0].reason == "张某某申请听证"
    assert decision.spans[0].decided_by_id == officer.person_id
    assert all("张某某" not in str(facts) for _event, facts in events())


def test_an_extension_keeps_its_reason_and_its_approver(decision: Clock, officer, leader) -> None:
    actions.extend(
        decision,
        on=on("2026-09-22"),
        reason="案情复杂",
        approved_by=leader.person_id,
        by=officer,
    )
    assert decision.due_on == on("2026-11-10")
    span = decision.spans[0]
    assert (span.reason, span.approved_by_id) == ("案情复杂", leader.person_id)
    assert events()[-1] == (
        "clock.extended",
        {"rule": "case.decision", "due_on": "2026-11-10", "approved_by": leader.person_id},
    )


def test_the_second_extension_ends_where_the_council_decides(
    decision: Clock,
    officer,
    leader,
) -> None:
    approved = {"approved_by": leader.person_id, "by": officer, "reason": "集体讨论决定延长"}
    actions.extend(decision, on=on("2026-09-22"), **approved)
    actions.extend(decision, on=on("2026-11-02"), until=on("2026-12-11"), **approved)
    assert decision.due_on == on("2026-12-11")
    with pytest.raises(Refused, match="clock_no_extension"):
        actions.extend(decision, on=on("2026-11-03"), until=on("2026-12-31"), **approved)


def test_a_clock_stops_in_time_or_late(decision: Clock, officer) -> None:
    actions.stop(decision, met_on=on("2026-10-13"), by=officer)
    assert decision.outcome is Outcome.LATE
    assert queries.main_clock(*CASE) is None
    with pytest.raises(Refused, match="clock_stopped"):
        actions.stop(decision, met_on=on("2026-10-14"), by=officer)


def test_a_clock_stopped_while_it_stands_still_is_in_time(decision: Clock, officer) -> None:
    actions.suspend(decision, on=on("2026-08-03"), ground="stay", reason="中止", by=officer)
    actions.stop(decision, met_on=on("2026-12-01"), by=officer)
    assert decision.outcome is Outcome.MET
    assert decision.spans[0].to_on == on("2026-12-01")


def test_new_facts_from_the_same_reporter_count_the_term_anew(officer, kept) -> None:
    tip = ("tip", "260901-901")
    first = actions.start(*tip, "tip.verification", on("2026-09-01"), by=officer, is_main=True)
    again = actions.restart(first, started_on=on("2026-09-18"), by=officer)
    assert first.outcome is Outcome.RESTARTED
    assert again.is_main
    assert again.due_on == on("2026-10-15")
    assert queries.main_clock(*tip) is again


# --- the administrator enters a year -------------------------------------------------------

NEW_YEAR = "元旦 2027-01-01..2027-01-03"


def notice(off: str = NEW_YEAR, worked: str = "元旦 2027-01-09", number: str = "测试发〔2026〕1号"):
    return rules.schedule(2027, "测试用放假安排", number, off=off, worked=worked)


@pytest.fixture
def provisional(officer, kept) -> Clock:
    """Received on 28 December: seven working days reach into the year without a notice."""
    return actions.start("tip", "261228-901", "tip.acceptance", on("2026-12-28"), by=officer)


def test_a_date_in_an_unpublished_year_is_provisional(provisional: Clock) -> None:
    assert provisional.is_provisional
    assert provisional.due_on == on("2027-01-07")
    assert provisional.calendar_basis.endswith("2027:unpublished")


def test_entering_the_notice_recounts_with_a_trace_for_each_clock(
    provisional: Clock,
    decision: Clock,
    administrator,
) -> None:
    moved = actions.enter_year(notice(off="元旦 2027-01-01..2027-01-05"), by=administrator)
    assert moved == 1
    assert (provisional.due_on, provisional.is_provisional) == (on("2027-01-09"), False)
    assert events(("tip", "261228-901"))[-1] == (
        "clock.recounted",
        {
            "rule": "tip.acceptance",
            "before": "2027-01-07",
            "due_on": "2027-01-09",
            "year": 2027,
        },
    )
    assert [event for event, _facts in events()] == ["clock.started"], "untouched by 2027"
    assert events(("calendar", "2027")) == [
        (
            "calendar.year_entered",
            {"number": "测试发〔2026〕1号", "days_off": 5, "days_worked": 1, "recounted": 1},
        )
    ]


def test_a_clock_whose_date_is_confirmed_is_traced_too(provisional: Clock, administrator) -> None:
    actions.enter_year(notice(), by=administrator)
    assert not provisional.is_provisional
    assert provisional.due_on == on("2027-01-07")
    assert events(("tip", "261228-901"))[-1][0] == "clock.recounted"


def test_a_notice_that_reaches_into_december_moves_clocks_of_the_year_before(
    officer,
    administrator,
    kept,
) -> None:
    clock = actions.start("tip", "261221-901", "tip.acceptance", on("2026-12-22"), by=officer)
    assert clock.due_on == on("2026-12-31")
    actions.enter_year(notice(off="元旦 2026-12-31..2027-01-03"), by=administrator)
    assert clock.due_on == on("2027-01-04")


def test_correcting_a_notice_recounts_again(provisional: Clock, administrator) -> None:
    actions.enter_year(notice(off="元旦 2027-01-01..2027-01-05"), by=administrator)
    assert actions.enter_year(notice(), by=administrator) == 1
    assert provisional.due_on == on("2027-01-07")
    assert actions.enter_year(notice(), by=administrator) == 0


def test_stopped_clocks_are_not_recounted(provisional: Clock, officer, administrator) -> None:
    actions.stop(provisional, met_on=on("2026-12-29"), by=officer)
    assert actions.enter_year(notice(), by=administrator) == 0


@pytest.mark.parametrize("account", ["qs.unit_leader", "lj.security_administrator"])
def test_only_the_system_administrator_enters_a_year(identity, context, account: str) -> None:
    who = identity(account)
    with pytest.raises(NotAllowed), unit_of_work():
        actions.enter_year(notice(), by=who)


def test_the_database_keeps_one_running_clock_of_a_rule(decision: Clock) -> None:
    twin = Clock(
        subject_kind=decision.subject_kind,
        subject_reference=decision.subject_reference,
        rule_code=decision.rule_code,
        rule_valid_from=decision.rule_valid_from,
        calendar_basis="",
        started_on=decision.started_on,
        due_on=decision.due_on,
    )
    with db.session.begin_nested() as savepoint:
        db.session.add(twin)
        with pytest.raises(IntegrityError):
            db.session.flush()
        savepoint.rollback()
