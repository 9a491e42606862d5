"""What does the queue do for an answered objection? It sets the answer as a letter."""

from __future__ import annotations

import io

from app.disclosures import queries as disclosures
from app.disclosures.objections import actions, queries
from app.disclosures.objections.models import Objection
from app.kernel import clock, jobs, storage
from app.kernel.db import db, unit_of_work
from app.typesetting import LetterFacts, typeset


@jobs.kind(actions.LETTER)
def letter(reference: str) -> None:
    """Set the letter outside any transaction, then keep it in one."""
    objection = queries.any_by_reference(reference)
    if objection is None or objection.answered_on is None or objection.letter_sha256:
        return
    facts = _facts(objection)
    db.session.rollback()
    made = typeset("letter", facts, title=facts.title, author=facts.organ)
    kept, _size = storage.shelf().put(io.BytesIO(made.content))
    with unit_of_work():
        again = queries.any_by_reference(reference)
        if again is not None:
            again.letter_sha256 = kept


def _facts(objection: Objection) -> LetterFacts:
    organ = objection.disclosure.bureau.name
    shown = disclosures.publication_of(objection.disclosure)
    return LetterFacts(
        organ=organ,
        number=objection.reference,
        title="关于处罚公示异议的答复",
        addressees=disclosures.decision_of(objection.disclosure).party_name,
        body=(
            f"你（单位）对{shown.number}公示信息提出的异议收悉。经核实，现答复如下：",
            *(line for line in objection.answer_text.splitlines() if line.strip()),
        ),
        signed_by=organ,
        signed_on=objection.answered_on or clock.today(),
    )
