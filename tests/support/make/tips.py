"""Builders of tips: through the same door as the operator's page."""

from __future__ import annotations

from typing import Any

from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.tips import actions, intake
from app.tips import queries as tips
from app.tips.consultations import actions as consultations
from app.tips.imports import actions as imports
from app.tips.imports import tables
from app.tips.rules import Channel, Standing, TipKind, Wish
from app.tips.triage import actions as triage
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


#: A small foreign list, as a platform would export it.
LIST = (
    "登记编号,类别,登记时间,投诉内容,被投诉人,姓名,联系电话,诉求\n"
    "Y-0001,投诉,2026-09-21 09:30,电线铜芯发黑,样例五金店,样例来件人丙,13800000163,退货\n"
    "Y-0002,举报,2026-09-20,水泥三天不凝固,测试建材市场,,,\n"
)


def foreign_list(content: str = LIST, *, by: str = "qs.triage_officer") -> int:
    """Hand a list in; returns its number."""
    written = content.encode()
    with unit_of_work():
        who = people.today_identity(by)
        number = imports.upload(tables.read(written), written, "样例清单.csv", by=who).id
    db.session.remove()
    return number


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


def disputed(claimant: str, counterpart: str) -> str:
    """Register a tip, route it, let its bureau hold another one competent."""
    reference = tip(routed_to=claimant)
    with unit_of_work():
        leader = people.today_identity(f"{claimant}.unit_leader")
        triage.dispute(
            tips.by_reference(reference, leader), units.by_code(counterpart),
            reason="样例：违法行为发生在邻县。", by=leader,
        )  # fmt: skip
    db.session.remove()
    return reference


def gathering(place: str) -> str:
    """Open an event of two callers at a place; returns its reference."""
    references = [tip(routed_to=place) for _ in range(2)]
    with unit_of_work():
        triage_officer = people.today_identity(f"{place}.triage_officer")
        found = [tips.by_reference(reference, triage_officer) for reference in references]
        made = triage.open_gathering(found, title="样例事件", by=triage_officer).reference
    db.session.remove()
    return made


def consultation(by: str = "qs.operator", **asked: str) -> str:
    """Note a question that waits for its answer; returns its reference."""
    told = {"topic": "rights", "question": "样例问题：三包期是多久？", "answer": "", **asked}
    with unit_of_work():
        made = consultations.receive(
            consultations.Asked(**told, channel=Channel.TELEPHONE), by=people.today_identity(by)
        )
        reference = made.reference
    db.session.remove()
    return reference
