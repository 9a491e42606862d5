"""Which figures about cases can a unit put into a text?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from app.cases.models import Case, Decision
from app.kernel import figures
from app.kernel.db import db
from app.kernel.figures import Period
from app.kernel.identity import Identity
from app.kernel.text import plain_money
from app.units import queries as units


def filed(who: Identity, period: Period) -> str:
    """Count the cases filed on these days."""
    query = select(func.count()).where(
        units.within(Case.unit_path, who), Case.filed_on.between(period.since, period.until)
    )
    return str(db.session.scalar(query) or 0)


def _decided(who: Identity, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        Decision.case_id == Case.id,
        units.within(Case.unit_path, who),
        Decision.decided_on.between(period.since, period.until),
    )


def decided(who: Identity, period: Period) -> str:
    """Count the decisions made on these days."""
    query = select(func.count(Decision.id)).where(*_decided(who, period))
    return str(db.session.scalar(query) or 0)


def fined(who: Identity, period: Period) -> str:
    """Add up the fines of these days, exact to the fen."""
    query = select(func.sum(Decision.fine)).where(*_decided(who, period))
    return plain_money(db.session.scalar(query) or Decimal(0))


figures.declare("立案件数", "案件立案登记", filed)
figures.declare("处罚决定件数", "行政处罚决定", decided)
figures.declare("罚款金额", "行政处罚决定", fined)
