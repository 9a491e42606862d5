"""What was asked and added about a tip, what waits for being read, and how were bureaus judged?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from app.clocks import queries as clock_queries
from app.clocks.models import Clock
from app.kernel import clock
from app.kernel.db import db
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.waiting import Waiting
from app.tips.conversations.models import TipMessage, TipSatisfaction
from app.tips.conversations.rules import JUDGED, SCORES, MessageKind, average
from app.tips.models import Tip
from app.tips.rules import OPEN
from app.units import queries as units
from app.units.models import Unit


def receiver(tip: Tip) -> Tip | None:
    """Return the open tip whose handler reads what is added: itself, or the one it was joined to.

    None when nobody handles it any more.
    """
    if tip.state in OPEN:
        return tip
    if tip.merged_into is None:
        return None
    query = select(Tip).where(Tip.reference == tip.merged_into, Tip.state.in_(OPEN))
    return db.session.scalars(query).one_or_none()


def of_reporter(references: Sequence[str]) -> Sequence[TipMessage]:
    """Return what a call's reporter and the bureaus wrote, oldest first, each addition once."""
    query = select(TipMessage).where(TipMessage.tip_reference.in_(references))
    found = {
        (m.kind, m.at, m.text): m for m in db.session.scalars(query.order_by(TipMessage.id.desc()))
    }
    return list(found.values())[::-1]


def of_tip(tip: Tip) -> Sequence[TipMessage]:
    """Return what a tip's handler reads, newest first: also what came to tips joined to it."""
    joined = select(Tip.reference).where(Tip.merged_into == tip.reference)
    query = select(TipMessage).where(
        or_(TipMessage.tip_reference == tip.reference, TipMessage.tip_reference.in_(joined))
    )
    return db.session.scalars(query.order_by(TipMessage.id.desc())).all()


def unread(tip: Tip) -> list[TipMessage]:
    """Return the additions that the bureau has not taken note of."""
    return [m for m in of_tip(tip) if m.kind is MessageKind.ADDITION and m.done_at is None]


def restartable(tip: Tip) -> tuple[Clock, date] | None:
    """Return the clock that new facts let run anew, and from which day; None when none would."""
    running = clock_queries.main_clock("tip", tip.reference)
    days = [clock.legal_day(m.at) for m in unread(tip)]
    if running is None or not days or max(days) <= running.started_on:
        return None
    return running, max(days)


def rating(reference: str) -> TipSatisfaction | None:
    """Return how a tip's handling was judged."""
    return db.session.get(TipSatisfaction, reference)


def to_rate(tips: Sequence[Tip]) -> Tip | None:
    """Return the first tip of a call that has ended and was not judged."""
    return next((t for t in tips if t.state in JUDGED and rating(t.reference) is None), None)


@dataclass(frozen=True)
class Judged:
    """How often each score was given to a bureau, from 1 to 5."""

    unit: Unit
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many judged."""
        return sum(self.counts)

    @property
    def average(self) -> float:
        """The mean score."""
        return average(self.counts)


def judged(who: Identity) -> list[Judged]:
    """Return the judgements of one's own bureau and those below, by unit."""
    query = (
        select(TipSatisfaction.unit_id, TipSatisfaction.score, func.count())
        .join(Unit, Unit.id == TipSatisfaction.unit_id)
        .where(Unit.path.startswith(who.bureau_path, autoescape=True))
        .group_by(TipSatisfaction.unit_id, TipSatisfaction.score)
    )
    found: dict[int, dict[int, int]] = {}
    for unit_id, score, count in db.session.execute(query):
        found.setdefault(unit_id, {})[score] = count
    rows = [
        Judged(units.by_id(unit_id), tuple(counts.get(score, 0) for score in SCORES))
        for unit_id, counts in found.items()
    ]
    return sorted(rows, key=lambda row: row.unit.path)


def words_about(who: Identity, most: int = 50) -> Sequence[TipSatisfaction]:
    """Return the latest judgements with words, of one's own bureau and those below."""
    query = (
        select(TipSatisfaction)
        .join(Unit, Unit.id == TipSatisfaction.unit_id)
        .where(TipSatisfaction.text != "")
        .where(Unit.path.startswith(who.bureau_path, autoescape=True))
        .order_by(TipSatisfaction.at.desc())
        .limit(most)
    )
    return db.session.scalars(query).all()


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the tips of one's bureau to which something was added that nobody took note of."""
    if not may(who, "tip:ask"):
        return []
    new = select(TipMessage.tip_reference).where(
        TipMessage.kind == MessageKind.ADDITION, TipMessage.done_at.is_(None)
    )
    joined = select(Tip.merged_into).where(Tip.reference.in_(new))
    query = select(Tip).where(
        Tip.unit_path == who.bureau_path,
        Tip.state.in_(OPEN),
        or_(Tip.reference.in_(new), Tip.reference.in_(joined)),
    )
    return [_line(tip, today) for tip in db.session.scalars(query)]


def _line(tip: Tip, today: date) -> Waiting:
    running = clock_queries.main_clock("tip", tip.reference)
    return Waiting(
        ask="tip.addition",
        kind="tip",
        reference=tip.reference,
        title=tip.title,
        endpoint="tips.show",
        since=tip.received_at,
        due_on=running.due_on if running else None,
        due=clock_queries.words_of(running, today) if running else None,
    )
