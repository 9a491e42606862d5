"""Which acts does the page of a listing offer, and what does each of them do?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.kernel.acts import Act
from app.supervision import actions
from app.supervision.models import Listing


@dataclass(frozen=True)
class OfferedAct:
    """One act on the page: its form, its word, and where it is sent."""

    name: str
    form: Any
    word: Any
    url: str
    tone: str = ""


#: In the order in which the page shows them.
ACTS: tuple[Act[Listing], ...] = (
    Act(
        "answer",
        "listing:answer",
        lambda on, typed, by: actions.answer(on, text=typed.text.data, by=by),
    ),
    Act(
        "apply",
        "listing:apply",
        lambda on, typed, by: actions.apply(on, text=typed.text.data, by=by),
    ),
    Act("delist", "listing:delist", lambda on, _typed, by: actions.delist(on, by=by)),
    Act(
        "urge",
        "listing:urge",
        lambda on, typed, by: actions.urge(
            on, text=typed.text.data, answer_due_on=typed.answer_due_on.data, by=by
        ),
    ),
    Act(
        "return",
        "listing:delist",
        lambda on, typed, by: actions.return_(on, reason=typed.reason.data, by=by),
        "refuse",
    ),
    Act(
        "extend",
        "listing:extend",
        lambda on, typed, by: actions.extend(
            on, new_due_on=typed.new_due_on.data, reason=typed.reason.data, by=by
        ),
    ),
    Act(
        "announce",
        "listing:announce",
        lambda on, typed, by: actions.announce(on, public_title=typed.public_title.data, by=by),
    ),
    Act("retract", "listing:announce", lambda on, _typed, by: actions.retract(on, by=by), "refuse"),
    Act(
        "withdraw",
        "listing:withdraw",
        lambda on, typed, by: actions.withdraw(on, reason=typed.reason.data, by=by),
        "refuse",
    ),
)
