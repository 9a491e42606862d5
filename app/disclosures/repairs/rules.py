"""When may the display of a penalty end early, and on whose decision (令45 art. 16; 令107)?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from app.disclosures.rules import Tier
from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: Two working days to accept or to ask for more, once (令107 art. 14 and 15).
ACCEPTANCE = "repair.accept"
#: Seven working days to decide, ten more when a leader allows them (令107 art. 16).
DECISION = "repair.decide"
#: Three working days to end the display (令107 art. 17).
EFFECT = "repair.apply"
#: Three years of display after a repair got by deceit.
DECEIT = "repair.revoked_display"


class RepairState(StrEnum):
    """How far a request is."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    GRANTED = "granted"
    DENIED = "denied"
    DONE = "done"
    REVOKED = "revoked"


class RepairAction(StrEnum):
    """What people do with a request."""

    ASK_MORE = "ask_more"
    COMPLETE = "complete"
    ACCEPT = "accept"
    REFUSE = "refuse"
    EXTEND = "extend"
    GRANT = "grant"
    DENY = "deny"
    APPLY = "apply"
    REVOKE = "revoke"


class Paper(StrEnum):
    """What a request consists of (令107 art. 14)."""

    REQUEST = "request"
    IDENTITY = "identity"
    COMMITMENT = "commitment"
    REMEDY = "remedy"


class Condition(StrEnum):
    """What must hold for the display to end early (令45 art. 16)."""

    PERFORMED = "performed"
    REMEDIED = "remedied"
    NOT_REPEATED = "not_repeated"


S, A = RepairState, RepairAction
WORKFLOW = Workflow(
    "repair",
    (
        Transition(S.RECEIVED, A.ASK_MORE, S.INCOMPLETE, "repair:examine", needs_reason=True),
        Transition(S.INCOMPLETE, A.COMPLETE, S.RECEIVED, "repair:receive"),
        Transition(S.RECEIVED, A.ACCEPT, S.ACCEPTED, "repair:examine"),
        Transition(S.RECEIVED, A.REFUSE, S.NOT_ACCEPTED, "repair:examine", needs_reason=True),
        Transition(S.INCOMPLETE, A.REFUSE, S.NOT_ACCEPTED, "repair:examine", needs_reason=True),
        Transition(S.ACCEPTED, A.EXTEND, S.ACCEPTED, "repair:extend", needs_reason=True),
        Transition(S.ACCEPTED, A.GRANT, S.GRANTED, "repair:decide"),
        Transition(S.ACCEPTED, A.DENY, S.DENIED, "repair:decide", needs_reason=True),
        Transition(S.GRANTED, A.APPLY, S.DONE, "repair:examine"),
        Transition(S.DONE, A.REVOKE, S.REVOKED, "repair:decide", needs_reason=True),
    ),
    start=(S.RECEIVED,),
    final=(S.NOT_ACCEPTED, S.DENIED, S.DONE, S.REVOKED),
)
LIVE = frozenset({S.RECEIVED, S.INCOMPLETE, S.ACCEPTED, S.GRANTED})


def check_time(tier: Tier, earliest_end: date | None, received_on: date) -> None:
    """Refuse a display that cannot be shortened, and one that has not lasted long enough."""
    if earliest_end is None:
        raise Refused("repair_grave" if tier is Tier.GRAVE else "repair_not_needed")
    if received_on < earliest_end:
        raise Refused("repair_too_early", day=earliest_end.isoformat())


def check_papers(papers: Collection[str]) -> None:
    """Refuse to accept a request with a paper missing."""
    missing = [paper for paper in Paper if paper not in papers]
    if missing:
        raise Refused("repair_papers_missing", field="papers", count=len(missing))


def check_once(*, asked: bool) -> None:
    """Refuse to ask for more a second time: the law allows it once."""
    if asked:
        raise Refused("repair_asked_already")


def check_conditions(found: Collection[str]) -> None:
    """Refuse to grant while a person has not found all three conditions to hold."""
    if any(condition not in found for condition in Condition):
        raise Refused("repair_conditions_open", field="conditions")


def check_other_person(person_id: int, *, examined_by: int | None) -> None:
    """Refuse whoever accepted the request to decide on it too."""
    if person_id == examined_by:
        raise Refused("repair_second_person")


def check_reason(reason: str) -> None:
    """Refuse an act that must be reasoned without its reason."""
    if not reason.strip():
        raise Refused("disclosure_reason_needed", field="reason")


def check_received(on: date, *, published_on: date, today: date) -> None:
    """Refuse a request received before there was anything to repair, or in the future."""
    if not published_on <= on <= today:
        raise Refused("repair_day_impossible", field="received_on")
