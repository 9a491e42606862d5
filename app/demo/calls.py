"""What do callers of the demonstration tell, and how?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from app.demo.firms import Firm, Register
from app.demo.texts import chance, read
from app.tips.intake import Account, Caller
from app.tips.rules import Channel, Standing, TipKind, Wish

CALLERS = "林周苏方沈陆唐罗宋叶贺曾邓白石丁夏"
TITLES = ("女士", "先生")
RISKY = {"gas_appliance", "fireworks", "e_bicycle_power", "electric_blanket", "kettle"}
#: How many of a hundred calls leave the enterprise's registered name out.
VAGUE = 14


@dataclass(frozen=True)
class Matter:
    """What goes wrong with one product: the headline, the breach, what was seen."""

    product: str
    trade: str
    headline: str
    violation: str
    seen: str
    goods: Sequence[str]
    price: tuple[int, int]
    opens: Sequence[str]
    #: Told of somebody who makes the thing.
    makes: bool
    #: Bought at least so many days before.
    days: int


@dataclass(frozen=True)
class Call:
    """Everything that is told in one call."""

    account: Account
    caller: Caller
    channel: Channel


def matters(kind: TipKind) -> list[tuple[Matter, int]]:
    """Return everything that may be told in a complaint or a report, with its weight."""
    name = "complaints" if kind is TipKind.COMPLAINT else "reports"
    return [
        (_matter(product, row), max(1, product["share"] // len(product[name])))
        for product in read("calls")["products"]
        for row in product[name]
    ]


def _matter(product: dict[str, Any], row: Sequence[Any]) -> Matter:
    headline, violation, seen, *rest = row
    own: dict[str, Any] = rest[0] if rest else {}
    low, high = own.get("price", product["price"])
    return Matter(
        product=product["code"],
        trade=product["trade"],
        headline=headline,
        violation=violation,
        seen=seen,
        goods=[own["goods"]] if "goods" in own else product["goods"],
        price=(low, high),
        opens=product.get("opens") or read("calls")["opens"],
        makes=own.get("makes", False),
        days=own.get("days", 1),
    )


def one(
    rng: Random, kind: TipKind, firms: Register, division: str, among: Collection[str] = ()
) -> tuple[Matter, Firm]:
    """Choose what is told and about whom, so that the trade and the place fit.

    ``among`` are the only breaches that will do, then each matter as likely as the next.
    """
    pairs = [pair for pair in matters(kind) if not among or pair[0].violation in among]
    told = [matter for matter, _ in pairs]
    weights = [1 if among else weight for _, weight in pairs]
    while True:
        matter = rng.choices(told, weights)[0]
        found = firms.lying(matter.trade, division, makes=matter.makes)
        if found:
            return matter, rng.choice(found)


@dataclass(frozen=True)
class Setting:
    """About whom a call is, what it holds, and on which day it comes."""

    matter: Matter
    firm: Firm
    kinds: frozenset[TipKind]
    day: date


def compose(seed: str, setting: Setting, *, channel: Channel | None = None) -> Call:
    """Put one call together; the same seed tells the same story."""
    rng = chance(f"call/{seed}")
    complains = TipKind.COMPLAINT in setting.kinds
    ago = setting.matter.days + rng.choice((0, 0, 1, 2, 4, 8, 13, 21, 55))
    bought_on = setting.day - timedelta(days=ago)
    price = _price(rng, setting.matter)
    filled = {
        "goods": rng.choice(setting.matter.goods),
        "shop": setting.firm.name if rng.randint(1, 100) > VAGUE else "那家店",
        "place": setting.firm.place,
        "day": _said(rng, bought_on, setting.day),
        "price": f"{price:.0f}",
        "n": str(rng.randint(2, 8)),
    }
    told = _complaint(rng, setting.matter) if complains else _report(rng, setting.matter)
    facts = "\n".join(line.format(**filled) for line in told)
    return Call(
        account=Account(
            kinds=setting.kinds,
            facts=facts,
            subject_name="" if filled["shop"] == "那家店" else setting.firm.name,
            subject_address=setting.firm.business_address,
            product_code=setting.matter.product,
            violation_code=setting.matter.violation if rng.random() < 0.7 else "",
            brand_model=_model(rng),
            bought_on=bought_on if complains else None,
            amount=price if complains else None,
            wishes=_wishes(rng) if complains else frozenset(),
            is_dangerous=setting.matter.product in RISKY and rng.random() < 0.35,
        ),
        caller=_caller(rng, complains=complains),
        channel=channel or _channel(rng),
    )


def _complaint(rng: Random, matter: Matter) -> list[str]:
    written = read("calls")
    opening, seen = rng.choice(matter.opens), matter.seen
    answer, proof = rng.choice(written["answers"]), rng.choice(written["proofs"])
    end, aside = rng.choice(written["ends_complaint"]), rng.choice(written["asides"])
    frames = (
        [matter.headline, f"{opening}{seen}{answer}{proof}{end}", aside],
        [matter.headline, f"{seen}{opening}{answer}{end}"],
        [f"{matter.headline}。{seen}", f"{opening}{proof}{answer}{end}"],
        [matter.headline, f"{aside}{opening}{seen}", f"{answer}{end}{proof}"],
        [f"{opening}{matter.headline}。{seen}{answer}{end}"],
        [f"{seen}{opening}{answer}", f"{proof}{end}"],
    )
    chosen = rng.choices(frames, (6, 5, 3, 3, 2, 1))[0]
    return [line for line in chosen if line]


def _report(rng: Random, matter: Matter) -> list[str]:
    written = read("calls")
    sight, end = rng.choice(written["sights"]), rng.choice(written["ends_report"])
    proof, aside = rng.choice(written["proofs"]), rng.choice(written["asides"])
    frames = (
        [matter.headline, f"{sight}{matter.seen}{end}"],
        [matter.headline, f"{matter.seen}{sight}{proof}{end}", aside],
        [f"{matter.headline}。{sight}", f"{matter.seen}{end}"],
        [matter.headline, f"{aside}{sight}{matter.seen}"],
        [f"{sight}{matter.seen}{end}"],
    )
    chosen = rng.choices(frames, (6, 5, 3, 3, 1))[0]
    return [line for line in chosen if line]


def _price(rng: Random, matter: Matter) -> Decimal:
    low, high = matter.price
    price = low + (high - low) * rng.random() ** 2
    return Decimal(round(price / 10) * 10 if price > 300 else round(price))


def _said(rng: Random, on: date, today: date) -> str:
    """Say a day the way people do on the telephone."""
    ago = (today - on).days
    if ago <= 2 and rng.random() < 0.7:
        return {1: "昨天", 2: "前天"}[ago]
    if ago <= 10 and rng.random() < 0.3:
        return rng.choice(("前几天", "上周", "前阵子"))
    if (on.year, on.month) != (today.year, today.month) and ago < 40 and rng.random() < 0.4:
        return f"上个月{on.day}号"
    return rng.choice((f"{on.month}月{on.day}日", f"{on.month}月{on.day}号"))


def _model(rng: Random) -> str:
    if rng.random() < 0.6:
        return ""
    return f"演示牌 {rng.choice('ABKMQX')}{rng.randint(10, 99)}"


def _wishes(rng: Random) -> frozenset[Wish]:
    usual = (Wish.RETURN, Wish.REFUND, Wish.REPLACE, Wish.COMPENSATE, Wish.REPAIR, Wish.MAKE_UP)
    first = rng.choices(usual, (8, 5, 4, 4, 2, 1))[0]
    second = rng.choices(usual, (2, 2, 1, 5, 1, 1))[0]
    return frozenset({first, second} if rng.random() < 0.45 else {first})


def _caller(rng: Random, *, complains: bool) -> Caller:
    if not complains and rng.random() < 0.42:
        phone = f"1380000{rng.randint(0, 9999):04d}" if rng.random() < 0.4 else ""
        return Caller(Standing.ANONYMOUS, phone=phone)
    standing = Standing.ON_BEHALF if rng.random() < 0.08 else Standing.REAL_NAME
    name = rng.choice(CALLERS) + rng.choice(TITLES)
    return Caller(standing, name, f"1380000{rng.randint(0, 9999):04d}")


def _channel(rng: Random) -> Channel:
    usual = (
        Channel.TELEPHONE, Channel.PLATFORM, Channel.WEB, Channel.VISIT, Channel.LETTER,
        Channel.TRANSFER,
    )  # fmt: skip
    return rng.choices(usual, (62, 12, 12, 6, 4, 4))[0]
