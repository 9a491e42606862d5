"""What stands in the ledger of leads, and what can be looked up about one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from app.cases.models import Case
from app.cases.rules import CaseState
from app.clocks import queries as clocks
from app.inspections.models import Task
from app.inspections.rules import TaskState
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.waiting import Waiting
from app.leads import rules
from app.leads.models import Lead, LeadLetter
from app.leads.rules import LeadState, Source, Standing
from app.tips import rules as tip_rules
from app.tips.models import Tip
from app.tips.rules import TipKind, TipState
from app.units import queries as units
from app.units.models import Unit

PER_PAGE = 30
#: A ledger longer than this is exported in parts, by its filters.
MOST_EXPORTED = 10_000
VIEWS = (*(standing.value for standing in Standing), "all")
#: Ends of a report as the ledger words them; a report that ended otherwise counts as not filed.
ENDS_OF_TIPS = {
    Standing.OPEN: tip_rules.OPEN,
    Standing.FILED: frozenset({TipState.FILED}),
    Standing.NOT_FILED: frozenset({TipState.NOT_FILED, TipState.CONCLUDED, TipState.DECLINED}),
    Standing.TRANSFERRED: frozenset({TipState.TRANSFERRED, TipState.REDIRECTED}),
    Standing.MERGED: frozenset({TipState.MERGED}),
}


@dataclass(frozen=True)
class Filter:
    """How the ledger is narrowed; the address carries all of it."""

    view: str = Standing.OPEN.value
    text: str = ""
    source: str = ""
    bureau: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the ledger: a lead, a report or a finding, each kept only in its own slice."""

    kind: str
    reference: str
    title: str
    source: Source
    standing: Standing
    found_at: datetime
    bureau: str
    unit_path: str

    def age(self, today: date) -> int:
        """Return how many days ago it was found."""
        return (today - clock.legal_day(self.found_at)).days


def visible_to(who: Identity) -> Select[Lead]:
    """Return the leads in the viewer's scope: own bureau and everything below it."""
    return select(Lead).where(units.within(Lead.unit_path, who))


def by_reference(reference: str, who: Identity) -> Lead:
    """Return a lead in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Lead.reference == reference))
    if found is None:
        raise NotFound
    return found


# --- the ledger ---------------------------------------------------------------------------------


def _leads(who: Identity, wanted: Sequence[Standing], text: str) -> Select[Any]:
    states = [s for s in LeadState if rules.standing_of(s) in wanted]
    standing = case(
        {state: rules.standing_of(state).value for state in LeadState}, value=Lead.state
    )
    return _line(
        "lead", Lead.reference, Lead.title, type_coerce(Lead.source, String), standing,
        Lead.entered_at, Lead.unit_path,
    ).where(
        units.within(Lead.unit_path, who), Lead.state.in_(states),
        _holds(text, Lead.reference, Lead.title, Lead.party_name),
    )  # fmt: skip


def _reports(who: Identity, wanted: Sequence[Standing], text: str) -> Select[Any]:
    """Reports of breaches; a complaint is a dispute and no lead.  Never a word of the reporter."""
    states = [state for standing in wanted for state in ENDS_OF_TIPS[standing]]
    standing = case(
        {state: end.value for end, ended in ENDS_OF_TIPS.items() for state in sorted(ended)},
        value=Tip.state,
    )
    title = func.coalesce(
        func.nullif(Tip.subject_name, ""), func.nullif(Tip.seller, ""), Tip.subject_address
    )
    source = literal(Source.TIP.value)
    return _line(
        "tip", Tip.reference, title, source, standing, Tip.received_at, Tip.unit_path
    ).where(
        units.within(Tip.unit_path, who), Tip.kind == TipKind.REPORT, Tip.state.in_(states),
        _holds(text, Tip.reference, Tip.subject_name, Tip.seller),
    )  # fmt: skip


def _findings(who: Identity, wanted: Sequence[Standing], text: str) -> Select[Any]:
    """Breaches found on the spot that no report stands behind and no lead was entered for.

    One whose case was proposed and not filed has its reason and approver there; while another case
    is proposed it is open again.
    """
    of_task, other = aliased(Case), aliased(Case)
    refused = exists().where(
        of_task.task_reference == Task.reference, of_task.state == CaseState.NOT_FILED
    )
    again = exists().where(
        other.task_reference == Task.reference, other.state == CaseState.PROPOSED
    )
    standing = case(
        (Task.state == TaskState.FILED, Standing.FILED.value),
        (and_(refused, ~again), Standing.NOT_FILED.value),
        else_=Standing.OPEN.value,
    )
    source = literal(Source.INSPECTION.value)
    return _line(
        "task", Task.reference, Task.title, source, standing, Task.ended_at, Task.unit_path
    ).where(
        units.within(Task.unit_path, who), Task.has_problem.is_(True),
        Task.state.in_((TaskState.DONE, TaskState.FILED)), Task.tip_reference.is_(None),
        ~exists().where(Lead.task_reference == Task.reference),
        standing.in_([one.value for one in wanted]),
        _holds(text, Task.reference, Task.title, Task.place_name),
    )  # fmt: skip


def _line(kind: str, *columns: Any) -> Select[Any]:
    names = ("reference", "title", "source", "standing", "found_at", "unit_path")
    named = [column.label(name) for name, column in zip(names, columns, strict=True)]
    return select(literal(kind).label("kind"), *named)


def _holds(text: str, *columns: Any) -> ColumnElement[bool]:
    words = text[:60]
    if not words:
        return literal(value=True)
    return or_(*(column.contains(words, autoescape=True) for column in columns))


PARTS = {Source.TIP: (_reports,), Source.INSPECTION: (_findings, _leads)}


def _ledger(who: Identity, asked: Filter) -> Select[Any]:
    wanted = [s for s in Standing if asked.view in {s.value, "all"}]
    every = (_leads, _reports, _findings)
    parts = every if not asked.source else PARTS.get(Source(asked.source), (_leads,))
    lines = union_all(*(part(who, wanted, asked.text) for part in parts)).subquery()
    query = select(lines, Unit.short_name).join(Unit, Unit.path == lines.c.unit_path)
    if asked.source:
        query = query.where(lines.c.source == asked.source)
    if asked.bureau:
        query = query.where(lines.c.unit_path == units.by_code(asked.bureau).path)
    is_open = asked.view == Standing.OPEN.value
    order = lines.c.found_at if is_open else lines.c.found_at.desc()
    return query.order_by(order, lines.c.reference)


def _read(query: Select[Any]) -> list[Line]:
    return [
        Line(
            row.kind, row.reference, row.title, Source(row.source), Standing(row.standing),
            row.found_at, row.short_name, row.unit_path,
        )
        for row in db.session.execute(query)
    ]  # fmt: skip


def ledger(who: Identity, asked: Filter, *, page: int) -> tuple[Sequence[Line], int]:
    """Return a page of the ledger and how many lines there are; of open ones the oldest first."""
    query = _ledger(who, asked)
    counted = query.order_by(None).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    return _read(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)), total


def exported(who: Identity, asked: Filter) -> Sequence[Line]:
    """Return the lines for a workbook, at most ``MOST_EXPORTED``."""
    return _read(_ledger(who, asked).limit(MOST_EXPORTED))


# --- one lead -----------------------------------------------------------------------------------


def of_task(task_reference: str) -> Lead | None:
    """Return the lead entered for a finding."""
    return db.session.scalar(select(Lead).where(Lead.task_reference == task_reference))


def of_case(found: Case) -> Sequence[Lead]:
    """Return the open leads that a case ends: it was proposed from one, or from its finding."""
    same = Lead.case_reference == found.reference
    if found.task_reference:
        same = or_(same, Lead.task_reference == found.task_reference)
    return db.session.scalars(select(Lead).where(same, Lead.state.in_(rules.OPEN))).all()


def children_of(reference: str, who: Identity) -> Sequence[Lead]:
    """Return the leads that arose from a lead or a letter, in the viewer's scope."""
    query = visible_to(who).where(Lead.parent_reference == reference)
    return db.session.scalars(query.order_by(Lead.reference)).all()


def is_known(reference: str, who: Identity) -> bool:
    """Tell whether a lead, report, finding or case of this reference is in the viewer's scope."""
    return any(
        db.session.scalar(
            select(model.id).where(model.reference == reference, units.within(path, who))
        )
        is not None
        for model, path in (
            (Lead, Lead.unit_path), (Tip, Tip.unit_path), (Task, Task.unit_path),
            (Case, Case.unit_path),
        )
    )  # fmt: skip


def open_lead(reference: str) -> Lead | None:
    """Return a lead by its reference alone, for the check of a merge."""
    return db.session.scalar(select(Lead).where(Lead.reference == reference))


# --- letters ------------------------------------------------------------------------------------


def letters_visible_to(who: Identity) -> Select[LeadLetter]:
    """Return the letters that the viewer's bureau, or one below it, sent or received."""
    return select(LeadLetter).where(
        or_(units.within(LeadLetter.unit_path, who), units.within(LeadLetter.addressee_path, who))
    )


def letter_by_reference(reference: str, who: Identity) -> LeadLetter:
    """Return a letter the viewer's bureau has to do with, or refuse (404)."""
    found = db.session.scalar(letters_visible_to(who).where(LeadLetter.reference == reference))
    if found is None:
        raise NotFound
    return found


def letters(who: Identity, *, page: int) -> tuple[Sequence[LeadLetter], int]:
    """Return a page of letters, unanswered ones first by their day, and how many there are."""
    query = letters_visible_to(who)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(
        LeadLetter.answered_on.is_not(None), LeadLetter.due_on, LeadLetter.id.desc()
    )
    return db.session.scalars(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def letters_of(lead: Lead) -> Sequence[LeadLetter]:
    """Return the letters written about a lead, the latest first."""
    query = select(LeadLetter).where(LeadLetter.lead_id == lead.id)
    return db.session.scalars(query.order_by(LeadLetter.id.desc())).all()


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the open leads and unanswered letters that wait for this person's bureau."""
    return [*_leads_waiting(who, today), *_letters_waiting(who, today)]


def _leads_waiting(who: Identity, today: date) -> list[Waiting]:
    if not may(who, "lead:propose") and not may(who, "lead:decide"):
        return []
    joined, term = clocks.with_main_clock(select(Lead), "lead", Lead.reference)
    query = joined.add_columns(term).where(
        Lead.unit_path == who.bureau_path, Lead.state == LeadState.OPEN
    )
    days = clocks.calendar()
    return [
        Waiting(
            ask="lead.handle",
            kind="lead",
            reference=lead.reference,
            title=lead.title,
            endpoint="leads.show",
            since=lead.moved_at,
            due_on=running.due_on if running else None,
            due=clocks.words_of(running, today, days) if running else None,
        )
        for lead, running in db.session.execute(query)
    ]


def _letters_waiting(who: Identity, today: date) -> list[Waiting]:
    if not may(who, "letter:answer"):
        return []
    query = select(LeadLetter).where(
        LeadLetter.addressee_path == who.bureau_path, LeadLetter.answered_on.is_(None)
    )
    days = clocks.calendar()
    return [
        Waiting(
            ask="letter.answer",
            kind="letter",
            reference=letter.reference,
            title=letter.lead.title,
            endpoint="leads.letter",
            since=letter.sent_at,
            due_on=letter.due_on,
            due=clocks.words_for_day(letter.due_on, today, days),
        )
        for letter in db.session.scalars(query.order_by(LeadLetter.id))
    ]
