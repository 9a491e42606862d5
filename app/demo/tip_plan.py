"""Which four hundred tips are there, and how far is each?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from app.demo import lists
from app.demo.answering import Fate, TipPlan
from app.demo.calls import Call, Matter, Setting, compose, one
from app.demo.case_plan import CasePlan
from app.demo.firms import Firm
from app.demo.stage import SMALL, TEAMS, Stage
from app.demo.texts import chance, dealt, read
from app.kernel.text import short_day
from app.tips.intake import Account, Caller
from app.tips.rules import Channel, Standing, TipKind, Wish

TOTAL = 400
#: Calls that are complaint and report at once: two tips each, both long ended.
TWINS = 12
SHARES = {"qs": 95, "bs": 75, "dh": 70, "wj": 60, "dl": 40, "np": 35, "fl": 25}
BOTH = (TipKind.COMPLAINT, TipKind.REPORT)


@dataclass(frozen=True)
class Share:
    """So many tips of one fate: when they came in, in days or working days before today."""

    fate: Fate
    count: int
    least: int
    most: int
    kinds: Sequence[TipKind]
    in_workdays: bool = False
    slow: bool = False


COMPLAINTS, REPORTS = (TipKind.COMPLAINT,), (TipKind.REPORT,)
SHARED = (
    Share(Fate.DECLINED, 26, 15, 700, COMPLAINTS),
    Share(Fate.SETTLED, 14, 40, 600, COMPLAINTS),
    Share(Fate.NOT_FILED, 27, 30, 700, REPORTS),
    Share(Fate.NOT_FILED, 3, 60, 400, REPORTS, slow=True),
    Share(Fate.ACCEPTED, 14, 6, 38, COMPLAINTS, in_workdays=True),
    Share(Fate.ACCEPTED, 5, 68, 90, COMPLAINTS),
    Share(Fate.ROUTED, 16, 1, 5, BOTH, in_workdays=True),
    Share(Fate.ROUTED, 4, 11, 15, COMPLAINTS, in_workdays=True, slow=True),
    Share(Fate.RECEIVED, 30, 1, 9, BOTH),
    Share(Fate.RECEIVED, 3, 13, 17, COMPLAINTS),
    Share(Fate.RECEIVED, 1, 26, 30, REPORTS),
    Share(Fate.RETURNED, 3, 5, 9, BOTH, in_workdays=True),
    Share(Fate.ASSIGNED, 4, 5, 8, REPORTS, in_workdays=True),
    Share(Fate.ASSIGNED, 2, 14, 17, REPORTS, in_workdays=True),
    Share(Fate.STARTED, 7, 8, 13, REPORTS, in_workdays=True),
    Share(Fate.CANCELLED, 3, 9, 14, REPORTS, in_workdays=True),
    Share(Fate.VERIFIED, 5, 8, 14, REPORTS, in_workdays=True),
    Share(Fate.TRANSFERRED, 3, 20, 600, REPORTS),
    Share(Fate.REDIRECTED, 3, 20, 600, REPORTS),
    Share(Fate.DISPUTED, 2, 2, 5, REPORTS, in_workdays=True),
    Share(Fate.ESCALATED, 2, 3, 7, REPORTS, in_workdays=True),
    Share(Fate.MERGED, 3, 5, 9, REPORTS, in_workdays=True),
)


def plans(stage: Stage, cases: Sequence[CasePlan]) -> list[TipPlan]:
    """Return every call, those that lead to a case first."""
    made = [_of_case(stage, plan) for plan in cases if plan.origin == "tip"]
    made += [_told(stage, row) for row in read("tips")["tips"] if "case" not in row]
    made += _drawn(stage)
    made += _mediated(stage)
    rest = TOTAL - _otherwise() - sum(len(plan.fates) for plan in made) - 2 * TWINS
    ended = Share(Fate.CONCLUDED, rest, 75, 715, COMPLAINTS)
    made += _of_share(stage, ended, "ended")
    made += _of_share(stage, Share(Fate.NOT_FILED, TWINS, 80, 700, BOTH), "twin")
    return made


def _mediated(stage: Stage) -> Iterator[TipPlan]:
    """Yield the complaints of the written tables."""
    for number, row in enumerate(read("mediations")["tables"]):
        share = Share(Fate.MEDIATED, 1, row["age"], row["age"], COMPLAINTS, in_workdays=True)
        plan = _one(stage, share, f"table-{number}", row["bureau"], chance(f"table/{number}"))
        yield replace(plan, steps=row["steps"])


def _otherwise() -> int:
    """Return how many tips come without a call: on a list, or found at a table."""
    steps = [step for row in read("mediations")["tables"] for step in row["steps"]]
    return lists.kept_rows() + len([step for step in steps if step[1] == "clue"])


def _drawn(stage: Stage) -> list[TipPlan]:
    return [
        plan
        for number, share in enumerate(SHARED)
        for plan in _of_share(stage, share, f"share-{number}")
    ]


def _of_share(stage: Stage, share: Share, seed: str) -> Iterator[TipPlan]:
    rng = chance(f"tips/{seed}")
    bureaus = dealt(rng, list(SHARES), list(SHARES.values()), share.count)
    for number, bureau in enumerate(bureaus):
        yield _one(stage, share, f"{seed}-{number}", bureau, rng)


def _one(stage: Stage, share: Share, seed: str, bureau: str, rng: Random) -> TipPlan:
    span = share.least + round((share.most - share.least) * rng.random() ** 1.2)
    age = stage.workdays_ago(span) if share.in_workdays else span
    is_twin = share.fate is Fate.NOT_FILED and len(share.kinds) == 2
    weights = (3, 2)[: len(share.kinds)]
    kinds = frozenset(share.kinds if is_twin else rng.choices(share.kinds, weights))
    kind = TipKind.COMPLAINT if TipKind.COMPLAINT in kinds else TipKind.REPORT
    matter, firm = one(rng, kind, stage.firms, (TEAMS | SMALL)[bureau])
    setting = Setting(matter, firm, kinds, stage.today - timedelta(days=age))
    return TipPlan(
        seed=seed,
        call=compose(seed, setting),
        firm=firm,
        bureau=bureau,
        age=age,
        fates=_fates(share.fate, is_twin=is_twin),
        team=rng.randint(0, 9),
        in_hours=share.in_workdays,
        slow=share.slow,
    )


def _fates(fate: Fate, *, is_twin: bool) -> tuple[Fate, ...]:
    if is_twin:
        return Fate.CONCLUDED, Fate.NOT_FILED
    return (Fate.ROUTED, fate) if fate is Fate.MERGED else (fate,)


def _of_case(stage: Stage, plan: CasePlan) -> TipPlan:
    """Return the call behind a case: as written, else as drawn."""
    charge, key = plan.charge, plan.charge.key
    row = next((row for row in read("tips")["tips"] if row.get("case") == key), None)
    if row is not None:
        call = _call(stage, row, charge.breach.firm)
    else:
        call = _call_of(stage, plan, plan.matter)
    return TipPlan(
        seed=key,
        call=call,
        firm=charge.breach.firm,
        bureau=charge.bureau,
        age=plan.age,
        fates=(Fate.CASE,),
        team=charge.team,
        charge=charge,
        in_hours=True,
    )


def _call_of(stage: Stage, plan: CasePlan, matter: Matter | None) -> Call:
    if matter is None:
        raise ValueError(f"nobody wrote down the call behind {plan.charge.key}")
    day = stage.today - timedelta(days=plan.age)
    setting = Setting(matter, plan.charge.breach.firm, frozenset(REPORTS), day)
    return compose(plan.charge.key, setting)


def _told(stage: Stage, row: dict[str, Any]) -> TipPlan:
    firm = stage.firms.keyed(row["firm"])
    kinds = [TipKind(kind) for kind in row["kinds"]]
    age = row["age"]
    if "due" in row:
        age = stage.age_due_today(TipKind(row["due"]))
    return TipPlan(
        seed=f"told-{row['firm']}-{row['age']}",
        call=_call(stage, row | {"age": age}, firm),
        firm=firm,
        bureau=row["bureau"],
        age=age,
        fates=(Fate(row["fate"]),) * len(kinds),
    )


def _call(stage: Stage, row: dict[str, Any], firm: Firm) -> Call:
    day = stage.today - timedelta(days=row["age"])
    bought = day - timedelta(days=row.get("bought", 5))
    kinds = frozenset(TipKind(kind) for kind in row["kinds"])
    seller = stage.firms.keyed(row["seller"]) if "seller" in row else None
    where = seller or firm
    account = Account(
        kinds=kinds,
        facts=row["facts"].strip().format(day=short_day(bought)),
        subject_name=firm.name,
        subject_address=where.business_address,
        seller=seller.name if seller else "",
        product_code=row["product"],
        violation_code=row.get("violation", ""),
        bought_on=bought if TipKind.COMPLAINT in kinds else None,
        amount=Decimal(row["amount"]) if "amount" in row else None,
        wishes=frozenset(Wish(wish) for wish in row.get("wishes", ())),
        is_dangerous=row.get("dangerous", False),
    )
    standing = Standing.REAL_NAME if row["name"] else Standing.ANONYMOUS
    return Call(account, Caller(standing, row["name"], row["phone"]), Channel.TELEPHONE)
