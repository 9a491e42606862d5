"""What can be looked up about campaigns?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, literal, or_, select

from app.campaigns import rules
from app.campaigns.models import Campaign, Duty
from app.campaigns.rules import CampaignState
from app.clocks import queries as clocks
from app.inspections.models import Task
from app.inspections.rules import OPEN
from app.kernel.calendar import last_working_day_on_or_before
from app.kernel.db import db
from app.kernel.deadlines import DueWords
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.units import queries as units


def visible_to(who: Identity) -> Select[Campaign]:
    """Return the campaigns that bind the viewer's bureau, and those of bureaus below it."""
    binds = literal(who.bureau_path).startswith(Campaign.unit_path)
    return select(Campaign).where(or_(binds, units.within(Campaign.unit_path, who)))


def by_reference(reference: str, who: Identity) -> Campaign:
    """Return a campaign that concerns the viewer, or refuse (404)."""
    campaign = db.session.scalar(visible_to(who).where(Campaign.reference == reference))
    if campaign is None:
        raise NotFound
    return campaign


@dataclass(frozen=True)
class Line:
    """A campaign of the list, with how its tasks in the viewer's scope stand."""

    campaign: Campaign
    tasks: int
    open_tasks: int


def listed(who: Identity) -> Sequence[Line]:
    """Return the campaigns, running ones first, newest first."""
    tasks = (
        select(
            Task.campaign_reference,
            func.count().label("tasks"),
            func.count().filter(Task.state.in_(OPEN)).label("open_tasks"),
        )
        .where(units.within(Task.unit_path, who), Task.campaign_reference.is_not(None))
        .group_by(Task.campaign_reference)
        .subquery()
    )
    query = (
        visible_to(who)
        .outerjoin(tasks, tasks.c.campaign_reference == Campaign.reference)
        .add_columns(tasks.c.tasks, tasks.c.open_tasks)
        .order_by((Campaign.state == CampaignState.CLOSED), Campaign.starts_on.desc())
    )
    return [Line(c, all_ or 0, open_ or 0) for c, all_, open_ in db.session.execute(query)]


@dataclass(frozen=True)
class DutyDay:
    """One day on which a duty falls due: the legal day, and the working day to aim at."""

    duty: Duty
    due_on: date
    aim_on: date
    words: DueWords


def calendar_of(campaign: Campaign, today: date) -> Sequence[DutyDay]:
    """Return every dated duty of a campaign, in order; reminders aim at the last working day."""
    days = clocks.calendar()
    found = [
        DutyDay(
            duty,
            due_on,
            last_working_day_on_or_before(due_on, days),
            clocks.words_for_day(due_on, today, days),
        )
        for duty in campaign.duties
        for due_on in rules.due_days(
            duty.kind,
            due_on=duty.due_on,
            day=duty.day,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
        )
    ]
    return sorted(found, key=lambda d: d.due_on)


def waiting(who: Identity, today: date) -> list[Waiting]:  # noqa: ARG001 - one shape for all slices
    """Return the drafts that wait for this leader's issue."""
    if not who.has(Role.UNIT_LEADER):
        return []
    query = select(Campaign).where(
        Campaign.unit_path == who.bureau_path, Campaign.state == CampaignState.DRAFT
    )
    return [
        Waiting(
            ask="campaign.issue",
            kind="campaign",
            reference=campaign.reference,
            title=campaign.title,
            endpoint="campaigns.show",
            since=campaign.drafted_at,
        )
        for campaign in db.session.scalars(query)
    ]
