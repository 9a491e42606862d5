"""What can be looked up about requests for credit repair?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from app.cases.models import Case, Decision
from app.clocks import queries as clocks
from app.disclosures import queries as disclosures
from app.disclosures.models import Disclosure
from app.disclosures.repairs import rules
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import RepairState
from app.disclosures.rules import DisclosureState
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.units import queries as units

PER_PAGE = 30


def visible_to(who: Identity) -> Select[Repair]:
    """Return the requests in the viewer's scope: own bureau and everything below it."""
    return select(Repair).where(units.within(Repair.unit_path, who))


def by_reference(reference: str, who: Identity) -> Repair:
    """Return a request in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Repair.reference == reference))
    if found is None:
        raise NotFound
    return found


def register(who: Identity, *, page: int) -> tuple[Sequence[Repair], int]:
    """Return a page of requests, the latest first, and how many there are."""
    query = visible_to(who)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Repair.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return db.session.scalars(ordered).all(), total


def live_of(disclosure: Disclosure) -> Repair | None:
    """Return the request that is being handled for a publication."""
    query = select(Repair).where(
        Repair.disclosure_id == disclosure.id, Repair.state.in_(rules.LIVE)
    )
    return db.session.scalars(query).one_or_none()


def newest_version(disclosure: Disclosure) -> Disclosure:
    """Return what is shown now where a request was made about an earlier version."""
    found = disclosure
    while found.state is DisclosureState.CORRECTED:
        after = disclosures.version_after(found)
        if after is None:
            break
        found = after
    return found


@dataclass(frozen=True)
class Later:
    """A penalty of the same party after the one at hand: whoever decides must look at it."""

    reference: str
    title: str
    violation: str
    decided_on: date


def later_penalties(disclosure: Disclosure) -> list[Later]:
    """Return what the same party was punished for afterwards, anywhere in the portal."""
    case, decision = disclosures.case_of(disclosure), disclosures.decision_of(disclosure)
    same = (
        Case.enterprise_id == case.enterprise_id
        if case.enterprise_id is not None
        else Decision.party_name == decision.party_name
    )
    query = (
        select(Case, Decision)
        .join(Decision)
        .where(same, Decision.decided_on > decision.decided_on, Case.id != case.id)
    )
    return [
        Later(one.reference, one.title, made.violation_title, made.decided_on)
        for one, made in db.session.execute(query.order_by(Decision.decided_on).limit(20))
    ]


#: What a state asks for, and the permission of whoever is asked.
ASKS = {
    RepairState.RECEIVED: ("repair.examine", "repair:examine"),
    RepairState.ACCEPTED: ("repair.decide", "repair:decide"),
    RepairState.GRANTED: ("repair.apply", "repair:examine"),
}


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the requests that wait for this person; a leader sees those of the whole bureau."""
    query = select(Repair).where(Repair.unit_path == who.bureau_path, Repair.state.in_(ASKS.keys()))
    found = [one for one in db.session.scalars(query.order_by(Repair.id)) if _is_asked(one, who)]
    running = clocks.main_clocks("repair", [one.reference for one in found])
    calendar = clocks.calendar()
    lines = []
    for one in found:
        term = running.get(one.reference)
        lines.append(
            Waiting(
                ask=ASKS[one.state][0],
                kind="repair",
                reference=one.reference,
                title=one.title,
                endpoint="repairs.show",
                since=one.moved_at,
                due_on=term.due_on if term else None,
                due=clocks.words_of(term, today, calendar) if term else None,
            )
        )
    return lines


def _is_asked(repair: Repair, who: Identity) -> bool:
    if who.has(Role.UNIT_LEADER):
        return True
    apart = repair.state is not RepairState.ACCEPTED or who.person_id != repair.examined_by_id
    return apart and allows(who, ASKS[repair.state][1], repair)
