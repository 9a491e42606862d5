"""One record of every kind, held by 青石县 and watched by its city: what the matrix asks about."""

from __future__ import annotations

import io

from sqlalchemy import text

from app.cases import actions as case_actions
from app.cases import queries as cases
from app.cases.rules import CaseState
from app.disclosures.batches.rules import BatchState as S
from app.disclosures.rules import DisclosureState
from app.kernel import storage
from app.kernel.db import db, unit_of_work
from app.notices import actions as notice_actions
from app.notices import queries as notice_queries
from app.papers.rules import PaperKind, Recipient
from app.people import queries as people
from app.rewards.rules import RewardState
from app.supervision import actions as supervision_actions
from app.supervision import queries as supervision
from app.tips.rules import TipKind
from app.units import queries as units
from app.units.models import ReportingLine
from app.units.rules import Business
from tests.support.make import (
    batches,
    campaigns,
    disclosures,
    enterprises,
    inspections,
    leads,
    manuscripts,
    mediations,
    notices,
    papers,
    requests,
    rewards,
    tips,
)
from tests.support.make import cases as make_cases
from tests.support.make import supervision as make_supervision


def everything() -> dict[str, str | int]:
    """Build the records; returns what fills the addresses, by the names the matrix uses."""
    known: dict[str, str | int] = {
        "tip": tips.tip(routed_to="qs"),
        "complaint": tips.tip(
            routed_to="qs", kinds=(TipKind.COMPLAINT,), bought_on=None, amount=None
        ),
        "disputed": tips.disputed("qs", "bs"),
        "accepted": mediations.accepted(),
        "mediation": mediations.mediation(),
        "paper": papers.paper(),
        "named_paper": papers.paper(PaperKind.ACCEPTANCE, Recipient.REPORTER),
        "gathering": tips.gathering("qs"),
        "task": inspections.task(),
        "closed_task": inspections.task(closed=True),
        "campaign": campaigns.campaign(place="qs"),
        "case": make_cases.reference(),
        "informed": make_cases.reference(CaseState.INFORMED),
        "decided": make_cases.reference(CaseState.DECIDED),
        "lead": (lead := leads.lead()),
        "letter": leads.letter(lead),
        "listing": make_supervision.reference(),
        "disclosure": disclosures.reference(DisclosureState.SUBMITTED),
        **_published(),
        "manuscript": manuscripts.manuscript(),
        "notice": notices.notice(place="qs"),
        "notice_template": notices.template(),
        "received": notices.notice(place="cz", to=("qs",), published=True),
        "enterprise": _enterprise(),
        "reward": rewards.reward(),
        "approved_reward": rewards.reward(RewardState.APPROVED),
        "rewardable": rewards.rewardable(),
        "tip_import": tips.foreign_list(),
        "consultation": tips.consultation(), "draft": "0" * 32,
        "unit": "qs", "year": 2026, "term": "tip.acceptance", "list": "products",
        "code": "toy", "account": "qs.inspector", "demand": 1,
    }  # fmt: skip
    _files(known)
    _rows(known)
    return known


def _published() -> dict[str, str]:
    """A published penalty, and all that may happen to it afterwards."""
    shown = disclosures.reference(DisclosureState.PUBLISHED, title="样例公示案")
    return {
        "shown": shown,
        "repair": requests.repair(shown),
        "objection": requests.objection(shown),
        "answered_objection": requests.answered_objection(shown),
        "export": requests.export(),
        "batch": batches.batch(shown),
        "submitted_batch": batches.batch(shown, S.SUBMITTED),
        "public_batch": batches.batch(shown, S.PUBLISHED),
    }


def _enterprise() -> str:
    with unit_of_work():
        made = enterprises.enterprise(
            people.today_identity("qs.triage_officer"), "样例全面有限公司"
        )
        reference = made.reference
    db.session.remove()
    return reference


def _files(known: dict[str, str | int]) -> None:
    """Give every record that may carry files one."""
    photo = storage.keep(io.BytesIO(inspections.picture()), "样例.jpg")
    officer, leader = (people.today_identity(f"qs.{r}") for r in ("case_officer", "unit_leader"))
    with unit_of_work():
        storage.attach("tip", str(known["tip"]), photo, by_id=None)
        found = cases.by_reference(str(known["case"]), officer)
        drafter = people.today_identity("qs.drafter")
        paper = notice_queries.by_reference(str(known["notice"]), drafter)
        notice_actions.add_files(paper, [photo], by=drafter)
        case_actions.add_evidence(found, [photo], by=officer)
        listing = supervision.by_reference(str(known["listing"]), leader)
        supervision_actions.report(listing, 2, text="样例：已办。", files=[photo], by=officer)
        make_supervision.urge(listing)
    places = {"tip": "tip", "task": "closed_task", "case": "case", "listing": "listing",
              "notice": "notice"}  # fmt: skip
    for name, record in places.items():
        query = text("SELECT max(id) FROM attachment WHERE subject_reference LIKE :about")
        about = {"about": f"{known[record]}%"}
        known[f"{name}_file"] = db.session.execute(query, about).scalar_one()


def _rows(known: dict[str, str | int]) -> None:
    """Name rows that addresses know by their number."""
    county, city = units.by_code("qs"), units.by_code("cz")
    with unit_of_work() as session:
        line = ReportingLine(unit_id=county.id, superior_id=city.id, business=Business.CAMPAIGNS)
        session.add(line)
        session.flush()
        known["line"] = line.id
    for name, query in {
        "jurisdiction": "SELECT r.id FROM unit_jurisdiction r JOIN unit u ON u.id = r.unit_id "
        "WHERE u.code = 'qs'",
        "post": "SELECT min(t.id) FROM post t JOIN person p ON p.id = t.person_id "
        "WHERE p.account = 'qs.inspector'",
        "job": "SELECT max(j.id) FROM job j JOIN person p ON p.id = j.asked_by_id "
        "WHERE p.account = 'cz.unit_leader'",
    }.items():
        known[name] = db.session.execute(text(query)).scalar_one()
    db.session.remove()
