"""How a decision is written and made: the notice, the statement, the draft, the number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from app.cases import actions, rules
from app.cases.models import Decision
from app.cases.penalties import Item, PenaltyKind
from app.cases.rules import CaseState, StatementKind
from app.clocks.rules import Outcome
from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotAllowed, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from tests.support.make import cases as make
from tests.support.make.cases import outcome, running

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
S = CaseState
TODAY = date(2026, 9, 22)


def who(account: str) -> Identity:
    return people.today_identity(account)


def test_the_notice_starts_five_working_days() -> None:
    case = make.case(S.INFORMED)
    assert running(case, rules.STATEMENT) == date(2026, 9, 30)
    reviewed = make.case(S.REVIEWED)
    with pytest.raises(Refused, match="notice_before_filing"):
        actions.inform(
            reviewed, served_on=date(2026, 9, 21), notice="拟罚款", by=who("qs.case_officer")
        )


def test_no_decision_within_the_term_and_none_before_the_draft(
    later: Callable[[date], None],
) -> None:
    case = make.case(S.INFORMED)
    leader, officer = who("qs.unit_leader"), who("qs.case_officer")
    with pytest.raises(Refused, match="draft_missing"):
        actions.decide(case, decided_on=TODAY, by=leader)
    actions.draft(case, make.typed(), by=officer)
    db.session.flush()
    with pytest.raises(Refused, match="decided_too_early"):
        actions.decide(case, decided_on=TODAY, by=leader)
    later(date(2026, 10, 9))
    decision = actions.decide(case, decided_on=date(2026, 10, 9), by=leader)
    assert decision.decided_on == date(2026, 10, 9)
    assert outcome(case, rules.STATEMENT) is Outcome.WITHDRAWN


def test_a_statement_after_the_draft_makes_the_officers_write_anew(
    later: Callable[[date], None],
) -> None:
    case = make.case(S.INFORMED)
    leader, officer = who("qs.unit_leader"), who("qs.case_officer")
    actions.draft(case, make.typed(), by=officer)
    later(date(2026, 9, 23))
    actions.note_statement(
        case, kind=StatementKind.STATED, on=date(2026, 9, 23), outcome="采纳一部分。", by=officer
    )
    db.session.flush()
    later(date(2026, 10, 9))
    with pytest.raises(Refused, match="draft_outdated"):
        actions.decide(case, decided_on=date(2026, 10, 9), by=leader)
    actions.draft(case, make.typed(statement="当事人提出陈述，采纳一部分。"), by=officer)
    assert actions.decide(case, decided_on=date(2026, 10, 9), by=leader).number


def test_a_waiver_lets_the_decision_be_made_at_once() -> None:
    case = make.case(S.DECIDED)
    decision = case.decision
    assert decision is not None
    assert decision.number == "澄青市监处罚〔2026〕1号"
    assert decision.fine == Decimal("6000.00")
    assert decision.confiscated_income == Decimal("903.70")
    assert "澄青市监处罚〔2026〕1号" in decision.text
    assert "2026年9月22日" in decision.text
    assert running(case, rules.DECISION) is None
    assert running(case, rules.SERVICE) == date(2026, 10, 9)  # seven working days
    assert running(case, rules.PUBLICATION) == date(2026, 10, 27)


def test_sums_come_back_from_the_database_exact_to_the_fen() -> None:
    largest = Decimal("999999999999.99")
    case = make.case(S.DECIDED, items=(Item(PenaltyKind.FINE, "罚款", largest), make.INCOME))
    case.goods_value = Decimal("0.10")
    db.session.flush()
    db.session.expire_all()
    assert case.decision is not None
    assert case.decision.fine == largest
    assert case.decision.confiscated_income == Decimal("903.70")
    assert case.goods_value == Decimal("0.10")
    case.goods_value = Decimal("0.005")
    with pytest.raises(StatementError, match="exact to the fen"):
        db.session.flush()
    db.session.rollback()


def test_a_mere_warning_starts_no_publication_term() -> None:
    case = make.case(S.DECIDED, items=(make.WARNING,))
    assert case.decision is not None
    assert case.decision.warning_only
    assert running(case, rules.PUBLICATION) is None


def test_decision_numbers_have_no_gap_although_a_decision_was_refused(
    later: Callable[[date], None],
) -> None:
    make.case(S.DECIDED)
    case = make.case(S.INFORMED)
    actions.draft(case, make.typed(), by=who("qs.case_officer"))
    db.session.flush()
    with pytest.raises(Refused):
        actions.decide(case, decided_on=TODAY, by=who("qs.unit_leader"))
    later(date(2026, 10, 12))
    decision = actions.decide(case, decided_on=date(2026, 10, 12), by=who("qs.unit_leader"))
    assert decision.number == "澄青市监处罚〔2026〕2号"


def test_a_statement_is_written_down_with_what_became_of_it() -> None:
    case = make.case(S.INFORMED)
    officer = who("qs.case_officer")
    actions.note_statement(
        case, kind=StatementKind.STATED, on=TODAY, outcome="不采纳：无新证据。", by=officer
    )
    assert case.statement_outcome == "不采纳：无新证据。"
    assert running(case, rules.STATEMENT) is not None  # only a waiver ends the term early
    assert "case.statement_noted" in [entry.event for entry in audit.trail("case", case.reference)]


def test_the_text_is_made_anew_unless_it_is_kept() -> None:
    case = make.case(S.INFORMED)
    officer = who("qs.case_officer")
    draft = actions.draft(case, make.typed(), by=officer)
    own = draft.text.replace("当事人违法事实清楚", "经本局反复核实，当事人违法事实清楚")
    actions.amend_text(case, text=own, by=officer)
    actions.draft(case, make.typed(evidence="另有证言。"), keep_text=True, by=officer)
    assert "反复核实" in draft.text
    actions.draft(case, make.typed(evidence="另有证言。"), by=officer)
    assert "反复核实" not in draft.text
    assert "另有证言" in draft.text


def test_a_kept_text_that_contradicts_the_new_fine_is_refused() -> None:
    case = make.case(S.INFORMED)
    officer = who("qs.case_officer")
    actions.draft(case, make.typed(), by=officer)
    db.session.flush()
    higher = Item(PenaltyKind.FINE, "罚款", Decimal("7000.00"))
    with pytest.raises(Refused, match="text_lacks_amount"):
        actions.draft(case, make.typed(higher), keep_text=True, by=officer)


def test_the_draft_is_closed_once_the_decision_is_made() -> None:
    case = make.case(S.DECIDED)
    with pytest.raises(IllegalTransition):
        actions.draft(case, make.typed(), by=who("qs.case_officer"))
    with pytest.raises(IllegalTransition):
        actions.amend_text(case, text="改", by=who("qs.case_officer"))


def test_nobody_amends_a_text_that_is_not_there() -> None:
    with pytest.raises(Refused, match="draft_missing"):
        actions.amend_text(make.case(S.INFORMED), text="改", by=who("qs.case_officer"))


@pytest.mark.parametrize(
    "account", ["qs.case_officer", "qs.reviewer", "bs.unit_leader", "cz.unit_leader"]
)
def test_only_the_own_leader_decides(account: str) -> None:
    case = make.case(S.INFORMED)
    with pytest.raises(NotAllowed):
        actions.decide(case, decided_on=TODAY, by=who(account))


def test_a_case_has_one_decision() -> None:
    case = make.case(S.DECIDED)
    first = case.decision
    assert first is not None
    values = {
        column.key: getattr(first, column.key)
        for column in Decision.__table__.columns
        if column.key != "id"
    }
    with pytest.raises(IntegrityError):  # noqa: SIM117
        with db.session.begin_nested():
            db.session.execute(Decision.__table__.insert().values(**{**values, "number": "他号"}))
