"""Which steps may this person take with this record now, and may they take this one?"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import allows, require
from app.kernel.workflow import Transition, Workflow


def allowed(workflow: Workflow, record: Any, who: Identity) -> list[Transition]:
    """Return the steps that table and permission leave; what else a record lacks is its slice's."""
    steps = workflow.available(record.state)
    return [step for step in steps if allows(who, step.permission, record)]


def permitted(workflow: Workflow, record: Any, action: StrEnum, by: Identity) -> Transition:
    """Return the step: the permission is asked first (403), then the table (409); nothing moves."""
    require(by, workflow.permission(action), record)
    return workflow.step(record.state, action)


def reasoned(
    workflow: Workflow, record: Any, action: StrEnum, by: Identity, reason: str | None = ""
) -> Transition:
    """Return the permitted step; refuse a missing reason where the table asks for one."""
    step = permitted(workflow, record, action, by)
    if step.needs_reason and not reason:
        raise Refused("reason_needed", field="reason")
    return step
