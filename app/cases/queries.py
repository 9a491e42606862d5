"""What can be looked up about cases?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.cases import rules
from app.cases.models import Case, Decision, DecisionDraft
from app.cases.rules import CaseState, StatementKind
from app.clocks import queries as clocks
from app.clocks.models import Clock
from app.enterprises.models import Enterprise
from app.kernel import clock, storage
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows, may
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.people import queries as people
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("open", "mine", "overdue", "decided", "ended", "all")


@dataclass(frozen=True)
class Filter:
    """How the list is narrowed; the address carries all of it."""

    view: str = "open"
    text: str = ""
    state: str = ""
    bureau: str = ""
    product: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the list: a case with its running main clock."""

    case: Case
    clock: Clock | None


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    rows: Sequence[Row]
    total: int


def visible_to(who: Identity) -> Select[Case]:
    """Return the cases in the viewer's scope: own bureau and everything below it."""
    return select(Case).where(units.within(Case.unit_path, who))


def by_reference(reference: str, who: Identity) -> Case:
    """Return a case in the viewer's scope, or refuse (404)."""
    case = db.session.scalar(visible_to(who).where(Case.reference == reference))
    if case is None:
        raise NotFound
    return case


def handlers(case: Case) -> set[int]:
    """Return who handled a case and so may not judge it: its officers and who proposed it."""
    return {case.officer_one_id, case.officer_two_id, case.proposed_by_id}


def _in_view(view: str, clock: type[Clock], who: Identity, today: date) -> Any:
    is_open = Case.state.in_(rules.OPEN)
    mine = or_(Case.officer_one_id == who.person_id, Case.officer_two_id == who.person_id)
    conditions = {
        "open": is_open,
        "mine": and_(is_open, mine),
        "overdue": and_(is_open, clocks.overdue(clock, today)),
        "decided": Case.state.in_(rules.WITH_DECISION),
        "ended": Case.state.not_in(rules.OPEN),
    }
    return conditions.get(view, Case.id.is_not(None))


def _narrowed(query: Select[Any], asked: Filter) -> Select[Any]:
    if asked.state:
        query = query.where(Case.state == asked.state)
    if asked.bureau:
        query = query.where(Case.unit_path == units.by_code(asked.bureau).path)
    if asked.product:
        query = query.where(Case.product_code == asked.product)
    if asked.text:
        words = asked.text[:60]
        query = query.outerjoin(Decision).where(
            or_(
                Case.reference == words,
                Case.number.contains(words, autoescape=True),
                Decision.number.contains(words, autoescape=True),
                Case.title.contains(words, autoescape=True),
                Case.party_name.contains(words, autoescape=True),
            )
        )
    return query


def register(who: Identity, asked: Filter, *, page: int, today: date) -> Listing:
    """Return a page of the list, nearest last day first."""
    joined, clock = clocks.with_main_clock(visible_to(who), "case", Case.reference)
    paired = joined.add_columns(clock).where(_in_view(asked.view, clock, who, today))
    query = _narrowed(paired, asked)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(*clocks.due_order(clock), Case.id.desc()).options(
        selectinload(Case.bureau), selectinload(Case.decision).load_only(Decision.number)
    )
    rows = db.session.execute(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Listing([Row(case, running) for case, running in rows], total)


def view_counts(who: Identity, today: date) -> dict[str, int]:
    """Return how many cases each view of the list holds."""
    found = {}
    for view in VIEWS:
        joined, clock = clocks.with_main_clock(
            select(func.count()).select_from(Case), "case", Case.reference
        )
        query = joined.where(units.within(Case.unit_path, who), _in_view(view, clock, who, today))
        found[view] = db.session.scalar(query) or 0
    return found


def decided(who: Identity) -> Sequence[Case]:
    """Return the viewer's own bureau's cases with a decision, the latest decision first."""
    query = (
        select(Case)
        .join(Decision)
        .where(Case.unit_path == who.bureau_path, Case.state.in_(rules.WITH_DECISION))
    )
    return db.session.scalars(query.order_by(Decision.decided_on.desc(), Case.id.desc())).all()


def of_task(task_reference: str, who: Identity) -> Sequence[Case]:
    """Return the cases filed from an inspection task."""
    query = visible_to(who).where(Case.task_reference == task_reference)
    return db.session.scalars(query.order_by(Case.id)).all()


def of_tip(tip_reference: str, who: Identity) -> Sequence[Case]:
    """Return the cases filed from a tip."""
    query = visible_to(who).where(Case.tip_reference == tip_reference)
    return db.session.scalars(query.order_by(Case.id)).all()


def of_enterprise(enterprise_reference: str, who: Identity) -> Sequence[Case]:
    """Return the cases about an enterprise in the viewer's scope, newest first."""
    query = visible_to(who).join(Enterprise).where(Enterprise.reference == enterprise_reference)
    return db.session.scalars(query.order_by(Case.id.desc()).limit(50)).all()


def open_counts(enterprise_ids: Sequence[int]) -> dict[int, int]:
    """Return how many open cases there are about each enterprise: numbers alone, of all bureaus."""
    query = (
        select(Case.enterprise_id, func.count())
        .where(Case.enterprise_id.in_(enterprise_ids), Case.state.in_(rules.OPEN))
        .group_by(Case.enterprise_id)
    )
    return {one: number for one, number in db.session.execute(query) if one is not None}


@dataclass(frozen=True)
class Stage:
    """One segment of the stage bar: its day once it was reached, and its article."""

    state: CaseState
    article: str
    on: date | None
    mark: str


def stages(case: Case) -> list[Stage]:
    """Return the road of a case; one that ended early keeps only the stages it passed."""
    days = _stage_days(case)
    order = [state for state, _ in rules.STAGES]
    is_on_road = case.state in order
    at = order.index(case.state) if is_on_road else len(order)
    found = []
    for number, (state, article) in enumerate(rules.STAGES):
        on = days.get(state) if number <= at else None
        is_done = number < at and (is_on_road or on is not None)
        mark = "current" if number == at else "done" if is_done else ""
        found.append(Stage(state, article, on, mark))
    return found


def _stage_days(case: Case) -> dict[CaseState, date | None]:
    declared = case.recusal_declared_at
    reviews = [
        running.started_on
        for running in clocks.clocks_of("case", case.reference)
        if running.rule_code == rules.REVIEW
    ]
    return {
        CaseState.PROPOSED: clock.legal_day(case.proposed_at),
        CaseState.FILED: case.filed_on,
        CaseState.INVESTIGATING: clock.legal_day(declared) if declared else None,
        CaseState.REVIEWING: max(reviews, default=None),
        CaseState.REVIEWED: case.reviewed_on,
        CaseState.INFORMED: case.notice_on,
        CaseState.DECIDED: case.decision.decided_on if case.decision else None,
        CaseState.CLOSED: case.ended_on if case.state is CaseState.CLOSED else None,
    }


def told(case: Case) -> list[people.Happening]:
    """Return what happened, newest first; of its clocks only what nobody of the case decided."""
    return [
        happening
        for happening in people.timeline("case", case.reference)
        if not happening.event.startswith("clock.") or happening.event == "clock.recounted"
    ]


def names(case: Case) -> dict[int, str]:
    """Return the names of everybody who appears on a case's page."""
    files = storage.attachments_of("case", case.reference)
    decider = case.decision.decided_by_id if case.decision else None
    concerned = [
        *case.officer_ids, case.proposed_by_id, case.filed_by_id, case.reviewed_by_id, decider,
        *(file.added_by_id for file in files),
    ]  # fmt: skip
    return people.names([number for number in concerned if number is not None])


#: What a state asks for, and the permission of who is asked.
ASKS = {
    CaseState.PROPOSED: ("case.file", "case:file"),
    CaseState.FILED: ("case.begin", "case:investigate"),
    CaseState.INVESTIGATING: ("case.investigate", "case:investigate"),
    CaseState.REVIEWING: ("case.review", "case:review"),
    CaseState.REVIEWED: ("case.inform", "case:investigate"),
    CaseState.INFORMED: ("case.write_decision", "case:investigate"),
}
TO_DECIDE = ("case.decide", "case:decide")
TO_SERVE = ("case.serve", "case:investigate")


def statement_until(case: Case) -> date | None:
    """Return the last day of the party's term for a statement; None when it was waived."""
    if case.statement_kind is StatementKind.WAIVED:
        return None
    running = clocks.running_clock("case", case.reference, rules.STATEMENT)
    return running.due_on if running else None


def is_ripe(case: Case, today: date) -> bool:
    """Tell whether the decision may be made: the statement's term is over or was waived."""
    until = statement_until(case)
    return until is None or until < today


def ask_of(case: Case, today: date) -> tuple[str, str] | None:
    """Return what a case waits for now, and the permission of who does it."""
    if case.state is CaseState.INFORMED and case.draft is not None:
        return TO_DECIDE if is_ripe(case, today) else None
    if case.state is CaseState.DECIDED:
        return TO_SERVE if case.decision and case.decision.served_on is None else None
    return ASKS.get(case.state)


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the own bureau's cases that wait for this person; all of them for its leader."""
    if not (may(who, "case:investigate") or may(who, "case:review") or may(who, "case:file")):
        return []
    base = select(Case).where(Case.unit_path == who.bureau_path, Case.state.in_(rules.OPEN))
    joined, clock = clocks.with_main_clock(base, "case", Case.reference)
    lean = joined.add_columns(clock).options(  # every page of the house counts these lines
        selectinload(Case.draft).load_only(DecisionDraft.id),
        selectinload(Case.decision).load_only(Decision.served_on),
    )
    calendar = clocks.calendar()
    lines = []
    for case, running in db.session.execute(lean.order_by(Case.id)):
        asked = ask_of(case, today)
        if asked is None or not (who.has(Role.UNIT_LEADER) or allows(who, asked[1], case)):
            continue
        lines.append(
            Waiting(
                ask=asked[0],
                kind="case",
                reference=case.reference,
                title=case.title,
                endpoint="cases.show",
                since=case.moved_at,
                due_on=running.due_on if running else None,
                due=clocks.words_of(running, today, calendar) if running else None,
            )
        )
    return lines
