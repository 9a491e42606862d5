"""How does a consultation end?

令121 art. 44 keeps consultations, petitions, reviews and requests for information out of the
complaints and reports: they are answered, or the asker is told where to go. No legal clock runs.
"""

from __future__ import annotations

from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow


class ConsultationState(StrEnum):
    """Whether the asker has an answer."""

    OPEN = "open"
    ANSWERED = "answered"


class ConsultationAction(StrEnum):
    """What is done with a consultation."""

    ANSWER = "answer"


WORKFLOW = Workflow(
    "consultation",
    (
        Transition(
            ConsultationState.OPEN, ConsultationAction.ANSWER, ConsultationState.ANSWERED,
            "consultation:answer",
        ),
    ),
    start=(ConsultationState.OPEN, ConsultationState.ANSWERED),
    final=(ConsultationState.ANSWERED,),
)  # fmt: skip


def check(topic: str, question: str) -> None:
    """Refuse a consultation without its topic or its question."""
    if not question:
        raise Refused("facts_needed", field="facts")
    if not topic:
        raise Refused("topic_needed", field="topic")


def check_answer(answer: str) -> None:
    """Refuse an answer that says nothing."""
    if not answer:
        raise Refused("answer_needed", field="answer")
