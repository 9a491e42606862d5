"""What can be looked up about tips?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union_all

from app.clocks import queries as clocks
from app.clocks.models import Clock
from app.kernel import clock, divisions, vault
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.tips import rules
from app.tips.models import Reporter, Tip
from app.tips.rules import TipKind, TipState
from app.units import queries as units
from app.units.models import Unit

PER_PAGE = 30
NEAR_DAYS = 5


@dataclass(frozen=True)
class Filter:
    """How the queue is narrowed; the address carries all of it."""

    view: str = "triage"
    text: str = ""
    kind: str = ""
    channel: str = ""
    product: str = ""
    bureau: str = ""


def visible_to(who: Identity) -> Select[Tip]:
    """Return the tips in the viewer's scope: own bureau and everything below it."""
    return select(Tip).where(units.within(Tip.unit_path, who))


def by_reference(reference: str, who: Identity) -> Tip:
    """Return a tip in the viewer's scope, or refuse (404)."""
    tip = db.session.scalar(visible_to(who).where(Tip.reference == reference))
    if tip is None:
        raise NotFound
    return tip


VIEWS = ("triage", "ours", "overdue", "closed", "all")
COUNTED = ("triage", "ours", "overdue")


def _pending(who: Identity) -> list[TipState]:
    """Return the states in which no bureau has a tip in hand, as far as this person changes it."""
    designates = [TipState.ESCALATED] if may(who, "dispute:designate") else []
    return [TipState.RECEIVED, TipState.RETURNED, *designates]


def _late(who: Identity, today: date) -> Select[int]:
    """Return the tips in a viewer's scope whose main clock has run out.

    Two questions in one, so that neither passes the half million closed ones: what is open, and
    what is decided while its named reporter was not told yet (令20 art. 31).
    """
    scope = units.within(Tip.unit_path, who)
    handled, running = clocks.with_main_clock(select(Tip.id), "tip", Tip.reference)
    told, term = clocks.with_main_clock(select(Tip.id), "tip", Tip.reference)
    is_owed = and_(term.rule_code == rules.NAMED_REPLY, Tip.state.not_in(rules.OPEN))
    both = union_all(
        handled.where(scope, Tip.state.in_(rules.OPEN), clocks.overdue(running, today)),
        told.where(scope, is_owed, clocks.overdue(term, today)),
    ).subquery()
    return select(both.c.id)


def _in_view(view: str, who: Identity, today: date) -> Any:
    own, pending = Tip.unit_path == who.bureau_path, _pending(who)
    is_open = Tip.state.in_(rules.OPEN)
    conditions = {
        "triage": and_(own, Tip.state.in_(pending)),
        "ours": and_(own, is_open, Tip.state.not_in(pending)),
        "overdue": Tip.id.in_(_late(who, today)),
        "closed": Tip.state.not_in(rules.OPEN),
        "all": Tip.id.is_not(None),
    }
    return conditions.get(view, conditions["all"])


def _narrowed(query: Select[Any], asked: Filter) -> Select[Any]:
    if asked.kind:
        query = query.where(Tip.kind == asked.kind)
    if asked.channel:
        query = query.where(Tip.channel == asked.channel)
    if asked.product:
        query = query.where(Tip.product_code == asked.product)
    if asked.bureau:
        query = query.where(Tip.unit_path == units.by_code(asked.bureau).path)
    if asked.text:
        words = asked.text[:60]
        query = query.where(
            or_(
                Tip.reference == words,
                Tip.facts.contains(words, autoescape=True),
                Tip.subject_name.contains(words, autoescape=True),
            )
        )
    return query


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    tip: Tip
    clock: Clock | None


@dataclass(frozen=True)
class Queue:
    """One page of the queue, in groups by what the law makes urgent."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    total: int


def queue(who: Identity, asked: Filter, *, page: int, today: date) -> Queue:
    """Return a page of the queue, nearest last day first, in four groups.

    What is looked back on, the closed ones and all, comes newest first and in one group: sorting
    half a million tips by clocks that stand still would tell nobody anything.
    """
    base, clock = clocks.with_main_clock(select(Tip), "tip", Tip.reference)
    base = base.add_columns(clock).where(units.within(Tip.unit_path, who))
    looks_back = asked.view not in COUNTED
    condition = _in_view(asked.view, who, today)
    query = _narrowed(base.where(condition), asked)
    counted = select(func.count()).where(units.within(Tip.unit_path, who), condition)
    total = db.session.scalar(_narrowed(counted, asked)) or 0
    urgency = (*clocks.due_order(clock), Tip.received_at, Tip.id)
    ordered = query.order_by(*((Tip.id.desc(),) if looks_back else urgency))
    rows = db.session.execute(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    groups: dict[str, list[Row]] = {}
    for tip, running in rows:
        group = "rest" if looks_back else _group(running, today)
        groups.setdefault(group, []).append(Row(tip, running))
    return Queue(list(groups.items()), total)


def _group(running: Clock | None, today: date) -> str:
    if running is None or running.due_on is None:
        return "rest"
    if running.due_on < today:
        return "overdue"
    if running.due_on == today:
        return "today"
    return "near" if (running.due_on - today).days <= NEAR_DAYS else "rest"


def view_counts(who: Identity, today: date) -> dict[str, int]:
    """Return how many tips each view of work to do holds; what is done is not counted each time."""
    held = ("triage", "ours")
    sums = [func.sum(case((_in_view(v, who, today), 1), else_=0)) for v in held]
    query = select(*sums).where(Tip.unit_path == who.bureau_path, Tip.state.in_(rules.OPEN))
    found = db.session.execute(query).one()
    late = db.session.scalar(select(func.count()).select_from(_late(who, today).subquery()))
    return {**{v: int(n or 0) for v, n in zip(held, found, strict=True)}, "overdue": late or 0}


@dataclass(frozen=True)
class Proposal:
    """Which bureau a tip seems to belong to, and why: shown, never acted on by itself."""

    unit: Unit | None
    reason: str
    division: str
    candidates: Sequence[str]
    article: str


@dataclass(frozen=True)
class Place:
    """What was told of where it happened; an unclear address is read as one within a division."""

    division_code: str
    told: str
    within: str


def proposal(tip: Tip, *, on: date, demo: bool) -> Proposal:
    """Propose the competent bureau for a tip."""
    told = tip.subject_address or tip.facts
    place = Place(tip.division_code, told, tip.bureau.division_code)
    found = proposed(place, tip.kind, on=on, demo=demo)
    article = rules.competence(tip.kind, clock.legal_day(tip.received_at))
    return replace(found, article=article)


def proposed(place: Place, kind: TipKind, *, on: date, demo: bool) -> Proposal:
    """Propose the competent bureau from a place told on a day, honest when unsure."""
    article = rules.competence(kind, on)
    if place.division_code:
        unit = units.competent(place.division_code, on)
        name = divisions.table(demo=demo).full_name(place.division_code) or place.division_code
        return Proposal(unit, "division" if unit else "no_bureau", name, (), article)
    found = divisions.resolve(place.told, within=place.within, demo=demo)
    if found.code and found.status in {"resolved", "historical"}:
        unit = units.competent(found.code, on)
        return Proposal(unit, found.status if unit else "no_bureau", found.name or "", (), article)
    # In full: four places called 鼓楼区 are told apart by their cities alone.
    names = tuple(divisions.full_name_of(each.code, demo=demo) for each in found.candidates)
    return Proposal(None, "ambiguous" if names else "unknown", "", names, article)


def same_enterprise(tip: Tip, who: Identity) -> Sequence[Tip]:
    """Return other open tips about the same enterprise in the viewer's scope."""
    if tip.enterprise_id is None:
        return ()
    query = visible_to(who).where(
        Tip.enterprise_id == tip.enterprise_id, Tip.id != tip.id, Tip.state.in_(rules.OPEN)
    )
    return db.session.scalars(query.order_by(Tip.received_at.desc()).limit(10)).all()


def same_caller(phone: str, who: Identity) -> Sequence[Tip]:
    """Return earlier tips from the same number, by its keyed index."""
    index = vault.blind_index(phone, field="phone")
    query = visible_to(who).join(Reporter).where(Reporter.phone_index == index)
    return db.session.scalars(query.order_by(Tip.received_at.desc()).limit(10)).all()


def reporter_of(tip: Tip) -> Reporter:
    """Return the sealed reporter of a tip."""
    return db.session.get_one(Reporter, tip.reporter_id)


def of_enterprise(enterprise_id: int, who: Identity) -> Sequence[Tip]:
    """Return the tips about an enterprise in the viewer's scope, newest first."""
    query = visible_to(who).where(Tip.enterprise_id == enterprise_id)
    return db.session.scalars(query.order_by(Tip.received_at.desc()).limit(50)).all()


#: Who is asked what by which state: the permission decides who sees the line.
ASKS = {
    TipState.RECEIVED: ("tip.triage", "tip:route"),
    TipState.RETURNED: ("tip.triage", "tip:route"),
    TipState.ROUTED: ("tip.take_up", "tip:verify"),
    TipState.VERIFIED: ("tip.decide", "tip:decide_not_to_file"),
}


def _states_asked(who: Identity) -> list[TipState]:
    return [s for s, (_, permission) in ASKS.items() if asked_of(who, s, permission)]


def _asks(who: Identity, states: list[TipState]) -> Any:
    """Return which tips wait; one with a proposed case is decided there."""
    is_pending = and_(Tip.state == TipState.VERIFIED, Tip.case_reference.is_not(None))
    return and_(Tip.unit_path == who.bureau_path, Tip.state.in_(states), ~is_pending)


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the tips of the viewer's own bureau that wait for an act of this person."""
    states = _states_asked(who)
    if not states:
        return []
    joined, clock = clocks.with_main_clock(select(Tip), "tip", Tip.reference)
    query = joined.add_columns(clock).where(_asks(who, states))
    calendar = clocks.calendar()
    return [
        Waiting(
            ask=ASKS[tip.state][0],
            kind="tip",
            reference=tip.reference,
            title=tip.title,
            endpoint="tips.show",
            since=tip.received_at,
            due_on=running.due_on if running else None,
            due=clocks.words_of(running, today, calendar) if running else None,
        )
        for tip, running in db.session.execute(query)
    ]


def waiting_counts(who: Identity, today: date) -> tuple[int, int]:
    """Return how many tips wait for this person and how many are overdue, without loading them."""
    # Who designates finds what was escalated by its dispute, on the desk; it is counted here.
    states = [*_states_asked(who), *(s for s in _pending(who) if s is TipState.ESCALATED)]
    if not states:
        return 0, 0
    joined, clock = clocks.with_main_clock(select(Tip.id), "tip", Tip.reference)
    late = func.count().filter(clocks.overdue(clock, today))
    query = joined.with_only_columns(func.count(), late).where(_asks(who, states))
    waits, overdue = db.session.execute(query).one()
    return waits, overdue


def asked_of(who: Identity, state: TipState, permission: str) -> bool:
    """Tell whether a state's act waits for this person; a leader sees what waits for anybody."""
    if state is TipState.ROUTED and who.has(Role.TRIAGE_OFFICER):
        return True
    return may(who, permission) or who.has(Role.UNIT_LEADER)
