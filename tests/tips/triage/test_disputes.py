"""Two bureaus that each hold the other competent: agreed in seven days, or settled above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from app.clocks import queries as clocks
from app.kernel import clock
from app.kernel.errors import IllegalTransition, NotAllowed, NotFound, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import actions
from app.tips.models import Tip
from app.tips.rules import TipState
from app.tips.triage import actions as triage
from app.tips.triage import queries
from app.tips.triage.rules import RemarkKind
from app.units import queries as units
from tests.support.make import tips as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
TODAY = date(2026, 9, 22)


@pytest.fixture
def disputed(writing: None, identity: Who) -> Tip:
    tip = make.receipt().tips[0]
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    by = identity("qs.unit_leader")
    triage.dispute(tip, units.by_code("bs"), reason="样例：发生在白沙县", by=by)
    return tip


def asked(who: Identity, on: date = TODAY) -> list[str]:
    return [line.ask for line in queries.waiting(who, on)]


def test_a_dispute_runs_seven_working_days_and_waits_on_both_desks(
    disputed: Tip, identity: Who
) -> None:
    running = clocks.running_clock("tip", disputed.reference, "tip.dispute")
    assert clocks.rule_of(running).length == 7
    assert disputed.state is TipState.DISPUTED
    for place in ("qs", "bs"):
        assert asked(identity(f"{place}.triage_officer")) == ["tip.settle"]
    assert asked(identity("cz.supervisor")) == []


def test_the_other_bureau_takes_it_over(disputed: Tip, identity: Who) -> None:
    by = identity("bs.triage_officer")
    found = queries.disputed(disputed.reference, by)
    triage.take_over(found, by=by)
    assert (disputed.state, disputed.bureau.code) == (TipState.ROUTED, "bs")
    assert clocks.running_clock("tip", disputed.reference, "tip.dispute") is None
    with pytest.raises(Refused, match="dispute_settled"):
        triage.take_over(found, by=identity("qs.unit_leader"))


def test_without_agreement_the_superior_designates_for_good(disputed: Tip, identity: Who) -> None:
    found = queries.disputed(disputed.reference, identity("bs.unit_leader"))
    triage.refer(found, reason="样例：协商不成", by=identity("bs.unit_leader"))
    assert (disputed.state, disputed.bureau.code) == (TipState.ESCALATED, "cz")
    superior = identity("cz.supervisor")
    assert asked(superior) == ["tip.designate"]
    triage.designate(found, units.by_code("qs"), reason="样例：先收到", by=superior)
    assert (disputed.state, disputed.bureau.code) == (TipState.ROUTED, "qs")
    leader = identity("qs.unit_leader")
    with pytest.raises(Refused, match="designated"):
        triage.dispute(disputed, units.by_code("bs"), reason="样例", by=leader)


def test_a_lapsed_dispute_is_the_superiors_without_being_referred(
    disputed: Tip, identity: Who
) -> None:
    superior = identity("cz.supervisor")
    found = queries.disputed(disputed.reference, superior)
    with pytest.raises(Refused, match="dispute_running"):
        triage.designate(found, units.by_code("bs"), reason="样例", by=superior)
    with clock.frozen(datetime(2026, 10, 20, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        assert "tip.designate" in asked(superior, clock.today())
        triage.designate(found, units.by_code("bs"), reason="样例", by=superior)
    assert disputed.bureau.code == "bs"


def test_a_party_does_not_designate_and_the_superior_does_not_negotiate(
    disputed: Tip, identity: Who
) -> None:
    found = queries.disputed(disputed.reference, identity("qs.unit_leader"))
    with pytest.raises(NotAllowed):
        triage.designate(found, units.by_code("qs"), reason="样例", by=identity("qs.unit_leader"))
    with pytest.raises(NotAllowed):
        triage.take_over(found, by=identity("cz.unit_leader"))


@pytest.mark.parametrize("account", ["dl.unit_leader", "lj.supervisor", "cy.triage_officer"])
def test_whom_it_does_not_concern_finds_no_dispute(
    disputed: Tip, identity: Who, account: str
) -> None:
    with pytest.raises(NotFound):
        queries.disputed(disputed.reference, identity(account))


def test_what_is_disputed_is_not_handled_meanwhile(disputed: Tip, identity: Who) -> None:
    with pytest.raises(IllegalTransition):
        actions.return_(disputed, reason="样例", by=identity("qs.unit_leader"))


def test_with_a_bureau_below_there_is_nothing_to_dispute(writing: None, identity: Who) -> None:
    tip = make.receipt().tips[0]
    by = identity("cz.triage_officer")
    actions.route(tip, units.by_code("cz"), by=by)
    with pytest.raises(Refused, match="dispute_below"):
        triage.dispute(tip, units.by_code("qs"), reason="样例", by=by)


def verified(identity: Who) -> Tip:
    tip = make.receipt().tips[0]
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    return tip


def test_testing_lets_the_clock_stand_still_and_its_days_are_added(
    writing: None, identity: Who
) -> None:
    tip, by = verified(identity), identity("qs.triage_officer")
    triage.pause(tip, ground="inspection", on=TODAY, reason="样例：送检", by=by)
    running = clocks.main_clock("tip", tip.reference)
    assert (running.due_on, running.paused_on) == (None, TODAY)
    with clock.frozen(datetime(2026, 9, 24, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        triage.resume(tip, on=clock.today(), by=by)
    assert running.due_on > date(2026, 10, 20)


def test_a_ground_the_law_does_not_name_and_a_day_to_come_are_refused(
    writing: None, identity: Who
) -> None:
    tip, by = verified(identity), identity("qs.triage_officer")
    with pytest.raises(Refused, match="clock_ground_not_in_law"):
        triage.pause(tip, ground="holiday", on=TODAY, reason="样例", by=by)
    with pytest.raises(Refused, match="pause_in_future"):
        triage.pause(tip, ground="inspection", on=date(2026, 9, 23), reason="样例", by=by)


def test_only_the_leader_extends_once_with_a_reason(writing: None, identity: Who) -> None:
    tip, leader = verified(identity), identity("qs.unit_leader")
    with pytest.raises(NotAllowed):
        triage.extend(tip, reason="样例", by=identity("qs.triage_officer"))
    with pytest.raises(Refused, match="reason_needed"):
        triage.extend(tip, reason="", by=leader)
    triage.extend(tip, reason="样例：案情复杂", by=leader)
    running = clocks.main_clock("tip", tip.reference)
    assert running.due_on > date(2026, 10, 20)
    assert running.spans[0].approved_by_id == leader.person_id
    with pytest.raises(Refused, match="clock_no_extension"):
        triage.extend(tip, reason="样例", by=leader)


def test_the_superior_sees_delays_below_and_urges_until_answered(
    writing: None, identity: Who
) -> None:
    tip = verified(identity)
    with clock.frozen(datetime(2026, 10, 21, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        above, county = (people.today_identity(f"{p}.unit_leader") for p in ("cz", "qs"))
        assert asked(above, clock.today()) == ["tip.overdue_below"]
        triage.remark(tip, kind=RemarkKind.URGE, text="样例：请说明超期原因", by=above)
        assert asked(county, clock.today()) == ["tip.feedback"]
        triage.answer(tip, text="样例：检测报告未出", by=county)
        assert asked(county, clock.today()) == []
        assert asked(above, clock.today()) == ["tip.overdue_below"], "nobody hides a delay"
        with pytest.raises(NotAllowed):
            triage.remark(tip, kind=RemarkKind.URGE, text="样例", by=county)
    assert [r.kind for r in queries.remarks_of(tip.reference)] == [
        RemarkKind.FEEDBACK, RemarkKind.URGE,
    ]  # fmt: skip


def test_the_superior_samples_what_is_closed_below(writing: None, identity: Who) -> None:
    tip, above = verified(identity), identity("cz.supervisor")
    assert queries.sample(above) == []
    triage.transfer(tip, to="样例公安局", reason="样例", by=identity("qs.unit_leader"))
    assert [found.reference for found in queries.sample(above)] == [tip.reference]
    with pytest.raises(Refused, match="urge_closed"):
        triage.remark(tip, kind=RemarkKind.URGE, text="样例", by=above)
    triage.remark(tip, kind=RemarkKind.COMMENT, text="样例：理由不充分", by=above)
