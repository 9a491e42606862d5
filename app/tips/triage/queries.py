"""What can be looked up about a tip's way, its disputes, its company and its superior's eye?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, String, and_, cast, func, or_, select

from app.clocks import queries as clocks
from app.clocks.models import Clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows, may
from app.kernel.waiting import Waiting
from app.tips import queries as tips
from app.tips import rules as tip_rules
from app.tips.models import Reporter, Tip
from app.tips.triage.models import Dispute, Gathering, Link, Remark
from app.tips.triage.rules import DISPUTE, RemarkKind
from app.units import queries as units

MOST_OVERDUE = 50
SAMPLE = 10


# --- disputes of competence ----------------------------------------------------------------------


@dataclass(frozen=True)
class Disputed:
    """A dispute with the tip it is about; the tip itself may lie outside the reader's scope."""

    dispute: Dispute
    tip: Tip


def open_dispute(reference: str) -> Dispute | None:
    """Return the dispute of competence that a tip is in."""
    query = select(Dispute).where(Dispute.tip_reference == reference, Dispute.settled_on.is_(None))
    return db.session.scalars(query).one_or_none()


def disputed(reference: str, who: Identity) -> Disputed:
    """Return a tip's latest dispute for a party or the superior of both, or refuse (404)."""
    query = (
        select(Dispute, Tip)
        .join(Tip, Tip.reference == Dispute.tip_reference)
        .where(Dispute.tip_reference == reference, _concerns(who))
        .order_by(Dispute.id.desc())
    )
    row = db.session.execute(query.limit(1)).one_or_none()
    if row is None:
        raise NotFound
    return Disputed(*row)


def dispute_seen(reference: str, who: Identity) -> Dispute | None:
    """Return a tip's latest dispute where this person may open its page."""
    query = select(Dispute).where(Dispute.tip_reference == reference, _concerns(who))
    found = db.session.scalars(query.order_by(Dispute.id.desc()).limit(1)).one_or_none()
    return found if found and allows(who, "dispute:read", found) else None


def _concerns(who: Identity) -> Any:
    own = who.bureau_id
    return or_(
        Dispute.claimant_id == own, Dispute.counterpart_id == own, Dispute.superior_id == own
    )


def _open_disputes(who: Identity) -> Select[Dispute, Tip, Clock]:
    return (
        select(Dispute, Tip, Clock)
        .join(Tip, Tip.reference == Dispute.tip_reference)
        .outerjoin(
            Clock,
            and_(
                Clock.subject_kind == "tip",
                Clock.subject_reference == Tip.reference,
                Clock.rule_code == DISPUTE,
                Clock.stopped_on.is_(None),
            ),
        )
        .where(Dispute.settled_on.is_(None), _concerns(who))
    )


def has_lapsed(dispute: Dispute, today: date) -> bool:
    """Tell whether the two bureaus let their seven working days pass (令121 art. 33)."""
    running = clocks.running_clock("tip", dispute.tip_reference, DISPUTE)
    return running is not None and running.due_on is not None and running.due_on < today


# --- tips that belong together -------------------------------------------------------------------


def is_same_reporter(one: Tip, other: Tip) -> bool:
    """Tell by their keyed index, never by the identity itself, whether one person reported both."""
    if one.reporter_id == other.reporter_id:
        return True
    both = [one.reporter_id, other.reporter_id]
    query = select(Reporter.phone_index).where(Reporter.id.in_(both))
    first, second = db.session.scalars(query).all()
    return first is not None and first == second


def merged_into(tip: Tip, who: Identity) -> Sequence[Tip]:
    """Return the tips that became part of this one, newest first."""
    query = tips.visible_to(who).where(Tip.merged_into == tip.reference)
    return db.session.scalars(query.order_by(Tip.received_at.desc())).all()


def linked_with(tip: Tip, who: Identity) -> Sequence[tuple[Tip, str]]:
    """Return the tips that are read together with this one, each with the reason."""
    query = (
        tips.visible_to(who)
        .add_columns(Link.reason)
        .join(
            Link,
            or_(
                and_(Link.one == tip.reference, Link.other == Tip.reference),
                and_(Link.other == tip.reference, Link.one == Tip.reference),
            ),
        )
    )
    return [(found, reason) for found, reason in db.session.execute(query.order_by(Tip.id))]


def are_linked(one: Tip, other: Tip) -> bool:
    """Tell whether two tips are read together already."""
    first, second = sorted((one.reference, other.reference))
    query = select(Link.id).where(Link.one == first, Link.other == second)
    return db.session.scalar(query) is not None


def gathering(reference: str, who: Identity) -> Gathering:
    """Return an event in the viewer's scope, or refuse (404)."""
    query = select(Gathering).where(
        Gathering.reference == reference, units.within(Gathering.unit_path, who)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Crowd:
    """An event with how many tips and how many different callers it has."""

    gathering: Gathering
    tips: int
    callers: int


def gatherings(who: Identity) -> Sequence[Crowd]:
    """Return the events in the viewer's scope, newest first, with their counts."""
    query = (
        select(Gathering, func.count(Tip.id), func.count(func.distinct(_caller())))
        .outerjoin(Tip, Tip.gathering_reference == Gathering.reference)
        .outerjoin(Reporter, Reporter.id == Tip.reporter_id)
        .where(units.within(Gathering.unit_path, who))
        .group_by(Gathering.id)
        .order_by(Gathering.id.desc())
    )
    return [Crowd(*row) for row in db.session.execute(query.limit(100))]


def _caller() -> Any:
    """One caller is one keyed index, or one nameless call."""
    return func.coalesce(Reporter.phone_index, cast(cast(Reporter.id, Integer), String))


def crowd(found: Gathering) -> Crowd:
    """Return an event's counts."""
    query = (
        select(func.count(Tip.id), func.count(func.distinct(_caller())))
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(Tip.gathering_reference == found.reference)
    )
    number, callers = db.session.execute(query).one()
    return Crowd(found, number, callers)


def tips_of(found: Gathering, who: Identity) -> Sequence[Tip]:
    """Return the tips of an event in the viewer's scope, newest first."""
    query = tips.visible_to(who).where(Tip.gathering_reference == found.reference)
    return db.session.scalars(query.order_by(Tip.received_at.desc()).limit(500)).all()


# --- the superior's eye --------------------------------------------------------------------------


def remarks_of(reference: str) -> Sequence[Remark]:
    """Return what superior and bureau wrote to each other about a tip, newest first."""
    query = select(Remark).where(Remark.tip_reference == reference)
    return db.session.scalars(query.order_by(Remark.id.desc())).all()


def unanswered(reference: str) -> Sequence[Remark]:
    """Return the reminders of a tip that wait for an answer."""
    query = select(Remark).where(
        Remark.tip_reference == reference,
        Remark.kind == RemarkKind.URGE,
        Remark.answered_at.is_(None),
    )
    return db.session.scalars(query).all()


def overdue_below(who: Identity, today: date) -> Sequence[tuple[Tip, Clock]]:
    """Return the overdue tips of the bureaus below the viewer's own, the latest first."""
    joined, clock = clocks.with_main_clock(select(Tip), "tip", Tip.reference)
    query = joined.add_columns(clock).where(
        units.within(Tip.unit_path, who),
        Tip.unit_path != who.bureau_path,
        Tip.state.in_(tip_rules.OPEN),
        clocks.overdue(clock, today),
    )
    rows = db.session.execute(query.order_by(*clocks.due_order(clock)).limit(MOST_OVERDUE))
    return [(tip, running) for tip, running in rows]


def sample(who: Identity) -> Sequence[Tip]:
    """Draw some closed tips of the bureaus below at random, for a look from afar."""
    query = tips.visible_to(who).where(
        Tip.unit_path != who.bureau_path, Tip.state.not_in(tip_rules.OPEN)
    )
    return db.session.scalars(query.order_by(func.random()).limit(SAMPLE)).all()


# --- what waits ----------------------------------------------------------------------------------


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return what the way of tips asks of this person: disputes, reminders, feedback, delays."""
    return [*_disputes(who, today), *_asked_back(who, today), *_delays_below(who, today)]


def _disputes(who: Identity, today: date) -> list[Waiting]:
    if not may(who, "dispute:settle") and not may(who, "dispute:designate"):
        return []
    found = []
    for dispute, tip, running in db.session.execute(_open_disputes(who)):
        ask = _asked_of_dispute(dispute, who, running, today)
        if ask:
            found.append(_line(ask, "disputes.show", tip, running, today))
    return found


def _asked_of_dispute(
    dispute: Dispute, who: Identity, running: Clock | None, today: date
) -> str | None:
    is_late = running is not None and running.due_on is not None and running.due_on < today
    if allows(who, "dispute:designate", dispute) and (dispute.referred_on or is_late):
        return "tip.designate"
    if allows(who, "dispute:settle", dispute) and dispute.referred_on is None:
        return "tip.settle"
    return None


def _asked_back(who: Identity, today: date) -> list[Waiting]:
    """Return the tips whose sender waits for feedback or whose superior urges an answer."""
    if not may(who, "tip:answer"):
        return []
    urged = select(Remark.tip_reference).where(
        Remark.kind == RemarkKind.URGE, Remark.answered_at.is_(None)
    )
    query = select(Tip).where(
        Tip.unit_path == who.bureau_path,
        Tip.state.in_(tip_rules.OPEN),
        or_(Tip.feedback_on.is_not(None), Tip.reference.in_(urged)),
    )
    found = db.session.scalars(query)
    return [_line("tip.feedback", "triage.answer", tip, None, today) for tip in found]


def _delays_below(who: Identity, today: date) -> list[Waiting]:
    if not may(who, "tip:remark"):
        return []
    return [
        _line("tip.overdue_below", "tips.show", tip, running, today)
        for tip, running in overdue_below(who, today)
    ]


def _line(ask: str, endpoint: str, tip: Tip, running: Clock | None, today: date) -> Waiting:
    due_on = running.due_on if running else tip.feedback_on
    due = clocks.words_of(running, today) if running else None
    if due is None and due_on is not None:
        due = clocks.words_for_day(due_on, today)
    return Waiting(
        ask=ask,
        kind="tip",
        reference=tip.reference,
        title=tip.title,
        endpoint=endpoint,
        since=tip.received_at,
        due_on=due_on,
        due=due,
    )
