"""Builders of tips: through the same door as the operator's page."""

from __future__ import annotations

from typing import Any

from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.tips import actions, intake
from app.tips.rules import Channel, Standing, TipKind, Wish
from app.units import queries as units

REPORTER = "样例来件人甲"
PHONE = "13800000148"


def receipt(
    *, kinds: tuple[TipKind, ...] = (TipKind.REPORT,), by: str = "cz.operator", **account: Any
) -> intake.Receipt:
    """Register a call as an operator would."""
    told = {
        "facts": "样例五金店卖的电线铜芯发黑，一撕就裂。",
        "subject_name": "样例五金店",
        "subject_address": "青石县人民路 218 号",
        **account,
    }
    wishes = frozenset({Wish.RETURN}) if TipKind.COMPLAINT in kinds else frozenset()
    return intake.receive(
        intake.Account(kinds=frozenset(kinds), wishes=wishes, **told),
        intake.Caller(Standing.REAL_NAME, REPORTER, PHONE),
        channel=Channel.TELEPHONE,
        by=people.today_identity(by),
    )


def tip(*, routed_to: str | None = None, **call: Any) -> str:
    """Register a tip, route it if asked, keep it; returns its reference."""
    with unit_of_work():
        made = receipt(**call).tips[0]
        if routed_to:
            triage = people.today_identity("cz.triage_officer")
            actions.route(made, units.by_code(routed_to), by=triage)
        reference = made.reference
    db.session.remove()
    return reference
