"""Which inspections are there that no tip asked for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.demo.agenda import Story
from app.demo.calls import one
from app.demo.case_plan import CasePlan
from app.demo.casework import prosecute
from app.demo.stage import SMALL, TEAMS, Stage, goods
from app.demo.texts import chance, dealt
from app.demo.visiting import Ends, Visit, visit
from app.tips.rules import TipKind

SHARES = {"qs": 7, "bs": 6, "dh": 5, "wj": 4, "dl": 3, "np": 2, "fl": 2}
#: The own campaign has been running for so many days.
CAMPAIGN_DAYS = 122


@dataclass(frozen=True)
class Share:
    """So many visits that end alike: when they were ordered, in days or working days ago."""

    ends: Ends
    count: int
    least: int
    most: int
    in_workdays: bool = False


SHARED = (
    Share(Ends.FINE, 9, 14, 118),
    Share(Ends.FINE, 6, 130, 640),
    Share(Ends.ASSIGNED, 4, 1, 4, in_workdays=True),
    Share(Ends.ASSIGNED, 2, 9, 13, in_workdays=True),
    Share(Ends.STARTED, 4, 4, 9, in_workdays=True),
    Share(Ends.CANCELLED, 2, 20, 90),
)


def stories(stage: Stage, cases: Sequence[CasePlan]) -> Iterator[Story]:
    """Yield the visits that end in cases, then all others."""
    for plan in cases:
        if plan.origin == "task":
            yield _into_case(stage, plan)
        elif plan.origin == "hand":
            yield _by_hand(stage, plan)
    for number, share in enumerate(SHARED):
        rng = chance(f"visits/{number}")
        for at, bureau in enumerate(dealt(rng, list(SHARES), list(SHARES.values()), share.count)):
            span = rng.randint(share.least, share.most)
            age = stage.workdays_ago(span) if share.in_workdays else span
            yield _alone(stage, f"visit-{number}-{at}", bureau, share.ends, age)


def _campaign(age: int) -> str:
    return "now" if age < CAMPAIGN_DAYS else ""


def _into_case(stage: Stage, plan: CasePlan) -> Story:
    charge = plan.charge
    pace = stage.pace(f"task/{charge.key}")
    yield pace.begin(plan.age)
    found = Visit(
        bureau=charge.bureau,
        firm=charge.breach.firm,
        goods=charge.breach.goods,
        ends=Ends.PROBLEM,
        team=charge.team,
        violation=charge.breach.violation,
        campaign=_campaign(plan.age),
    )
    task = yield from visit(stage, pace, found)
    yield pace.after(1, 1)
    yield from prosecute(stage, pace, charge, task=task)


def _by_hand(stage: Stage, plan: CasePlan) -> Story:
    pace = stage.pace(f"hand/{plan.charge.key}")
    yield pace.begin(plan.age)
    yield from prosecute(stage, pace, plan.charge)


def _alone(stage: Stage, seed: str, bureau: str, ends: Ends, age: int) -> Story:
    pace, rng = stage.pace(seed), chance(seed)
    yield pace.begin(age)
    matter, firm = one(rng, TipKind.REPORT, stage.firms, (TEAMS | SMALL)[bureau])
    plan = Visit(
        bureau=bureau,
        firm=firm,
        goods=goods(seed, matter.product),
        ends=ends,
        team=rng.randint(0, 9),
        campaign=_campaign(age),
    )
    yield from visit(stage, pace, plan)
