"""What do people do with an objection: receive, examine, answer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from app.disclosures.models import Disclosure
from app.disclosures.objections import access as _policy  # noqa: F401 - declares the permissions
from app.disclosures.objections import rules
from app.disclosures.objections.models import Objection
from app.disclosures.objections.rules import WORKFLOW, Answer, ObjectionAction, ObjectionState
from app.disclosures.rules import DisclosureState
from app.kernel import audit, clock, jobs
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.steps import allowed, permitted
from app.kernel.workflow import Transition

KIND = "objection"
#: The job that sets the answer as a letter; its work is in ``jobs``.
LETTER = "objection.letter"
RECEIVED = audit.declare("objection.received", "disclosure", "answer_by")
EXAMINED = audit.declare("objection.examined")
ANSWERED = audit.declare("objection.answered", "answer")


def available(objection: Objection, who: Identity) -> set[ObjectionAction]:
    """Return what this person may do now: table ∧ permission ∧ second person."""
    acts = {ObjectionAction(step.action) for step in allowed(WORKFLOW, objection, who)}
    if who.person_id == objection.examined_by_id:
        acts.discard(ObjectionAction.ANSWER)
    return acts


_take = partial(permitted, WORKFLOW)


def _move(objection: Objection, step: Transition) -> None:
    objection.state = ObjectionState(step.target)
    objection.moved_at = clock.now()


@dataclass(frozen=True)
class Claim:
    """What came in, and by when the bureau means to answer."""

    received_on: date
    answer_by: date
    claims: str


def receive(disclosure: Disclosure, claim: Claim, *, by: Identity) -> Objection:
    """Enter what a party holds against a shown penalty."""
    require(by, "objection:receive", disclosure)
    if disclosure.state is not DisclosureState.PUBLISHED:
        raise Refused("objection_not_shown")
    rules.check_days(claim.received_on, claim.answer_by, today=clock.today())
    at = clock.now()
    year = clock.legal_day(at).year
    made = Objection(
        reference=f"Y{year}-{next_number(KIND, str(year)):04d}",
        state=ObjectionState.RECEIVED,
        disclosure=disclosure,
        unit_path=disclosure.unit_path,
        received_on=claim.received_on,
        answer_by=claim.answer_by,
        claims=claim.claims,
        received_by_id=by.person_id,
        created_at=at,
        moved_at=at,
    )
    db.session.add(made)
    audit.record(
        RECEIVED, KIND, made.reference, by=by,
        disclosure=disclosure.reference, answer_by=claim.answer_by.isoformat(),
    )  # fmt: skip
    return made


def examine(objection: Objection, *, finding: str, by: Identity) -> None:
    """Write down what was found; what an earlier examination found is replaced."""
    step = _take(objection, ObjectionAction.EXAMINE, by)
    objection.finding, objection.examined_by_id = finding, by.person_id
    _move(objection, step)
    audit.record(EXAMINED, KIND, objection.reference, by=by)


def answer(objection: Objection, to: Answer, text: str, *, by: Identity) -> jobs.Job:
    """Answer, as a second person; returns the job that sets the letter.

    The answer itself changes nothing that is shown: to correct and to withdraw are acts of their
    own, which then wait on the desk of whoever may.
    """
    step = _take(objection, ObjectionAction.ANSWER, by)
    rules.check_other_person(by.person_id, examined_by=objection.examined_by_id)
    objection.answer, objection.answer_text = to, text
    objection.answered_by_id, objection.answered_on = by.person_id, clock.today()
    _move(objection, step)
    audit.record(ANSWERED, KIND, objection.reference, by=by, answer=to.value)
    return jobs.ask(LETTER, by_id=by.person_id, reference=objection.reference)
