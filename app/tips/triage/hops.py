"""Which way did a tip come, back to whom does it go, and who stands above all that had it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.kernel import clock
from app.kernel.db import db
from app.kernel.identity import Identity
from app.tips.models import Tip
from app.tips.triage.models import Hop
from app.tips.triage.rules import HopKind
from app.units import queries as units
from app.units.models import Unit
from app.units.rules import RECORD_HOLDERS


@dataclass(frozen=True)
class Passage:
    """Where a tip goes, and why."""

    kind: HopKind
    goal: Unit | None
    reason: str = ""
    outside: str = ""
    feedback_on: date | None = None


def note(tip: Tip, origin: Unit, passage: Passage, *, by: Identity | None) -> None:
    """Write a passage down, beside the act that made it."""
    db.session.add(
        Hop(
            tip_reference=tip.reference,
            kind=passage.kind,
            from_id=origin.id,
            to_id=passage.goal.id if passage.goal else None,
            outside=passage.outside,
            reason=passage.reason,
            feedback_on=passage.feedback_on,
            at=clock.now(),
            by_id=by.person_id if by else None,
        )
    )
    db.session.flush()


Listener = Callable[[Tip, Identity], None]
_listeners: list[Listener] = []


def heard_by(listener: Listener) -> None:
    """Let a slice above, which tips may not know, write what goes with a tip sent down."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(tip: Tip, by: Identity) -> None:
    """Tell, inside the same transaction, that a tip was sent to a bureau below (art. 41)."""
    for listener in _listeners:
        listener(tip, by)


def of(reference: str) -> Sequence[Hop]:
    """Return a tip's passages, newest first."""
    query = select(Hop).where(Hop.tip_reference == reference)
    return db.session.scalars(query.order_by(Hop.id.desc())).all()


def sender_of(tip: Tip, desk: Unit) -> int | None:
    """Return who sent a tip to a desk that has it again: the next one above on its way."""
    for hop in of(tip.reference):
        if hop.kind is HopKind.ROUTE and hop.to_id == desk.id and hop.from_id != desk.id:
            return hop.from_id
    return None


def is_designated(tip: Tip) -> bool:
    """Tell whether a superior said who handles the tip: that is passed on no further."""
    passages = of(tip.reference)
    return bool(passages) and passages[0].kind is HopKind.DESIGNATE


def bouncers(tip: Tip, desk: Unit) -> list[Unit]:
    """Return the bureaus that returned a tip lately, the last first; one alone and its desk."""
    returned = [
        hop.origin
        for hop in of(tip.reference)
        if hop.kind is HopKind.RETURN and hop.origin.kind in RECORD_HOLDERS
    ]
    found = list({unit.id: unit for unit in [tip.bureau, *returned[: tip.bounces]]}.values())
    return found if len(found) > 1 else [*found, desk]


def above_all(bureaus: Iterable[Unit]) -> Unit | None:
    """Return the nearest bureau above every one of some bureaus, itself none of them."""
    below = list(bureaus)
    steps = [unit.path.strip("/").split("/") for unit in below]
    shared = []
    for places in zip(*steps, strict=False):
        if len(set(places)) > 1:
            break
        shared.append(int(places[0]))
    own = {unit.id for unit in below}
    for unit_id in reversed(shared):
        unit = units.by_id(unit_id)
        if unit.kind in RECORD_HOLDERS and unit.id not in own:
            return unit
    return None
