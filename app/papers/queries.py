"""What can be looked up about official documents?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.clocks import queries as clocks
from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.waiting import Waiting
from app.mediations import queries as mediations
from app.mediations.rules import Letter, Way
from app.papers import rules
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.tips import queries as tips
from app.tips import replies
from app.tips import rules as tip_rules
from app.tips.models import Tip
from app.tips.rules import TipState
from app.tips.triage import hops
from app.tips.triage.rules import HopKind
from app.units import queries as units


def _open_to(who: Identity) -> ColumnElement[bool]:
    """Return what finds a viewer's documents: a letter between bureaus goes with its tip."""
    return or_(
        units.within(Paper.unit_path, who),
        and_(Paper.recipient == Recipient.UNIT, units.within(Tip.unit_path, who)),
    )


def of_tip(tip: Tip, who: Identity) -> Sequence[Paper]:
    """Return the documents issued on a tip in the viewer's scope, newest first."""
    query = (
        select(Paper)
        .join(Tip, Tip.reference == Paper.tip_reference)
        .where(Paper.tip_reference == tip.reference, _open_to(who))
    )
    return db.session.scalars(query.order_by(Paper.id.desc())).all()


def read_with(paper: Paper, tip: Tip) -> Paper | Tip:
    """Return what a document's readers are asked about: the tip when it is between bureaus."""
    return tip if paper.recipient is Recipient.UNIT else paper


def by_id(paper_id: int, who: Identity) -> Paper:
    """Return a document in the viewer's scope, or refuse (404)."""
    query = (
        select(Paper)
        .join(Tip, Tip.reference == Paper.tip_reference)
        .where(Paper.id == paper_id, _open_to(who))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def standing(tip: Tip, who: Identity) -> rules.Standing:
    """Return how a tip stands to a person, as far as its documents go."""
    mediation = mediations.of_tip(tip.reference)
    return rules.Standing(
        kind=tip.kind,
        state=tip.state,
        is_holder=tip.unit_path == who.bureau_path,
        owes_notice=tip.sender_id == who.bureau_id and _notices_due(tip, who) > 0,
        is_named=tips.reporter_of(tip).standing is not tip_rules.Standing.ANONYMOUS,
        was_accepted=tip.state is TipState.ACCEPTED or mediation is not None,
        mediation=mediation.state if mediation else None,
        has_session=bool(mediation and mediations.open_session(mediation)),
        has_letter=bool(mediation and mediation.letter is Letter.MADE),
    )


def _notices_due(tip: Tip, who: Identity) -> int:
    """Return how often a bureau sent a tip down without the notice that goes with it."""
    sent = sum(
        hop.kind is HopKind.ROUTE
        and hop.from_id == who.bureau_id
        and hop.goal is not None
        and units.bureau_of(hop.goal).id != who.bureau_id
        for hop in hops.of(tip.reference)
    )
    query = select(func.count()).where(
        Paper.tip_reference == tip.reference,
        Paper.kind == PaperKind.FORWARDING,
        Paper.bureau_id == who.bureau_id,
    )
    return sent - (db.session.scalar(query) or 0)


def offered(tip: Tip, who: Identity) -> list[tuple[PaperKind, Recipient]]:
    """Return what may be issued now, without what was issued already."""
    issued = {(paper.kind, paper.recipient) for paper in of_tip(tip, who)}
    return [
        (kind, recipient)
        for kind in rules.fitting(standing(tip, who))
        for recipient in rules.RECIPIENTS[kind]
        if kind in rules.REPEATED or (kind, recipient) not in issued
    ]


@dataclass(frozen=True)
class Told:
    """When and how a reporter was told without a document."""

    on: date
    way: Way


def told(tip: Tip) -> Told | None:
    """Return when and how a tip's reporter was told of the decision, as the trail has it."""
    for entry in audit.trail("tip", tip.reference):
        if entry.event == "tip.reporter_told":
            return Told(date.fromisoformat(str(entry.facts["on"])), Way(str(entry.facts["way"])))
    return None


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the reports of the viewer's own bureau whose reporter is still to be told."""
    if not may(who, "reporter:tell"):
        return []
    days = clocks.calendar()
    return [
        Waiting(
            ask="tip.tell_reporter",
            kind="tip",
            reference=one.tip.reference,
            title=one.tip.title,
            endpoint="papers.of_tip",
            since=one.tip.received_at,
            due_on=one.term.due_on,
            due=clocks.words_of(one.term, today, days),
        )
        for one in replies.owed(who)
    ]
