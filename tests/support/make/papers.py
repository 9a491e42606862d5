"""Builders of official documents: issued on an accepted complaint with a meeting ahead."""

from __future__ import annotations

from app.kernel.db import db, unit_of_work
from app.mediations import actions as mediation_actions
from app.mediations import queries as mediations
from app.papers import actions
from app.papers.rules import PaperKind, Recipient
from app.people import queries as people
from app.tips import queries as tips
from tests.support.make import mediations as make_mediations


def paper(
    kind: PaperKind = PaperKind.MEDIATION_NOTICE, recipient: Recipient = Recipient.TRADER
) -> int:
    """Issue one document in 青石县; returns its number in the table."""
    reference = make_mediations.mediation()
    with unit_of_work():
        leader = people.today_identity("qs.unit_leader")
        mediation = mediations.by_reference(reference, leader)
        mediation_actions.invite(mediation, make_mediations.call(), by=leader)
        tip = tips.by_reference(mediation.tip_references[0], leader)
        made = actions.issue(tip, actions.Asked(kind, recipient), by=leader)
        db.session.flush()
        number = made.id
    db.session.remove()
    return number
