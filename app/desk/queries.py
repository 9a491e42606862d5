"""What waits for a person in every slice, and where is what they look for?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_

from app.campaigns import queries as campaigns
from app.campaigns.models import Campaign
from app.cases import queries as cases
from app.cases.models import Case
from app.disclosures import queries as disclosures
from app.disclosures.batches import queries as batches
from app.disclosures.objections import queries as objections
from app.disclosures.repairs import queries as repairs
from app.enterprises import queries as enterprises
from app.inspections import queries as inspections
from app.inspections.models import Task
from app.kernel.db import db
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.kernel.waiting import Waiting, in_order
from app.leads import queries as leads
from app.leads.models import Lead
from app.mediations import queries as mediations
from app.notices import queries as notices
from app.notices.models import Notice
from app.papers import queries as papers
from app.rewards import queries as rewards
from app.rewards.models import Reward
from app.supervision import queries as supervision
from app.supervision.models import Listing
from app.tips import queries as tips
from app.tips.consultations import queries as consultations
from app.tips.conversations import queries as conversations
from app.tips.models import Tip
from app.tips.triage import queries as triage

#: Each answers, from its records themselves, what this person in this post may do now.
SLICES = (
    tips, triage, conversations, consultations, mediations, papers, inspections, campaigns,
    cases, leads, rewards, supervision, disclosures, repairs, objections, batches, notices,
)  # fmt: skip
MOST_TYPED = 100
MOST_OF_A_KIND = 10


def gathered(who: Identity, today: date) -> Sequence[Waiting]:
    """Return everything that waits for this person, ordered by the calendar."""
    return in_order(line for slice_ in SLICES for line in slice_.waiting(who, today))


@dataclass(frozen=True)
class Hit:
    """A record that was found."""

    kind: str
    reference: str
    number: str
    title: str
    endpoint: str


@dataclass(frozen=True)
class Drawer:
    """Where one kind of record is looked for: in the viewer's scope, in these columns."""

    kind: str
    endpoint: str
    visible_to: Callable[[Identity], Select[Any]]
    columns: tuple[Any, ...]
    newest: Any
    title: Callable[[Any], str]

    def find(self, typed: str, who: Identity) -> list[Hit]:
        """Return the newest records in which the typed words stand."""
        holds = or_(*(column.contains(typed, autoescape=True) for column in self.columns))
        query = self.visible_to(who).where(holds).order_by(self.newest.desc())
        return [
            Hit(
                self.kind,
                found.reference,
                getattr(found, "number", "") or "",
                self.title(found),
                self.endpoint,
            )
            for found in db.session.scalars(query.limit(MOST_OF_A_KIND))
        ]


DRAWERS = (
    Drawer(
        "tip", "tips.show", tips.visible_to, (Tip.reference, Tip.subject_name), Tip.id,
        lambda tip: str(tip.title),
    ),
    Drawer(
        "task", "inspections.show", inspections.visible_to,
        (Task.reference, Task.title, Task.place_name), Task.id, lambda task: str(task.title),
    ),
    Drawer(
        "campaign", "campaigns.show", campaigns.visible_to,
        (Campaign.reference, Campaign.number, Campaign.title), Campaign.id,
        lambda campaign: str(campaign.title),
    ),
    Drawer(
        "case", "cases.show", cases.visible_to,
        (Case.reference, Case.number, Case.title, Case.party_name), Case.id,
        lambda case: str(case.title),
    ),
    Drawer(
        "reward", "rewards.show", lambda who: rewards.visible_to(who).join(Reward.case),
        (Reward.reference, Reward.tip_reference, Case.reference, Case.number, Case.title),
        Reward.id, lambda reward: str(reward.case.title),
    ),
    Drawer(
        "lead", "leads.show", leads.visible_to,
        (Lead.reference, Lead.number, Lead.title, Lead.party_name), Lead.id,
        lambda lead: str(lead.title),
    ),
    Drawer(
        "listing", "supervision.show", supervision.visible_to,
        (Listing.reference, Listing.number, Listing.title), Listing.id,
        lambda listing: str(listing.title),
    ),
    Drawer(
        "notice", "notices.show", notices.visible_to,
        (Notice.reference, Notice.number, Notice.title), Notice.id,
        lambda notice: str(notice.title),
    ),
)  # fmt: skip


def found(typed: str, who: Identity) -> list[Hit]:
    """Return what the viewer may read and the typed words are found in, kind by kind.

    Enterprises also by credit code and by the first letters of their names.  Reporters are never
    looked for: their identity is in no column that is read here.
    """
    words = typed.strip()[:MOST_TYPED]
    if not words:
        return []
    hits = [
        Hit("enterprise", firm.reference, firm.credit_code or "", firm.name, "enterprises.show")
        for firm in (
            enterprises.suggestions(words, limit=MOST_OF_A_KIND)
            if may(who, "enterprise:read")
            else ()
        )
    ]
    for drawer in DRAWERS:
        if may(who, f"{drawer.kind}:read"):
            hits += drawer.find(words, who)
    return hits
