"""Which acts does the page of a credit repair offer, and what does each of them do?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.disclosures.repairs import actions
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import WORKFLOW
from app.kernel.acts import Act
from app.kernel.identity import Identity

Do = Callable[[Repair, Any, Identity], object]
_DO: dict[str, Do] = {
    "accept": lambda r, _typed, by: actions.accept(r, by=by),
    "ask_more": lambda r, typed, by: actions.ask_more(r, reason=typed.reason.data, by=by),
    "complete": lambda r, typed, by: actions.complete(r, papers=typed.papers.data or (), by=by),
    "refuse": lambda r, typed, by: actions.refuse(r, reason=typed.reason.data, by=by),
    "extend": lambda r, typed, by: actions.extend(r, reason=typed.reason.data, by=by),
    "grant": lambda r, typed, by: actions.grant(
        r, conditions=typed.conditions.data or (), reason=typed.reason.text, by=by
    ),
    "deny": lambda r, typed, by: actions.deny(r, reason=typed.reason.data, by=by),
    "apply": lambda r, _typed, by: actions.apply(r, by=by),
    "revoke": lambda r, typed, by: actions.revoke(r, reason=typed.reason.data, by=by),
}
_NEEDS = {step.action.value: step.permission for step in WORKFLOW.transitions}

#: In the order in which the page shows them.
ACTS = tuple(Act[Repair](name, _NEEDS[name], do) for name, do in _DO.items())
