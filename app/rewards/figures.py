"""Which figures about rewards can a unit put into a text?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from app.kernel import figures
from app.kernel.db import db
from app.kernel.figures import Period
from app.kernel.identity import Identity
from app.kernel.text import plain_money
from app.rewards.models import Reward
from app.units import queries as units


def paid(who: Identity, period: Period) -> str:
    """Count the rewards paid on these days."""
    query = select(func.count()).where(
        units.within(Reward.unit_path, who), Reward.paid_on.between(period.since, period.until)
    )
    return str(db.session.scalar(query) or 0)


def paid_money(who: Identity, period: Period) -> str:
    """Add up the rewards paid on these days, exact to the fen."""
    query = select(func.sum(Reward.amount)).where(
        units.within(Reward.unit_path, who), Reward.paid_on.between(period.since, period.until)
    )
    return plain_money(db.session.scalar(query) or Decimal(0))


figures.declare("举报奖励件数", "举报奖励发放", paid)
figures.declare("举报奖励金额", "举报奖励发放", paid_money)
