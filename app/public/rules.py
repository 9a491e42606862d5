"""How often may a source knock, how long is a receipt shown, how far is a tip in plain steps?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.kernel.errors import Refused
from app.tips.rules import TipKind, TipState

#: Counted per source, a keyed digest of its address.
WINDOW = timedelta(hours=1)
#: What is older tells nothing any more and is deleted.
KEPT = timedelta(days=1)
#: Long enough to copy or print the query code, too short for whoever sits down afterwards.
RECEIPT_LASTS = timedelta(minutes=30)
MOST_PHOTOS = 9


class Door(StrEnum):
    """Where somebody without an account may knock."""

    REPORT = "report"
    DRAFT = "draft"
    TRACK = "track"


#: How often one source may use a door within the window.
LIMITS = {Door.REPORT: 10, Door.DRAFT: 30, Door.TRACK: 20}


def is_open(door: Door, uses: int) -> bool:
    """Tell whether a source that used a door so often may use it once more."""
    return uses < LIMITS[door]


def check_photos(count: int) -> None:
    """Refuse more photos than anybody would look at."""
    if count > MOST_PHOTOS:
        raise Refused("photos_too_many", field="photos", most=MOST_PHOTOS)


def is_shown(given_at: datetime, at: datetime) -> bool:
    """Tell whether a receipt of that instant may still be shown."""
    return timedelta(0) <= at - given_at <= RECEIPT_LASTS


def plain_code(typed: str) -> str:
    """Return a typed code in plain letters, fit to be shown back: at most 40 printable ones."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", typed[:40]) if ch.isprintable())


class StepState(StrEnum):
    """Where a tip stands with one step."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = ""


@dataclass(frozen=True)
class Step:
    """One step on the road of a tip; ``code`` is put into words by the labels."""

    code: str
    state: StepState


#: The road of each kind, and after which state how many of its steps are done (令121 art. 15, 23;
#: 令2 art. 18).  What happens inside the house between two steps is not told.
_ROADS = {
    TipKind.COMPLAINT: ("received", "accepted", "mediation", "result"),
    TipKind.REPORT: ("received", "verification", "filed", "result"),
}
_DONE = {
    TipKind.COMPLAINT: {
        TipState.ACCEPTED: 2, TipState.VERIFYING: 1, TipState.VERIFIED: 1, TipState.CONCLUDED: 4,
        TipState.DECLINED: 4, TipState.FILED: 4, TipState.NOT_FILED: 4,
        TipState.TRANSFERRED: 4, TipState.MERGED: 4,
    },
    TipKind.REPORT: {
        TipState.VERIFYING: 1, TipState.VERIFIED: 2, TipState.FILED: 3, TipState.NOT_FILED: 4,
        TipState.CONCLUDED: 4, TipState.DECLINED: 4, TipState.TRANSFERRED: 4,
        TipState.REDIRECTED: 4, TipState.MERGED: 4,
    },
}  # fmt: skip


def steps_of(kind: TipKind, state: TipState) -> tuple[Step, ...]:
    """Return the road of a tip with what is done, what goes on, and what lies ahead."""
    done = _DONE[kind].get(state, 1)
    return tuple(
        Step(code, StepState.DONE if at < done else _ahead(at - done))
        for at, code in enumerate(_ROADS[kind])
    )


def _ahead(distance: int) -> StepState:
    return StepState.CURRENT if distance == 0 else StepState.AHEAD


def is_overdue(due_on: date | None, today: date) -> bool:
    """Tell whether the bureau's own term has passed: the reader is told so plainly."""
    return due_on is not None and due_on < today
