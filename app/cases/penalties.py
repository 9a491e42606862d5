"""Are the penalty items, their sums and the decision's text of one piece?

处罚法 art. 9 names the kinds of penalty; 令2 art. 62 names what a decision must say. A demand to
correct (责令改正, 处罚法 art. 28) stands beside the penalties but is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from app.kernel.errors import Refused
from app.kernel.identifiers import BadIdentifier, credit_code
from app.kernel.text import capitals, day, fold

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
#: As many items as the form of a decision has rows.
MOST_ITEMS = 8
#: Where the number and the day are put at the moment of decision; each stands in the text once.
NUMBER_PLACE = "【文号】"
DATE_PLACE = "【日期】"


class PartyKind(StrEnum):
    """Whom a decision names (three forms of 2021)."""

    UNIT = "unit"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"


class PenaltyKind(StrEnum):
    """What one item of a decision orders (处罚法 art. 9; ``order`` is art. 28)."""

    WARNING = "warning"
    CIRCULAR = "circular"
    FINE = "fine"
    CONFISCATE_INCOME = "confiscate_income"
    CONFISCATE_GOODS = "confiscate_goods"
    SUSPEND_LICENCE = "suspend_licence"
    DOWNGRADE = "downgrade"
    REVOKE_LICENCE = "revoke_licence"
    RESTRICT = "restrict"
    SUSPEND_BUSINESS = "suspend_business"
    CLOSE_DOWN = "close_down"
    BAR_PERSON = "bar_person"
    ORDER = "order"


#: Kinds that name a sum of money; the goods' value is told when it is known.
WITH_AMOUNT = frozenset(
    {PenaltyKind.FINE, PenaltyKind.CONFISCATE_INCOME, PenaltyKind.CONFISCATE_GOODS}
)
#: Kinds whose sum must be told, in the item and in the text.
PAID = frozenset({PenaltyKind.FINE, PenaltyKind.CONFISCATE_INCOME})


class Row(TypedDict):
    """An item as the database keeps it."""

    kind: str
    text: str
    amount: str | None


@dataclass(frozen=True)
class Item:
    """One numbered item of a decision."""

    kind: PenaltyKind
    text: str
    amount: Decimal | None = None

    def to_row(self) -> Row:
        """Return the item as the database keeps it: the amount as exact text."""
        amount = None if self.amount is None else f"{self.amount:.2f}"
        return Row(kind=self.kind.value, text=self.text, amount=amount)

    @classmethod
    def from_row(cls, row: Row) -> Item:
        """Read an item as the database keeps it."""
        amount = row["amount"]
        exact = None if amount is None else Decimal(amount)
        return cls(PenaltyKind(row["kind"]), row["text"], exact)


@dataclass(frozen=True)
class Totals:
    """What the items come to, in 元."""

    fine: Decimal
    confiscated_income: Decimal
    confiscated_goods: Decimal

    @property
    def payable(self) -> Decimal:
        """What the party has to pay."""
        return self.fine + self.confiscated_income


def totals(items: Sequence[Item]) -> Totals:
    """Add up the items by kind, exactly."""

    def of(kind: PenaltyKind) -> Decimal:
        return sum((i.amount for i in items if i.kind is kind and i.amount), start=ZERO)

    return Totals(
        of(PenaltyKind.FINE), of(PenaltyKind.CONFISCATE_INCOME), of(PenaltyKind.CONFISCATE_GOODS)
    )


def is_warning_only(items: Sequence[Item]) -> bool:
    """Tell whether the penalty is a mere warning, which is not published (令45 art. 2)."""
    kinds = {item.kind for item in items} - {PenaltyKind.ORDER}
    return kinds == {PenaltyKind.WARNING}


def check_items(items: Sequence[Item]) -> None:
    """Refuse a decision without penalty, an item without words, and amounts that cannot be."""
    if not items or all(item.kind is PenaltyKind.ORDER for item in items):
        raise Refused("no_penalty", field="kind_1")
    if len(items) > MOST_ITEMS:
        raise Refused("too_many_items", field="kind_1", most=MOST_ITEMS)
    for number, item in enumerate(items, start=1):
        _check_item(number, item)


def _check_item(number: int, item: Item) -> None:
    if not item.text:
        raise Refused("item_without_words", field=f"text_{number}", number=number)
    if item.amount is None:
        if item.kind in PAID:
            raise Refused("amount_needed", field=f"amount_{number}", number=number)
        return
    if item.kind not in WITH_AMOUNT:
        raise Refused("amount_not_here", field=f"amount_{number}", number=number)
    if item.amount < 0 or item.amount != item.amount.quantize(CENT):
        raise Refused("amount_impossible", field=f"amount_{number}", number=number)
    if item.kind is PenaltyKind.FINE and item.amount == 0:
        raise Refused("amount_needed", field=f"amount_{number}", number=number)


@dataclass(frozen=True)
class Party:
    """Whom the decision is made against."""

    kind: PartyKind
    name: str
    credit_code: str = ""
    registration_number: str = ""
    legal_representative: str = ""
    address: str = ""


def checked_party(party: Party) -> Party:
    """Return the party with its code in house form; refuse a unit without code or representative.

    A person has neither (forms of 2021). A sole trader registered long ago may have only a
    registration number of fifteen figures.
    """
    if party.kind is PartyKind.UNIT and not party.credit_code:
        raise Refused("party_code_needed", field="credit_code")
    if party.kind is PartyKind.SOLE_TRADER and not (party.credit_code or party.registration_number):
        raise Refused("party_code_needed", field="credit_code")
    if party.kind is not PartyKind.PERSON and not party.legal_representative:
        raise Refused("representative_needed", field="legal_representative")
    if not party.credit_code:
        return party
    try:
        return replace(party, credit_code=credit_code(party.credit_code).text)
    except BadIdentifier as fault:
        raise Refused("credit_code_wrong", field="credit_code") from fault


def check_text(text: str, *, party: str, items: Sequence[Item]) -> None:
    """Refuse a text that lacks its number or day, the party, or a sum the items name."""
    for place, code in ((NUMBER_PLACE, "text_number_place"), (DATE_PLACE, "text_date_place")):
        if text.count(place) != 1:
            raise Refused(code, field="text", place=place)
    if fold(party) not in fold(text):
        raise Refused("text_lacks_party", field="text")
    for item in items:
        if item.kind in PAID and item.amount is not None and not says(text, item.amount):
            raise Refused("text_lacks_amount", field="text", amount=f"{item.amount:.2f}")


def says(text: str, amount: Decimal) -> bool:
    """Tell whether a text names a sum: in figures with or without fen, in 万元, or in capitals."""
    plain = re.sub(r"(?<=\d)[,，\u2009\u202f ](?=\d{3})", "", text)
    for found in re.finditer(r"(\d+(?:\.\d+)?)\s*(万?)元", plain):
        told = Decimal(found[1]) * (10_000 if found[2] else 1)
        if told == amount:
            return True
    spelt = capitals(amount)
    return spelt in plain or spelt.replace("元", "圆") in plain


def seal_text(text: str, *, number: str, decided_on: date) -> str:
    """Put the number and the day into their places: the text as it will be served."""
    return text.replace(NUMBER_PLACE, number).replace(DATE_PLACE, day(decided_on))
