"""Which records are there to be looked at, one of every kind and state with a page of its own?"""

from __future__ import annotations

from sqlalchemy import select

from app.cases.rules import CaseState
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel.db import db, unit_of_work
from app.kernel.jobs import Job
from app.notices.actions import acknowledge
from app.notices.queries import by_reference
from app.people import queries as people
from app.rewards.rules import RewardState
from app.supervision.rules import ListingState
from app.tips.rules import TipKind
from app.units.models import UnitJurisdiction
from tests.support.live import Live
from tests.support.make import (
    batches,
    campaigns,
    cases,
    disclosures,
    enterprises,
    inspections,
    leads,
    manuscripts,
    mediations,
    notices,
    requests,
    rewards,
    supervision,
    tips,
)


def records(live: Live) -> dict[str, str]:
    """Make one record of every kind and of every state that has a page of its own."""
    build = live.build
    made = {
        "tip": build(tips.tip),
        "routed": build(tips.tip, routed_to="qs"),
        "complaint": build(tips.tip, kinds=(TipKind.COMPLAINT,), routed_to="qs"),
        "campaign": build(campaigns.campaign),
        "lead": (lead := build(leads.lead)),
        "letter": build(leads.letter, lead),
        "disputed": build(tips.disputed, "qs", "bs"),
        "consultation": build(tips.consultation),
        "mediation": build(mediations.mediation),
        "manuscript": build(manuscripts.manuscript),
        "shown": (shown := build(disclosures.reference, DisclosureState.PUBLISHED)),
        "repair": build(requests.repair, shown),
        "objection": build(requests.objection, shown),
        "batch": build(batches.batch, shown),
        "public_batch": build(batches.batch, shown, BatchState.PUBLISHED),
        "export": build(requests.export),
        "gathering": build(tips.gathering, "qs"),
        "tip_import": build(tips.foreign_list),
        "accepted": build(mediations.accepted),
        "notice_template": build(notices.template),
        "draft_campaign": build(campaigns.campaign, issued=False),
        "task": build(inspections.task),
        "begun": build(inspections.task, started=True),
        "done": build(inspections.task, of_tip=build(tips.tip, routed_to="qs"), closed=True),
        "enterprise": build(_enterprise),
        "draft_notice": build(notices.notice),
        "notice": build(_acknowledged_notice),
    }
    made |= {"rewardable": build(rewards.rewardable), "reward": build(_told_reward)}
    made |= {f"case_{state}": build(cases.reference, state) for state in CaseState}
    made |= {f"listing_{state}": build(supervision.reference, state) for state in ListingState}
    made |= {f"disclosure_{state}": build(disclosures.reference, state) for state in SHOWN}
    made["job"] = build(lambda: db.session.scalars(select(Job.id)).first())
    area = select(UnitJurisdiction.id).where(UnitJurisdiction.division_code == "990121")
    made["area"] = build(lambda: str(db.session.scalar(area)))
    return made


#: Without a state of its own in the builder: "not disclosed" is an act of the case's page.
SHOWN = (
    DisclosureState.DRAFTING, DisclosureState.SUBMITTED, DisclosureState.RETURNED,
    DisclosureState.PUBLISHED, DisclosureState.WITHDRAWN,
)  # fmt: skip


def _enterprise() -> str:
    with unit_of_work():
        return enterprises.enterprise(
            people.today_identity("qs.case_officer"), cases.PARTY
        ).reference


def _told_reward() -> str:
    return rewards.reward(RewardState.TOLD)


def _acknowledged_notice() -> str:
    reference = notices.notice(to=("qs", "bs"), published=True)
    with unit_of_work():
        county = people.today_identity("bs.unit_leader")
        acknowledge(by_reference(reference, county), by=county)
    return reference
