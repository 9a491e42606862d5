"""What the regulation asks of a mediation."""

from __future__ import annotations

from datetime import time

import pytest

from app.kernel.errors import IllegalTransition, Refused
from app.mediations import rules
from app.mediations.rules import WORKFLOW, Ending, MediationAction, MediationState
from app.tips.rules import ORDER_20, ORDER_121


def code(raised: pytest.ExceptionInfo[Refused]) -> str:
    return raised.value.code


def test_the_law_knows_eight_endings() -> None:
    assert len(Ending) == 8


@pytest.mark.parametrize(
    ("complainant", "trader"), [(None, None), (True, None), (True, False), (False, True)]
)
def test_both_sides_must_agree(*, complainant: bool | None, trader: bool | None) -> None:
    with pytest.raises(Refused) as raised:
        rules.check_consents(complainant=complainant, trader=trader)
    assert code(raised) == "consents_needed"
    rules.check_consents(complainant=True, trader=True)


@pytest.mark.parametrize(
    ("complaints", "chosen", "is_fine"),
    [(1, [], True), (2, [], False), (2, ["a"], False), (2, ["a", "b"], True),
     (3, ["a", "b", "c"], False), (3, ["a", "a"], False)],
)  # fmt: skip
def test_a_joint_complaint_has_two_representatives(
    complaints: int, chosen: list[str], *, is_fine: bool
) -> None:
    if is_fine:
        rules.check_representatives(complaints, chosen)
        return
    with pytest.raises(Refused) as raised:
        rules.check_representatives(complaints, chosen)
    assert code(raised) == "representatives_needed"


def test_the_represented_agree_to_a_settlement() -> None:
    rules.check_agreement("退款", is_joint=False, are_represented_agreeing=False)
    rules.check_agreement("退款", is_joint=True, are_represented_agreeing=True)
    for terms, is_joint in (("", False), ("退款", True)):
        with pytest.raises(Refused):
            rules.check_agreement(terms, is_joint=is_joint, are_represented_agreeing=False)


def test_an_ending_that_the_record_denies_is_refused() -> None:
    for ending in Ending:
        rules.check_ending(ending, is_over=True, has_test=True)
    with pytest.raises(Refused) as raised:
        rules.check_ending(Ending.SIXTY_DAYS, is_over=False, has_test=True)
    assert code(raised) == "sixty_days_not_over"
    with pytest.raises(Refused) as raised:
        rules.check_ending(Ending.TEST_COSTS, is_over=True, has_test=False)
    assert code(raised) == "no_test_meant"


def test_the_older_law_knew_seven_endings() -> None:
    assert len(rules.endings_at(ORDER_20)) == 7
    assert rules.endings_at(ORDER_121) == tuple(Ending)
    rules.check_ending(Ending.OTHER, is_over=False, has_test=False, order=ORDER_20)
    with pytest.raises(Refused) as raised:
        rules.check_ending(Ending.PARTY_GONE, is_over=False, has_test=False, order=ORDER_20)
    assert code(raised) == "ending_not_law"


@pytest.mark.parametrize(("typed", "hour"), [("9:30", time(9, 30)), ("14：05", time(14, 5))])
def test_hours_are_read(typed: str, hour: time) -> None:
    assert rules.hour_of(typed) == hour


@pytest.mark.parametrize("typed", ["", "25:00", "9", "9:60", "下午三点"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        rules.hour_of(typed)


@pytest.mark.parametrize("state", sorted(WORKFLOW.final))
def test_what_is_over_stays_over(state: MediationState) -> None:
    for action in MediationAction:
        with pytest.raises(IllegalTransition):
            WORKFLOW.step(state, action)


def test_while_a_recusal_is_open_nothing_is_mediated() -> None:
    assert {step.action for step in WORKFLOW.available(MediationState.PAUSED)} == {
        MediationAction.DECIDE_RECUSAL, MediationAction.END,
    }  # fmt: skip
