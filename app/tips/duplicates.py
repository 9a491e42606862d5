"""Which tips in the viewer's scope may tell the same as this one, how sure is that, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, delete, func, insert, select, union_all
from sqlalchemy.orm import selectinload

from app.enterprises import queries as enterprises
from app.kernel import clock
from app.kernel.db import db
from app.kernel.identity import Identity
from app.tips import likeness
from app.tips.likeness import LIKELY, WORTH_SHOWING, Parts, Story, compare
from app.tips.models import Tip, TipPrint
from app.units import queries as units

if TYPE_CHECKING:
    from app.tips.intake import Account

#: How many rows a common print may bring, and how many tips are compared one by one.
NEWEST_OF_A_PRINT = 150
COMPARED = 60
#: How many old tips one round of printing takes.
PIECE = 500


@dataclass(frozen=True)
class Candidate:
    """A tip that may tell the same, with the parts of its score."""

    tip: Tip
    parts: Parts
    days_apart: int

    @property
    def score(self) -> float:
        """How alike the two are, 0 to 1."""
        return self.parts.score

    @property
    def is_likely(self) -> bool:
        """Whether it should be looked at before a new record is made."""
        return self.score >= LIKELY


def candidates(
    account: Account, viewer: Identity, today: date, limit: int = 5
) -> Sequence[Candidate]:
    """Return the likely doubles of what is being told, best first, in the viewer's scope."""
    return alike(story_told(account, today), viewer, limit=limit)


def of_tip(tip: Tip, viewer: Identity, limit: int = 5) -> Sequence[Candidate]:
    """Return the likely doubles of a tip; neither itself nor its other half."""
    own = {tip.reference, tip.twin_reference}
    found = alike(story_of(tip), viewer, limit=limit + 2)
    return [each for each in found if each.tip.reference not in own][:limit]


def story_told(account: Account, told_on: date) -> Story:
    """Return what is compared of an account not kept yet."""
    known = enterprises.by_name(account.subject_name) if account.subject_name else None
    return story_about(account, known.id if known else None, told_on)


def story_about(account: Account, enterprise_id: int | None, told_on: date) -> Story:
    """Return what is compared of an account about an enterprise looked up already."""
    return Story(
        facts=account.facts,
        names=_names(account.subject_name, account.seller),
        enterprise_id=enterprise_id,
        address=account.subject_address,
        division_code=account.division_code,
        product_code=account.product_code,
        brand_model=account.brand_model,
        batch=account.batch,
        told_on=told_on,
    )


def story_of(tip: Tip) -> Story:
    """Return what is compared of a tip."""
    return Story(
        facts=tip.facts,
        names=_names(tip.subject_name, tip.seller),
        enterprise_id=tip.enterprise_id,
        address=tip.subject_address,
        division_code=tip.division_code,
        product_code=tip.product_code,
        brand_model=tip.brand_model,
        batch=tip.batch,
        told_on=clock.legal_day(tip.received_at),
    )


def _names(*told: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in told if name))


def alike(story: Story, viewer: Identity | None, *, limit: int = 5) -> Sequence[Candidate]:
    """Return the tips most like a story; ``viewer`` None is the administrator's verb alone."""
    found = [_compared(story, tip) for tip in _sharing_prints(story, viewer)]
    worth = [each for each in found if each.score >= WORTH_SHOWING]
    return sorted(worth, key=lambda each: (-each.score, each.days_apart, -each.tip.id))[:limit]


def _compared(story: Story, tip: Tip) -> Candidate:
    kept = story_of(tip)
    apart = abs((story.told_on - kept.told_on).days) if story.told_on and kept.told_on else 0
    return Candidate(tip, compare(story, kept), apart)


def _sharing_prints(story: Story, viewer: Identity | None) -> Sequence[Tip]:
    """Return the tips that share most prints; each print brings its newest few only."""
    each = [
        select(TipPrint.tip_id)
        .where(TipPrint.print == number)
        .order_by(TipPrint.tip_id.desc())
        .limit(NEWEST_OF_A_PRINT)
        .subquery()
        for number in likeness.prints_of(story)
    ]
    hits = union_all(*(select(found.c.tip_id) for found in each)).subquery()
    shared = func.count().label("shared")
    counted = select(hits.c.tip_id, shared).join(Tip, Tip.id == hits.c.tip_id)
    if viewer is not None:
        counted = counted.where(units.within(Tip.unit_path, viewer))
    best = (
        counted.group_by(hits.c.tip_id)
        .order_by(shared.desc(), hits.c.tip_id.desc())
        .limit(COMPARED)
        .subquery()
    )
    query = select(Tip).join(best, best.c.tip_id == Tip.id).options(selectinload(Tip.bureau))
    return db.session.scalars(query).all()


# Keeping the prints ---------------------------------------------------------------------------


def note(tip: Tip) -> None:
    """Keep a tip's prints, in the transaction that made it or changed its words."""
    db.session.execute(delete(TipPrint).where(TipPrint.tip_id == tip.id))
    add(tip)


def add(tip: Tip) -> None:
    """Keep the prints of a tip that has none yet."""
    add_all([(tip.id, likeness.prints_of(story_of(tip)))])


def add_all(printed: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Keep the prints of many tips that have none yet."""
    rows = [{"print": number, "tip_id": tip_id} for tip_id, each in printed for number in each]
    # Below the mapper, which has nothing to add and takes most of the time.
    db.session.execute(insert(cast("Table", TipPrint.__table__)), rows)


def print_older() -> int:
    """Give the newest tips that have no prints yet theirs; returns how many were printed.

    New tips are printed as they come, so what is missing lies below the first printed one.
    """
    first = db.session.scalar(select(func.min(TipPrint.tip_id)))
    query = select(Tip).order_by(Tip.id.desc()).limit(PIECE)
    older = db.session.scalars(query if first is None else query.where(Tip.id < first)).all()
    for tip in older:
        add(tip)
    return len(older)
