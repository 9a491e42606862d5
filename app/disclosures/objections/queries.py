"""What can be looked up about objections?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from app.clocks import queries as clocks
from app.disclosures import queries as disclosures
from app.disclosures.objections.models import Objection
from app.disclosures.objections.rules import Answer, ObjectionState
from app.disclosures.rules import DisclosureState
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.units import queries as units

PER_PAGE = 30


def visible_to(who: Identity) -> Select[Objection]:
    """Return the objections in the viewer's scope: own bureau and everything below it."""
    return select(Objection).where(units.within(Objection.unit_path, who))


def by_reference(reference: str, who: Identity) -> Objection:
    """Return an objection in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Objection.reference == reference))
    if found is None:
        raise NotFound
    return found


def any_by_reference(reference: str) -> Objection | None:
    """Return an objection for a job."""
    return db.session.scalar(select(Objection).where(Objection.reference == reference))


def register(who: Identity, *, page: int) -> tuple[Sequence[Objection], int]:
    """Return a page of objections, the latest first, and how many there are."""
    query = visible_to(who)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Objection.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return db.session.scalars(ordered).all(), total


def _ask(one: Objection) -> tuple[str, str] | None:
    """Return what an objection asks for, and the permission of whoever is asked.

    An answer that promised to correct or to withdraw asks until that was done.
    """
    if one.state is ObjectionState.RECEIVED:
        return "objection.examine", "objection:examine"
    if one.state is ObjectionState.EXAMINED:
        return "objection.answer", "objection:answer"
    if one.disclosure.state is not DisclosureState.PUBLISHED:
        return None
    if one.answer is Answer.WITHDRAW:
        return "objection.withdraw", "disclosure:withdraw"
    if one.answer is Answer.CORRECT and disclosures.version_after(one.disclosure) is None:
        return "objection.correct", "disclosure:draft"
    return None


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the objections that wait for this person; a leader sees those of the whole bureau."""
    query = select(Objection).where(
        Objection.unit_path == who.bureau_path,
        (Objection.state != ObjectionState.ANSWERED) | (Objection.answer != Answer.KEEP),
    )
    calendar = clocks.calendar()
    lines = []
    for one in db.session.scalars(query.order_by(Objection.id)):
        asked = _ask(one)
        if asked is None or not _is_asked(one, asked, who):
            continue
        is_open = one.state is not ObjectionState.ANSWERED
        due = clocks.words_for_day(one.answer_by, today, calendar) if is_open else None
        lines.append(
            Waiting(
                ask=asked[0],
                kind="objection",
                reference=one.reference,
                title=one.title,
                endpoint="objections.show",
                since=one.moved_at,
                due_on=one.answer_by if is_open else None,
                due=due,
            )
        )
    return lines


def _is_asked(one: Objection, asked: tuple[str, str], who: Identity) -> bool:
    if who.has(Role.UNIT_LEADER):
        return True
    apart = asked[0] != "objection.answer" or who.person_id != one.examined_by_id
    return apart and allows(who, asked[1], one)
