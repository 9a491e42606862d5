"""What do both sides do: ask, add, take note, let the clock run anew, judge?"""

from __future__ import annotations

from collections.abc import Sequence

from app.clocks import actions as clocks
from app.kernel import audit, clock, storage
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.tips.conversations import access as _policy  # noqa: F401 - declares the permission
from app.tips.conversations import queries
from app.tips.conversations.models import TipMessage, TipSatisfaction
from app.tips.conversations.rules import JUDGED, SCORES, MessageKind
from app.tips.models import Tip
from app.tips.rules import OPEN

ASKED = audit.declare("tip.reporter_asked")
ADDED = audit.declare("tip.added_to", "files")
NOTED = audit.declare("tip.addition_noted")
RESTARTED = audit.declare("tip.restarted", "started_on")
RATED = audit.declare("tip.rated", "score")


def ask(tip: Tip, *, text: str, by: Identity) -> None:
    """Ask the reporter something; whoever has the query code reads and answers it."""
    require(by, "tip:ask", tip)
    if tip.state not in OPEN:
        raise Refused("question_closed")
    db.session.add(
        TipMessage(
            tip_reference=tip.reference, kind=MessageKind.QUESTION, text=text, at=clock.now(),
            by_id=by.person_id,
        )
    )  # fmt: skip
    audit.record(ASKED, "tip", tip.reference, by=by)


def add(tips: Sequence[Tip], *, text: str, files: Sequence[storage.Stored]) -> None:
    """Let the reporter add something to a call's tips; it answers what was asked about them."""
    if not text and not files:
        raise Refused("addition_empty", field="text")
    receivers = [(tip, receiver) for tip in tips if (receiver := queries.receiver(tip))]
    if not receivers:
        raise Refused("addition_closed")
    at = clock.now()
    for tip, receiver in receivers:
        for question in queries.of_reporter([tip.reference]):
            if question.kind is MessageKind.QUESTION and question.done_at is None:
                question.done_at = at
        db.session.add(
            TipMessage(
                tip_reference=tip.reference, kind=MessageKind.ADDITION, text=text,
                files=len(files), at=at,
            )
        )  # fmt: skip
        for file in files:
            storage.attach("tip", receiver.reference, file, by_id=None)
        audit.record(ADDED, "tip", receiver.reference, by=None, files=len(files))


def take_note(tip: Tip, *, by: Identity) -> None:
    """Say that what was added was read."""
    require(by, "tip:ask", tip)
    _note(tip)
    audit.record(NOTED, "tip", tip.reference, by=by)


def restart(tip: Tip, *, by: Identity) -> None:
    """Count a tip's term anew from the day on which new facts came (令121 art. 35)."""
    require(by, "tip:ask", tip)
    found = queries.restartable(tip)
    if found is None:
        raise Refused("no_new_facts")
    running, since = found
    clocks.restart(running, started_on=since, by=by)
    _note(tip)
    audit.record(RESTARTED, "tip", tip.reference, by=by, started_on=since.isoformat())


def _note(tip: Tip) -> None:
    for message in queries.unread(tip):
        message.done_at = clock.now()


def rate(tip: Tip, *, score: int, text: str) -> None:
    """Keep how the reporter judges the handling, once, for the bureau that ended it."""
    if tip.state not in JUDGED:
        raise Refused("rate_open")
    if queries.rating(tip.reference) is not None:
        raise Refused("rated_already")
    if score not in SCORES:
        raise ValueError(score)
    db.session.add(
        TipSatisfaction(
            tip_reference=tip.reference, unit_id=tip.bureau_id, score=score, text=text,
            at=clock.now(),
        )
    )  # fmt: skip
    audit.record(RATED, "tip", tip.reference, by=None, score=score)
