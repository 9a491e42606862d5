"""How does a batch of typical cases go, and what may its words not say?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.kernel import redaction
from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: A bulletin that somebody still reads to its end.
MOST_CASES = 20


class BatchState(StrEnum):
    """How far a batch is."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class BatchAction(StrEnum):
    """What is done with a batch; the queue publishes, in the name of whoever approved."""

    AMEND = "amend"
    SUBMIT = "submit"
    DROP = "drop"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


S, A = BatchState, BatchAction
WORKFLOW = Workflow(
    "batch",
    (
        Transition(S.DRAFTING, A.AMEND, S.DRAFTING, "batch:draft"),
        Transition(S.DRAFTING, A.SUBMIT, S.SUBMITTED, "batch:draft"),
        Transition(S.DRAFTING, A.DROP, S.DROPPED, "batch:draft"),
        Transition(S.SUBMITTED, A.RETURN, S.DRAFTING, "batch:approve", needs_reason=True),
        Transition(S.SUBMITTED, A.APPROVE, S.APPROVED, "batch:approve"),
        Transition(S.APPROVED, A.RETURN, S.DRAFTING, "batch:approve", needs_reason=True),
        Transition(S.APPROVED, A.PUBLISH, S.PUBLISHED, "batch:approve"),
        Transition(S.PUBLISHED, A.WITHDRAW, S.WITHDRAWN, "batch:withdraw", needs_reason=True),
    ),
    start=(S.DRAFTING,),
    final=(S.WITHDRAWN, S.DROPPED),
)


def title_of(year: int, number: int, subject: str) -> str:
    """Return how a numbered batch is called: 2026年第3批电线电缆典型案例."""
    return f"{year}年第{number}批{subject}典型案例"


def check_other_person(person_id: int, hands: Sequence[int]) -> None:
    """Refuse the release to everybody who had a hand in the batch."""
    if person_id in hands:
        raise Refused("batch_second_person")


def check_filled(chosen: int, uncommented: int) -> None:
    """Refuse a batch without cases, with too many, or with a case nobody commented on."""
    if not chosen:
        raise Refused("batch_empty")
    check_size(chosen)
    if uncommented:
        raise Refused("batch_uncommented", count=uncommented)


def check_size(chosen: int) -> None:
    """Refuse more cases than a batch holds."""
    if chosen > MOST_CASES:
        raise Refused("batch_too_long", most=MOST_CASES)


def check_names(frame: Iterable[str], parties: Iterable[str]) -> None:
    """Refuse a subject or foreword that names a party: it would stay when the case is gone."""
    named = redaction.leaks(list(frame), list(parties))
    if named:
        raise Refused("batch_names_party", name=named[0])


def check_comments(comments: Sequence[tuple[str, str]]) -> None:
    """Refuse a comment that names the party of another case; pairs of party and comment."""
    for at, (_party, comment) in enumerate(comments):
        others = [party for place, (party, _c) in enumerate(comments) if place != at]
        own = comments[at][0]
        named = redaction.leaks(comment, [name for name in others if name not in own])
        if named:
            raise Refused("batch_names_party", name=named[0])


def check_private(texts: Iterable[str], removed: Iterable[str]) -> None:
    """Refuse words that were removed from one of the cases; never says which."""
    found = redaction.leaks(list(texts), list(removed))
    if found:
        raise Refused("batch_private", count=len(found))
