"""What the measures give for a report, in figures known beforehand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules import CaseState, DropGround
from app.kernel.errors import IllegalTransition, Refused
from app.rewards import rules
from app.rewards.rules import WORKFLOW, Grade, Ground, RewardAction, RewardState
from app.tips.rules import Standing, TipKind

D = Decimal


@pytest.mark.parametrize(
    ("grade", "base", "expected"),
    [
        # The floors, also when nothing was fined.
        (Grade.FIRST, "0", "5000"),
        (Grade.SECOND, "0", "3000"),
        (Grade.THIRD, "0", "1000"),
        (Grade.FIRST, "99999.99", "5000"),
        (Grade.THIRD, "100000", "1000"),
        # The shares.
        (Grade.FIRST, "100000.20", "5000.01"),
        (Grade.SECOND, "200000", "6000"),
        (Grade.THIRD, "345678.90", "3456.79"),
        # Half a fen goes up: 1 % of 123456.50 is 1234.565.
        (Grade.THIRD, "123456.50", "1234.57"),
        # The cap of a case.
        (Grade.FIRST, "20000000", "1000000"),
        (Grade.FIRST, "20000000.20", "1000000"),
        (Grade.THIRD, "999999999999", "1000000"),
    ],
)
def test_a_grade_gives_its_share_its_floor_or_the_cap(
    grade: Grade, base: str, expected: str
) -> None:
    assert rules.figure(grade, D(base)) == D(expected)


@given(st.sampled_from(Grade), st.integers(0, 10**15))
def test_every_figure_is_whole_fen_between_floor_and_cap(grade: Grade, fen: int) -> None:
    found = rules.figure(grade, D(fen).scaleb(-2))
    assert found * 100 == int(found * 100)
    assert rules.FLOOR[grade] <= found <= rules.CAP


@given(st.integers(0, 10**13), st.integers(0, 10**9))
def test_more_fined_never_gives_less_and_a_better_grade_neither(fen: int, more: int) -> None:
    low, high = D(fen).scaleb(-2), D(fen + more).scaleb(-2)
    for grade in Grade:
        assert rules.figure(grade, low) <= rules.figure(grade, high)
    first, second, third = (rules.figure(grade, low) for grade in Grade)
    assert first >= second >= third


def ground(**over: object) -> Ground:
    given = {
        "kind": TipKind.REPORT, "standing": Standing.REAL_NAME, "has_name": True,
        "case": CaseState.CLOSED, **over,
    }  # fmt: skip
    return Ground(**given)  # type: ignore[arg-type]


def test_a_real_name_report_of_a_closed_case_earns_one() -> None:
    rules.check_ground(ground())
    rules.check_ground(ground(case=CaseState.DROPPED, drop_ground=DropGround.NO_PENALTY))


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"kind": TipKind.COMPLAINT}, "reward_not_a_report"),
        ({"standing": Standing.ANONYMOUS}, "reward_not_real_name"),
        ({"standing": Standing.ON_BEHALF}, "reward_not_real_name"),
        ({"has_name": False}, "reward_not_real_name"),
        ({"is_taken": True}, "reward_taken"),
        *(
            ({"case": state}, "reward_not_proved")
            for state in CaseState
            if state is not CaseState.CLOSED
        ),
        *(
            ({"case": CaseState.DROPPED, "drop_ground": why}, "reward_not_proved")
            for why in DropGround
            if why is not DropGround.NO_PENALTY
        ),
    ],
)
def test_nothing_else_earns_one(over: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_ground(ground(**over))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("amount", "promised", "is_shared", "reason", "code"),
    [
        ("5000", "0", False, "", None),
        ("2500", "2500", True, "两人共同举报，各半。", None),
        ("0", "0", False, "零", "reward_amount"),
        ("5000.01", "0", False, "多给", "reward_amount"),
        ("4999.99", "0", False, "", "reward_share_reason"),
        ("5000", "5000", True, "", "reward_share_reason"),
        ("5000", "995000", True, "样例", None),
        ("5000", "995000.01", True, "样例", "reward_cap"),
    ],
)
def test_an_amount_stays_below_figure_and_cap_and_a_share_says_why(
    amount: str, promised: str, *, is_shared: bool, reason: str, code: str | None
) -> None:
    def check() -> None:
        rules.check_amount(
            D(amount), figure=D(5000), promised=D(promised), is_shared=is_shared, reason=reason
        )

    if code is None:
        check()
        return
    with pytest.raises(Refused) as refused:
        check()
    assert refused.value.code == code


def test_the_finance_department_is_heard_from_half_a_million_on() -> None:
    assert not rules.needs_finance(D("499999.99"))
    assert rules.needs_finance(D(500_000))
    rules.check_finance(D("499999.99"), None)
    rules.check_finance(D(500_000), date(2026, 9, 22))
    with pytest.raises(Refused):
        rules.check_finance(D(500_000), None)


def test_days_stand_in_their_order() -> None:
    today = date(2026, 9, 22)
    rules.check_between(today, since=today, today=today, field="on")
    for day, since in ((date(2026, 9, 23), None), (date(2026, 9, 20), date(2026, 9, 21))):
        with pytest.raises(Refused):
            rules.check_between(day, since=since, today=today, field="on")
    with pytest.raises(Refused):
        rules.check_claim_until(today, today)
    with pytest.raises(Refused):
        rules.check_lapsed(today, today)
    with pytest.raises(Refused):
        rules.check_lapsed(None, today)
    rules.check_lapsed(date(2026, 9, 21), today)


def test_nothing_is_paid_before_it_was_approved_told_and_claimed() -> None:
    for state in set(RewardState) - {RewardState.CLAIMED}:
        with pytest.raises(IllegalTransition):
            WORKFLOW.step(state, RewardAction.PAY)
    with pytest.raises(IllegalTransition):
        WORKFLOW.step(RewardState.PROPOSED, RewardAction.APPROVE)
