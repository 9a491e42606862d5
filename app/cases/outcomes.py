"""Who above the cases hears whether one was filed?"""

from __future__ import annotations

from collections.abc import Callable

from app.cases.models import Case
from app.kernel.identity import Identity

Listener = Callable[[Case, Identity], None]
_listeners: list[Listener] = []


def heard_by(listener: Listener) -> None:
    """Let a slice above, which cases may not know, follow the decision on the filing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(case: Case, by: Identity) -> None:
    """Tell, inside the same transaction, that a case was filed or will not be."""
    for listener in _listeners:
        listener(case, by)
