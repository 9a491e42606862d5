"""Who is told whether a case is filed, within five working days under 令20 only, and by whom?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.cases.rules import CaseState
from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.desk import queries as desk
from app.kernel import audit, clock
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.mediations.rules import Way
from app.papers import actions as papers
from app.papers.rules import PaperKind, Recipient
from app.people import queries as people
from app.tips import actions, intake, replies
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipKind
from app.tips.triage import actions as triage
from app.tips.triage.rules import MergeBasis
from app.units import queries as units
from tests.support.make import cases as make_cases
from tests.support.make.tips import PHONE, REPORTER
from tests.support.page import Page

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
Open = Callable[..., Page]
LAST_OLD = datetime(2026, 4, 14, 15, 59, tzinfo=UTC)  # 23:59 in China
FIRST_NEW = LAST_OLD + timedelta(minutes=1)
DECIDED = datetime(2026, 4, 27, 2, tzinfo=UTC)
#: Five working days later, the first of May and its days off left out.
LAST_DAY = date(2026, 5, 7)


def routed(standing: Standing = Standing.REAL_NAME, phone: str = PHONE) -> Tip:
    """Receive a report in the name of somebody and route it."""
    told = intake.Account(
        kinds=frozenset({TipKind.REPORT}), facts="样例五金店卖的电线铜芯发黑，一撕就裂。",
        subject_name="样例五金店", subject_address="青石县人民路 218 号",
    )  # fmt: skip
    named = (REPORTER, phone) if standing is not Standing.ANONYMOUS else ()
    caller = intake.Caller(standing, *named)
    operator = people.today_identity("cz.operator")
    tip = intake.receive(told, caller, channel=Channel.TELEPHONE, by=operator).tips[0]
    actions.route(tip, units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    return tip


def verified(tip: Tip) -> Tip:
    """Let officers look at what was reported."""
    leader = people.today_identity("qs.unit_leader")
    actions.begin_verification(tip, task_reference="J2026-0001", by=leader)
    actions.note_task_closed(tip, task_reference="J2026-0001", has_problem=False, by=leader)
    return tip


def decided(
    received_at: datetime = LAST_OLD,
    standing: Standing = Standing.REAL_NAME,
    *,
    at: datetime = DECIDED,
) -> Tip:
    """Bring a report received at an instant to the decision not to file a case."""
    with clock.frozen(received_at):
        tip = routed(standing)
    with clock.frozen(at):
        leader = people.today_identity("qs.unit_leader")
        actions.decide_not_to_file(verified(tip), reason="样例：经查无违法。", by=leader)
    return tip


def on_day(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


@pytest.fixture
def officer(writing: None, identity: Who) -> Identity:
    return identity("qs.triage_officer")


@pytest.mark.usefixtures("writing")
@pytest.mark.parametrize(
    ("received_at", "standing", "due_on"),
    [
        (LAST_OLD, Standing.REAL_NAME, LAST_DAY),
        (LAST_OLD, Standing.ON_BEHALF, LAST_DAY),
        (LAST_OLD, Standing.ANONYMOUS, None),
        (FIRST_NEW, Standing.REAL_NAME, None),
    ],
)
def test_only_the_older_law_gives_a_named_reporter_five_working_days(
    received_at: datetime, standing: Standing, due_on: date | None
) -> None:
    term = replies.running(decided(received_at, standing))
    assert (term.due_on if term else None) == due_on
    if term:
        assert term.is_main
        assert clocks.view(term, date(2026, 4, 28)).basis == "令20 第31条"


@pytest.mark.usefixtures("writing")
def test_a_report_without_a_rule_of_its_day_starts_no_term() -> None:
    tip = routed()
    tip.received_at = datetime(2019, 12, 31, 2, tzinfo=UTC)
    leader = people.today_identity("qs.unit_leader")
    actions.decide_not_to_file(verified(tip), reason="样例：无违法。", by=leader)
    assert replies.running(tip) is None


@pytest.mark.usefixtures("writing")
def test_filing_a_case_starts_the_term_too() -> None:
    for received_at, starts in ((LAST_OLD, True), (FIRST_NEW, False)):
        with clock.frozen(received_at):
            tip = routed()
        with clock.frozen(DECIDED):
            make_cases.case(CaseState.FILED, tip_reference=verified(tip).reference)
        term = replies.running(tip)
        assert (term is not None) is starts
        if term:
            assert (term.started_on, term.due_on) == (date(2026, 4, 27), LAST_DAY)


@pytest.mark.parametrize(
    ("on", "outcome"), [(LAST_DAY, Outcome.MET), (LAST_DAY + timedelta(days=1), Outcome.LATE)]
)
def test_telling_meets_the_term_in_time_or_late_and_names_nobody(
    officer: Identity, on: date, outcome: Outcome
) -> None:
    tip = decided()
    with clock.frozen(on_day(on)):
        papers.tell_reporter(tip, on=on, way=Way.TELEPHONE, by=officer)
    assert replies.running(tip) is None
    (term,) = [c for c in clocks.clocks_of("tip", tip.reference) if "named" in c.rule_code]
    assert (term.outcome, term.stopped_on) == (outcome, on)
    (told,) = [one for one in audit.trail("tip", tip.reference) if one.event.endswith("_told")]
    assert told.facts == {"on": on.isoformat(), "way": "telephone"}
    with pytest.raises(Refused, match="reply_not_owed"):
        papers.tell_reporter(tip, on=on, way=Way.TELEPHONE, by=officer)


@pytest.mark.parametrize(
    ("days", "way", "code"),
    [
        (1, Way.TELEPHONE, "told_in_future"),
        (-1, Way.TELEPHONE, "clock_before_start"),
        (0, Way.IN_PERSON, "told_way"),
    ],
)
def test_what_cannot_be_true_is_refused(officer: Identity, days: int, way: Way, code: str) -> None:
    tip = decided()
    with clock.frozen(DECIDED), pytest.raises(Refused, match=code):
        papers.tell_reporter(tip, on=clock.today() + timedelta(days=days), way=way, by=officer)


@pytest.mark.parametrize("account", ["qs.inspector", "qs.auditor", "bs.triage_officer"])
def test_only_the_desk_and_the_leader_of_the_bureau_tell(
    officer: Identity, identity: Who, account: str
) -> None:
    tip = decided()
    with pytest.raises(NotAllowed):
        papers.tell_reporter(tip, on=clock.today(), way=Way.LETTER, by=identity(account))


def test_serving_the_result_meets_the_term_and_another_document_does_not(
    officer: Identity,
) -> None:
    tip, days = decided(), []
    with clock.frozen(on_day(LAST_DAY)):
        for kind, recipient in (
            (PaperKind.REPORT_FORM, Recipient.FILE),
            (PaperKind.REPORT_RESULT, Recipient.REPORTER),
        ):
            paper = papers.issue(tip, papers.Asked(kind, recipient), by=officer)
            papers.note_service(paper, tip, on=clock.today(), way=Way.LETTER, by=officer)
            days.append(replies.running(tip))
    assert days[0] is not None
    assert days[1] is None


@pytest.mark.parametrize("account", ["qs.triage_officer", "qs.unit_leader"])
def test_it_waits_with_whoever_may_tell_and_grows_late(
    officer: Identity, identity: Who, account: str
) -> None:
    tip = decided()
    (line,) = desk.gathered(identity(account), LAST_DAY)
    assert (line.ask, line.reference, line.due_on) == (
        "tip.tell_reporter", tip.reference, LAST_DAY,
    )  # fmt: skip
    assert not line.is_overdue(LAST_DAY)
    assert line.is_overdue(LAST_DAY + timedelta(days=1))
    assert desk.gathered(identity("qs.inspector"), LAST_DAY) == []
    assert desk.gathered(identity("bs.triage_officer"), LAST_DAY) == []
    papers.tell_reporter(tip, on=LAST_DAY, way=Way.MESSAGE, by=officer)
    assert desk.gathered(identity(account), LAST_DAY) == []


@pytest.mark.parametrize(
    ("phone", "basis", "is_told"),
    [("13800000163", MergeBasis.SAME_MATTER, True), (PHONE, MergeBasis.REPEAT, False)],
)
def test_who_else_reported_the_same_is_told_too_but_nobody_twice(
    officer: Identity, phone: str, basis: MergeBasis, *, is_told: bool
) -> None:
    with clock.frozen(LAST_OLD):
        master, joined = routed(), routed(phone=phone)
        triage.merge(joined, master, basis=basis, by=officer)
    with clock.frozen(DECIDED):
        leader = people.today_identity("qs.unit_leader")
        actions.decide_not_to_file(verified(master), reason="样例：无违法。", by=leader)
    assert replies.running(master)
    assert (replies.running(joined) is not None) is is_told


def kept(standing: Standing = Standing.REAL_NAME, at: datetime = DECIDED) -> str:
    with unit_of_work():
        reference = decided(standing=standing, at=at).reference
    db.session.remove()
    return reference


def test_the_tips_page_shows_the_term_and_leads_to_the_telling(open_page: Open, app: Flask) -> None:
    with app.app_context():
        tip = kept()
    page = open_page(f"/tips/{tip}", "qs.triage_officer")
    rail = [said for said in page.links() if said.startswith("线索队列 ")]
    assert rail == ["线索队列 线索 超期 11"], "one waits, and it is late"
    assert "实名举报立案情况告知" in page.text
    assert "令20 第31条" in page.text
    assert "超期" in page.text
    assert "告知举报人" not in open_page(f"/tips/{tip}", "qs.inspector").links()
    page = page.click("告知举报人")
    late = page.submit("登记告知", **{"tell-on": "2027-01-01", "tell-way": "telephone"})
    assert late.status == 422
    assert any("不能晚于今天" in said for said in late.errors())
    assert "当面" not in late.text
    page = page.submit("登记告知", **{"tell-on": "2026-05-06", "tell-way": "telephone"})
    assert "2026年5月6日已告知举报人是否立案（电话）" in page.text
    assert REPORTER not in page.html
    assert "登记告知" not in page.text
    assert "实名举报立案情况告知" not in open_page(f"/tips/{tip}", "qs.triage_officer").text


def test_the_page_of_an_anonymous_report_asks_for_nothing(open_page: Open, app: Flask) -> None:
    with app.app_context():
        tip = kept(Standing.ANONYMOUS)
    assert "告知举报人" not in open_page(f"/tips/{tip}", "qs.triage_officer").text
    assert "登记告知" not in open_page(f"/papers/tips/{tip}", "qs.triage_officer").text
