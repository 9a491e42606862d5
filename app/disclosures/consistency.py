"""Do title, summary and text of a disclosure say the same: number, sums, days, party, organ?

A fault names two places as they are written, so that a person sees which of them to mend. Those
that would publish something false stop the release; the others are shown (令45 art. 4 names the
rows; 令2 art. 62 what the decision itself must say).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.cases.penalties import PAID, Item
from app.disclosures import sums
from app.kernel.identifiers import BadIdentifier, credit_code, document_number, resident_check
from app.kernel.text import day, fold, plain_money


class Check(StrEnum):
    """What does not agree."""

    NUMBER = "number"
    NUMBER_MISSING = "number_missing"
    CAPITALS = "capitals"
    AMOUNT_MISSING = "amount_missing"
    SUM = "sum"
    DAY = "day"
    DAY_IMPOSSIBLE = "day_impossible"
    DAYS_REVERSED = "days_reversed"
    DAY_AFTER = "day_after"
    CODE = "code"
    CODE_WRONG = "code_wrong"
    RESIDENT = "resident"
    PARTY = "party"
    PARTY_MISSING = "party_missing"
    AUTHORITY = "authority"


#: Shown to the drafter, but a person may know better.
HINTS = frozenset({Check.DAY_AFTER, Check.RESIDENT, Check.PARTY})


@dataclass(frozen=True)
class Disagreement:
    """Two places that should say the same; ``here`` and ``there`` as they are written."""

    check: Check
    here: str
    there: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it stops the release."""
        return self.check not in HINTS


@dataclass(frozen=True, kw_only=True)
class Told:
    """What title and summary say of a decision, and the decision's items."""

    title: str
    number: str
    party_name: str
    credit_code: str
    authority: str
    decided_on: date
    penalty: Sequence[str]
    items: Sequence[Item]


def disagreements(text: str, told: Told) -> list[Disagreement]:
    """Everything in which a decision's text, its title and its summary do not agree."""
    found = [
        *_numbers(text, told),
        *_capitals(text),
        *_capitals("\n".join(told.penalty)),
        *_amounts(text, told),
        *_days(text, told),
        *_codes(text, told),
        *_names(text, told),
    ]
    return list(dict.fromkeys(found))


# --- number ---------------------------------------------------------------------------------------

HEAD_LINES = 6
DOCUMENT = re.compile(
    r"[\u4e00-\u9fff（()）]{2,16}(?:字)?[〔\[﹝【(（]20\d\d[〕\]﹞】)）]第?\d{1,18}(?:-\d{1,3})?号"
)


def _numbers(text: str, told: Told) -> Iterator[Disagreement]:
    expected = _key(told.number)
    head = [line for line in text.splitlines() if line.strip()][:HEAD_LINES]
    in_head = [found.group() for line in head for found in DOCUMENT.finditer(line)]
    for written in [*in_head[:1], *(one.group() for one in DOCUMENT.finditer(told.title))]:
        if _key(written) != expected and not _key(written).endswith(expected):
            yield Disagreement(Check.NUMBER, written, told.number)
    if not in_head and fold(told.number) not in fold(text):
        yield Disagreement(Check.NUMBER_MISSING, told.number)


def _key(number: str) -> str:
    try:
        return fold(document_number(number).key)
    except BadIdentifier:
        return fold(number)


# --- sums -----------------------------------------------------------------------------------------


def _capitals(text: str) -> Iterator[Disagreement]:
    for value, spelt, worth in sums.pairs(text):
        if worth is not None and worth != value:
            yield Disagreement(Check.CAPITALS, plain_money(value), spelt)


def _amounts(text: str, told: Told) -> Iterator[Disagreement]:
    paid = [item for item in told.items if item.kind in PAID and item.amount is not None]
    for place in (text, "\n".join(told.penalty)):
        said = sums.named(place)
        for item in paid:
            if item.amount not in said:
                yield Disagreement(Check.AMOUNT_MISSING, item.text)
    total = sum((item.amount for item in paid if item.amount is not None), start=Decimal(0))
    for said_total in sums.totals(text):
        if paid and said_total != total:
            yield Disagreement(Check.SUM, plain_money(said_total), plain_money(total))


# --- days -----------------------------------------------------------------------------------------

DAY = re.compile(r"(20\d\d|19\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
PAST_ACTS = re.compile(r"(?:检查|立案|抽样|检验|查明|购进|生产|销售|告知|扣押)[^。；\n]{0,4}$")
LAST_LINES = 3


def _days(text: str, told: Told) -> Iterator[Disagreement]:
    before: tuple[int, date] | None = None
    for found in DAY.finditer(text):
        this = _day(found)
        if this is None:
            yield Disagreement(Check.DAY_IMPOSSIBLE, found.group())
            continue
        if before and text[before[0] : found.start()].strip() in {"至", "到", "—", "-", "起至"}:
            if this < before[1]:
                yield Disagreement(Check.DAYS_REVERSED, day(before[1]), day(this))
        elif this > told.decided_on and PAST_ACTS.search(text[: found.start()][-12:]):
            yield Disagreement(Check.DAY_AFTER, day(this), day(told.decided_on))
        before = found.end(), this
    lines = [line.strip() for line in text.splitlines() if line.strip()][-LAST_LINES:]
    for line in lines:
        signed = DAY.fullmatch(line)
        if signed and (this := _day(signed)) and this != told.decided_on:
            yield Disagreement(Check.DAY, day(this), day(told.decided_on))


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


# --- codes ----------------------------------------------------------------------------------------

CODE = re.compile(r"统一社会信用代码[^0-9A-Za-z\n]{0,6}([0-9A-Za-z]{15,20})(?![0-9A-Za-z])")
RESIDENT = re.compile(r"(?<![0-9A-Za-z])([1-9]\d{16}[0-9Xx])(?![0-9A-Za-z])")


def _codes(text: str, told: Told) -> Iterator[Disagreement]:
    for at, found in enumerate(CODE.finditer(text)):
        try:
            read = credit_code(found[1]).text
        except BadIdentifier:
            if len(found[1]) != 15:  # an old registration number has no check digit
                yield Disagreement(Check.CODE_WRONG, found[1])
            continue
        if at == 0 and told.credit_code and read != told.credit_code:
            yield Disagreement(Check.CODE, read, told.credit_code)
    for found in RESIDENT.finditer(text):
        number = found[1].upper()
        labelled = "身份" in text[max(0, found.start() - 16) : found.start()]
        if labelled and resident_check(number[:17]) != number[17]:
            yield Disagreement(Check.RESIDENT, f"…{number[-4:]}")


# --- names ----------------------------------------------------------------------------------------

PARTY = re.compile(r"^(?:当事人|被处罚人)(?:名称|姓名)?[:：] *(\S[^，,；;（(\n]*)", re.MULTILINE)
ORGAN = re.compile(r"[\u4e00-\u9fff]{2,24}局")
SHORTEST_PARTY = 5  # shorter names stand one sign apart from ordinary words


def _names(text: str, told: Told) -> Iterator[Disagreement]:
    party, whole = fold(told.party_name), fold(text)
    if party not in whole:
        yield Disagreement(Check.PARTY_MISSING, told.party_name)
    elif len(party) >= SHORTEST_PARTY:
        for written in dict.fromkeys(_nearly(party, whole)):
            yield Disagreement(Check.PARTY, written, told.party_name)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in [*lines[:1], *lines[-LAST_LINES:]]:
        organ = line.removesuffix("行政处罚决定书")
        if ORGAN.fullmatch(organ) and fold(organ) != fold(told.authority):
            yield Disagreement(Check.AUTHORITY, organ, told.authority)


def _nearly(name: str, text: str) -> Iterator[str]:
    """Stretches that differ from a name in exactly one ideograph, its beginning or end alike."""
    for anchor, shift in ((name[:2], 0), (name[-2:], len(name) - 2)):
        at = text.find(anchor)
        while at >= 0:
            part = text[max(0, at - shift) : at - shift + len(name)]
            if len(part) == len(name) and sum(map(str.__ne__, part, name)) == 1:
                yield part
            at = text.find(anchor, at + 1)
