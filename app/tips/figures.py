"""Which figures about tips can a unit put into a text?"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from app.kernel import clock, figures
from app.kernel.db import db
from app.kernel.figures import Period
from app.kernel.identity import Identity
from app.tips.models import Tip
from app.units import queries as units


def received(who: Identity, period: Period) -> str:
    """Count what was received on these days, by the legal zone's midnights."""
    first, end = (
        datetime.combine(day, time(), clock.LEGAL_ZONE)
        for day in (period.since, period.until + timedelta(days=1))
    )
    query = select(func.count()).where(
        units.within(Tip.unit_path, who), Tip.received_at >= first, Tip.received_at < end
    )
    return str(db.session.scalar(query) or 0)


figures.declare("接收投诉举报件数", "投诉举报登记", received)
