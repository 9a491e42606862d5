"""Does the record hint that a complainant does not buy for daily life (令121 art. 17)?

A hint stands beside the choice of ground; it never refuses anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from app.kernel import clock, storage
from app.kernel.db import db
from app.tips import rules
from app.tips.models import Reporter, Tip
from app.tips.rules import ORDER_121, TipKind

#: The law gives no number of days: counted are the thirty before the complaint.
WINDOW = timedelta(days=30)


class Factor(StrEnum):
    """The five factors of 令121 art. 17."""

    FREQUENCY = "frequency"
    CONCENTRATED = "concentrated"
    NO_PROOF = "no_proof"
    SHARED = "shared"
    OTHER = "other"


@dataclass(frozen=True)
class Hint:
    """What the record knows to a factor; ``count`` is 0 where nothing is counted."""

    code: str
    count: int = 0


Weighed = list[tuple[Factor, list[Hint]]]


def weighed(tip: Tip) -> Weighed:
    """Return the five factors, each with its hints; none under 令20, which knew no such list."""
    if rules.order_at(clock.legal_day(tip.received_at)) is not ORDER_121:
        return []
    found: dict[Factor, list[Hint]] = {factor: [] for factor in Factor}
    for factor, hint in _hints(tip):
        found[factor].append(hint)
    return list(found.items())


def is_too_old(tip: Tip) -> bool:
    """Tell whether three years have passed between purchase and complaint (art. 16 no. 4)."""
    return rules.is_too_old(tip.bought_on, clock.legal_day(tip.received_at))


def _hints(tip: Tip) -> Iterator[tuple[Factor, Hint]]:
    phone = db.session.get_one(Reporter, tip.reporter_id).phone_index
    if phone is not None:
        mine = _complaints(tip, Reporter.phone_index == phone)
        if mine > 1:
            yield Factor.FREQUENCY, Hint("same_number", mine)
            yield Factor.SHARED, Hint("other_names", mine - 1)
    if tip.is_for_trade:
        yield Factor.FREQUENCY, Hint("for_trade")
    if tip.enterprise_id is not None:
        against = _complaints(tip, Tip.enterprise_id == tip.enterprise_id)
        if against > 1:
            yield Factor.CONCENTRATED, Hint("same_firm", against)
    if tip.bought_on is None and not storage.attachments_of("tip", tip.reference):
        yield Factor.NO_PROOF, Hint("no_papers")


def _complaints(tip: Tip, alike: ColumnElement[bool]) -> int:
    """Count complaints of the thirty days before, this one too: a number alone, of all bureaus."""
    query = (
        select(func.count())
        .select_from(Tip)
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(
            alike,
            Tip.kind == TipKind.COMPLAINT,
            Tip.received_at > tip.received_at - WINDOW,
            Tip.received_at <= tip.received_at,
        )
    )
    return db.session.scalar(query) or 0
