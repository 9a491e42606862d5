"""What each act on a case does, leaves in the trail, and refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from app.cases import actions, queries, rules
from app.cases.models import Case
from app.cases.rules import CaseState, ClosingGround, DropGround
from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.inspections import actions as inspections
from app.inspections.models import Task
from app.inspections.rules import TaskKind, TaskState
from app.kernel import audit, storage
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotAllowed, NotFound, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import actions as tips
from app.tips import queries as tip_queries
from app.tips.rules import TipState
from app.units import queries as units
from tests.support.make import cases as make
from tests.support.make import tips as make_tips
from tests.support.make.cases import outcome, running

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
S = CaseState
TODAY = date(2026, 9, 22)


def who(account: str) -> Identity:
    return people.today_identity(account)


def events(case: Case) -> list[str]:
    return [entry.event for entry in audit.trail("case", case.reference)]


# Filing -----------------------------------------------------------------------------------------


def test_a_proposal_starts_the_filing_term_from_the_clue() -> None:
    case = actions.propose(make.proposal(clue_on=date(2026, 9, 18)), by=who("qs.case_officer"))
    assert case.reference == "A2026-0001"
    assert case.number is None
    assert case.state is S.PROPOSED
    assert running(case, rules.FILING) == date(2026, 10, 15)  # 15 working days past the holidays
    assert "case.proposed" in events(case)


def test_the_leader_files_it_and_the_number_is_taken_then() -> None:
    case = make.case(S.FILED)
    assert case.number == "澄青市监立〔2026〕1号"
    assert case.filed_on == TODAY
    assert running(case, rules.FILING) is None
    assert outcome(case, rules.FILING) is Outcome.MET
    assert running(case, rules.DECISION) == date(2026, 12, 21)  # 90 calendar days
    assert make.case(S.FILED).number == "澄青市监立〔2026〕2号"
    assert make.case(S.FILED, place="bs").number == "澄白市监立〔2026〕1号"


def test_a_declined_proposal_takes_no_number() -> None:
    case = make.case(S.NOT_FILED)
    assert case.number is None
    assert case.ended_on == TODAY
    assert running(case, rules.FILING) is None
    assert make.case(S.FILED).number == "澄青市监立〔2026〕1号"


def test_who_proposed_or_handles_a_case_does_not_file_it() -> None:
    case = make.case(S.PROPOSED)
    leader = who("qs.unit_leader")
    case.officer_two_id = leader.person_id
    with pytest.raises(NotAllowed):
        actions.file(case, by=leader)
    with pytest.raises(NotAllowed):
        actions.file(case, by=who("qs.case_officer"))


@pytest.mark.parametrize("account", ["bs.unit_leader", "cz.unit_leader", "lj.unit_leader"])
def test_only_the_own_bureaus_leader_files(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.file(make.case(S.PROPOSED), by=who(account))


def test_officers_must_be_two_of_this_bureau() -> None:
    officer = who("qs.case_officer")
    with pytest.raises(Refused, match="officers_same"):
        actions.propose(make.proposal(officer_two=officer.person_id), by=officer)
    stranger = who("qs.inspector").person_id
    with pytest.raises(Refused, match="officer_not_here"):
        actions.propose(make.proposal(officer_two=stranger), by=officer)


@pytest.mark.parametrize("account", ["qs.inspector", "qs.unit_leader", "qs.reviewer"])
def test_only_a_case_officer_proposes(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.propose(make.proposal(), by=who(account))


# From a task and a tip --------------------------------------------------------------------------


def checked(*, has_problem: bool = True, with_tip: bool = True) -> Task:
    """Return a closed task of 青石县, verifying a report when asked."""
    leader, inspector = who("qs.unit_leader"), who("qs.inspector")
    tip = None
    if with_tip:
        tip = make_tips.receipt().tips[0]
        tips.route(tip, units.by_code("qs"), by=who("cz.triage_officer"))
    errand = inspections.Errand("核查样例五金店", TaskKind.VERIFICATION, date(2026, 9, 30))
    task = inspections.assign(
        errand, people.by_account("qs.inspector"), people.by_account("qs.inspector2"),
        by=leader, tip=tip,
    )  # fmt: skip
    db.session.flush()
    inspections.start(task, by=inspector)
    photo = storage.Stored("0" * 64, 3, "image/png", "样例.png", "0" * 64)
    found = inspections.Findings("电线不合格。", has_problem, "below_standard", [photo])
    inspections.close(task, found, by=inspector, tip=tip)
    return task


def test_a_case_from_a_task_carries_its_tip_along() -> None:
    task = checked()
    officer = who("qs.case_officer")
    case = actions.propose(make.proposal(task_reference=task.reference), by=officer)
    assert case.tip_reference == task.tip_reference
    assert running(case, rules.FILING) is None  # the tip's verification clock is the same term
    actions.file(case, by=who("qs.unit_leader"))
    tip = tip_queries.by_reference(task.tip_reference or "", officer)
    assert tip.state is TipState.FILED
    assert tip.case_reference == case.reference
    assert task.state is TaskState.FILED
    assert task.case_reference == case.reference


def test_no_case_comes_from_a_task_without_problem() -> None:
    task = checked(has_problem=False, with_tip=False)
    with pytest.raises(Refused, match="task_without_problem"):
        actions.propose(make.proposal(task_reference=task.reference), by=who("qs.case_officer"))


def test_no_case_comes_from_an_unverified_tip() -> None:
    tip = make_tips.receipt().tips[0]
    tips.route(tip, units.by_code("qs"), by=who("cz.triage_officer"))
    with pytest.raises(Refused, match="tip_not_verified"):
        actions.propose(make.proposal(tip_reference=tip.reference), by=who("qs.case_officer"))


def test_one_task_makes_one_case_unless_the_first_was_declined() -> None:
    task = checked(with_tip=False)
    officer = who("qs.case_officer")
    first = actions.propose(make.proposal(task_reference=task.reference), by=officer)
    db.session.flush()
    with pytest.raises(Refused, match="origin_has_case"):
        actions.propose(make.proposal(task_reference=task.reference), by=officer)
    actions.decline(first, reason="样例", by=who("qs.unit_leader"))
    db.session.flush()
    again = actions.propose(make.proposal(task_reference=task.reference), by=officer)
    assert again.reference != first.reference


def test_another_countys_task_is_not_found() -> None:
    task = checked(with_tip=False)
    with pytest.raises(NotFound):
        actions.propose(
            make.proposal("bs", task_reference=task.reference), by=who("bs.case_officer")
        )


# Investigation and review -----------------------------------------------------------------------


def test_the_investigation_needs_the_declaration_and_one_of_the_two_officers() -> None:
    case = make.case(S.FILED)
    with pytest.raises(Refused, match="recusal_undeclared"):
        actions.begin(case, no_ground_for_recusal=False, by=who("qs.case_officer"))
    assert case.recusal_declared_at is None


def test_an_officer_of_another_case_does_not_touch_this_one() -> None:
    case = make.case(S.FILED)
    case.officer_one_id = who("qs.inspector").person_id
    with pytest.raises(NotAllowed):
        actions.begin(case, no_ground_for_recusal=True, by=who("qs.case_officer"))


def test_review_has_ten_working_days_and_ends_the_clock() -> None:
    case = make.case(S.REVIEWING)
    assert running(case, rules.REVIEW) == date(2026, 10, 13)
    actions.pass_(case, opinion="同意", by=who("qs.reviewer"))
    assert running(case, rules.REVIEW) is None
    assert case.reviewed_on == TODAY
    assert case.state is S.REVIEWED


def test_a_returned_case_is_submitted_anew() -> None:
    case = make.case(S.REVIEWING)
    actions.return_(case, reason="补充检验报告", by=who("qs.reviewer"))
    assert case.state is S.INVESTIGATING
    assert case.reason == "补充检验报告"
    actions.submit(case, report="补充后的报告", by=who("qs.case_officer"))
    assert case.state is S.REVIEWING
    with pytest.raises(Refused, match="reason_needed"):
        actions.return_(case, reason="", by=who("qs.reviewer"))


def test_an_officer_never_reviews_the_own_case() -> None:
    case = make.case(S.REVIEWING)
    reviewer = who("qs.reviewer")
    case.officer_two_id = reviewer.person_id
    with pytest.raises(NotAllowed):
        actions.pass_(case, opinion="同意", by=reviewer)


def test_nobody_but_a_reviewer_of_the_bureau_reviews() -> None:
    case = make.case(S.REVIEWING)
    for account in ("qs.unit_leader", "qs.case_officer2", "bs.reviewer", "cz.reviewer"):
        with pytest.raises(NotAllowed):
            actions.pass_(case, opinion="同意", by=who(account))


# Service, closing, dropping ---------------------------------------------------------------------


def test_service_starts_fifteen_days_for_payment() -> None:
    case = make.case(S.DECIDED, served=True)
    assert case.decision is not None
    assert case.decision.served_on == TODAY
    assert running(case, rules.SERVICE) is None
    assert running(case, rules.PAYMENT) == date(2026, 10, 8)  # 10-07 rolls off the holiday
    with pytest.raises(Refused, match="served_already"):
        actions.serve(case, served_on=TODAY, by=who("qs.case_officer"))


def test_nothing_to_pay_starts_no_payment_term() -> None:
    case = make.case(S.DECIDED, items=(make.WARNING,), served=True)
    assert running(case, rules.PAYMENT) is None


def test_a_case_is_closed_after_service_only() -> None:
    case = make.case(S.DECIDED)
    leader = who("qs.unit_leader")
    with pytest.raises(Refused, match="not_served"):
        actions.close(case, ground=ClosingGround.PERFORMED, arisen_on=TODAY, by=leader)
    closed = make.case(S.CLOSED)
    assert closed.state is S.CLOSED
    assert outcome(closed, rules.PAYMENT) is Outcome.MET
    assert outcome(closed, rules.CLOSING) is Outcome.MET
    assert running(closed, rules.PUBLICATION) is not None


def test_a_dropped_case_stops_every_clock() -> None:
    case = make.case(S.DROPPED)
    assert case.drop_ground is DropGround.TERMINATED
    assert not [c for c in clocks.clocks_of("case", case.reference) if c.stopped_on is None]
    with pytest.raises(IllegalTransition):
        actions.file(case, by=who("qs.unit_leader"))


def test_dropping_needs_its_reason() -> None:
    with pytest.raises(Refused, match="reason_needed"):
        actions.drop(
            make.case(S.FILED), ground=DropGround.NO_PENALTY, reason="", by=who("qs.unit_leader")
        )


# The term, the evidence -------------------------------------------------------------------------


def test_testing_time_is_left_out_of_the_ninety_days(later: Callable[[date], None]) -> None:
    case = make.case(S.INVESTIGATING)
    officer = who("qs.case_officer")
    actions.stay(case, ground="inspection", on=TODAY, reason="送检", by=officer)
    assert running(case, rules.DECISION) is None
    assert "resume" in actions.extra_acts(case, officer)
    later(date(2026, 10, 1))
    actions.resume(case, on=date(2026, 10, 1), by=officer)
    assert running(case, rules.DECISION) == date(2026, 12, 30)  # nine days more than 12-21


def test_a_ground_the_law_does_not_name_stays_nothing() -> None:
    case = make.case(S.INVESTIGATING)
    with pytest.raises(Refused, match="clock_ground_not_in_law"):
        actions.stay(case, ground="holiday", on=TODAY, reason="样例", by=who("qs.case_officer"))


def test_the_leader_extends_by_thirty_days_then_to_an_end_fixed_in_council() -> None:
    case = make.case(S.INVESTIGATING)
    leader = who("qs.unit_leader")
    with pytest.raises(Refused, match="reason_needed"):
        actions.extend(case, reason="", until=None, by=leader)
    actions.extend(case, reason="案情复杂", until=None, by=leader)
    assert running(case, rules.DECISION) == date(2027, 1, 20)
    with pytest.raises(Refused, match="clock_end_needed"):
        actions.extend(case, reason="仍须查证", until=None, by=leader)
    actions.extend(case, reason="集体讨论", until=date(2027, 3, 1), by=leader)
    assert running(case, rules.DECISION) == date(2027, 3, 1)
    assert "extend" not in actions.extra_acts(case, leader)


def test_an_officer_does_not_extend_the_own_term() -> None:
    with pytest.raises(NotAllowed):
        actions.extend(
            make.case(S.INVESTIGATING), reason="忙", until=None, by=who("qs.case_officer")
        )


def test_there_is_no_term_to_stay_before_filing() -> None:
    with pytest.raises(IllegalTransition):
        actions.stay(
            make.case(S.PROPOSED), ground="inspection", on=TODAY, reason="送检",
            by=who("qs.case_officer"),
        )  # fmt: skip


def stored(name: str = "样例.pdf") -> storage.Stored:
    return storage.Stored("a" * 64, 10, "application/pdf", name, "a" * 64)


def test_evidence_is_fixed_by_its_digest_in_the_trail() -> None:
    case = make.case(S.INVESTIGATING)
    actions.add_evidence(case, [stored()], by=who("qs.case_officer2"))
    entry = audit.trail("case", case.reference)[0]
    assert entry.event == "case.evidence_added"
    assert entry.facts["sha256"] == "a" * 64


def test_evidence_is_refused_when_empty_late_or_from_a_stranger() -> None:
    officer = who("qs.case_officer")
    with pytest.raises(Refused, match="files_needed"):
        actions.add_evidence(make.case(S.INVESTIGATING), [], by=officer)
    with pytest.raises(IllegalTransition):
        actions.add_evidence(make.case(S.DECIDED), [stored()], by=officer)
    with pytest.raises(NotAllowed):
        actions.add_evidence(make.case(S.INVESTIGATING), [stored()], by=who("qs.inspector"))


# Races ------------------------------------------------------------------------------------------


def test_a_second_writer_of_the_same_case_is_refused() -> None:
    case = make.case(S.PROPOSED)
    db.session.flush()
    db.session.connection().exec_driver_sql("UPDATE enforcement_case SET version = version + 1")
    case.title = "另一人已经改过"
    with pytest.raises(StaleDataError):
        db.session.flush()
    db.session.rollback()


def test_handlers_are_the_officers_and_who_proposed() -> None:
    case = make.case(S.FILED)
    assert queries.handlers(case) == {*case.officer_ids, case.proposed_by_id}


def test_a_case_that_is_not_filed_returns_its_tip_to_a_decision() -> None:
    """While a case is proposed the tip is decided there; declined, the leader decides again."""
    leader, task = who("qs.unit_leader"), checked(with_tip=True)
    tip = tip_queries.by_reference(task.tip_reference or "", leader)
    case = actions.propose(make.proposal(task_reference=task.reference), by=who("qs.case_officer"))
    assert tip.case_reference == case.reference
    assert tip.reference not in asked(leader)
    assert "decide_not_to_file" not in {s.action.value for s in tips.available(tip, leader)}
    actions.decline(case, reason="样例：事实不清。", by=leader)
    assert (tip.state, tip.case_reference) == (TipState.VERIFIED, None)
    newest = audit.trail("tip", tip.reference)[0]
    assert (newest.event, newest.facts["case"]) == ("tip.case_not_filed", case.reference)
    assert tip.reference in asked(leader)
    tips.decide_not_to_file(tip, reason="样例：不予立案。", by=leader)
    assert tip.state is TipState.NOT_FILED


def test_a_tip_is_not_decided_beside_its_proposed_case() -> None:
    leader, task = who("qs.unit_leader"), checked(with_tip=True)
    tip = tip_queries.by_reference(task.tip_reference or "", leader)
    actions.propose(make.proposal(task_reference=task.reference), by=who("qs.case_officer"))
    with pytest.raises(Refused, match="case_pending"):
        tips.decide_not_to_file(tip, reason="样例", by=leader)


def asked(leader: Identity) -> set[str]:
    return {line.reference for line in tip_queries.waiting(leader, TODAY)}
