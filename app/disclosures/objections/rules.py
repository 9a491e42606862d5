"""How does an objection to a publication go, and what may come of it (令45 art. 12)?"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow


class ObjectionState(StrEnum):
    """How far an objection is."""

    RECEIVED = "received"
    EXAMINED = "examined"
    ANSWERED = "answered"


class ObjectionAction(StrEnum):
    """What people do with an objection."""

    EXAMINE = "examine"
    ANSWER = "answer"


class Answer(StrEnum):
    """What the bureau does about what is shown."""

    KEEP = "keep"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


S, A = ObjectionState, ObjectionAction
WORKFLOW = Workflow(
    "objection",
    (
        Transition(S.RECEIVED, A.EXAMINE, S.EXAMINED, "objection:examine"),
        Transition(S.EXAMINED, A.EXAMINE, S.EXAMINED, "objection:examine"),
        Transition(S.EXAMINED, A.ANSWER, S.ANSWERED, "objection:answer"),
    ),
    start=(S.RECEIVED,),
    final=(S.ANSWERED,),
)


def check_days(received_on: date, answer_by: date, *, today: date) -> None:
    """Refuse a receipt in the future, and an answer promised for before it.

    No law names the days: the bureau sets the last one itself, and keeps to it.
    """
    if received_on > today:
        raise Refused("objection_in_future", field="received_on")
    if answer_by < received_on:
        raise Refused("objection_answer_before_receipt", field="answer_by")


def check_other_person(person_id: int, *, examined_by: int | None) -> None:
    """Refuse whoever examined the objection to answer it too."""
    if person_id == examined_by:
        raise Refused("objection_second_person")
