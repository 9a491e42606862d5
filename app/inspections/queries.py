"""What can be looked up about inspection tasks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from app.clocks import queries as clocks
from app.inspections import rules
from app.inspections.models import Task
from app.inspections.rules import TaskState
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.people import queries as people
from app.people.models import Person
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("mine", "open", "overdue", "closed", "all")


@dataclass(frozen=True)
class Filter:
    """How the list is narrowed; the address carries all of it."""

    view: str = "open"
    text: str = ""
    kind: str = ""
    product: str = ""


def visible_to(who: Identity) -> Select[Task]:
    """Return the tasks in the viewer's scope."""
    return select(Task).where(units.within(Task.unit_path, who))


def by_reference(reference: str, who: Identity) -> Task:
    """Return a task in the viewer's scope, or refuse (404)."""
    task = db.session.scalar(visible_to(who).where(Task.reference == reference))
    if task is None:
        raise NotFound
    return task


def _mine(who: Identity) -> Any:
    return or_(Task.officer_id == who.person_id, Task.companion_id == who.person_id)


def _in_view(view: str, who: Identity, today: date) -> Any:
    is_open = Task.state.in_(rules.OPEN)
    return {
        "mine": is_open & _mine(who),
        "open": is_open,
        "overdue": is_open & (Task.due_on < today),
        "closed": ~is_open,
    }.get(view, Task.id.is_not(None))


def listed(who: Identity, asked: Filter, *, page: int, today: date) -> tuple[Sequence[Task], int]:
    """Return a page of tasks, nearest last day first, and how many there are."""
    query = visible_to(who).where(_in_view(asked.view, who, today))
    if asked.kind:
        query = query.where(Task.kind == asked.kind)
    if asked.product:
        query = query.where(Task.product_code == asked.product)
    if asked.text:
        words = asked.text[:60]
        query = query.where(
            or_(
                Task.reference == words,
                Task.title.contains(words, autoescape=True),
                Task.place_name.contains(words, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Task.due_on.desc() if asked.view == "closed" else Task.due_on, Task.id)
    rows = db.session.scalars(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return rows, total


def view_counts(who: Identity, today: date) -> dict[str, int]:
    """Return how many tasks each view holds."""
    return {
        view: db.session.scalar(
            select(func.count())
            .select_from(Task)
            .where(units.within(Task.unit_path, who), _in_view(view, who, today))
        )
        or 0
        for view in VIEWS
    }


def of_tip(tip_reference: str, who: Identity) -> Sequence[Task]:
    """Return the tasks that verify a tip."""
    query = visible_to(who).where(Task.tip_reference == tip_reference)
    return db.session.scalars(query.order_by(Task.id)).all()


def of_campaign(campaign_reference: str, who: Identity) -> Sequence[Task]:
    """Return a campaign's tasks in the viewer's scope, nearest last day first."""
    query = visible_to(who).where(Task.campaign_reference == campaign_reference)
    return db.session.scalars(query.order_by(Task.due_on, Task.id).limit(200)).all()


def of_enterprise(enterprise_id: int, who: Identity) -> Sequence[Task]:
    """Return the tasks at an enterprise in the viewer's scope, newest first."""
    query = visible_to(who).where(Task.enterprise_id == enterprise_id)
    return db.session.scalars(query.order_by(Task.id.desc()).limit(50)).all()


def inspectors(who: Identity) -> Sequence[Person]:
    """Return who may be sent by the viewer's bureau."""
    return people.holders(Role.INSPECTOR, who.bureau_id, clock.today())


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return the tasks that wait for this person; a leader sees the bureau's overdue ones too."""
    query = select(Task).where(Task.unit_path == who.bureau_path, Task.state.in_(rules.OPEN))
    if who.has(Role.UNIT_LEADER):
        query = query.where(or_(_mine(who), Task.due_on < today))
    elif who.has(Role.INSPECTOR):
        query = query.where(_mine(who))
    else:
        return []
    calendar = clocks.calendar()
    return [
        Waiting(
            ask="task.start" if task.state is TaskState.ASSIGNED else "task.close",
            kind="task",
            reference=task.reference,
            title=task.title,
            endpoint="inspections.show",
            since=task.assigned_at,
            due_on=task.due_on,
            due=clocks.words_for_day(task.due_on, today, calendar),
        )
        for task in db.session.scalars(query.order_by(Task.due_on))
    ]
