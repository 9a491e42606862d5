"""Builders of campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.campaigns import actions
from app.campaigns.rules import DutyKind
from app.kernel.db import db, unit_of_work
from app.people import queries as people


def campaign(*, place: str = "lj", issued: bool = True, **document: Any) -> str:
    """Draft a campaign with one special and one duty, issue it if asked."""
    with unit_of_work():
        drafter = people.today_identity(f"{place}.drafter")
        facts = {
            "title": "样例电线电缆质量整治行动",
            "issuer": "临江省市场监督管理局",
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2026, 11, 30),
            "products": ("wire_cable",),
            **document,
        }
        made = actions.draft(actions.Document(**facts), by=drafter)
        special = actions.SpecialText("电线电缆", "查无证生产", "按月报送", "9月至11月")
        row = actions.add_special(made, special, by=drafter)
        duty = actions.DutyText("月报表", DutyKind.MONTHLY, day=7, special=row)
        actions.add_duty(made, duty, by=drafter)
        if issued:
            actions.issue(made, by=people.today_identity(f"{place}.unit_leader"))
        reference = made.reference
    db.session.remove()
    return reference
