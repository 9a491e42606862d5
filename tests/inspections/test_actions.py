"""What people do with inspection tasks, and what they are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.inspections import actions, queries
from app.inspections.actions import Errand, Findings
from app.inspections.rules import TaskKind, TaskState
from app.kernel import audit, storage
from app.kernel.db import unit_of_work
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import queries as tips
from app.tips.rules import TipState
from tests.support.make import inspections as make
from tests.support.make import tips as make_tips

pytestmark = pytest.mark.database
Who = Callable[..., Identity]


def test_a_task_moves_the_tip_behind_it(context: None, identity: Who) -> None:
    tip = make_tips.tip(routed_to="qs")
    task = make.task(of_tip=tip)
    found = tips.by_reference(tip, identity("qs.unit_leader"))
    assert (found.state, found.task_reference) == (TipState.VERIFYING, task)


def test_closing_with_findings_tells_the_tip(context: None, identity: Who) -> None:
    tip = make_tips.tip(routed_to="qs")
    task = make.task(of_tip=tip, closed=True)
    assert tips.by_reference(tip, identity("qs.inspector")).state is TipState.VERIFIED
    done = make.load(task, "qs.inspector")
    assert (done.state, done.has_problem) == (TaskState.DONE, True)
    assert len(storage.attachments_of("task", task)) == 1
    assert audit.trail("task", task)[0].facts == {"has_problem": True, "photos": 1}


def test_a_cancelled_task_gives_the_tip_back(context: None, identity: Who) -> None:
    tip = make_tips.tip(routed_to="qs")
    reference = make.task(of_tip=tip)
    leader = identity("qs.unit_leader")
    with unit_of_work():
        task = queries.by_reference(reference, leader)
        actions.cancel(task, reason="店铺已注销", by=leader, tip=tips.by_reference(tip, leader))
    assert tips.by_reference(tip, leader).state is TipState.ROUTED


@pytest.mark.parametrize("account", ["qs.inspector", "qs.triage_officer", "cz.unit_leader"])
def test_only_the_county_s_leader_sends_inspectors(
    writing: None, identity: Who, account: str
) -> None:
    errand = Errand("样例任务", TaskKind.PATROL, date(2026, 9, 30))
    by = identity(account)
    pair = (people.by_account("qs.inspector"), people.by_account("qs.inspector2"))
    if account == "cz.unit_leader":  # may send its own officers, but not on a county's tip
        tip = make_tips.receipt(by="cz.operator").tips[0]
        tip.unit_path = identity("qs.inspector").bureau_path
        with pytest.raises(NotAllowed):
            actions.assign(errand, *pair, by=by, tip=tip)
        return
    with pytest.raises(NotAllowed):
        actions.assign(errand, *pair, by=by)


@pytest.mark.parametrize("account", ["bs.inspector", "qs.case_officer", "qs.unit_leader"])
def test_only_the_officers_who_were_sent_begin(context: None, identity: Who, account: str) -> None:
    reference = make.task()
    task = make.load(reference, "qs.unit_leader")
    with pytest.raises(NotAllowed):
        actions.start(task, by=identity(account))


def test_a_problem_without_photo_is_refused_at_its_field(context: None, identity: Who) -> None:
    reference = make.task(started=True)
    by = identity("qs.inspector")
    found = Findings("看了货架", has_problem=True, violation_code=make.VIOLATION)
    with unit_of_work():
        task = queries.by_reference(reference, by)
        with pytest.raises(Refused) as refused:
            actions.close(task, found, by=by)
    assert (refused.value.code, refused.value.field) == ("task_lacks_photos", "photos")


def test_another_county_does_not_see_the_task(context: None, identity: Who) -> None:
    reference = make.task()
    with pytest.raises(NotFound):
        queries.by_reference(reference, identity("bs.unit_leader"))
    assert queries.by_reference(reference, identity("cz.supervisor"))


def test_what_waits_for_whom(context: None, identity: Who) -> None:
    reference = make.task()
    today = date(2026, 9, 22)
    waits = [w.reference for w in queries.waiting(identity("qs.inspector"), today)]
    assert waits == [reference]
    assert queries.waiting(identity("qs.unit_leader"), today) == []
    late = queries.waiting(identity("qs.unit_leader"), date(2026, 10, 9))
    assert [w.reference for w in late] == [reference]
    assert queries.waiting(identity("bs.inspector"), today) == []


def test_counts_agree_with_lists(context: None, identity: Who) -> None:
    make.task()
    make.task(closed=True)
    make.task(county="bs")
    who, today = identity("cz.unit_leader"), date(2026, 9, 22)
    for view, number in queries.view_counts(who, today).items():
        _rows, total = queries.listed(who, queries.Filter(view=view), page=1, today=today)
        assert number == total, view
