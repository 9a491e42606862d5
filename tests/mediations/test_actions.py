"""What people do at a mediation, and what follows for the complaints and their clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.mediations import actions, queries
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, MediationState, Side, Way
from app.people import queries as people
from app.tips import actions as tip_actions
from app.tips import queries as tips
from app.tips.models import Tip
from app.tips.rules import Standing, TipKind, TipState
from app.units import queries as units
from tests.support.make import mediations as make
from tests.support.make import tips as make_tips

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
S = MediationState


@pytest.fixture
def leader(writing: None, identity: Who) -> Identity:
    return identity("qs.unit_leader")


def complaint(leader: Identity) -> Tip:
    tip = make_tips.receipt(kinds=(TipKind.COMPLAINT,)).tips[0]
    tip_actions.route(tip, units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    tip_actions.accept(tip, by=leader)
    return tip


def begun(leader: Identity) -> Mediation:
    made = actions.open_(complaint(leader), by=leader)
    for side in Side:
        actions.note_consent(made, side, agrees=True, by=leader)
    actions.begin(made, queries.mediators(leader)[0], by=leader)
    return made


def later(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def tip_of(mediation: Mediation, who: Identity) -> Tip:
    return queries.tips_of(mediation, who)[0]


def test_only_an_accepted_complaint_comes_to_the_table_once(leader: Identity) -> None:
    tip = complaint(leader)
    made = actions.open_(tip, by=leader)
    assert made.reference == "T2026-0001"
    assert tip.mediation_reference == made.reference
    with pytest.raises(Refused) as raised:
        actions.open_(tip, by=leader)
    assert raised.value.code == "mediation_open"
    report = make_tips.receipt().tips[0]
    tip_actions.route(report, units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    with pytest.raises(Refused) as raised:
        actions.open_(report, by=leader)
    assert raised.value.code == "not_accepted"


def test_what_is_mediated_is_not_concluded_or_inspected_beside_the_table(
    leader: Identity,
) -> None:
    tip = tip_of(begun(leader), leader)
    assert not {"conclude", "begin_verification"} & {
        step.action.value for step in tip_actions.available(tip, leader)
    }
    with pytest.raises(Refused):
        tip_actions.conclude(tip, reason="样例", by=leader)


def test_nobody_mediates_without_both_consents(leader: Identity) -> None:
    made = actions.open_(complaint(leader), by=leader)
    actions.note_consent(made, Side.COMPLAINANT, agrees=True, by=leader)
    actions.note_consent(made, Side.TRADER, agrees=False, by=leader)
    assert "begin" not in {step.action.value for step in actions.available(made, leader)}
    with pytest.raises(Refused):
        actions.begin(made, queries.mediators(leader)[0], by=leader)


def test_a_strange_bureau_is_refused(leader: Identity, identity: Who) -> None:
    made = begun(leader)
    with pytest.raises(NotAllowed):
        actions.entrust(made, to="样例消费者协会", by=identity("cz.unit_leader"))
    with pytest.raises(NotAllowed):
        actions.ask_recusal(made, Side.TRADER, reason="样例", by=identity("qs.case_officer"))


def test_a_meeting_is_called_held_and_noted(leader: Identity) -> None:
    made = begun(leader)
    actions.invite(made, make.call(), by=leader)
    with pytest.raises(Refused) as raised:
        actions.invite(made, make.call(), by=leader)
    assert raised.value.code == "session_not_noted"
    with pytest.raises(Refused) as raised:
        actions.note_session(made, complainant_came=True, trader_came=True, notes="样例", by=leader)
    assert raised.value.code == "session_not_held"
    with clock.frozen(later(4)):
        actions.note_session(
            made, complainant_came=True, trader_came=False, notes="样例：店方未到。", by=leader
        )
    assert (made.sessions[0].complainant_came, made.sessions[0].trader_came) == (True, False)
    with pytest.raises(Refused) as raised:
        actions.invite(made, make.call(days=-1), by=leader)
    assert raised.value.code == "session_in_past"


def test_testing_takes_its_days_out_of_the_sixty(leader: Identity) -> None:
    made = begun(leader)
    before = clocks.main_clock("tip", made.tip_references[0]).legal_due_on
    assert before == clock.today() + timedelta(days=60)
    actions.begin_test(made, tested_by="样例检测所", reason="样例：测电阻。", by=leader)
    assert clocks.main_clock("tip", made.tip_references[0]).due_on is None
    with clock.frozen(later(9)):
        actions.take_result(made, result="样例：电阻偏大。", by=leader)
        running = clocks.main_clock("tip", made.tip_references[0])
        assert running.legal_due_on == before + timedelta(days=9)  # the 22nd never counted
    assert made.state is S.OPEN


def test_a_recusal_pauses_until_the_leader_decides(leader: Identity, identity: Who) -> None:
    made = begun(leader)
    first = made.mediator
    inspector = identity("qs.inspector")
    actions.ask_recusal(made, Side.TRADER, reason="样例：认识投诉人。", by=inspector)
    assert made.state is S.PAUSED
    other = next(one for one in queries.mediators(leader) if one.id != first.id)
    with pytest.raises(NotAllowed):
        actions.decide_recusal(made, other, reason="样例：准许。", by=inspector)
    with pytest.raises(Refused):
        actions.decide_recusal(made, first, reason="样例：准许。", by=leader)
    db.session.refresh(made)
    actions.decide_recusal(made, other, reason="样例：准许。", by=leader)
    assert (made.state, made.mediator) == (S.OPEN, other)


def test_an_association_is_entrusted_once(leader: Identity) -> None:
    made = begun(leader)
    actions.entrust(made, to="样例消费者协会", by=leader)
    with pytest.raises(Refused):
        actions.entrust(made, to="另一样例协会", by=leader)


def test_an_agreement_concludes_the_complaint_and_meets_its_clock(leader: Identity) -> None:
    made = begun(leader)
    actions.agree(
        made, terms="样例：退款 50 元。", letter=Letter.MADE,
        are_represented_agreeing=False, by=leader,
    )  # fmt: skip
    tip = tip_of(made, leader)
    assert (made.state, tip.state) == (S.AGREED, TipState.CONCLUDED)
    assert {c.outcome for c in clocks.clocks_of("tip", tip.reference)} == {Outcome.MET}


def test_an_ending_starts_seven_working_days_to_tell_both(leader: Identity) -> None:
    made = begun(leader)
    actions.end(made, Ending.REFUSED, reason="样例：店方拒绝。", by=leader)
    assert tip_of(made, leader).state is TipState.CONCLUDED
    running = clocks.main_clock("mediation", made.reference)
    # 23, 24, 28, 29, 30 September, 8 and 9 October: two holidays lie between.
    assert (running.rule_code, running.due_on) == ("tip.mediation_notice", date(2026, 10, 9))
    today = clock.today()
    notice = actions.Notice(today, Way.TELEPHONE)
    with pytest.raises(Refused):
        actions.tell(
            made, complainant=notice, trader=actions.Notice(today + timedelta(1), Way.WEB),
            by=leader,
        )  # fmt: skip
    db.session.refresh(made)
    actions.tell(made, complainant=notice, trader=notice, by=leader)
    assert made.state is S.TOLD
    assert running.outcome is Outcome.MET


def test_sixty_days_are_over_only_after_sixty_days(leader: Identity) -> None:
    made = begun(leader)
    with pytest.raises(Refused):
        actions.end(made, Ending.SIXTY_DAYS, reason="样例", by=leader)
    db.session.refresh(made)
    with clock.frozen(later(63)):
        actions.end(made, Ending.SIXTY_DAYS, reason="样例", by=leader)
    assert made.ending is Ending.SIXTY_DAYS


def test_a_joint_complaint_is_settled_for_all(leader: Identity) -> None:
    made, other = begun(leader), complaint(leader)
    both = [*made.tip_references, other.reference]
    actions.join(made, other, representatives=both, by=leader)
    assert made.representatives == both
    with pytest.raises(Refused):
        actions.agree(
            made, terms="样例：各退 50 元。", letter=Letter.MADE,
            are_represented_agreeing=False, by=leader,
        )  # fmt: skip
    db.session.refresh(made)
    actions.agree(
        made, terms="样例：各退 50 元。", letter=Letter.MADE,
        are_represented_agreeing=True, by=leader,
    )  # fmt: skip
    assert {tip.state for tip in queries.tips_of(made, leader)} == {TipState.CONCLUDED}


def test_a_breach_found_becomes_a_report_without_a_name(leader: Identity) -> None:
    made = begun(leader)
    found = actions.report_clue(made, facts="样例：店内另有无证电线。", by=leader)
    first = tip_of(made, leader)
    running = clocks.main_clock("tip", found.reference)
    assert running.rule_code == "tip.clue_check"
    assert found.kind is TipKind.REPORT
    assert found.reporter_id != first.reporter_id
    assert tips.reporter_of(found).standing is Standing.ANONYMOUS
    told = " ".join(str(entry.facts) for entry in audit.trail("tip", found.reference))
    assert first.reference not in told
    assert made.reference not in told
    assert found.twin_reference is None


def test_what_waits_names_the_act(leader: Identity, identity: Who) -> None:
    today = clock.today()
    tip = complaint(leader)
    assert ("mediation.open", tip.reference) in {
        (line.ask, line.reference) for line in queries.waiting(leader, today)
    }
    made = actions.open_(tip, by=leader)
    found = {line.reference: line.ask for line in queries.waiting(leader, today)}
    assert found == {made.reference: "mediation.consent"}
    assert queries.waiting(identity("bs.unit_leader"), today) == []
    assert queries.waiting(identity("qs.case_officer"), today) == []
