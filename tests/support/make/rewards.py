"""Builders of rewards: every state is reached by the acts that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.cases.models import Case
from app.cases.penalties import Item
from app.cases.rules import CaseState
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.mediations.rules import Way
from app.people import queries as people
from app.rewards import actions
from app.rewards.models import Reward
from app.rewards.rules import Grade, RewardState
from app.tips import actions as tip_actions
from app.tips import intake
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipKind, TipState
from app.units import queries as units
from tests.support.make import cases as make_cases
from tests.support.make.tips import PHONE, REPORTER

ROAD = (
    RewardState.PROPOSED, RewardState.REVIEWED, RewardState.APPROVED, RewardState.TOLD,
    RewardState.CLAIMED, RewardState.PAID,
)  # fmt: skip
CONTACT = "样例县局二楼 201 室，0990-1234567"
CALLER = intake.Caller(Standing.REAL_NAME, REPORTER, PHONE)


@dataclass(frozen=True)
class Led:
    """A report, its query code, and the case it led to."""

    tip: Tip
    code: str
    case: Case


def report(
    caller: intake.Caller = CALLER, *, place: str = "qs", kind: TipKind = TipKind.REPORT
) -> tuple[Tip, str]:
    """Register a report and route it, inside the test's write transaction."""
    told = intake.Account(
        kinds=frozenset({kind}), facts="样例五金店卖的电线铜芯发黑，一撕就裂。",
        subject_name="样例五金店", subject_address="青石县人民路 218 号",
    )  # fmt: skip
    operator, desk = (people.today_identity(f"cz.{r}") for r in ("operator", "triage_officer"))
    made = intake.receive(told, caller, channel=Channel.TELEPHONE, by=operator)
    tip_actions.route(made.tips[0], units.by_code(place), by=desk)
    return made.tips[0], made.code


def led(
    caller: intake.Caller = CALLER, *, state: CaseState = CaseState.CLOSED, place: str = "qs",
    items: tuple[Item, ...] = (),
) -> Led:  # fmt: skip
    """Let a report lead to a case in a state, inside the test's write transaction."""
    tip, code = report(caller, place=place)
    tip.state = TipState.FILED
    case = make_cases.case(state, place=place, items=items)
    case.tip_reference, tip.case_reference = tip.reference, case.reference
    db.session.flush()
    return Led(tip, code, case)


def proposal(grade: Grade = Grade.FIRST, **over: Any) -> actions.Proposal:
    """Return a proposal as a handler would write it."""
    return actions.Proposal(
        **{"grade": grade, "basis": "样例：地点和批次属实。", "is_natural_person": True, **over}
    )


def carried(found: Led, state: RewardState, *, place: str = "qs", **over: Any) -> Reward:
    """Carry a new reward to a state, inside the test's write transaction, all on this day."""
    desk, reviewer, leader = (
        people.today_identity(f"{place}.{r}") for r in ("triage_officer", "reviewer", "unit_leader")
    )
    made = actions.propose(found.tip, found.case, proposal(**over), by=desk)
    db.session.flush()
    today = clock.today()
    notice = actions.Notice(today, Way.TELEPHONE, CONTACT, today + timedelta(days=60))
    if state is RewardState.REFUSED:
        actions.refuse(made, reason="样例：线索另有来源。", by=reviewer)
        return made
    steps = (
        lambda: actions.review(made, opinion="样例：同意。", by=reviewer),
        lambda: actions.approve(made, by=leader),
        lambda: actions.tell(made, notice, by=desk),
        lambda: actions.claim(made, code=found.code, by=desk),
        lambda: actions.pay(made, on=today, voucher="样例 001", by=desk),
    )
    goal = RewardState.TOLD if state in {RewardState.GIVEN_UP, RewardState.LAPSED} else state
    for act in steps[: ROAD.index(goal)]:
        act()
        db.session.flush()
    if state is RewardState.GIVEN_UP:
        actions.give_up(made, reason="样例：来电放弃。", by=desk)
    if state is RewardState.LAPSED:
        made.claim_until = today - timedelta(days=1)
        actions.lapse(made, reason="样例：逾期。", by=desk)
    return made


def reward(state: RewardState = RewardState.PROPOSED, **over: Any) -> str:
    """Keep a reward in a state; returns its reference."""
    with unit_of_work():
        made = carried(led(), state, **over).reference
    db.session.remove()
    return made


def rewardable() -> str:
    """Keep a report that could earn a reward; returns the report's number."""
    with unit_of_work():
        made = led().tip.reference
    db.session.remove()
    return made
