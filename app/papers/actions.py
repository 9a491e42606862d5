"""What do people do with official documents: issue, open, note the service?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.mediations import queries as mediations
from app.mediations.rules import Way
from app.papers import access as _policy  # noqa: F401 - declares the permissions
from app.papers import documents, queries, rules
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.tips import actions as tips
from app.tips import replies
from app.tips.models import Tip
from app.tips.triage import hops
from app.typesetting import Document
from app.units import queries as units

ISSUED = audit.declare("tip.paper_issued", "paper", "number", "recipient")
SERVED = audit.declare("tip.paper_served", "number", "on", "way")
TOLD = audit.declare("tip.reporter_told", "on", "way")


@dataclass(frozen=True)
class Asked:
    """Which document, for whom, and by when something is demanded in it."""

    kind: PaperKind
    recipient: Recipient
    until: date | None = None


def issue(tip: Tip, asked: Asked, *, by: Identity) -> Paper:
    """Issue a document: it takes the next number of its series, its words stay as they are."""
    require(by, "paper:issue", tip)
    today, bureau = clock.today(), units.by_id(by.bureau_id)
    earlier = {(paper.kind, paper.recipient) for paper in queries.of_tip(tip, by)}
    rules.check_asked(
        asked.kind,
        asked.recipient,
        offered=frozenset(rules.fitting(queries.standing(tip, by))),
        is_issued=(asked.kind, asked.recipient) in earlier,
    )
    rules.check_until(asked.kind, asked.until, today)
    count = next_number(f"paper.{asked.kind.value}", f"{bureau.id}/{today.year}")
    word = bureau.number_word or bureau.short_name
    number = rules.number_of(word, asked.kind, today.year, count)
    ground = documents.Ground(
        tip, mediations.of_tip(tip.reference), bureau, number, today, asked.until
    )
    paper = Paper(
        kind=asked.kind,
        recipient=asked.recipient,
        number=number,
        tip_reference=tip.reference,
        bureau=bureau,
        unit_path=bureau.path,
        issued_at=clock.now(),
        issued_by_id=by.person_id,
        words=documents.words_of(asked.kind, asked.recipient, ground),
    )
    db.session.add(paper)
    audit.record(
        ISSUED, "tip", tip.reference, by=by,
        paper=asked.kind.value, number=number, recipient=asked.recipient.value,
    )  # fmt: skip
    return paper


def set_plain(paper: Paper, tip: Tip, *, by: Identity) -> Document:
    """Set a document that names no reporter; raises ``TypesettingError``."""
    require(by, "paper:read", queries.read_with(paper, tip))
    if paper.is_named:
        raise NotAllowed("reporter:read")
    return documents.set_words(paper.kind, paper.words)


def named_words(paper: Paper, tip: Tip, *, purpose: str, by: Identity) -> dict[str, Any]:
    """Return a document's words with the reporter's: purpose asked, look written down first.

    They are set once the look is kept: nobody else's act waits for the typesetter.
    """
    revealed = tips.reveal_reporter(tip, purpose=purpose, by=by)
    words: dict[str, Any] = documents.filled(paper.words, revealed)
    return words


def forward(tip: Tip, by: Identity) -> None:
    """Write the notice that goes with a tip to the bureau below, in the act of sending it."""
    issue(tip, Asked(PaperKind.FORWARDING, Recipient.UNIT), by=by)


hops.heard_by(forward)


def note_service(paper: Paper, tip: Tip, *, on: date, way: Way, by: Identity) -> None:
    """Note on which day and by which way a document reached whom it is for.

    With the result of a report its reporter has been told whether a case is filed (令20 art. 31).
    """
    require(by, "paper:serve", paper)
    if on > clock.today() or on < clock.legal_day(paper.issued_at):
        raise Refused("served_on", field="on")
    paper.served_on, paper.served_by = on, way
    audit.record(
        SERVED, "tip", paper.tip_reference, by=by,
        number=paper.number, on=on.isoformat(), way=way.value,
    )  # fmt: skip
    if paper.kind is PaperKind.REPORT_RESULT:
        replies.end(tip, on=on, by=by)


def tell_reporter(tip: Tip, *, on: date, way: Way, by: Identity) -> None:
    """Note that a named reporter was told of the decision without a document (令20 art. 31).

    How they were reached is kept, never who they are or where.
    """
    require(by, "reporter:tell", tip)
    if replies.running(tip) is None:
        raise Refused("reply_not_owed")
    rules.check_told(way, on, clock.today())
    replies.end(tip, on=on, by=by)
    audit.record(TOLD, "tip", tip.reference, by=by, on=on.isoformat(), way=way.value)
