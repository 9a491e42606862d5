"""What is done with a consultation: noted, answered."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.tips.consultations import rules
from app.tips.consultations.models import Consultation
from app.tips.consultations.rules import WORKFLOW, ConsultationAction, ConsultationState
from app.tips.rules import Channel
from app.units import queries as units

RECEIVED = audit.declare("consultation.received", "topic")
ANSWERED = audit.declare("consultation.answered")


@dataclass(frozen=True)
class Asked:
    """What was asked, and what was said at once."""

    topic: str
    question: str
    answer: str
    channel: Channel


def receive(asked: Asked, *, by: Identity) -> Consultation:
    """Note a question; answered on the spot it is closed at once."""
    require(by, "tip:register")
    rules.check(asked.topic, asked.question)
    at = clock.now()
    bureau = units.by_id(by.bureau_id)
    scope = f"{clock.legal_day(at):%y%m%d}"
    made = Consultation(
        reference=f"X{scope}-{next_number('consultation', scope):03d}",
        state=ConsultationState.OPEN,
        channel=asked.channel,
        topic=asked.topic,
        question=asked.question,
        bureau=bureau,
        unit_path=bureau.path,
        received_at=at,
        received_by_id=by.person_id,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(RECEIVED, "consultation", made.reference, by=by, topic=asked.topic)
    if asked.answer:
        answer(made, asked.answer, by=by)
    return made


def answer(consultation: Consultation, text: str, *, by: Identity) -> None:
    """Answer a question; that closes it."""
    require(by, "consultation:answer", consultation)
    step = WORKFLOW.step(consultation.state, ConsultationAction.ANSWER)
    rules.check_answer(text)
    consultation.answer, consultation.answered_at = text, clock.now()
    consultation.state = ConsultationState(step.target)
    audit.record(ANSWERED, "consultation", consultation.reference, by=by)
