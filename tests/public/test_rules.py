"""How often may somebody knock, how long is a receipt shown, what does the road look like?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.public import labels, rules
from app.public.rules import Door, StepState
from app.tips.rules import TipKind, TipState

AT = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("door", "uses", "is_open"),
    [
        (Door.REPORT, 0, True),
        (Door.REPORT, 9, True),
        (Door.REPORT, 10, False),
        (Door.TRACK, 20, False),
    ],
)
def test_a_source_may_use_a_door_so_often_an_hour(door: Door, uses: int, is_open: object) -> None:
    assert rules.is_open(door, uses) is is_open


def test_a_receipt_is_shown_for_half_an_hour() -> None:
    assert rules.is_shown(AT, AT + timedelta(minutes=30))
    assert not rules.is_shown(AT, AT + timedelta(minutes=31))
    assert not rules.is_shown(AT, AT - timedelta(seconds=1))


@pytest.mark.parametrize("kind", list(TipKind))
@pytest.mark.parametrize("state", list(TipState))
def test_every_state_has_its_place_on_the_road_and_its_words(
    kind: TipKind, state: TipState
) -> None:
    steps = rules.steps_of(kind, state)
    assert len(steps) == 4
    assert all((kind, step.code) in labels.STEPS for step in steps)
    assert state in labels.ANSWERS
    order = [step.state for step in steps]
    assert order == sorted(order, key=[StepState.DONE, StepState.CURRENT, StepState.AHEAD].index)
    assert order.count(StepState.CURRENT) <= 1


def test_an_accepted_complaint_is_in_mediation() -> None:
    steps = rules.steps_of(TipKind.COMPLAINT, TipState.ACCEPTED)
    assert [step.code for step in steps if step.state is StepState.CURRENT] == ["mediation"]


def test_a_report_being_verified_has_not_been_filed() -> None:
    steps = rules.steps_of(TipKind.REPORT, TipState.VERIFYING)
    assert [(s.code, s.state.value) for s in steps] == [
        ("received", "done"), ("verification", "current"), ("filed", ""), ("result", ""),
    ]  # fmt: skip


def test_a_passed_term_is_told() -> None:
    assert rules.is_overdue(date(2026, 9, 21), date(2026, 9, 22))
    assert not rules.is_overdue(date(2026, 9, 22), date(2026, 9, 22))
    assert not rules.is_overdue(None, date(2026, 9, 22))
