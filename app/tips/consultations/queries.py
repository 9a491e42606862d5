"""What can be looked up about consultations?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.waiting import Waiting
from app.tips.consultations.models import Consultation
from app.tips.consultations.rules import ConsultationState
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("open", "answered", "all")


@dataclass(frozen=True)
class Found:
    """One page of consultations."""

    rows: Sequence[Consultation]
    total: int


def visible_to(who: Identity) -> Select[Consultation]:
    """Return the consultations of the viewer's bureau and those below it."""
    return select(Consultation).where(units.within(Consultation.unit_path, who))


def by_reference(reference: str, who: Identity) -> Consultation:
    """Return a consultation in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Consultation.reference == reference))
    if found is None:
        raise NotFound
    return found


def listed(who: Identity, view: str, topic: str, *, page: int) -> Found:
    """Return a page of consultations, newest first."""
    query = visible_to(who)
    if view in set(ConsultationState):
        query = query.where(Consultation.state == ConsultationState(view))
    if topic:
        query = query.where(Consultation.topic == topic)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(Consultation.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Found(db.session.scalars(rows).all(), total)


def waiting(who: Identity, _today: date) -> list[Waiting]:
    """Return the questions of the viewer's own bureau that this person may answer."""
    if not may(who, "consultation:answer"):
        return []
    query = select(Consultation).where(
        Consultation.unit_path == who.bureau_path, Consultation.state == ConsultationState.OPEN
    )
    return [
        Waiting(
            ask="consultation.answer",
            kind="consultation",
            reference=one.reference,
            title=one.question,
            endpoint="consultations.show",
            since=one.received_at,
        )
        for one in db.session.scalars(query)
    ]


def open_of(who: Identity) -> int:
    """Return how many questions of the viewer's own bureau wait for an answer."""
    query = select(func.count()).where(
        Consultation.unit_path == who.bureau_path, Consultation.state == ConsultationState.OPEN
    )
    return db.session.scalar(query) or 0
