"""How a tip passes from desk to desk, and when it stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.clocks import queries as clocks
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotAllowed, Refused
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.people.models import Person, Post
from app.tips import actions
from app.tips.models import Tip
from app.tips.rules import Ground, TipKind, TipState
from app.tips.triage import actions as triage
from app.tips.triage import hops, queries
from app.tips.triage.rules import HopKind
from app.units import queries as units
from tests.support import world
from tests.support.make import tips as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]


def routed(identity: Who, *kinds: TipKind, to: str = "qs") -> Tip:
    tip = make.receipt(kinds=kinds or (TipKind.REPORT,)).tips[0]
    actions.route(tip, units.by_code(to), by=identity("cz.triage_officer"))
    return tip


def test_every_passage_says_from_where_to_where_why_when_and_by_whom(
    writing: None, identity: Who
) -> None:
    tip = routed(identity)
    leader = identity("qs.unit_leader")
    actions.return_(tip, reason="样例：地址在白沙县", by=leader)
    last, first = hops.of(tip.reference)
    assert (first.kind, first.origin.code, first.goal.code) == (HopKind.ROUTE, "cz", "qs")
    assert (last.kind, last.origin.code, last.goal.code) == (HopKind.RETURN, "qs", "cz")
    assert (last.reason, last.by_id) == ("样例：地址在白沙县", leader.person_id)
    assert last.at >= first.at


def test_the_province_sends_down_through_the_city_and_it_comes_back_the_same_way(
    writing: None, identity: Who
) -> None:
    tip = make.receipt(by="lj.operator").tips[0]
    actions.route(tip, units.by_code("cz"), by=identity("lj.triage_officer"))
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    actions.return_(tip, reason="样例", by=identity("qs.triage_officer"))
    assert tip.bureau.code == "cz"
    actions.return_(tip, reason="样例", by=identity("cz.triage_officer"))
    assert (tip.bureau.code, tip.state) == ("lj", TipState.RETURNED)


def test_a_desk_that_received_a_tip_itself_returns_it_to_nobody(
    writing: None, identity: Who
) -> None:
    tip = routed(identity)
    actions.return_(tip, reason="样例", by=identity("qs.unit_leader"))
    with pytest.raises(Refused, match="nowhere_to_return"):
        actions.return_(tip, reason="样例", by=identity("cz.triage_officer"))


def section_officer(identity: Who, role: Role = Role.INSPECTOR) -> Identity:
    """Return somebody of 青石县's corps, an inner section."""
    corps = units.by_code("qs-jc")
    person = Person(
        account="qs-jc.inspector", name="样例稽查员", password_hash="x",
        password_changed_at=clock.now(), created_at=clock.now(),
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    post = Post(person=person, unit=corps, role=role, valid_from=world.SINCE)
    db.session.add(post)
    db.session.flush()
    return identity("qs-jc.inspector")


def test_a_section_returns_to_its_desk_and_passes_nothing_on(writing: None, identity: Who) -> None:
    tip = routed(identity)
    desk = identity("qs.triage_officer")
    actions.route(tip, units.by_code("qs-jc"), by=desk)
    assert (tip.bureau.code, tip.section.code) == ("qs", "qs-jc")
    officer = section_officer(identity)
    with pytest.raises(NotAllowed):
        actions.route(tip, units.by_code("qs-cg"), by=officer)
    with pytest.raises(NotAllowed):
        triage.transfer(tip, to="样例公安局", reason="样例", by=officer)
    actions.return_(tip, reason="样例：不属于稽查", by=officer)
    assert (tip.bureau.code, tip.section_id, tip.state) == ("qs", None, TipState.RETURNED)
    actions.return_(tip, reason="样例", by=desk)
    assert tip.bureau.code == "cz"


def test_not_even_the_leader_of_a_section_passes_on(writing: None, identity: Who) -> None:
    tip = routed(identity)
    actions.route(tip, units.by_code("qs-jc"), by=identity("qs.triage_officer"))
    head = section_officer(identity, Role.UNIT_LEADER)
    for act in (
        lambda: triage.transfer(tip, to="样例公安局", reason="样例", by=head),
        lambda: triage.dispute(tip, units.by_code("bs"), reason="样例", by=head),
    ):
        with pytest.raises(Refused, match="section_returns"):
            act()


def test_an_inspector_of_another_section_returns_nothing(writing: None, identity: Who) -> None:
    tip = routed(identity)
    actions.route(tip, units.by_code("qs-cg"), by=identity("qs.triage_officer"))
    with pytest.raises(NotAllowed):
        actions.return_(tip, reason="样例", by=section_officer(identity))


def test_a_tip_goes_nowhere_twice(writing: None, identity: Who) -> None:
    tip = routed(identity)
    with pytest.raises(Refused, match="already_there"):
        actions.route(tip, units.by_code("qs"), by=identity("qs.triage_officer"))


def test_feedback_is_asked_for_a_day_to_come(writing: None, identity: Who) -> None:
    tip = make.receipt().tips[0]
    by = identity("cz.triage_officer")
    with pytest.raises(Refused, match="feedback_in_past"):
        actions.route(tip, units.by_code("qs"), by=by, feedback_on=date(2026, 9, 21))
    actions.route(tip, units.by_code("qs"), by=by, feedback_on=date(2026, 9, 30))
    county = identity("qs.triage_officer")
    asked = [w for w in queries.waiting(county, date(2026, 9, 22)) if w.ask == "tip.feedback"]
    assert [(w.reference, w.due_on) for w in asked] == [(tip.reference, date(2026, 9, 30))]
    triage.answer(tip, text="样例：已经联系经营者", by=county)
    assert queries.waiting(county, date(2026, 9, 22)) == []


def test_a_tip_leaves_the_house_with_its_reason_and_its_clock_met(
    writing: None, identity: Who
) -> None:
    tip = routed(identity)
    triage.transfer(tip, to="样例公安局", reason="样例：涉嫌犯罪", by=identity("qs.unit_leader"))
    assert (tip.state, tip.handed_to) == (TipState.TRANSFERRED, "样例公安局")
    assert clocks.main_clock("tip", tip.reference) is None
    assert audit.trail("tip", tip.reference)[0].facts["to"] == "样例公安局"
    assert hops.of(tip.reference)[0].outside == "样例公安局"


def test_a_reporter_is_told_where_to_go_and_a_complaint_is_declined_instead(
    writing: None, identity: Who
) -> None:
    by = identity("qs.triage_officer")
    tip = routed(identity)
    triage.redirect(tip, to="样例县农业农村局", reason="样例：种子", by=by)
    assert tip.state is TipState.REDIRECTED
    complaint = routed(identity, TipKind.COMPLAINT)
    with pytest.raises(Refused, match="wrong_kind"):
        triage.redirect(complaint, to="样例县农业农村局", reason="样例", by=by)


def bounced(identity: Who, *places: str) -> Tip:
    """Route a tip to places in turn, each of which returns it."""
    tip = make.receipt().tips[0]
    for place in places:
        actions.route(tip, units.by_code(place), by=identity("cz.triage_officer"))
        actions.return_(tip, reason=f"样例：{place}", by=identity(f"{place}.unit_leader"))
    return tip


def test_the_third_return_goes_to_the_common_superior_by_itself(
    writing: None, identity: Who
) -> None:
    tip = bounced(identity, "qs", "bs")
    assert tip.state is TipState.RETURNED
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    actions.return_(tip, reason="样例：还是不归我们", by=identity("qs.unit_leader"))
    assert (tip.state, tip.bureau.code) == (TipState.ESCALATED, "cz")
    found = queries.disputed(tip.reference, identity("cz.supervisor"))
    assert found.dispute.is_bounced
    asked = [w.ask for w in queries.waiting(identity("cz.unit_leader"), date(2026, 9, 22))]
    assert asked == ["tip.designate"]
    triage.designate(
        found, units.by_code("bs"), reason="样例：发生地", by=identity("cz.supervisor")
    )
    assert (tip.state, tip.bureau.code, tip.bounces) == (TipState.ROUTED, "bs", 0)
    with pytest.raises(Refused, match="designated"):
        actions.return_(tip, reason="样例", by=identity("bs.unit_leader"))


def test_one_county_and_its_city_at_odds_go_to_the_province(writing: None, identity: Who) -> None:
    tip = bounced(identity, "qs", "qs", "qs")
    assert (tip.state, tip.bureau.code) == (TipState.ESCALATED, "lj")


def test_an_act_of_handling_begins_the_count_anew(writing: None, identity: Who) -> None:
    tip = bounced(identity, "qs", "bs")
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    leader = identity("qs.unit_leader")
    actions.begin_verification(tip, task_reference="T-样例", by=leader)
    actions.stop_verification(tip, task_reference="T-样例", by=leader)
    actions.return_(tip, reason="样例", by=leader)
    assert (tip.state, tip.bureau.code, tip.bounces) == (TipState.RETURNED, "cz", 1)


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (Ground.NOT_COMPETENT, "ground_not_competent"),
        (Ground.HANDLED_ELSEWHERE, "ground_handled_elsewhere"),
        (Ground.NOT_A_CONSUMER, "ground_not_a_consumer"),
        (Ground.TOO_OLD, "ground_too_old"),
        (Ground.PAPERS_MISSING, "ground_papers_missing"),
        (Ground.IDENTITY_FALSE, "ground_identity_false"),
        (Ground.OTHER, "ground_other"),
    ],
)
def test_each_of_the_seven_grounds_says_what_it_rests_on(
    writing: None, identity: Who, ground: Ground, code: str
) -> None:
    tip = routed(identity, TipKind.COMPLAINT)
    by = identity("qs.unit_leader")
    with pytest.raises(Refused, match=f"^{code}"):
        actions.decline(tip, actions.Refusal(ground), reason="样例", by=by)
    shown = actions.Refusal(ground, "样例依据", date(2020, 1, 1))
    actions.decline(tip, shown, reason="样例", by=by)
    assert tip.state is TipState.DECLINED
    assert tip.ground_shown_by == "样例依据"


def test_a_business_is_no_consumer_and_three_years_are_counted(
    writing: None, identity: Who
) -> None:
    by = identity("qs.unit_leader")
    young = routed(identity, TipKind.COMPLAINT, to="qs")
    refusal = actions.Refusal(Ground.TOO_OLD, known_on=date(2023, 9, 22))
    with pytest.raises(Refused, match="ground_not_too_old"):
        actions.decline(young, refusal, reason="样例", by=by)
    firm = actions.Refusal(Ground.NOT_A_CONSUMER, "样例：来件人是经营者，购货转售")
    actions.decline(young, firm, reason="样例：请走其他途径", by=by)
    assert young.ground is Ground.NOT_A_CONSUMER


def test_what_is_ended_goes_no_further(writing: None, identity: Who) -> None:
    tip = routed(identity)
    by = identity("qs.unit_leader")
    triage.transfer(tip, to="样例公安局", reason="样例", by=by)
    for act in (
        lambda: actions.return_(tip, reason="样例", by=by),
        lambda: triage.redirect(tip, to="样例", reason="样例", by=by),
        lambda: triage.dispute(tip, units.by_code("bs"), reason="样例", by=by),
    ):
        with pytest.raises(IllegalTransition):
            act()
