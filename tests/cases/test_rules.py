"""The procedure as tables: who, when, in which order (令2, 处罚法)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.cases import rules
from app.cases.rules import WORKFLOW, CaseAction, CaseState, StatementKind
from app.kernel.errors import IllegalTransition, Refused

S, A = CaseState, CaseAction
FILED = date(2026, 7, 6)
NOTICE = date(2026, 9, 24)
TODAY = date(2026, 10, 20)


def refused(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}$")


def test_the_road_from_proposal_to_closing() -> None:
    road = [
        (S.PROPOSED, A.FILE, S.FILED),
        (S.FILED, A.BEGIN, S.INVESTIGATING),
        (S.INVESTIGATING, A.SUBMIT, S.REVIEWING),
        (S.REVIEWING, A.PASS, S.REVIEWED),
        (S.REVIEWED, A.INFORM, S.INFORMED),
        (S.INFORMED, A.DECIDE, S.DECIDED),
        (S.DECIDED, A.CLOSE, S.CLOSED),
    ]
    for state, action, target in road:
        assert WORKFLOW.step(state, action).target is target


def test_a_returned_case_goes_back_to_its_officers() -> None:
    assert WORKFLOW.step(S.REVIEWING, A.RETURN).target is S.INVESTIGATING


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (S.PROPOSED, A.DECIDE), (S.FILED, A.DECIDE), (S.INVESTIGATING, A.DECIDE),
        (S.REVIEWING, A.INFORM), (S.REVIEWED, A.DECIDE), (S.PROPOSED, A.DROP),
        (S.DECIDED, A.DROP), (S.DECIDED, A.DECIDE), (S.CLOSED, A.CLOSE), (S.DROPPED, A.FILE),
        (S.NOT_FILED, A.FILE),
    ],
)  # fmt: skip
def test_no_step_is_skipped_or_repeated(state: CaseState, action: CaseAction) -> None:
    with pytest.raises(IllegalTransition):
        WORKFLOW.step(state, action)


@pytest.mark.parametrize("action", [A.DECLINE, A.RETURN, A.DROP])
def test_ending_or_sending_back_needs_a_reason(action: CaseAction) -> None:
    assert all(t.needs_reason for t in WORKFLOW.transitions if t.action is action)


def test_every_stage_of_the_bar_is_a_state_on_the_road() -> None:
    assert [state for state, _ in rules.STAGES] == [
        S.PROPOSED, S.FILED, S.INVESTIGATING, S.REVIEWING, S.REVIEWED, S.INFORMED, S.DECIDED,
        S.CLOSED,
    ]  # fmt: skip


def test_two_different_officers_of_the_bureau_are_needed() -> None:
    rules.check_officers(1, 2, competent={1, 2})
    with refused("officers_same"):
        rules.check_officers(1, 1, competent={1, 2})
    with refused("officer_not_here"):
        rules.check_officers(1, 3, competent={1, 2})
    with refused("officer_not_here"):
        rules.check_officers(3, 1, competent={1, 2})


def test_who_handled_a_case_is_not_apart_from_it() -> None:
    assert rules.are_apart(3, (1, 2, None))
    assert not rules.are_apart(2, (1, 2, None))


def test_the_clue_is_not_from_the_future() -> None:
    rules.check_clue(TODAY, today=TODAY)
    with refused("clue_in_future"):
        rules.check_clue(date(2026, 10, 21), today=TODAY)


def test_the_investigation_begins_with_the_declaration_on_recusal() -> None:
    rules.check_declared(no_ground_for_recusal=True)
    with refused("recusal_undeclared"):
        rules.check_declared(no_ground_for_recusal=False)


@pytest.mark.parametrize(
    ("served", "code"),
    [(date(2026, 7, 5), "notice_before_filing"), (date(2026, 10, 21), "day_in_future")],
)
def test_the_notice_is_served_between_filing_and_today(served: date, code: str) -> None:
    rules.check_notice(NOTICE, filed_on=FILED, today=TODAY)
    with refused(code):
        rules.check_notice(served, filed_on=FILED, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "on", "outcome", "code"),
    [
        (StatementKind.STATED, date(2026, 9, 23), "不采纳", "statement_before_notice"),
        (StatementKind.STATED, date(2026, 10, 21), "不采纳", "day_in_future"),
        (StatementKind.STATED, date(2026, 9, 28), "", "statement_outcome_needed"),
        (StatementKind.HEARD, date(2026, 9, 28), "", "statement_outcome_needed"),
    ],
)
def test_a_statement_follows_its_notice_and_is_answered_with_reasons(
    kind: StatementKind, on: date, outcome: str, code: str
) -> None:
    with refused(code):
        rules.check_statement(kind, on, outcome=outcome, notice_on=NOTICE, today=TODAY)


def test_a_waiver_needs_no_reasons() -> None:
    rules.check_statement(StatementKind.WAIVED, NOTICE, outcome="", notice_on=NOTICE, today=TODAY)


#: law.md §9: notice served 2026-09-24, five working days end on 2026-10-09.
UNTIL = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("on", "until", "code"),
    [
        (date(2026, 7, 5), None, "decided_before_filing"),
        (date(2026, 10, 21), None, "day_in_future"),
        (date(2026, 9, 30), UNTIL, "decided_too_early"),
        (UNTIL, UNTIL, "decided_too_early"),
    ],
)
def test_a_decision_too_early_or_too_late_in_the_calendar_is_refused(
    on: date, until: date | None, code: str
) -> None:
    with refused(code):
        rules.check_decision_day(on, filed_on=FILED, today=TODAY, statement_until=until)


def test_the_day_after_the_term_is_the_first_day_for_the_decision() -> None:
    first = date(2026, 10, 10)
    rules.check_decision_day(first, filed_on=FILED, today=TODAY, statement_until=UNTIL)


def test_a_waiver_frees_the_day_of_the_decision() -> None:
    rules.check_decision_day(NOTICE, filed_on=FILED, today=TODAY, statement_until=None)


def test_a_draft_older_than_the_statement_it_must_answer_is_outdated() -> None:
    earlier, later = datetime(2026, 9, 24, 9, tzinfo=UTC), datetime(2026, 9, 24, 10, tzinfo=UTC)
    rules.check_draft(written_at=later, heard_at=earlier)
    rules.check_draft(written_at=later, heard_at=later)
    rules.check_draft(written_at=earlier, heard_at=None)
    with refused("draft_outdated"):
        rules.check_draft(written_at=earlier, heard_at=later)


@pytest.mark.parametrize(
    ("served", "already", "code"),
    [
        (date(2026, 10, 9), None, "served_before_decision"),
        (date(2026, 10, 21), None, "day_in_future"),
        (date(2026, 10, 12), date(2026, 10, 11), "served_already"),
    ],
)
def test_a_decision_is_served_once_and_after_it_was_made(
    served: date, already: date | None, code: str
) -> None:
    decided = date(2026, 10, 10)
    rules.check_service(decided, decided_on=decided, today=TODAY, already=None)
    with refused(code):
        rules.check_service(served, decided_on=decided, today=TODAY, already=already)


@pytest.mark.parametrize(
    ("arisen", "served", "code"),
    [
        (date(2026, 10, 12), None, "not_served"),
        (date(2026, 10, 10), date(2026, 10, 11), "closed_before_service"),
        (date(2026, 10, 21), date(2026, 10, 11), "day_in_future"),
    ],
)
def test_a_case_is_closed_only_after_its_decision_was_served(
    arisen: date, served: date | None, code: str
) -> None:
    with refused(code):
        rules.check_closing(arisen, served_on=served, today=TODAY)
