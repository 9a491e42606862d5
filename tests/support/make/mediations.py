"""Builders of mediations: through the same acts as the pages."""

from __future__ import annotations

from datetime import timedelta

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.mediations import actions
from app.mediations import queries as mediations
from app.mediations.rules import MediationState, Side, Way
from app.people import queries as people
from app.tips import actions as tip_actions
from app.tips import queries as tips
from app.tips.rules import TipKind
from tests.support.make import tips as make_tips


def accepted(*, place: str = "qs") -> str:
    """Register a complaint, route and accept it; returns its reference."""
    reference = make_tips.tip(routed_to=place, kinds=(TipKind.COMPLAINT,))
    with unit_of_work():
        leader = people.today_identity(f"{place}.unit_leader")
        tip_actions.accept(tips.by_reference(reference, leader), by=leader)
    db.session.remove()
    return reference


def mediation(state: MediationState = MediationState.OPEN, *, place: str = "qs") -> str:
    """Bring an accepted complaint to a state of its mediation; returns the table's reference."""
    tip = accepted(place=place)
    with unit_of_work():
        who = people.today_identity(f"{place}.unit_leader")
        made = actions.open_(tips.by_reference(tip, who), by=who)
        reference = made.reference
        if state is not MediationState.CONSENTING:
            for side in Side:
                actions.note_consent(made, side, agrees=True, by=who)
            actions.begin(made, mediations.mediators(who)[0], by=who)
        if state is MediationState.PAUSED:
            actions.ask_recusal(made, Side.TRADER, reason="样例：认识投诉人。", by=who)
        if state is MediationState.TESTING:
            actions.begin_test(made, tested_by="样例检测所", reason="样例：测电阻。", by=who)
        if state is MediationState.ENDED:
            actions.end(
                made, actions.Ending.NO_AGREEMENT, reason="样例：差距过大。", by=who
            )  # fmt: skip
    db.session.remove()
    return reference


def call(days: int = 3) -> actions.Call:
    """Return an invitation for some days from now."""
    on = clock.today() + timedelta(days=days)
    return actions.Call(on, "9:30", "样例县局调解室", Way.TELEPHONE, Way.LETTER)
