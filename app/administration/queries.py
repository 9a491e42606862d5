"""What can be looked up about the house's own running: trail, proof, jobs, people?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.kernel import audit, clock
from app.kernel.audit import AuditEntry
from app.kernel.db import Model, db
from app.kernel.identity import Identity
from app.kernel.jobs import Job, JobState
from app.kernel.roles import Role
from app.people import queries as people
from app.people.models import Person
from app.units import queries as units

PER_PAGE = 50
#: Kinds of subject that are the administrators' own and no bureau's record.
ACCOUNTS = ("person", "unit", "audit")


@dataclass(frozen=True)
class TrailFilter:
    """How the trail is narrowed; the address carries all of it."""

    event: str = ""
    kind: str = ""
    reference: str = ""
    account: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class TrailPage:
    """A piece of the trail, newest first, and the number to go on below."""

    entries: Sequence[AuditEntry]
    older: int | None
    names: dict[int, str]
    units: dict[int, str]


def trail(who: Identity, asked: TrailFilter, *, before: int | None) -> TrailPage:
    """Return the entries this person may read, newest first, below a number (keyset)."""
    query = _narrowed(select(AuditEntry).where(_visible_to(who)), asked)
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    found = db.session.scalars(query.order_by(AuditEntry.seq.desc()).limit(PER_PAGE + 1)).all()
    shown = found[:PER_PAGE]
    return TrailPage(
        shown,
        shown[-1].seq if len(found) > PER_PAGE else None,
        people.names([e.by_id for e in shown if e.by_id is not None]),
        units.short_names([e.unit_id for e in shown if e.unit_id is not None]),
    )


def _visible_to(who: Identity) -> ColumnElement[bool]:
    """The audit administrator reads all; an auditor what concerns records of the own subtree."""
    if who.has(Role.AUDIT_ADMINISTRATOR):
        return AuditEntry.seq > 0
    held = [
        AuditEntry.subject_reference.in_(
            select(table.c.reference).where(
                table.c.unit_path.startswith(who.bureau_path, autoescape=True)
            )
        )
        for table in Model.metadata.sorted_tables
        if {"reference", "unit_path"} <= set(table.c.keys())
    ]
    return or_(*held) & AuditEntry.subject_kind.not_in(ACCOUNTS)


def _narrowed(query: Select[AuditEntry], asked: TrailFilter) -> Select[AuditEntry]:
    for column, value in (
        (AuditEntry.event, asked.event),
        (AuditEntry.subject_kind, asked.kind),
        (AuditEntry.subject_reference, asked.reference),
    ):
        if value:
            query = query.where(column == value)
    if asked.account:
        query = query.join(Person, Person.id == AuditEntry.by_id)
        query = query.where(Person.account == asked.account.casefold())
    if asked.since:
        query = query.where(AuditEntry.at >= _midnight(asked.since))
    if asked.until:
        query = query.where(AuditEntry.at < _midnight(asked.until + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LEGAL_ZONE).astimezone(UTC)


def kinds() -> Sequence[str]:
    """Return the kinds of subject the trail speaks of."""
    return sorted({name.partition(".")[0] for name in audit.declared()})


def verifications(limit: int = 10) -> Sequence[AuditEntry]:
    """Return what the last examinations of the chain found, newest first."""
    return audit.trail("audit", "chain", limit=limit)


def hash_at(seq: int) -> str:
    """Return the hash of one entry; zeros before the first, nothing for a missing one."""
    entry = db.session.get(AuditEntry, seq) if seq else None
    return audit.FIRST if not seq else (entry.hash if entry else "")


def job_list() -> Sequence[Job]:
    """Return the newest jobs."""
    return db.session.scalars(select(Job).order_by(Job.asked_at.desc()).limit(PER_PAGE)).all()


def job_counts() -> dict[JobState, int]:
    """Return how many jobs are in each state."""
    query = select(Job.state, func.count().label("number")).group_by(Job.state)
    found = {row.state: row.number for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in JobState}


@dataclass(frozen=True)
class HouseFigures:
    """How big the house is."""

    units: int
    people: int
    sessions: int


def figures(at: datetime, idle: timedelta) -> HouseFigures:
    """Return how many units, active accounts and living sessions there are."""
    active = select(func.count()).select_from(Person).where(Person.is_active.is_(True))
    return HouseFigures(
        sum(unit.is_active for unit in units.tree()),
        db.session.scalar(active) or 0,
        len(people.all_sessions(at, idle)),
    )
