"""How is a decision of the demonstration worded, and what does it come to?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from app.cases import documents
from app.cases.actions import Typed, Wording
from app.cases.models import Case
from app.cases.penalties import Item, Party, PartyKind, PenaltyKind, totals
from app.cases.rules import Source
from app.demo.firms import Firm
from app.demo.stage import Goods
from app.demo.texts import chance, read
from app.kernel.text import day

#: 认证认可条例 art. 66: below this value the fine is a share of it.
SMALL_VALUE = 10_000
#: Breaches that a laboratory proves.
TESTED = {"below_standard", "failed_as_passed", "adulteration"}
ORIGINS = {
    Source.TIP: "tip",
    Source.INSPECTION: "campaign",
    Source.TRANSFER: "transfer",
    Source.ASSIGNED: "transfer",
    Source.OTHER: "patrol",
}


@dataclass(frozen=True)
class Breach:
    """What an enterprise did, with what, and what a story fixes of the sums."""

    key: str
    firm: Firm
    goods: Goods
    violation: str
    source: Source
    private: bool = False
    left: int | None = None
    fine: int | None = None
    income: int | None = None
    #: A kind of penalty beyond the money: suspend_business, revoke_licence, warning.
    beyond: str = ""
    #: The written offence, where it is not that of the violation's code.
    rule: str = ""

    @property
    def offence(self) -> dict[str, Any]:
        """The written row of this kind of breach."""
        row: dict[str, Any] = read("decisions")["offences"][self.rule or self.violation]
        return row

    @property
    def verb(self) -> str:
        """生产 for a maker, 销售 for a seller."""
        return "生产" if self.firm.makes else "销售"

    @property
    def deed(self) -> str:
        """What was done, as titles say it."""
        return str(self.offence["deed"]).format(verb=self.verb, goods=self.goods.noun)

    @property
    def title(self) -> str:
        """The title of the case."""
        return f"{self.firm.name}{self.deed}案"

    @property
    def proof(self) -> str:
        """How it was proved: by samples, without them, or by a refusal at the door."""
        if self.rule == "refused_check":
            return "refused"
        return "tested" if self.violation in TESTED else "untested"

    @property
    def witness(self) -> str:
        """Somebody whose name must not become public; nobody in most cases."""
        if not self.private:
            return ""
        written = read("firms")
        rng = chance(f"witness/{self.key}")
        return f"{rng.choice('陈许何吕姜')}{rng.choice(written['given'])}"

    @property
    def is_mitigated(self) -> bool:
        """Whether the fine was set from the milder steps."""
        return chance(f"mild/{self.key}").random() < 0.4


@dataclass(frozen=True)
class Sums:
    """What the goods were worth and what the decision takes."""

    value: Decimal
    sold: int
    left: int
    income: Decimal
    fine: Decimal


def sums_of(breach: Breach) -> Sums:
    """Return the sums of a breach, within what its article allows."""
    rng = chance(f"sums/{breach.key}")
    found = breach.goods
    sold = round(found.quantity * rng.uniform(0.15, 0.6))
    if breach.left is not None:
        sold = found.quantity - breach.left
    value = Decimal(found.quantity * found.price)
    jiao = round(sold * found.price * rng.uniform(1.2, 3.0))
    income = Decimal(jiao) / 10 if breach.income is None else Decimal(breach.income)
    if breach.is_mitigated and breach.offence.get("keeps_goods"):
        income = Decimal(0)  # what was earned has been paid back
    return Sums(value, sold, found.quantity - sold, income, _fine(breach, rng, value))


def _fine(breach: Breach, rng: Random, value: Decimal) -> Decimal:
    row = breach.offence
    if breach.fine is not None:
        return Decimal(breach.fine)
    if "fixed" in row and value >= SMALL_VALUE:
        least, most = row["fixed"]
        return Decimal(least if breach.is_mitigated else rng.randrange(least, most, 5_000))
    least, most = (row["least"], row["most"]) if row["most"] else (1.0, 1.8)
    share = least + 0.05 if breach.is_mitigated else rng.uniform(least, most)
    return max(Decimal(100), Decimal(round(float(value) * share / 100) * 100))


def typed(breach: Breach, case: Case) -> Typed:
    """Return the whole decision as its officers would type it in."""
    rng, sums = chance(f"decision/{breach.key}"), sums_of(breach)
    items = _items(breach, sums)
    row, written = breach.offence, read("decisions")["phrases"]
    clue = documents.statement_text(case.notice_on, case.statement_kind, case.statement_outcome)
    reasons = written["reasons"][1 if breach.is_mitigated else rng.choice((0, 2))]
    wording = Wording(
        violation_title=breach.deed,
        laws_broken=row["producing" if breach.firm.makes else "selling"],
        laws_applied=row["applied"],
        facts=_facts(breach, sums, rng, case),
        evidence=rng.choice(written[f"evidence_{breach.proof}"]),
        statement=clue,
        reasons=reasons,
        performance=documents.performance_text(totals(items)),
        remedies=documents.remedies_text(case.bureau.name),
    )
    return Typed(_party(breach.firm), items, wording)


def _party(firm: Firm) -> Party:
    return Party(
        kind=PartyKind(firm.kind.value),
        name=firm.name,
        credit_code=firm.credit_code,
        legal_representative=firm.representative,
        address=firm.business_address,
    )


def _facts(breach: Breach, sums: Sums, rng: Random, case: Case) -> str:
    phrases, found = read("decisions")["phrases"], breach.goods
    filled = {
        "day": day(case.clue_on),
        "origin": rng.choice(phrases[ORIGINS[breach.source]]),
        "address": breach.firm.business_address,
        "goods": found.noun,
        "quantity": f" {found.quantity} ",
        "unit": found.unit,
        "price": f" {found.price} ",
        "items": found.tested,
        "report_day": day(_report_day(case)),
        "value": f" {sums.value:.2f} ",
        "sold": f" {sums.sold} ",
        "income": f" {sums.income:.2f} ",
        "witness": breach.witness,
        "phone": f"1380000{rng.randint(0, 9999):04d}",
    }
    names = ["found", breach.proof, "sums" if sums.income else "sums_without_income"]
    if breach.proof == "refused":
        names = ["refused"]
    parts = [rng.choice(phrases[name]) for name in names]
    if breach.witness:
        parts.append(rng.choice(phrases["private"]))
    return "\n".join(part.format(**filled) for part in parts)


def _report_day(case: Case) -> date:
    """Return a day between filing and review, on which a test report may have come."""
    first = case.filed_on or case.clue_on
    last = case.reviewed_on or first
    return first + (last - first) // 2


def _items(breach: Breach, sums: Sums) -> list[Item]:
    found, row = breach.goods, breach.offence
    items = [Item(PenaltyKind.ORDER, row.get("order", "责令停止违法行为"))]
    if breach.proof == "refused":
        items.append(Item(PenaltyKind.WARNING, "警告"))
        return items + _beyond(breach)
    if not row.get("keeps_goods") and sums.left:
        taken = f"没收{found.noun} {sums.left} {found.unit}"
        items.append(Item(PenaltyKind.CONFISCATE_GOODS, taken, Decimal(sums.left * found.price)))
    items.append(Item(PenaltyKind.FINE, f"罚款 {sums.fine:.2f} 元", sums.fine))
    if sums.income:
        income = f"没收违法所得 {sums.income:.2f} 元"
        items.append(Item(PenaltyKind.CONFISCATE_INCOME, income, sums.income))
    return items + _beyond(breach)


def _beyond(breach: Breach) -> list[Item]:
    words = BEYOND.get(breach.beyond)
    return [Item(PenaltyKind(breach.beyond), words)] if words else []


BEYOND = {
    "suspend_business": "责令停业整顿十五日",
    "revoke_licence": "吊销营业执照",
}
