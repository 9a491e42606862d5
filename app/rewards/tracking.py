"""What may a reporter with number and query code know of a reward?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.kernel.db import db
from app.rewards.models import Reward
from app.rewards.rules import RewardState

#: While it waits for its reporter; what was before and what comes after is told by people.
SHOWN = (RewardState.APPROVED, RewardState.TOLD, RewardState.CLAIMED)


@dataclass(frozen=True)
class Approved:
    """That a reward was approved; where and until when it is claimed, once that is arranged."""

    contact: str
    claim_until: date | None


def of_report(reference: str) -> Approved | None:
    """Return the approved reward for a report; None where there is none to claim."""
    query = select(Reward).where(Reward.tip_reference == reference, Reward.state.in_(SHOWN))
    found = db.session.scalars(query.order_by(Reward.id.desc()).limit(1)).one_or_none()
    return Approved(found.contact, found.claim_until) if found is not None else None
