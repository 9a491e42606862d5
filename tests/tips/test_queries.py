"""What is found among tips, and what stays hidden among the noise of other counties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.tips import actions, queries
from app.tips.queries import Filter
from app.tips.rules import TipState
from app.units import queries as units
from tests.support.make import tips as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
TODAY = date(2026, 9, 22)


def test_a_county_sees_its_own_tips_and_no_sibling_s(context: None, identity: Who) -> None:
    ours, theirs = make.tip(routed_to="qs"), make.tip(routed_to="bs")
    qs = identity("qs.inspector")
    assert queries.by_reference(ours, qs).reference == ours
    with pytest.raises(NotFound):
        queries.by_reference(theirs, qs)


@pytest.mark.parametrize("account", ["cz.unit_leader", "lj.supervisor"])
def test_a_superior_sees_the_whole_subtree(context: None, identity: Who, account: str) -> None:
    for county in ("qs", "bs"):
        assert queries.by_reference(make.tip(routed_to=county), identity(account))


def test_another_city_sees_nothing(context: None, identity: Who) -> None:
    reference = make.tip(routed_to="qs")
    for account in ("cy.unit_leader", "dl.inspector"):
        with pytest.raises(NotFound):
            queries.by_reference(reference, identity(account))


def test_the_queue_groups_by_what_the_law_makes_urgent(context: None, identity: Who) -> None:
    make.tip()
    found = queries.queue(
        identity("cz.triage_officer"), Filter(view="triage"), page=1, today=date(2026, 10, 22)
    )
    assert [(code, len(rows)) for code, rows in found.groups] == [("overdue", 1)]


def test_the_counts_of_the_views_agree_with_their_lists(context: None, identity: Who) -> None:
    make.tip()
    make.tip(routed_to="qs")
    make.tip(routed_to="bs")
    who = identity("cz.triage_officer")
    counts = queries.view_counts(who, TODAY)
    for view in queries.COUNTED:
        listed = queries.queue(who, Filter(view=view), page=1, today=TODAY).total
        assert counts[view] == listed, view
    assert counts["triage"] == 1
    assert queries.queue(who, Filter(view="all"), page=1, today=TODAY).total == 3


def test_a_report_that_is_decided_and_not_told_in_time_is_overdue_everywhere(
    writing: None, identity: Who
) -> None:
    with clock.frozen(datetime(2026, 4, 14, 2, tzinfo=UTC)):
        tip = make.receipt().tips[0]
        actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    with clock.frozen(datetime(2026, 4, 27, 2, tzinfo=UTC)):
        leader = identity("qs.unit_leader")
        actions.begin_verification(tip, task_reference="J2026-0001", by=leader)
        actions.note_task_closed(tip, task_reference="J2026-0001", has_problem=False, by=leader)
        actions.decide_not_to_file(tip, reason="样例：经查无违法。", by=leader)
    for who in (leader, identity("cz.unit_leader")):
        for day, late in ((date(2026, 5, 7), 0), (date(2026, 5, 8), 1)):
            found = queries.queue(who, Filter(view="overdue"), page=1, today=day)
            assert found.total == queries.view_counts(who, day)["overdue"] == late
            assert [row.tip.reference for _, rows in found.groups for row in rows] == (
                [tip.reference] if late else []
            )


def test_what_was_escalated_is_counted_with_whoever_designates(
    writing: None, identity: Who
) -> None:
    tip = make.receipt().tips[0]
    for code in ("qs", "bs", "qs"):
        actions.route(tip, units.by_code(code), by=identity("cz.triage_officer"))
        actions.return_(tip, reason="样例", by=identity(f"{code}.triage_officer"))
    assert tip.state is TipState.ESCALATED
    for account, tabs, rail in (
        ("cz.unit_leader", (1, 0), 1), ("cz.supervisor", (1, 0), 1),
        ("cz.triage_officer", (0, 1), 0), ("qs.unit_leader", (0, 0), 0),
    ):  # fmt: skip
        who = identity(account)
        counts = queries.view_counts(who, TODAY)
        assert (counts["triage"], counts["ours"]) == tabs, account
        assert queries.waiting_counts(who, TODAY)[0] == rail, account


def test_filters_narrow_and_hostile_text_is_only_text(context: None, identity: Who) -> None:
    make.tip(facts="燃气灶熄火保护失灵", subject_name="样例燃气具商行")
    make.tip()
    who = identity("cz.triage_officer")
    for words, expected in [("燃气", 1), ("样例", 2), ("%", 0), ("'; DROP TABLE tip", 0)]:
        found = queries.queue(who, Filter(view="all", text=words), page=1, today=TODAY)
        assert found.total == expected, words


@pytest.mark.parametrize(
    ("address", "unit", "reason"),
    [
        ("青石县人民路 218 号", "qs", "resolved"),
        ("澄州市白沙县样例路 1 号", "bs", "resolved"),
        ("人民路 218 号", None, "unknown"),
    ],
)
def test_the_proposed_unit_comes_from_the_address_and_says_why(
    context: None, identity: Who, address: str, unit: str | None, reason: str
) -> None:
    reference = make.tip(subject_address=address, facts="电线铜芯发黑")
    tip = queries.by_reference(reference, identity("cz.triage_officer"))
    proposed = queries.proposal(tip, on=TODAY, demo=True)
    assert proposed.unit is None if unit is None else proposed.unit.code == unit
    assert proposed.reason in {reason, "division"}
    assert "令121" in proposed.article


def test_places_of_one_name_are_offered_in_full(context: None, identity: Who) -> None:
    reference = make.tip(subject_address="鼓楼区中山路 1 号", facts="电线铜芯发黑")
    tip = queries.by_reference(reference, identity("cz.triage_officer"))
    proposed = queries.proposal(tip, on=TODAY, demo=True)
    assert (proposed.unit, proposed.reason) == (None, "ambiguous")
    assert {"江苏省南京市鼓楼区", "江苏省徐州市鼓楼区"} <= set(proposed.candidates)
    assert len(set(proposed.candidates)) == len(proposed.candidates) > 2


def test_what_waits_is_what_this_person_may_do(context: None, identity: Who) -> None:
    make.tip()
    routed = make.tip(routed_to="qs")
    asks = {
        account: [(w.ask, w.reference) for w in queries.waiting(identity(account), TODAY)]
        for account in ("cz.triage_officer", "qs.unit_leader", "qs.inspector", "bs.unit_leader")
    }
    assert [ask for ask, _ in asks["cz.triage_officer"]] == ["tip.triage"]
    assert asks["qs.unit_leader"] == [("tip.take_up", routed)]
    assert asks["qs.inspector"] == asks["bs.unit_leader"] == []
