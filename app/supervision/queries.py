"""What can be looked up about listings?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all

from app.cases.models import Case
from app.clocks import queries as clocks
from app.enterprises.models import Enterprise
from app.kernel.calendar import WorkCalendar, add_calendar_days, add_working_days
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.people import queries as people
from app.supervision import rules
from app.supervision.models import Demand, Listing, Urging
from app.supervision.rules import DemandState, ListingState, Sent, SubjectKind
from app.units import queries as units


def in_scope(who: Identity) -> ColumnElement[bool]:
    """Return the condition: supervised or handled by the viewer's bureau or one below it."""
    return or_(units.within(Listing.unit_path, who), units.within(Listing.handling_path, who))


def visible_to(who: Identity) -> Select[Listing]:
    """Return the listings in the viewer's scope."""
    return select(Listing).where(in_scope(who))


def listed_counts(enterprise_ids: Sequence[int]) -> dict[int, int]:
    """Return how many listings stand about each enterprise or a case of it: numbers alone."""
    about = select(Enterprise.id, Enterprise.reference).where(Enterprise.id.in_(enterprise_ids))
    of_cases = select(Case.enterprise_id, Case.reference).where(
        Case.enterprise_id.in_(enterprise_ids)
    )
    subjects = union_all(about, of_cases).subquery()
    owner, reference = subjects.c
    query = (
        select(owner, func.count(Listing.id.distinct()))
        .join(Listing, Listing.subject_reference == reference)
        .where(
            Listing.subject_kind.in_([SubjectKind.ENTERPRISE, SubjectKind.CASE]),
            Listing.ended_on.is_(None),
        )
        .group_by(owner)
    )
    return dict(db.session.execute(query).all())


def by_reference(reference: str, who: Identity) -> Listing:
    """Return a listing in the viewer's scope, or refuse (404)."""
    listing = db.session.scalar(visible_to(who).where(Listing.reference == reference))
    if listing is None:
        raise NotFound
    return listing


def demand_of(listing: Listing, position: int) -> Demand:
    """Return one demand of a listing, or refuse (404)."""
    for demand in listing.demands:
        if demand.position == position:
            return demand
    raise NotFound


def of_subject(kind: SubjectKind, reference: str, who: Identity) -> Sequence[Listing]:
    """Return the listings of one subject in the viewer's scope, the latest first."""
    query = visible_to(who).where(
        Listing.subject_kind == kind, Listing.subject_reference == reference
    )
    return db.session.scalars(query.order_by(Listing.id.desc())).all()


def is_live(kind: SubjectKind, reference: str, bureau_id: int) -> bool:
    """Tell whether a bureau already has this very subject on its list."""
    if not reference:
        return False
    query = select(Listing.id).where(
        Listing.subject_kind == kind,
        Listing.subject_reference == reference,
        Listing.bureau_id == bureau_id,
        Listing.state.in_(rules.LIVE),
    )
    return db.session.scalar(query.limit(1)) is not None


# The ladder ---------------------------------------------------------------------------------------


def unanswered(listing: Listing) -> Urging | None:
    """Return the last letter while it waits for its answer."""
    last = listing.urgings[-1] if listing.urgings else None
    return last if last is not None and last.answered_at is None else None


def sent(listing: Listing) -> list[Sent]:
    """Return the letters as the ladder knows them."""
    return [
        Sent(letter.rung, letter.answer_due_on, letter.answered_at is not None)
        for letter in listing.urgings
    ]


def answer_day(today: date) -> date:
    """Return the day the form of a letter offers for the answer."""
    return add_working_days(today, rules.ANSWER_DAYS, clocks.calendar())


def names(listing: Listing) -> dict[int, str]:
    """Return the names of everybody who appears on a listing's page."""
    reports = [report for demand in listing.demands for report in demand.reports]
    concerned = [
        listing.listed_by_id, listing.ended_by_id,
        *(number for r in reports for number in (r.reported_by_id, r.judged_by_id)),
        *(number for u in listing.urgings for number in (u.sent_by_id, u.answered_by_id)),
        *(extension.approved_by_id for extension in listing.extensions),
    ]  # fmt: skip
    return people.names([number for number in concerned if number is not None])


# What waits ---------------------------------------------------------------------------------------


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return what waits for this person: as supervisor of some listings, as handler of others."""
    own = or_(Listing.unit_path == who.bureau_path, Listing.handling_path == who.bureau_path)
    query = select(Listing).where(own, Listing.state.in_(rules.LIVE)).order_by(Listing.due_on)
    calendar = clocks.calendar()
    lines = []
    for listing in db.session.scalars(query):
        for ask, permission, due_on in _asks(listing, today):
            if allows(who, permission, listing) or _leads(who, permission, listing):
                lines.append(_line(listing, ask, due_on, today, calendar))
    return lines


def _leads(who: Identity, permission: str, listing: Listing) -> bool:
    """A leader sees what waits for anybody in the bureau."""
    handled = permission in {"listing:report", "listing:answer", "listing:apply"}
    path = listing.handling_path if handled else listing.unit_path
    return who.has(Role.UNIT_LEADER) and path == who.bureau_path


def _asks(listing: Listing, today: date) -> list[tuple[str, str, date | None]]:
    """Return what a live listing asks for now: the act, its permission, its last day."""
    found: list[tuple[str, str, date | None]] = []
    open_days = [d.due_on for d in listing.demands if d.state is DemandState.OPEN]
    letter = unanswered(listing)
    if letter is not None:
        found.append(("listing.answer", "listing:answer", letter.answer_due_on))
    if DemandState.REPORTED in listing.demand_states:
        found.append(("listing.judge", "listing:judge", None))
    if listing.state is ListingState.APPLIED:
        found.append(("listing.delist", "listing:delist", listing.due_on))
    elif open_days:
        found.append(("listing.report", "listing:report", min(open_days)))
        if min(open_days) < today and (letter is None or letter.answer_due_on < today):
            found.append(("listing.urge", "listing:urge", min(open_days)))
    else:
        found.append(("listing.apply", "listing:apply", listing.due_on))
    return found


def _line(
    listing: Listing, ask: str, due_on: date | None, today: date, calendar: WorkCalendar
) -> Waiting:
    return Waiting(
        ask=ask,
        kind="listing",
        reference=listing.reference,
        title=listing.title,
        endpoint="supervision.show",
        since=listing.moved_at,
        due_on=due_on,
        due=clocks.words_for_day(due_on, today, calendar) if due_on else None,
    )


def listing_day(today: date) -> date:
    """Return the day the form of a listing offers as its end."""
    return add_calendar_days(today, rules.LISTING_DAYS, clocks.calendar())
