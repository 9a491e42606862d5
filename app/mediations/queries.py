"""What can be looked up about mediations?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from app.clocks import queries as clocks
from app.clocks.models import Clock
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.mediations import rules
from app.mediations.models import Complaint, Mediation, Session
from app.mediations.rules import MediationState
from app.people import queries as people
from app.people.models import Person
from app.tips import queries as tips
from app.tips.models import Tip
from app.tips.rules import Order, TipKind, TipState, order_at
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("open", "over", "all")


def visible_to(who: Identity) -> Select[Mediation]:
    """Return the mediations in the viewer's scope."""
    return select(Mediation).where(units.within(Mediation.unit_path, who))


def by_reference(reference: str, who: Identity) -> Mediation:
    """Return a mediation in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Mediation.reference == reference))
    if found is None:
        raise NotFound
    return found


def of_tip(reference: str) -> Mediation | None:
    """Return the mediation a complaint is at."""
    query = select(Mediation).join(Complaint).where(Complaint.tip_reference == reference)
    return db.session.scalars(query).one_or_none()


def tips_of(mediation: Mediation, who: Identity) -> Sequence[Tip]:
    """Return the complaints at a table, in the order in which they came to it."""
    return [tips.by_reference(reference, who) for reference in mediation.tip_references]


def order_of(tip: Tip) -> Order:
    """Return the version of the law under which a complaint goes on: that of its receipt."""
    return order_at(clock.legal_day(tip.received_at))


def joinable(mediation: Mediation, who: Identity) -> Sequence[Tip]:
    """Return the accepted complaints of the same bureau that are at no table yet."""
    query = _unmediated(who).where(Tip.unit_path == mediation.unit_path)
    return db.session.scalars(query.order_by(Tip.received_at).limit(50)).all()


def _unmediated(who: Identity) -> Select[Tip]:
    return tips.visible_to(who).where(
        Tip.kind == TipKind.COMPLAINT,
        Tip.state == TipState.ACCEPTED,
        Tip.mediation_reference.is_(None),
    )


def mediators(who: Identity) -> Sequence[Person]:
    """Return the people of the viewer's bureau who may mediate."""
    found: dict[int, Person] = {}
    for role in (Role.INSPECTOR, Role.TRIAGE_OFFICER, Role.UNIT_LEADER):
        found |= {one.id: one for one in people.holders(role, who.bureau_id, clock.today())}
    return list(found.values())


def open_session(mediation: Mediation) -> Session | None:
    """Return the meeting that was called and not yet noted."""
    return next((one for one in mediation.sessions if one.noted_at is None), None)


def main_clock(mediation: Mediation) -> Clock | None:
    """Return the clock that matters now: the notice of an ended one, else the sixty days."""
    own = clocks.main_clock("mediation", mediation.reference)
    return own or clocks.main_clock("tip", mediation.tip_references[0])


def listed(
    who: Identity, *, view: str, text: str, page: int
) -> tuple[Sequence[tuple[Mediation, Clock | None]], int]:
    """Return a page of the register, newest first, each with its clock, and how many there are."""
    query = visible_to(who)
    if view != "all":
        states = rules.OPEN if view == "open" else rules.WORKFLOW.final
        query = query.where(Mediation.state.in_(states))
    if text:
        query = query.where(
            or_(
                Mediation.reference == text,
                Mediation.title.contains(text, autoescape=True),
                Mediation.trader.contains(text, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found = db.session.scalars(
        query.order_by(Mediation.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return [(one, running) for one, running in _with_clocks(found)], total


def _with_clocks(found: Sequence[Mediation]) -> Iterator[tuple[Mediation, Clock | None]]:
    own = clocks.main_clocks("mediation", [one.reference for one in found])
    of_tips = clocks.main_clocks("tip", [one.tip_references[0] for one in found])
    for one in found:
        yield one, own.get(one.reference) or of_tips.get(one.tip_references[0])


#: What each state asks, and by which permission.
ASKS = {
    MediationState.CONSENTING: ("mediation.consent", rules.HOLD),
    MediationState.OPEN: ("mediation.hold", rules.HOLD),
    MediationState.TESTING: ("mediation.take_result", rules.HOLD),
    MediationState.PAUSED: ("mediation.decide", rules.DECIDE),
    MediationState.ENDED: ("mediation.tell", rules.HOLD),
}


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return what this person may do now at the tables of the own bureau."""
    if not may(who, rules.HOLD):
        return []
    query = visible_to(who).where(
        Mediation.unit_path == who.bureau_path,
        Mediation.state.in_([s for s, (_, permission) in ASKS.items() if may(who, permission)]),
    )
    days = clocks.calendar()

    def line(ask: str, record: Any, running: Clock | None, since: Any, endpoint: str) -> Waiting:
        return Waiting(
            ask=ask,
            kind="mediation" if isinstance(record, Mediation) else "tip",
            reference=record.reference,
            title=record.title,
            endpoint=endpoint,
            since=since,
            due_on=running.due_on if running else None,
            due=clocks.words_of(running, today, days) if running else None,
        )

    found = [
        line(ASKS[one.state][0], one, running, one.opened_at, "mediations.show")
        for one, running in _with_clocks(db.session.scalars(query).all())
    ]
    joined, running_clock = clocks.with_main_clock(_unmediated(who), "tip", Tip.reference)
    rows = joined.add_columns(running_clock).where(Tip.unit_path == who.bureau_path)
    found += [
        line("mediation.open", tip, running, tip.received_at, "tips.show")
        for tip, running in db.session.execute(rows)
    ]
    return found
