"""Which tips become one, which stay two, and how many people called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.kernel import audit, clock
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import actions, intake
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipKind, TipState, Wish
from app.tips.triage import actions as triage
from app.tips.triage import queries
from app.tips.triage.rules import MergeBasis
from app.units import queries as units
from tests.support.make import tips as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
LATER = timedelta(days=3)


def told(name: str = make.REPORTER, phone: str = make.PHONE, *, kind: TipKind) -> Tip:
    """Register a tip of one person; without a name it is anonymous."""
    standing = Standing.REAL_NAME if name else Standing.ANONYMOUS
    account = intake.Account(
        kinds=frozenset({kind}), facts="样例：电线铜芯发黑。", subject_address="青石县人民路",
        wishes=frozenset({Wish.REFUND}) if kind is TipKind.COMPLAINT else frozenset(),
    )  # fmt: skip
    caller = intake.Caller(standing, name, phone)
    by = people.today_identity("cz.operator")
    return intake.receive(account, caller, channel=Channel.TELEPHONE, by=by).tips[0]


def test_a_repeat_is_not_handled_again_but_counted(writing: None, identity: Who) -> None:
    first, again = (told(kind=TipKind.REPORT) for _ in range(2))
    by = identity("cz.triage_officer")
    triage.merge(again, first, basis=MergeBasis.REPEAT, by=by)
    assert (again.state, again.merged_into) == (TipState.MERGED, first.reference)
    assert [tip.reference for tip in queries.merged_into(first, by)] == [again.reference]
    (stopped,) = clocks.clocks_of("tip", again.reference)
    assert stopped.outcome is Outcome.WITHDRAWN
    assert clocks.main_clock("tip", first.reference).started_on == clock.today()


def test_a_repeat_of_a_closed_report_joins_it_and_new_facts_do_not(
    writing: None, identity: Who
) -> None:
    first, again, fresh = (told(kind=TipKind.REPORT) for _ in range(3))
    by = identity("cz.triage_officer")
    triage.transfer(first, to="样例公安局", reason="样例", by=by)
    with pytest.raises(Refused, match="merge_closed"):
        triage.merge(fresh, first, basis=MergeBasis.NEW_FACTS, by=by)
    triage.merge(again, first, basis=MergeBasis.REPEAT, by=by)
    assert again.state is TipState.MERGED
    triage.link(fresh, first, reason="样例：有新事实", by=by)
    assert [found.reference for found, _why in queries.linked_with(first, by)] == [fresh.reference]


def test_new_facts_of_the_same_reporter_count_the_term_anew(writing: None, identity: Who) -> None:
    first = told(kind=TipKind.REPORT)
    with clock.frozen(clock.now() + LATER):
        more = told(kind=TipKind.REPORT)
        by = people.today_identity("cz.triage_officer")
        triage.merge(more, first, basis=MergeBasis.NEW_FACTS, by=by)
        running = clocks.main_clock("tip", first.reference)
        assert (running.started_on, running.is_main) == (clock.today(), True)
        assert running.due_on.isoformat() == "2026-10-22"


@pytest.mark.parametrize("basis", [MergeBasis.REPEAT, MergeBasis.NEW_FACTS])
def test_who_is_not_known_to_be_the_same_person_is_another(
    writing: None, identity: Who, basis: MergeBasis
) -> None:
    by = identity("cz.triage_officer")
    first = told(kind=TipKind.REPORT)
    other = told("样例来件人乙", "13900000149", kind=TipKind.REPORT)
    nameless = told("", "", kind=TipKind.REPORT)
    for tip in (other, nameless):
        with pytest.raises(Refused, match="merge_reporters"):
            triage.merge(tip, first, basis=basis, by=by)
    triage.merge(other, first, basis=MergeBasis.SAME_MATTER, by=by)
    assert other.state is TipState.MERGED


def test_two_complaints_of_different_people_stay_two(writing: None, identity: Who) -> None:
    by = identity("cz.triage_officer")
    first = told(kind=TipKind.COMPLAINT)
    other = told("样例来件人乙", "13900000149", kind=TipKind.COMPLAINT)
    report = told(kind=TipKind.REPORT)
    with pytest.raises(Refused, match="merge_complaints"):
        triage.merge(other, first, basis=MergeBasis.SAME_MATTER, by=by)
    with pytest.raises(Refused, match="merge_kinds"):
        triage.merge(report, first, basis=MergeBasis.REPEAT, by=by)
    with pytest.raises(Refused, match="merge_target"):
        triage.merge(first, first, basis=MergeBasis.REPEAT, by=by)


def test_what_was_merged_before_follows_its_master(writing: None, identity: Who) -> None:
    one, two, three = (told(kind=TipKind.REPORT) for _ in range(3))
    by = identity("cz.triage_officer")
    triage.merge(three, two, basis=MergeBasis.REPEAT, by=by)
    with pytest.raises(Refused, match="merge_target"):
        triage.merge(one, three, basis=MergeBasis.REPEAT, by=by)
    triage.merge(two, one, basis=MergeBasis.REPEAT, by=by)
    assert {tip.reference for tip in queries.merged_into(one, by)} == {
        two.reference, three.reference,
    }  # fmt: skip


def test_a_split_report_runs_from_the_day_of_receipt_under_its_law(
    writing: None, identity: Who
) -> None:
    with clock.frozen(datetime(2026, 4, 10, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        tip = told(kind=TipKind.COMPLAINT)
    by = identity("cz.triage_officer")
    other = triage.split(tip, facts="样例：虚假宣传", wishes=frozenset(), by=by)
    assert (other.kind, other.state) == (TipKind.REPORT, TipState.RECEIVED)
    assert (tip.twin_reference, other.twin_reference) == (other.reference, tip.reference)
    running = clocks.main_clock("tip", other.reference)
    assert running.started_on.isoformat() == "2026-04-10"
    with pytest.raises(Refused, match="has_twin"):
        triage.split(tip, facts="样例", wishes=frozenset(), by=by)


def test_the_trail_of_a_split_report_does_not_name_the_complaint(
    writing: None, identity: Who
) -> None:
    tip = told(kind=TipKind.COMPLAINT)
    other = triage.split(
        tip, facts="样例：虚假宣传", wishes=frozenset(), by=identity("cz.triage_officer")
    )
    told_of_it = " ".join(str(entry.facts) for entry in audit.trail("tip", other.reference))
    assert tip.reference not in told_of_it


def test_a_complaint_is_split_off_only_with_a_name_and_a_wish(writing: None, identity: Who) -> None:
    by = identity("cz.triage_officer")
    named, nameless = told(kind=TipKind.REPORT), told("", "", kind=TipKind.REPORT)
    with pytest.raises(Refused, match="complaint_not_anonymous"):
        triage.split(nameless, facts="样例", wishes=frozenset({Wish.REFUND}), by=by)
    with pytest.raises(Refused, match="complaint_needs_wish"):
        triage.split(named, facts="样例", wishes=frozenset(), by=by)
    other = triage.split(named, facts="样例", wishes=frozenset({Wish.REFUND}), by=by)
    assert clocks.main_clock("tip", other.reference).rule_code == "tip.acceptance"


def test_a_complaint_received_under_the_old_order_is_mediated_under_it(
    writing: None, identity: Who
) -> None:
    with clock.frozen(datetime(2026, 4, 14, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        old = told(kind=TipKind.COMPLAINT)
    with clock.frozen(datetime(2026, 4, 20, 9, 0, tzinfo=clock.LEGAL_ZONE)):
        by = people.today_identity("cz.triage_officer")
        new = told(kind=TipKind.COMPLAINT)
        for tip in (old, new):
            actions.route(tip, units.by_code("cz"), by=by)
            actions.accept(tip, by=by)
    terms = [clocks.rule_of(clocks.main_clock("tip", t.reference)) for t in (old, new)]
    assert [(term.length, term.unit.value) for term in terms] == [
        (45, "working_days"), (60, "calendar_days"),
    ]  # fmt: skip


def test_an_event_counts_callers_not_calls(writing: None, identity: Who) -> None:
    by = identity("cz.triage_officer")
    tips = [told(kind=TipKind.REPORT), told(kind=TipKind.REPORT)]
    tips.append(told("样例来件人乙", "13900000149", kind=TipKind.COMPLAINT))
    tips.append(told("", "", kind=TipKind.REPORT))
    event = triage.open_gathering(tips[:1], title="样例事件", by=by)
    for tip in tips[1:]:
        triage.gather(tip, event, by=by)
    crowd = queries.crowd(event)
    assert (crowd.tips, crowd.callers) == (4, 3)
    assert all(clocks.main_clock("tip", tip.reference) for tip in tips)
    with pytest.raises(Refused, match="gathered_already"):
        triage.gather(tips[0], event, by=by)
    assert queries.gatherings(identity("bs.triage_officer")) == []


@pytest.mark.parametrize("account", ["cz.operator", "cz.unit_leader", "qs.triage_officer"])
def test_only_the_desk_that_holds_a_tip_joins_and_parts(
    writing: None, identity: Who, account: str
) -> None:
    one, other = told(kind=TipKind.REPORT), told(kind=TipKind.REPORT)
    by = identity(account)
    for act in (
        lambda: triage.merge(one, other, basis=MergeBasis.REPEAT, by=by),
        lambda: triage.link(one, other, reason="样例", by=by),
        lambda: triage.split(one, facts="样例", wishes=frozenset(), by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
