"""Which sixty cases are there, where do they come from, and how does each end?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from app.cases.rules import Source
from app.demo.calls import Matter, one
from app.demo.casework import Charge
from app.demo.decisions import Breach
from app.demo.disclosing import Showing, Shown
from app.demo.stage import TEAMS, Stage, goods
from app.demo.texts import chance, dealt, read
from app.tips.rules import TipKind

#: How many of the drawn cases whose origin is open come from where, and in which bureau they lie.
ORIGINS = {"tip": 22, "task": 8, "hand": 11}
SHARES = {"qs": 12, "bs": 10, "dh": 9, "wj": 8, "dl": 7}
HAND = (Source.TRANSFER, Source.ASSIGNED, Source.OTHER)
#: What a party answered to the notice, by weight.
STATEMENTS = ("", "waived", "stated", "heard")
USUAL = (9, 6, 3, 1)


@dataclass(frozen=True)
class CasePlan:
    """One case, what is told about it, and when its tip, task or proposal comes."""

    charge: Charge
    origin: str
    age: int
    matter: Matter | None = None


def plans(stage: Stage) -> Iterator[CasePlan]:
    """Yield the known cases, then the drawn ones."""
    for row in read("cases")["known"]:
        yield _known(stage, row)
    rng = chance("cases")
    rows = [row for row in read("cases")["drawn"] for _ in range(row["count"])]
    loose = sum("origin" not in row for row in rows)
    origins = iter(dealt(rng, list(ORIGINS), list(ORIGINS.values()), loose))
    bureaus = dealt(rng, list(SHARES), list(SHARES.values()), len(rows))
    for number, (row, bureau) in enumerate(zip(rows, bureaus, strict=True)):
        origin = row.get("origin") or next(origins)
        yield _drawn(stage, f"case-{number}", row, row.get("bureau", bureau), origin)


def _source(origin: str, rng: Random) -> Source:
    if origin == "tip":
        return Source.TIP
    return Source.INSPECTION if origin == "task" else rng.choice(HAND)


def _known(stage: Stage, row: dict[str, Any]) -> CasePlan:
    key, rng = row["key"], chance(f"known/{row['key']}")
    found = goods(key, row["product"], quantity=row.get("quantity", 0), price=row.get("price", 0))
    breach = Breach(
        key=key,
        firm=stage.firms.keyed(row["firm"]),
        goods=found,
        violation=row["violation"],
        source=_source(row["source"], rng),
        private=row.get("private", False),
        left=row.get("left"),
        fine=row.get("fine"),
        income=row.get("income"),
    )
    return CasePlan(_charge(breach, row, row["bureau"], rng), row["source"], row["age"])


def _charge(breach: Breach, row: dict[str, Any], bureau: str, rng: Random) -> Charge:
    days = row.get("days", {})
    shown = row.get("shown")
    statement = row.get("statement", rng.choices(STATEMENTS, USUAL)[0])
    return Charge(
        breach=breach,
        bureau=bureau,
        fate=row["fate"],
        team=rng.randint(0, 9) * 2,
        showing=Showing(breach, bureau, Shown(shown), days.get("publish")) if shown else None,
        statement=statement,
        days=days,
    )


def _drawn(stage: Stage, key: str, row: dict[str, Any], bureau: str, origin: str) -> CasePlan:
    rng = chance(f"drawn/{key}")
    punished = row.get("violations") or set(read("decisions")["offences"]) - {"other_violation"}
    matter, firm = one(rng, TipKind.REPORT, stage.firms, TEAMS[bureau], punished)
    breach = Breach(
        key=key,
        firm=firm,
        goods=goods(key, matter.product),
        violation="other_violation" if "rule" in row else matter.violation,
        source=_source(origin, rng),
        private=rng.random() < 0.35,
        beyond=row.get("beyond", ""),
        rule=row.get("rule", ""),
    )
    if "workdays" in row:
        age = stage.workdays_ago(rng.randint(*row["workdays"]))
    else:
        age = rng.randint(*row["ages"])
    return CasePlan(_charge(breach, row, bureau, rng), origin, age, matter)
