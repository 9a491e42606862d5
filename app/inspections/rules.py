"""What does the regulation say about an inspection on the spot?

令2: 市场监督管理行政处罚程序规定 — at least two officers (art. 22).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: 令2 art. 22: at least two officers, who show their cards.
OFFICERS = 2
#: A task ends with at least one picture of the spot.
LEAST_PHOTOS = 1


class TaskState(StrEnum):
    """How far a task is."""

    ASSIGNED = "assigned"
    STARTED = "started"
    DONE = "done"
    FILED = "filed"
    CANCELLED = "cancelled"


class TaskAction(StrEnum):
    """What people do with a task."""

    START = "start"
    CLOSE = "close"
    CANCEL = "cancel"
    FILE_CASE = "file_case"


class TaskKind(StrEnum):
    """Why somebody goes there."""

    VERIFICATION = "verification"
    SWEEP = "sweep"
    PATROL = "patrol"
    SURPRISE = "surprise"
    RECHECK = "recheck"


S, A = TaskState, TaskAction
WORKFLOW = Workflow(
    "task",
    (
        Transition(S.ASSIGNED, A.START, S.STARTED, "task:start"),
        Transition(S.STARTED, A.CLOSE, S.DONE, "task:close"),
        Transition(S.ASSIGNED, A.CANCEL, S.CANCELLED, "task:cancel", needs_reason=True),
        Transition(S.STARTED, A.CANCEL, S.CANCELLED, "task:cancel", needs_reason=True),
        Transition(S.DONE, A.FILE_CASE, S.FILED, "task:note"),
    ),
    start=(S.ASSIGNED,),
    final=(S.DONE, S.FILED, S.CANCELLED),
)
OPEN = frozenset({S.ASSIGNED, S.STARTED})


def check_assignment(*, officer: int, companion: int, due_on: date, today: date) -> None:
    """Refuse one officer alone, and a last day that has passed."""
    if officer == companion:
        raise Refused("two_officers", field="companion", article="令2 第22条")
    if due_on < today:
        raise Refused("due_in_past", field="due_on")


def missing(*, findings: str, has_problem: bool | None, photos: int, violation: str) -> list[str]:
    """Name what still stands between a task and its end; empty when it may be closed."""
    gaps = []
    if has_problem is None:
        gaps.append("verdict")
    if not findings:
        gaps.append("findings")
    if has_problem and not violation:
        gaps.append("violation")
    if photos < LEAST_PHOTOS:
        gaps.append("photos")
    return gaps
