"""What do people do with inspection tasks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.enterprises.models import Enterprise
from app.inspections import access as _policy  # noqa: F401 - declares the permissions
from app.inspections import rules
from app.inspections.models import Task
from app.inspections.rules import WORKFLOW, TaskAction, TaskKind, TaskState
from app.kernel import audit, clock, storage
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import allows, require
from app.kernel.steps import permitted
from app.kernel.workflow import Transition
from app.people.models import Person
from app.tips import actions as tips
from app.tips.models import Tip
from app.units import queries as units

ASSIGNED = audit.declare("task.assigned", "officer", "companion", "due_on", "tip")
STARTED = audit.declare("task.started")
CLOSED = audit.declare("task.closed", "has_problem", "photos")
CANCELLED = audit.declare("task.cancelled", "reason")
CASE_FILED = audit.declare("task.case_filed", "case")


@dataclass(frozen=True)
class Errand:
    """What a task is about."""

    title: str
    kind: TaskKind
    due_on: date
    place_name: str = ""
    address: str = ""
    product_code: str = ""
    what_to_check: str = ""
    enterprise: Enterprise | None = None
    campaign_reference: str | None = None


def available(task: Task, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this task now."""
    return [t for t in WORKFLOW.available(task.state) if allows(who, t.permission, task)]


def assign(
    errand: Errand, officer: Person, companion: Person, *, by: Identity, tip: Tip | None = None
) -> Task:
    """Send two officers; a tip that is verified this way moves on with the task."""
    require(by, "task:assign")
    today = clock.today()
    rules.check_assignment(
        officer=officer.id, companion=companion.id, due_on=errand.due_on, today=today
    )
    bureau = units.by_id(by.bureau_id)
    if tip is not None and tip.unit_path != bureau.path:
        raise NotAllowed("task:assign")
    task = Task(
        reference=f"J{today.year}-{next_number('task', str(today.year)):04d}",
        kind=errand.kind,
        title=errand.title,
        bureau=bureau,
        unit_path=bureau.path,
        officer=officer,
        companion=companion,
        assigned_by_id=by.person_id,
        assigned_at=clock.now(),
        due_on=errand.due_on,
        enterprise=errand.enterprise,
        place_name=errand.place_name,
        address=errand.address,
        product_code=errand.product_code,
        what_to_check=errand.what_to_check,
        tip_reference=tip.reference if tip else None,
        campaign_reference=errand.campaign_reference,
    )
    db.session.add(task)
    audit.record(
        ASSIGNED, "task", task.reference, by=by, officer=officer.id, companion=companion.id,
        due_on=errand.due_on.isoformat(), tip=task.tip_reference,
    )  # fmt: skip
    if tip is not None:
        tips.begin_verification(tip, task_reference=task.reference, by=by)
    return task


def _step(task: Task, action: TaskAction, *, by: Identity) -> None:
    task.state = TaskState(permitted(WORKFLOW, task, action, by).target)


def start(task: Task, *, by: Identity) -> None:
    """Begin the visit."""
    _step(task, TaskAction.START, by=by)
    task.started_at = clock.now()
    audit.record(STARTED, "task", task.reference, by=by)


@dataclass(frozen=True)
class Findings:
    """What the officers saw."""

    text: str
    has_problem: bool | None
    violation_code: str = ""
    photos: Sequence[storage.Stored] = ()


def close(task: Task, found: Findings, *, by: Identity, tip: Tip | None = None) -> None:
    """End the visit with findings and at least one photo; the tip behind it learns the result."""
    _step(task, TaskAction.CLOSE, by=by)
    kept = len(storage.attachments_of("task", task.reference)) + len(found.photos)
    gaps = rules.missing(
        findings=found.text,
        has_problem=found.has_problem,
        photos=kept,
        violation=found.violation_code,
    )
    if gaps:
        raise Refused(f"task_lacks_{gaps[0]}", field=FIELDS[gaps[0]])
    for photo in found.photos:
        storage.attach("task", task.reference, photo, by_id=by.person_id)
    task.findings, task.has_problem = found.text, found.has_problem
    task.violation_code, task.ended_at = found.violation_code, clock.now()
    audit.record(CLOSED, "task", task.reference, by=by, has_problem=found.has_problem, photos=kept)
    if tip is not None:
        tips.note_task_closed(
            tip, task_reference=task.reference, has_problem=bool(found.has_problem), by=by
        )


#: The form field at which each gap is said.
FIELDS = {
    "verdict": "has_problem",
    "findings": "findings",
    "violation": "violation",
    "photos": "photos",
}


def cancel(task: Task, *, reason: str, by: Identity, tip: Tip | None = None) -> None:
    """Call a task off, with the reason; the tip behind it waits for its handling again."""
    _step(task, TaskAction.CANCEL, by=by)
    if not reason:
        raise Refused("reason_needed", field="reason")
    task.reason, task.ended_at = reason, clock.now()
    audit.record(CANCELLED, "task", task.reference, by=by, reason=reason)
    if tip is not None:
        tips.stop_verification(tip, task_reference=task.reference, by=by)


def note_case_filed(task: Task, *, case_reference: str, by: Identity) -> None:
    """Note that a case was filed from what this task found."""
    _step(task, TaskAction.FILE_CASE, by=by)
    task.case_reference = case_reference
    audit.record(CASE_FILED, "task", task.reference, by=by, case=case_reference)
