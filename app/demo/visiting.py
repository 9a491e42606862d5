"""How does an inspection of the demonstration go, with a tip behind it or without?"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.campaigns import actions as campaigns
from app.campaigns import queries as campaign_queries
from app.demo.agenda import Pace, Sent
from app.demo.firms import Firm
from app.demo.stage import Goods, Stage
from app.demo.texts import read
from app.inspections import actions
from app.inspections.actions import Errand, Findings
from app.inspections.models import Task
from app.inspections.rules import TaskKind
from app.kernel.calendar import add_working_days
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.tips.models import Tip


class Ends(StrEnum):
    """How far a visit goes."""

    ASSIGNED = "assigned"
    STARTED = "started"
    CANCELLED = "cancelled"
    FINE = "fine"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Visit:
    """Who goes where for what, and how it ends."""

    bureau: str
    firm: Firm
    goods: Goods
    ends: Ends
    team: int
    violation: str = ""
    campaign: str = ""
    #: Working days the officers are given.
    due_in: int = 7


def visit(
    stage: Stage, pace: Pace, plan: Visit, *, tip: Tip | None = None
) -> Generator[datetime | Sent, None, Task]:
    """Send two officers and return their task; a part of a story that has begun already."""
    leader = stage.cast.who(plan.bureau, Role.UNIT_LEADER)
    task = _assign(stage, pace, plan, tip, by=leader)
    if plan.ends is Ends.ASSIGNED:
        return task
    yield pace.after(1, 2)
    if plan.ends is Ends.CANCELLED:
        reason = pace.chance.choice(read("handling")["cancelled"])
        actions.cancel(task, reason=reason, by=leader, tip=tip)
        return task
    officer = stage.cast.who(plan.bureau, Role.INSPECTOR, plan.team)
    actions.start(task, by=officer)
    if plan.ends is Ends.STARTED:
        return task
    yield pace.after(0)
    actions.close(task, _findings(stage, pace, plan), by=officer, tip=tip)
    return task


def _findings(stage: Stage, pace: Pace, plan: Visit) -> Findings:
    problem = plan.ends is Ends.PROBLEM
    return Findings(
        text=plan.goods.findings(pace.chance, plan.firm, problem=problem),
        has_problem=problem,
        violation_code=plan.violation if problem else "",
        photos=stage.album.some(pace.chance, pace.chance.randint(1, 3)),
    )


def _assign(stage: Stage, pace: Pace, plan: Visit, tip: Tip | None, *, by: Identity) -> Task:
    one, two = stage.cast.pair(plan.bureau, Role.INSPECTOR, plan.team)
    kind = TaskKind.VERIFICATION if tip else _kind(plan)
    errand = Errand(
        title=f"核查：{tip.title}" if tip else _title(pace, plan, kind),
        kind=kind,
        due_on=add_working_days(pace.day, plan.due_in, stage.days),
        place_name=plan.firm.name,
        address=plan.firm.business_address,
        product_code=plan.goods.product,
        what_to_check=pace.chance.choice(read("handling")["checks"]).format(goods=plan.goods.noun),
        enterprise=stage.firms.on_file(plan.firm),
    )
    if not plan.campaign:
        return actions.assign(errand, one, two, by=by, tip=tip)
    campaign = campaign_queries.by_reference(stage.campaigns[plan.campaign], by)
    return campaigns.assign(campaign, errand, one, two, by=by)


def _kind(plan: Visit) -> TaskKind:
    if plan.campaign:
        return TaskKind.SWEEP
    return (TaskKind.PATROL, TaskKind.RECHECK, TaskKind.SURPRISE)[plan.team % 3]


def _title(pace: Pace, plan: Visit, kind: TaskKind) -> str:
    written = read("handling")["rechecks" if kind is TaskKind.RECHECK else "patrols"]
    return str(pace.chance.choice(written).format(shop=plan.firm.name))
