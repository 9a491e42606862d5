"""What is a campaign, and when is what it asks due?"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow


class CampaignState(StrEnum):
    """How far a campaign is."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class CampaignAction(StrEnum):
    """What people do with a campaign."""

    ISSUE = "issue"
    CLOSE = "close"


class DutyKind(StrEnum):
    """How often something is to be reported."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    WEEKLY = "weekly"
    AT_ONCE = "at_once"
    CONDITIONAL = "conditional"


S, A = CampaignState, CampaignAction
WORKFLOW = Workflow(
    "campaign",
    (
        Transition(S.DRAFT, A.ISSUE, S.RUNNING, "campaign:issue"),
        Transition(S.RUNNING, A.CLOSE, S.CLOSED, "campaign:close"),
    ),
    start=(S.DRAFT,),
    final=(S.CLOSED,),
)


def check_period(starts_on: date, ends_on: date) -> None:
    """Refuse a campaign that ends before it begins."""
    if ends_on < starts_on:
        raise Refused("ends_before_start", field="ends_on")


def check_duty(kind: DutyKind, due_on: date | None, day: int | None) -> None:
    """Refuse a duty whose kind and dates do not fit each other."""
    if kind is DutyKind.ONCE and due_on is None:
        raise Refused("duty_needs_day", field="due_on")
    if kind is DutyKind.MONTHLY and not (day and 1 <= day <= 28):
        raise Refused("duty_needs_day_of_month", field="day")


def due_days(
    kind: DutyKind, *, due_on: date | None, day: int | None, starts_on: date, ends_on: date
) -> list[date]:
    """Return the legal days on which a duty falls due within a campaign, in order.

    Weekly duties fall on Fridays; those reported at once or on a condition have no day.
    """
    if kind is DutyKind.ONCE:
        return [due_on] if due_on else []
    if kind is DutyKind.WEEKLY:
        first = starts_on.toordinal() + (4 - starts_on.weekday()) % 7
        return [date.fromordinal(d) for d in range(first, ends_on.toordinal() + 1, 7)]
    if kind not in {DutyKind.MONTHLY, DutyKind.QUARTERLY}:
        return []
    months = _months(starts_on, ends_on)
    if kind is DutyKind.MONTHLY:
        days = [date(year, month, day or 1) for year, month in months]
    else:
        days = [_last_day(year, month) for year, month in months if month % 3 == 0]
    return [d for d in days if starts_on <= d <= ends_on]


def _months(first: date, last: date) -> list[tuple[int, int]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    index = first.year * 12 + first.month - 1
    return [((index + n) // 12, (index + n) % 12 + 1) for n in range(count)]


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
