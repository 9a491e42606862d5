"""What do people do with campaigns: draft, fill the task table, issue, send inspectors, close?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.campaigns import access as _policy  # noqa: F401 - declares the permissions
from app.campaigns import rules
from app.campaigns.models import Campaign, Duty, Special
from app.campaigns.rules import WORKFLOW, CampaignAction, CampaignState, DutyKind
from app.inspections import actions as inspections
from app.inspections.models import Task
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import allows, require
from app.kernel.steps import permitted
from app.kernel.workflow import Transition
from app.people.models import Person
from app.units import queries as units

DRAFTED = audit.declare("campaign.drafted")
SPECIAL_ADDED = audit.declare("campaign.special_added", "position")
DUTY_ADDED = audit.declare("campaign.duty_added", "duty_kind")
ISSUED = audit.declare("campaign.issued")
CLOSED = audit.declare("campaign.closed")
TASK_ASSIGNED = audit.declare("campaign.task_assigned", "task")


@dataclass(frozen=True)
class Document:
    """What the ordering document says."""

    title: str
    issuer: str
    starts_on: date
    ends_on: date
    number: str = ""
    issued_on: date | None = None
    period: str = ""
    summary: str = ""
    areas: str = ""
    products: Sequence[str] = ()
    goals: Sequence[str] = ()


def available(campaign: Campaign, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this campaign now."""
    return [t for t in WORKFLOW.available(campaign.state) if allows(who, t.permission, campaign)]


def draft(document: Document, *, by: Identity) -> Campaign:
    """Write a campaign down; it binds nobody before it is issued."""
    require(by, "campaign:draft")
    rules.check_period(document.starts_on, document.ends_on)
    bureau = units.by_id(by.bureau_id)
    year = document.starts_on.year
    campaign = Campaign(
        reference=f"Z{year}-{next_number('campaign', str(year)):04d}",
        title=document.title,
        number=document.number,
        issuer=document.issuer,
        issued_on=document.issued_on,
        starts_on=document.starts_on,
        ends_on=document.ends_on,
        period=document.period,
        summary=document.summary,
        areas=document.areas,
        products=list(document.products),
        goals=list(document.goals),
        bureau=bureau,
        unit_path=bureau.path,
        drafted_at=clock.now(),
    )
    db.session.add(campaign)
    audit.record(DRAFTED, "campaign", campaign.reference, by=by)
    return campaign


@dataclass(frozen=True)
class SpecialText:
    """One row of the task table."""

    name: str
    content: str
    demands: str
    period: str


def add_special(campaign: Campaign, row: SpecialText, *, by: Identity) -> Special:
    """Add a row at the end of the task table; ad-hoc orders may come while it runs."""
    require(by, "campaign:draft", campaign)
    _refuse_closed(campaign)
    special = Special(
        campaign=campaign,
        position=len(campaign.specials) + 1,
        name=row.name,
        content=row.content,
        demands=row.demands,
        period=row.period,
    )
    db.session.add(special)
    audit.record(SPECIAL_ADDED, "campaign", campaign.reference, by=by, position=special.position)
    return special


@dataclass(frozen=True)
class DutyText:
    """Something to be reported."""

    deliverable: str
    kind: DutyKind
    due_on: date | None = None
    day: int | None = None
    note: str = ""
    special: Special | None = None


def add_duty(campaign: Campaign, text: DutyText, *, by: Identity) -> Duty:
    """Add something to be reported, with the rule for when."""
    require(by, "campaign:draft", campaign)
    _refuse_closed(campaign)
    rules.check_duty(text.kind, text.due_on, text.day)
    duty = Duty(
        campaign=campaign,
        special=text.special,
        deliverable=text.deliverable,
        kind=text.kind,
        due_on=text.due_on,
        day=text.day,
        note=text.note,
    )
    db.session.add(duty)
    audit.record(DUTY_ADDED, "campaign", campaign.reference, by=by, duty_kind=text.kind.value)
    return duty


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.state is CampaignState.CLOSED:
        raise Refused("campaign_closed")


def _step(campaign: Campaign, action: CampaignAction, *, by: Identity) -> None:
    campaign.state = CampaignState(permitted(WORKFLOW, campaign, action, by).target)


def issue(campaign: Campaign, *, by: Identity) -> None:
    """Issue a campaign: from now on it binds every bureau below."""
    _step(campaign, CampaignAction.ISSUE, by=by)
    audit.record(ISSUED, "campaign", campaign.reference, by=by)


def close(campaign: Campaign, *, by: Identity) -> None:
    """End a campaign; its records stay."""
    _step(campaign, CampaignAction.CLOSE, by=by)
    audit.record(CLOSED, "campaign", campaign.reference, by=by)


def assign(
    campaign: Campaign,
    errand: inspections.Errand,
    officer: Person,
    companion: Person,
    *,
    by: Identity,
) -> Task:
    """Send two of one's own officers under a running campaign."""
    require(by, "campaign:assign", campaign)
    if campaign.state is not CampaignState.RUNNING:
        raise Refused("campaign_not_running")
    task = inspections.assign(errand, officer, companion, by=by)
    task.campaign_reference = campaign.reference
    audit.record(TASK_ASSIGNED, "campaign", campaign.reference, by=by, task=task.reference)
    return task
