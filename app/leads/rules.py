"""Where does a lead come from, and how may it end (the ledger of leads, 案源台账)?

Nothing found may stay without an end: a case was filed, none was filed for a reason somebody
approved, it went to whoever is competent, or it is part of another lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: How many bureaus one coordinated action may name.
MOST_BUREAUS = 40


class LeadState(StrEnum):
    """How far a lead is."""

    OPEN = "open"
    PROPOSED = "proposed"
    FILED = "filed"
    NOT_FILED = "not_filed"
    TRANSFERRED = "transferred"
    MERGED = "merged"


class LeadAction(StrEnum):
    """What happens to a lead."""

    PROPOSE = "propose"
    NOTE_FILED = "note_filed"
    NOTE_NOT_FILED = "note_not_filed"
    DECLINE = "decline"
    TRANSFER = "transfer"
    MERGE = "merge"


class Source(StrEnum):
    """By which way a lead came; the first two only by what the house already keeps."""

    TIP = "tip"
    INSPECTION = "inspection"
    SAMPLING = "sampling"
    MONITORING = "monitoring"
    TRANSFER = "transfer"
    MEDIA = "media"
    UPPER = "upper"
    RECALL = "recall"
    OWN = "own"


class Standing(StrEnum):
    """What the ledger says of a line, whatever record it is a line of."""

    OPEN = "open"
    FILED = "filed"
    NOT_FILED = "not_filed"
    TRANSFERRED = "transferred"
    MERGED = "merged"


class LetterKind(StrEnum):
    """What another bureau is asked for."""

    ASSIST = "assist"
    ORGANISE = "organise"


S, A = LeadState, LeadAction
WORKFLOW = Workflow(
    "lead",
    (
        Transition(S.OPEN, A.PROPOSE, S.PROPOSED, "lead:propose"),
        Transition(S.OPEN, A.NOTE_FILED, S.FILED, "lead:note"),
        Transition(S.PROPOSED, A.NOTE_FILED, S.FILED, "lead:note"),
        Transition(S.PROPOSED, A.NOTE_NOT_FILED, S.NOT_FILED, "lead:note", needs_reason=True),
        Transition(S.OPEN, A.DECLINE, S.NOT_FILED, "lead:decide", needs_reason=True),
        Transition(S.OPEN, A.TRANSFER, S.TRANSFERRED, "lead:transfer", needs_reason=True),
        Transition(S.OPEN, A.MERGE, S.MERGED, "lead:merge", needs_reason=True),
    ),
    start=(S.OPEN,),
    final=(S.FILED, S.NOT_FILED, S.TRANSFERRED, S.MERGED),
)
OPEN = frozenset(LeadState) - WORKFLOW.final
#: What a person may enter by hand: tips and findings are lines of the ledger by themselves.
BY_HAND = tuple(s for s in Source if s not in {Source.TIP, Source.INSPECTION})
#: These are worth nothing without whoever sent or printed them.
NAMED = frozenset({Source.TRANSFER, Source.MEDIA, Source.UPPER})
#: A letter that moves a lead between authorities has a number; so has a test report.
NUMBERED = frozenset({Source.TRANSFER, Source.SAMPLING})


def standing_of(state: LeadState) -> Standing:
    """Return what the ledger says of a lead; one whose case is only proposed is still open."""
    return Standing.OPEN if state in OPEN else Standing(state.value)


@dataclass(frozen=True)
class Origin:
    """Where a lead came from, as far as it must be said."""

    source: Source
    came_from: str = ""
    number: str = ""
    link: str = ""
    dated_on: date | None = None


def check_origin(origin: Origin, *, found_on: date, today: date) -> None:
    """Refuse an origin that nobody could look up again, and days that have not come."""
    if origin.source in NAMED and not origin.came_from:
        raise Refused("lead_needs_sender", field="came_from")
    if origin.source in NUMBERED and not origin.number:
        raise Refused("lead_needs_number", field="number")
    if origin.source is Source.MEDIA and origin.dated_on is None:
        raise Refused("lead_needs_day", field="dated_on")
    if origin.link and not origin.link.startswith(("https://", "http://")):
        raise Refused("lead_link", field="link")
    if found_on > today:
        raise Refused("lead_in_future", field="found_on")
    if origin.dated_on is not None and origin.dated_on > today:
        raise Refused("lead_in_future", field="dated_on")


def check_receipt(on: date, *, sent_on: date, today: date, already: date | None) -> None:
    """Refuse a second receipt, and one from before the letter or from the future."""
    if already is not None:
        raise Refused("lead_receipt_twice", field="on")
    if not sent_on <= on <= today:
        raise Refused("lead_receipt_day", field="on")


def check_letter(*, due_on: date, today: date) -> None:
    """Refuse a letter that asks for an answer by a day that has passed."""
    if due_on < today:
        raise Refused("letter_due_in_past", field="due_on")
