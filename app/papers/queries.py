"""What can be looked up about official documents?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.mediations import queries as mediations
from app.mediations.rules import Letter
from app.papers import rules
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.tips import queries as tips
from app.tips import rules as tip_rules
from app.tips.models import Tip
from app.tips.rules import TipState
from app.units import queries as units


def of_tip(tip: Tip, who: Identity) -> Sequence[Paper]:
    """Return the documents issued on a tip in the viewer's scope, newest first."""
    query = select(Paper).where(
        Paper.tip_reference == tip.reference, units.within(Paper.unit_path, who)
    )
    return db.session.scalars(query.order_by(Paper.id.desc())).all()


def by_id(paper_id: int, who: Identity) -> Paper:
    """Return a document in the viewer's scope, or refuse (404)."""
    query = select(Paper).where(Paper.id == paper_id, units.within(Paper.unit_path, who))
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
        is_sender=tip.sender_id == who.bureau_id,
        is_named=tips.reporter_of(tip).standing is not tip_rules.Standing.ANONYMOUS,
        was_accepted=tip.state is TipState.ACCEPTED or mediation is not None,
        mediation=mediation.state if mediation else None,
        has_session=bool(mediation and mediations.open_session(mediation)),
        has_letter=bool(mediation and mediation.letter is Letter.MADE),
    )


def offered(tip: Tip, who: Identity) -> list[tuple[PaperKind, Recipient]]:
    """Return what may be issued now, without what was issued already."""
    issued = {(paper.kind, paper.recipient) for paper in of_tip(tip, who)}
    return [
        (kind, recipient)
        for kind in rules.fitting(standing(tip, who))
        for recipient in rules.RECIPIENTS[kind]
        if kind in rules.REPEATED or (kind, recipient) not in issued
    ]
