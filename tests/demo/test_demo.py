"""Does the whole story load, does it show what it should, and can everybody open it?

The story is loaded once into an emptied, migrated database of the same application the other tests
use, and read by all tests of this file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import func, select

from app import demo
from app.campaigns.models import Campaign
from app.campaigns.rules import CampaignState
from app.cases.models import Case
from app.cases.rules import CaseState
from app.clocks.models import Clock
from app.clocks.rules import Outcome
from app.demo.calls import matters
from app.demo.texts import read
from app.disclosures.batches import publications as batches
from app.disclosures.batches.models import Batch
from app.disclosures.exports.models import Export
from app.disclosures.models import Disclosure, Publication
from app.disclosures.objections.models import Objection
from app.disclosures.repairs.models import Repair
from app.disclosures.rules import DisclosureState, Tier
from app.enterprises.models import Enterprise
from app.inspections.models import Task
from app.inspections.rules import TaskState
from app.kernel import audit, clock, jobs, storage
from app.kernel.audit import AuditEntry
from app.kernel.db import Writing, db
from app.kernel.identifiers import credit_code
from app.kernel.jobs import Job, JobState
from app.leads.models import Lead, LeadLetter
from app.leads.rules import LeadState
from app.manuscripts.models import Manuscript
from app.mediations.models import Mediation
from app.mediations.rules import Ending, MediationState
from app.notices.models import Addressee, Notice, NoticeTemplate
from app.notices.rules import NoticeState
from app.papers.models import Paper
from app.papers.rules import PaperKind
from app.people import queries as people
from app.people import rules as people_rules
from app.people.models import Person
from app.rewards.models import Reward
from app.supervision.models import Listing
from app.supervision.rules import DemandState, ListingState
from app.tips.calls.models import CallDraft
from app.tips.consultations.models import Consultation
from app.tips.consultations.rules import ConsultationState
from app.tips.conversations.models import TipMessage, TipSatisfaction
from app.tips.conversations.rules import SCORES, MessageKind
from app.tips.imports.models import ImportState, TipImport
from app.tips.models import Reporter, Tip
from app.tips.rules import NAMED_REPLY, TipKind, TipState
from app.tips.triage.models import Gathering
from app.units.models import ReportingLine, Unit
from tests.conftest import NOW
from tests.support import databases
from tests.support.page import Page

pytestmark = [pytest.mark.slow, pytest.mark.database]

GUIDES = [guide.account for guide in demo.accounts()]
#: These hold for the moment between a signature and the finished file only.
TRANSIENT = {NoticeState.SIGNED, DisclosureState.APPROVED}
MARKS = ("样例", "示范", "测试", "演示", "虚拟", "试验")


@pytest.fixture(scope="module")
def story(template: databases.Template) -> Iterator[Flask]:
    """The application over a database that holds the demonstration and nothing else."""
    template.copy()
    with clock.frozen(NOW):
        with template.app.app_context():
            with Writing.door():
                downgrade(str(Path(template.app.root_path).parent / "migrations"), "base")
            databases.migrate(template.app)
            demo.load()
        yield template.app


@pytest.fixture
def told(story: Flask) -> Iterator[None]:
    """A context in which the story is read."""
    with story.app_context():
        yield
        db.session.rollback()


def sign_in(story: Flask, account: str) -> Page:
    """Sign in as anybody would, with the one password; returns the first page."""
    client = story.test_client()
    first = Page(client, client.get("/sign-in"))
    return first.submit("登录", account=account, password=demo.PASSWORD)


def states(model, column="state"):
    """Return how many records of a table are in each state."""
    return Counter(db.session.scalars(select(getattr(model, column))))


def count(model):
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.usefixtures("told")
def test_there_is_as_much_of_everything_as_promised():
    wanted = {
        Unit: 40, Person: 66, Enterprise: 300, Campaign: 8, Tip: 400, Task: 150, Case: 62,
        Listing: 12, Disclosure: 41, Publication: 34, Notice: 17, Batch: 1, Export: 1,
        Mediation: 25, Reward: 4, Lead: 15, LeadLetter: 3, Consultation: 10, Gathering: 2,
        TipImport: 3, Repair: 2, Objection: 2, NoticeTemplate: 2, Manuscript: 1, CallDraft: 2,
    }  # fmt: skip
    assert {model: count(model) for model in wanted} == wanted


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("model", "known"),
    [
        (Tip, TipState), (Task, TaskState), (Case, CaseState), (Campaign, CampaignState),
        (Listing, ListingState), (Disclosure, DisclosureState), (Notice, NoticeState),
        (Mediation, MediationState), (Lead, LeadState), (Consultation, ConsultationState),
    ],
)  # fmt: skip
def test_every_state_of_every_workflow_is_there(model, known):
    assert set(states(model)) == set(known) - TRANSIENT


@pytest.mark.usefixtures("told")
def test_a_batch_of_typical_cases_is_public_with_its_file():
    (line,) = batches.latest(5)
    found = batches.by_reference(line.reference)
    assert found is not None
    assert len(found.held) == len(found.cases) == 3
    assert found.pdf_sha256


@pytest.mark.usefixtures("told")
def test_both_sides_talk_and_are_written_to():
    assert set(states(TipMessage, "kind")) == set(MessageKind)
    assert set(states(TipSatisfaction, "score")) == set(SCORES)
    assert set(states(TipImport)) == {ImportState.UPLOADED, ImportState.CHECKED, ImportState.KEPT}
    papers = {
        PaperKind.ACCEPTANCE, PaperKind.REFUSAL, PaperKind.REPORT_RESULT,
        PaperKind.MEDIATION_NOTICE, PaperKind.MEDIATION_END, PaperKind.MEDIATION_LETTER,
    }  # fmt: skip
    assert papers <= set(states(Paper, "kind"))
    ended = set(db.session.scalars(select(Mediation.ending))) - {None}
    assert ended == set(Ending)


@pytest.mark.usefixtures("told")
def test_some_things_are_late_some_are_due_today_and_some_stand_still():
    today = clock.today()
    running = db.session.scalars(select(Clock).where(Clock.stopped_on.is_(None))).all()
    tips = [one for one in running if one.subject_kind == "tip" and one.is_main and one.due_on]
    assert sum(one.due_on < today for one in tips) >= 8
    assert sum(one.due_on == today for one in tips) >= 1
    assert sum(today < one.due_on <= today + timedelta(days=5) for one in tips) >= 8
    assert any(one.paused_on for one in running)
    assert any(one.due_on and one.due_on < today for one in running if one.subject_kind == "case")
    late = select(func.count()).select_from(Task).where(Task.due_on < today)
    assert db.session.scalar(late.where(Task.state.in_([TaskState.ASSIGNED, TaskState.STARTED])))


@pytest.mark.usefixtures("told")
def test_named_reporters_of_the_older_law_were_told_in_time():
    terms = db.session.scalars(select(Clock).where(Clock.rule_code == NAMED_REPLY)).all()
    assert len(terms) >= 5
    assert {term.outcome for term in terms} == {Outcome.MET}


@pytest.mark.usefixtures("told")
def test_the_five_documents_are_held_as_facts_with_their_tables():
    rows = db.session.scalars(select(Campaign).order_by(Campaign.starts_on)).all()
    old = rows[:5]
    assert [one.starts_on.year for one in old] == [2007, 2017, 2018, 2021, 2022]
    assert [one.number for one in old] == [
        "", "苏质监稽函〔2017〕45号", "内质监执发〔2018〕39号", "赣市市监质监字〔2021〕13号",
        "国市监质监发〔2022〕30号",
    ]  # fmt: skip
    table = old[1]
    assert [row.name for row in table.specials] == [
        "地条钢", "农资打假", "电线电缆", "重点消费品", "建材产品", "车用汽柴油", "汽车配件",
        "超限超载",
    ]  # fmt: skip
    monthly = next(duty for duty in table.duties if duty.day == 7)
    assert monthly.special is table.specials[0]
    assert {unit.bureau.code for unit in old} == {"lj"}


@pytest.mark.usefixtures("told")
def test_listings_are_of_all_levels_and_in_all_moods():
    listings = db.session.scalars(select(Listing)).all()
    assert Counter(one.bureau.level.value for one in listings) == {"province": 4, "city": 8}
    assert {len(one.urgings) for one in listings} >= {0, 1, 2, 3}
    assert any(letter.answered_at for one in listings for letter in one.urgings)
    assert any(one.extensions for one in listings)
    live = [one for one in listings if one.state is ListingState.LISTED]
    late = [d for one in live for d in one.demands if d.due_on < clock.today()]
    assert any(demand.state is DemandState.OPEN for demand in late)
    assert all(
        set(one.demand_states) == {DemandState.MET}
        for one in listings
        if one.state is ListingState.DELISTED
    )


@pytest.mark.usefixtures("told")
def test_nobody_who_appears_could_be_taken_for_real():
    for firm in db.session.scalars(select(Enterprise)):
        assert any(mark in firm.name for mark in MARKS), firm.name
        assert firm.division_code.startswith("99")
        if firm.credit_code:
            assert credit_code(firm.credit_code).division == firm.division_code
    phones = [row.phone_sealed for row in db.session.scalars(select(Reporter))]
    assert not any(phone and "1380000" in phone for phone in phones)
    for person in db.session.scalars(select(Person)):
        people_rules.check_password(demo.PASSWORD, account=person.account)


@pytest.mark.usefixtures("told")
def test_tips_do_not_look_machine_made():
    texts = [tip.facts for tip in db.session.scalars(select(Tip))]
    assert len(set(texts)) > 370
    assert not any("{" in text or "。。" in text or "None" in text for text in texts)
    kinds = (TipKind.COMPLAINT, TipKind.REPORT)
    assert sum(len(matters(kind)) for kind in kinds) > 80


@pytest.mark.usefixtures("told")
def test_the_audit_chain_holds_and_runs_forward_in_time():
    assert audit.first_broken() is None
    at = list(db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.seq)))
    assert at == sorted(at)
    assert at[-1] <= NOW
    assert NOW - at[0] > timedelta(days=730)


@pytest.mark.usefixtures("told")
def test_every_file_was_made_by_its_job_and_lies_on_the_shelf():
    assert states(Job) == {JobState.DONE: count(Job)}
    assert jobs.unsent(clock.now()) == []
    published = db.session.scalars(select(Publication)).all()
    assert len({row.tier for row in published} & set(Tier)) >= 3
    for row in published:
        with storage.shelf().open(row.pdf_sha256) as kept:
            assert kept.read(5) == b"%PDF-"
    by_day = [row.published_at for row in sorted(published, key=lambda row: row.id)]
    assert by_day == sorted(by_day)


@pytest.mark.usefixtures("told")
def test_some_notices_were_not_taken_in_and_one_unit_reports_elsewhere():
    waiting = select(func.count()).select_from(Addressee).where(Addressee.acknowledged_at.is_(None))
    assert db.session.scalar(waiting) >= 5
    line = db.session.scalars(select(ReportingLine)).one()
    assert line.superior_id != line.unit.parent_id


@pytest.mark.usefixtures("told")
def test_the_cable_case_can_be_clicked_through():
    who = people.today_identity("qinlan")
    firm = db.session.scalars(select(Enterprise).where(Enterprise.name == "测试线缆有限公司")).one()
    cases = db.session.scalars(select(Case).where(Case.enterprise_id == firm.id)).all()
    assert {case.state for case in cases} == {CaseState.CLOSED, CaseState.INVESTIGATING}
    assert all(case.unit_path.startswith(who.bureau_path) and case.tip_reference for case in cases)
    listed = db.session.scalars(
        select(Listing).where(Listing.subject_reference.in_([case.reference for case in cases]))
    ).all()
    assert {one.state for one in listed} == {ListingState.LISTED, ListingState.DELISTED}


@pytest.mark.parametrize("account", GUIDES)
def test_each_demo_account_signs_in_and_opens_every_list(story, account):
    desk = sign_in(story, account)
    assert desk.heading == "待办"
    lists = addresses(desk)
    assert lists
    for address in lists:
        page = Page(desk.client, desk.client.get(address))
        assert page.status == 200, address


def addresses(desk: Page) -> list[str]:
    """Return where the rail leads."""
    rail = next(nav for nav in desk.all("nav") if "rail" in (nav.get("class") or ""))
    found = [node.get("href") for node in rail.iter() if node.get("href")]
    return [address for address in dict.fromkeys(found) if urlsplit(address).path != desk.url]


@pytest.mark.parametrize("account", ["linmu", "heshan"])
def test_leaders_open_the_first_record_of_every_list(story, account):
    desk = sign_in(story, account)
    opened = 0
    for address in addresses(desk):
        page = Page(desk.client, desk.client.get(address))
        record = next(iter(records(page)), None)
        if record:
            shown = Page(desk.client, desk.client.get(record))
            assert shown.status == 200, record
            opened += 1
    assert opened >= 5


def records(page: Page) -> Iterator[str]:
    """Yield where the rows of a page's tables lead."""
    for table in page.all("table"):
        for body in table.iter("{http://www.w3.org/1999/xhtml}tbody"):
            for node in body.iter("{http://www.w3.org/1999/xhtml}a"):
                if (node.get("href") or "").startswith("/"):
                    yield node.get("href")


def test_the_world_finds_a_penalty_by_two_characters_and_downloads_it(story):
    visitor = story.test_client()
    front = Page(visitor, visitor.get("/"))
    assert front.status == 200
    found = Page(visitor, visitor.get("/disclosures?q=线缆"))
    assert "测试线缆有限公司" in found.text
    address = next(href for said, href in found.links().items() if "测试线缆有限公司" in said)
    shown = Page(visitor, visitor.get(address))
    assert "测某某" in shown.text
    assert "测建样" not in shown.text
    file = next(href for href in shown.links().values() if href.endswith(".pdf"))
    with visitor.get(file) as answer:
        assert answer.data.startswith(b"%PDF-")


def test_loading_twice_is_refused_and_changes_nothing(story):
    with story.app_context():
        before = audit.head()
        with pytest.raises(demo.NotEmpty):
            demo.load()
        assert audit.head() == before


def test_what_is_written_fits_the_code_lists(root):
    codes = {
        name: (root / "app" / "codes" / "defaults" / f"{name}.toml").read_text("utf-8")
        for name in ("products", "violations")
    }
    for product in read("calls")["products"]:
        assert f"\n{product['code']} = [" in codes["products"]
        for row in (*product["complaints"], *product["reports"]):
            assert f"\n{row[1]} = [" in codes["violations"]
        assert product["code"] in read("handling")["goods"]


#: Pages of the staff without an argument that list nothing, and why.
NO_LISTS = {
    "desk.search": "nothing was asked yet",
    "clocks.count": "a calculator",
    "people.second_factor": "a form",
    "people.sign_in": "a form",
    "administration.overview": "doors to other pages",
    "supervision.panel": "a part of other pages",
}
OPEN_TO_ALL = {"public", "publiclog", "publicreport", "publicbatches"}


def test_no_list_of_the_staff_is_empty(story):
    empty = staff_lists(story)
    for account in GUIDES:
        client = sign_in(story, account).client
        for address in sorted(empty):
            with client.get(address) as answer:
                is_page = answer.status_code == 200 and answer.mimetype == "text/html"
                if is_page and next(rows(Page(client, answer)), None) is not None:
                    empty.remove(address)
    assert empty == set()


def staff_lists(story: Flask) -> set[str]:
    """Return the addresses of the staff's pages that need no argument and are no forms."""
    found = {
        rule.endpoint: rule.rule
        for rule in story.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    }
    assert set(NO_LISTS) <= set(found)
    return {
        address
        for endpoint, address in found.items()
        if "." in endpoint
        and endpoint.partition(".")[0] not in OPEN_TO_ALL
        and endpoint not in NO_LISTS
        and not endpoint.partition(".")[2].startswith(("new", "export"))
    }


def rows(page: Page) -> Iterator[object]:
    """Yield the rows of a page's tables."""
    for table in page.all("table"):
        for body in table.iter("{http://www.w3.org/1999/xhtml}tbody"):
            yield from body.iter("{http://www.w3.org/1999/xhtml}td")
