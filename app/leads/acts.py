"""Which acts does the page of a lead offer beside proposing a case, and what does each do?"""

from __future__ import annotations

from typing import Any

from app.kernel.acts import Act
from app.kernel.identity import Identity
from app.leads import actions
from app.leads.models import Lead
from app.units import queries as units


def _transfer(lead: Lead, typed: Any, by: Identity) -> None:
    to = units.by_code(typed.bureau.data) if typed.bureau.data else None
    passage = actions.Passage(to, typed.authority.text, typed.number.text, typed.reason.text)
    actions.transfer(lead, passage, by=by)


ACTS: tuple[Act[Lead], ...] = (
    Act(
        "decline",
        "lead:decide",
        lambda lead, typed, by: actions.decline(lead, reason=typed.reason.text, by=by),
    ),
    Act("transfer", "lead:transfer", _transfer),
    Act(
        "merge",
        "lead:merge",
        lambda lead, typed, by: actions.merge(
            lead, typed.into.text, reason=typed.reason.text, by=by
        ),
    ),
    Act(
        "receipt",
        "lead:receipt",
        lambda lead, typed, by: actions.note_receipt(lead, typed.on.day, by=by),
    ),
)
