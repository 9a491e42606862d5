"""What may a reporter with number and query code see of a tip?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clocks import queries as clocks
from app.kernel import clock, vault
from app.kernel.db import db
from app.tips import rules
from app.tips.models import Reporter, Tip
from app.tips.rules import TipKind, TipState


@dataclass(frozen=True)
class Progress:
    """One tip in plain words: no names, no internal reasons, nothing of the other party."""

    reference: str
    kind: TipKind
    state: TipState
    received_on: date
    bureau_name: str
    bureau_phone: str
    due_on: date | None


def progress(number: str, code: str) -> list[Progress]:
    """Return the progress of a call's tips; empty alike for unknown numbers and wrong codes."""
    plain = rules.read_code(code)
    # The same look-up whether the code can be one or not: an answer's time tells nothing.
    index = vault.blind_index(plain or "-", field="code")
    query = (
        select(Tip)
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(Reporter.code_index == index)
        .order_by(Tip.reference)
    )
    tips = db.session.scalars(query).all()
    if plain is None or number.strip() not in {tip.reference for tip in tips}:
        return []
    return [_progress(tip) for tip in tips]


def _progress(tip: Tip) -> Progress:
    running = clocks.main_clock("tip", tip.reference)
    return Progress(
        reference=tip.reference,
        kind=tip.kind,
        state=tip.state,
        received_on=clock.legal_day(tip.received_at),
        bureau_name=tip.bureau.name,
        bureau_phone=tip.bureau.phone,
        due_on=running.due_on if running else None,
    )
