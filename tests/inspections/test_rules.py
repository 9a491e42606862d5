"""What the regulation says about an inspection."""

from __future__ import annotations

from datetime import date

import pytest

from app.inspections import rules
from app.inspections.rules import TaskAction, TaskState
from app.kernel.errors import IllegalTransition, Refused

TODAY = date(2026, 9, 22)


def test_one_officer_alone_is_refused_with_the_article() -> None:
    with pytest.raises(Refused) as refused:
        rules.check_assignment(officer=1, companion=1, due_on=TODAY, today=TODAY)
    assert (refused.value.code, refused.value.facts["article"]) == ("two_officers", "令2 第22条")


def test_a_last_day_in_the_past_is_refused_and_today_is_not() -> None:
    rules.check_assignment(officer=1, companion=2, due_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="due_in_past"):
        rules.check_assignment(officer=1, companion=2, due_on=date(2026, 9, 21), today=TODAY)


@pytest.mark.parametrize(
    ("told", "gaps"),
    [
        ({}, ["verdict", "findings", "photos"]),
        ({"has_problem": True, "findings": "x", "photos": 1}, ["violation"]),
        ({"has_problem": False, "findings": "x", "photos": 1}, []),
        ({"has_problem": True, "findings": "x", "photos": 2, "violation": "v"}, []),
        ({"has_problem": False, "findings": "x", "photos": 0}, ["photos"]),
    ],
)
def test_a_task_ends_only_when_nothing_mandatory_is_missing(told: dict, gaps: list[str]) -> None:
    facts = {"findings": "", "has_problem": None, "photos": 0, "violation": "", **told}
    assert rules.missing(**facts) == gaps


def test_a_cancelled_task_cannot_be_started() -> None:
    with pytest.raises(IllegalTransition):
        rules.WORKFLOW.step(TaskState.CANCELLED, TaskAction.START)
