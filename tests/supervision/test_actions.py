"""What each act on a listing does, leaves in the trail, and refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from app.cases.rules import CaseState
from app.kernel import audit, storage
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotAllowed, NotFound, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.supervision import actions, publications, queries
from app.supervision.models import Listing
from app.supervision.rules import Asked, DemandState, ListingState, Rung, SubjectKind
from app.units import queries as units
from tests.support.days import morning
from tests.support.make import cases as make_cases
from tests.support.make import enterprises as make_enterprises
from tests.support.make import supervision as make

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
S = ListingState
TODAY = date(2026, 9, 22)


def who(account: str) -> Identity:
    return people.today_identity(account)


def events(kind: str, reference: str) -> list[str]:
    return [entry.event for entry in audit.trail(kind, reference)]


@pytest.fixture
def later() -> Iterator[Callable[[date], None]]:
    """Let the clock of the test stand at nine o'clock of a later day."""
    with ExitStack() as held:

        def go(on: date) -> None:
            held.enter_context(morning(on))

        yield go


# Listing ----------------------------------------------------------------------------------------


def test_the_city_lists_a_countys_case_with_number_and_demands() -> None:
    listing = make.listing()
    assert listing.reference == "D2026-0001"
    assert listing.number == "澄市监督〔2026〕1号"
    assert listing.handling_bureau.code == "qs"
    assert [demand.position for demand in listing.demands] == [1, 2]
    assert "listing.listed" in events("listing", listing.reference)
    assert "supervision.listed" in events("case", listing.subject_reference)


def test_province_and_city_may_list_the_same_case_each_once() -> None:
    listing = make.listing()
    again = make.order(subject_kind=SubjectKind.CASE, subject_reference=listing.subject_reference)
    with pytest.raises(Refused, match="already_listed"):
        actions.list_(again, by=who("cz.unit_leader"))
    above = actions.list_(again, by=who("lj.supervisor"))
    assert above.number == "临市监督〔2026〕1号"


def test_a_case_stays_with_its_own_bureau_whatever_was_chosen() -> None:
    case = make_cases.case(CaseState.FILED, place="bs")
    listing = actions.list_(make.order(case), by=who("cz.supervisor"))
    assert listing.handling_bureau.code == "bs"


@pytest.mark.parametrize("account", ["qs.supervisor", "qs.unit_leader"])
def test_a_unit_does_not_list_on_itself(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.list_(make.order(), by=who(account))


@pytest.mark.parametrize("account", ["bs.supervisor", "cy.supervisor", "dl.unit_leader"])
def test_neither_a_sibling_nor_another_city_lists(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.list_(make.order(), by=who(account))
    case = make_cases.case(CaseState.FILED)
    with pytest.raises(NotFound):
        actions.list_(make.order(case), by=who(account))


@pytest.mark.parametrize("account", ["cz.case_officer", "cz.inspector", "cz.publisher"])
def test_only_supervisors_and_leaders_list(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.list_(make.order(), by=who(account))


def test_an_enterprise_an_area_and_an_issue_may_be_listed_too() -> None:
    enterprise = make_enterprises.enterprise(who("qs.case_officer"))
    db.session.flush()
    supervisor = who("cz.supervisor")
    firm = actions.list_(
        make.order(subject_kind=SubjectKind.ENTERPRISE, subject_reference=enterprise.reference),
        by=supervisor,
    )
    assert "supervision.listed" in events("enterprise", enterprise.reference)
    area = actions.list_(
        make.order(subject_kind=SubjectKind.AREA, subject_reference="990121"), by=supervisor
    )
    issue = actions.list_(make.order(), by=supervisor)
    assert [x.number for x in (firm, area, issue)] == [
        "澄市监督〔2026〕1号", "澄市监督〔2026〕2号", "澄市监督〔2026〕3号",
    ]  # fmt: skip
    with pytest.raises(Refused, match="area_unknown"):
        actions.list_(
            make.order(subject_kind=SubjectKind.AREA, subject_reference="999999"), by=supervisor
        )


def test_a_listing_without_demands_is_refused_and_takes_no_number() -> None:
    with pytest.raises(Refused, match="demand_needed"):
        actions.list_(make.order(demands=[]), by=who("cz.supervisor"))
    assert make.listing().number == "澄市监督〔2026〕1号"


# Reports and verdicts ---------------------------------------------------------------------------


def test_the_county_reports_with_files_and_the_city_judges() -> None:
    listing = make.listing()
    stored = storage.Stored("b" * 64, 9, "application/pdf", "样例.pdf", "b" * 64)
    actions.report(listing, 1, text="已查清", files=[stored], by=who("qs.case_officer"))
    assert listing.demands[0].state is DemandState.REPORTED
    assert len(storage.attachments_of("listing", listing.reference)) == 1
    actions.judge(listing, 1, met=False, reason="缺少进货票据", by=who("cz.supervisor"))
    assert listing.demands[0].state is DemandState.OPEN
    assert listing.demands[0].reports[0].is_met is False
    actions.report(listing, 1, text="补齐票据", files=(), by=who("qs.supervisor"))
    actions.judge(listing, 1, met=True, reason="", by=who("cz.unit_leader"))
    assert listing.demands[0].state is DemandState.MET
    assert [report.is_met for report in listing.demands[0].reports] == [False, True]


def test_only_the_handling_bureau_reports_and_only_the_supervising_one_judges() -> None:
    listing = make.listing()
    for account in ("bs.case_officer", "cz.supervisor", "qs.inspector", "lj.supervisor"):
        with pytest.raises(NotAllowed):
            actions.report(listing, 1, text="样例", files=(), by=who(account))
    make.report_all(listing)
    for account in ("qs.supervisor", "qs.unit_leader", "bs.supervisor", "lj.supervisor"):
        with pytest.raises(NotAllowed):
            actions.judge(listing, 1, met=True, reason="", by=who(account))


def test_an_unknown_demand_is_not_found() -> None:
    with pytest.raises(NotFound):
        actions.report(make.listing(), 9, text="样例", files=(), by=who("qs.case_officer"))


# Urging -----------------------------------------------------------------------------------------


def urge(listing: Listing, on: date = TODAY) -> object:
    return actions.urge(listing, text="请抓紧报送。", answer_due_on=on, by=who("cz.supervisor"))


def test_the_ladder_is_climbed_by_silence(later: Callable[[date], None]) -> None:
    listing = make.listing(due_on=date(2026, 12, 1), demands=[Asked("查清", date(2026, 12, 1))])
    first = urge(listing)
    assert first.number == "澄市监督函〔2026〕1号"
    assert first.rung is Rung.REMINDER
    with pytest.raises(Refused, match="urging_pending"):
        urge(listing)
    later(date(2026, 9, 23))
    second = urge(listing, date(2026, 9, 23))
    assert (second.rung, second.number) == (Rung.ASSIGNMENT, "澄市监督函〔2026〕2号")
    later(date(2026, 9, 24))
    third = urge(listing, date(2026, 9, 24))
    assert third.rung is Rung.SUPERVISION
    assert events("case", listing.subject_reference).count("supervision.urged") == 3


def test_an_answer_stops_the_climb() -> None:
    listing = make.listing()
    urge(listing)
    actions.answer(listing, text="三日内报送。", by=who("qs.case_officer"))
    assert queries.unanswered(listing) is None
    assert urge(listing).rung is Rung.REMINDER
    with pytest.raises(NotAllowed):
        actions.answer(listing, text="样例", by=who("bs.case_officer"))
    with pytest.raises(NotAllowed):
        actions.answer(listing, text="样例", by=who("cz.supervisor"))


def test_there_is_nothing_to_answer_without_a_letter() -> None:
    with pytest.raises(Refused, match="nothing_to_answer"):
        actions.answer(make.listing(), text="样例", by=who("qs.unit_leader"))


def test_urging_is_refused_when_nothing_is_open() -> None:
    listing = make.listing()
    make.report_all(listing)
    with pytest.raises(Refused, match="nothing_open"):
        urge(listing)
    assert listing.urgings == []


@pytest.mark.parametrize("account", ["qs.supervisor", "bs.supervisor", "lj.supervisor"])
def test_only_the_supervising_bureau_urges(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.urge(make.listing(), text="样例", answer_due_on=TODAY, by=who(account))


# Extending --------------------------------------------------------------------------------------


def test_the_leader_extends_and_the_extensions_are_counted() -> None:
    listing = make.listing()
    old, leader = listing.due_on, who("cz.unit_leader")
    with pytest.raises(Refused, match="reason_needed"):
        actions.extend(listing, new_due_on=make.in_days(90), reason="", by=leader)
    with pytest.raises(Refused, match="extension_shortens"):
        actions.extend(listing, new_due_on=old, reason="样例", by=leader)
    actions.extend(listing, new_due_on=make.in_days(90), reason="等待鉴定", by=leader)
    actions.extend(listing, new_due_on=make.in_days(120), reason="再次鉴定", by=leader)
    assert listing.due_on == make.in_days(120)
    assert [(e.old_due_on, e.approved_by_id) for e in listing.extensions] == [
        (old, leader.person_id), (make.in_days(90), leader.person_id),
    ]  # fmt: skip
    assert audit.trail("listing", listing.reference)[0].facts["times"] == 2


@pytest.mark.parametrize("account", ["cz.supervisor", "qs.unit_leader", "lj.unit_leader"])
def test_nobody_else_extends(account: str) -> None:
    with pytest.raises(NotAllowed):
        actions.extend(make.listing(), new_due_on=make.in_days(90), reason="样例", by=who(account))


# Off the list -----------------------------------------------------------------------------------


def test_nothing_is_delisted_while_a_demand_is_open() -> None:
    listing = make.listing()
    supervisor, handler = who("cz.supervisor"), who("qs.unit_leader")
    with pytest.raises(IllegalTransition):
        actions.delist(listing, by=supervisor)
    with pytest.raises(Refused, match="demands_unreported"):
        actions.apply(listing, text="办结", by=handler)
    make.report_all(listing)
    actions.apply(listing, text="办结", by=handler)
    with pytest.raises(Refused, match="demands_open"):
        actions.delist(listing, by=supervisor)
    actions.judge(listing, 1, met=True, reason="", by=supervisor)
    with pytest.raises(Refused, match="demands_open"):
        actions.delist(listing, by=supervisor)
    assert listing.state is S.APPLIED
    actions.judge(listing, 2, met=True, reason="", by=supervisor)
    actions.delist(listing, by=supervisor)
    assert listing.state is S.DELISTED
    assert listing.delist_number == "澄市监督解〔2026〕1号"
    assert "supervision.delisted" in events("case", listing.subject_reference)


@pytest.mark.parametrize("account", ["qs.unit_leader", "bs.supervisor", "lj.unit_leader"])
def test_the_handling_bureau_never_delists_itself(account: str) -> None:
    listing = make.listing(S.APPLIED)
    make.judge_all(listing)
    with pytest.raises(NotAllowed):
        actions.delist(listing, by=who(account))


def test_a_returned_application_goes_on_and_says_why() -> None:
    listing = make.listing(S.APPLIED)
    supervisor = who("cz.supervisor")
    with pytest.raises(Refused, match="reason_needed"):
        actions.return_(listing, reason="", by=supervisor)
    actions.judge(listing, 1, met=False, reason="来源未查清", by=supervisor)
    actions.return_(listing, reason="第一项未达到要求", by=supervisor)
    assert listing.state is S.LISTED
    assert listing.end_reason == "第一项未达到要求"
    with pytest.raises(NotAllowed):
        actions.apply(listing, text="样例", by=who("cz.supervisor"))


def test_a_withdrawn_listing_is_over_and_its_history_stays() -> None:
    listing = make.listing(S.WITHDRAWN)
    assert listing.ended_on == TODAY
    assert listing.delist_number is None
    assert len(listing.demands) == 2
    with pytest.raises(NotAllowed):
        actions.withdraw(make.listing(), reason="样例", by=who("cz.supervisor"))
    again = make.order(subject_kind=SubjectKind.CASE, subject_reference=listing.subject_reference)
    assert actions.list_(again, by=who("cz.supervisor")).reference != listing.reference


# The public -------------------------------------------------------------------------------------


def test_the_public_sees_only_what_another_person_released_and_as_it_stands() -> None:
    listing = make.listing()
    leader = who("cz.unit_leader")
    assert publications.public_listings() == []
    actions.announce(listing, public_title="一起电线质量案件", by=leader)
    shown = publications.public_listings()[0]
    assert (shown.title, shown.handling_unit, shown.state) == (
        "一起电线质量案件", "青石县市场监督管理局", "listed",
    )  # fmt: skip
    actions.extend(listing, new_due_on=make.in_days(99), reason="样例", by=leader)
    assert publications.public_listings()[0].due_on == make.in_days(99)
    make.report_all(listing)
    actions.apply(listing, text="办结", by=who("qs.unit_leader"))
    make.judge_all(listing)
    actions.delist(listing, by=leader)
    assert publications.public_listings()[0].state == "delisted"
    actions.retract(listing, by=leader)
    assert publications.public_listings() == []


def test_who_listed_does_not_also_announce() -> None:
    listing = make.listing(by="cz.unit_leader")
    with pytest.raises(NotAllowed):
        actions.announce(listing, public_title="样例", by=who("cz.unit_leader"))
    with pytest.raises(NotAllowed):
        actions.announce(
            make.listing(with_case=False), public_title="样例", by=who("cz.supervisor")
        )


def test_an_announcement_is_made_and_taken_down_once() -> None:
    listing = make.listing()
    leader = who("cz.unit_leader")
    with pytest.raises(Refused, match="not_announced"):
        actions.retract(listing, by=leader)
    actions.announce(listing, public_title="样例", by=leader)
    with pytest.raises(Refused, match="announced_already"):
        actions.announce(listing, public_title="样例", by=leader)


# Races ------------------------------------------------------------------------------------------


def test_every_act_raises_the_version_so_that_a_late_page_is_told() -> None:
    listing = make.listing()
    seen = []
    for act in (
        lambda: actions.report(listing, 1, text="样例", files=(), by=who("qs.case_officer")),
        lambda: actions.judge(listing, 1, met=True, reason="", by=who("cz.supervisor")),
        lambda: urge(listing),
        lambda: actions.answer(listing, text="样例", by=who("qs.case_officer")),
    ):
        act()
        db.session.flush()
        seen.append(listing.version)
    assert seen == sorted(set(seen))


def test_a_second_writer_of_the_same_listing_is_refused() -> None:
    listing = make.listing()
    db.session.connection().exec_driver_sql("UPDATE listing SET version = version + 1")
    listing.title = "另一人已经改过"
    with pytest.raises(StaleDataError):
        db.session.flush()
    db.session.rollback()


def test_the_handling_unit_of_an_issue_is_chosen() -> None:
    listing = actions.list_(make.order(handling=units.by_code("bs")), by=who("cz.supervisor"))
    assert listing.handling_path == units.by_code("bs").path
