"""What comes of a party's request for credit repair, and of its objection?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.disclosures import actions as disclosure_actions
from app.disclosures import publications
from app.disclosures import queries as disclosures
from app.disclosures.objections import queries as objections
from app.disclosures.objections.rules import Answer
from app.disclosures.repairs import actions, queries, rules
from app.disclosures.repairs.actions import Request
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import RepairState
from app.disclosures.rules import DisclosureState, Tier
from app.kernel import clock, publiclog
from app.kernel import jobs as queue
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.kernel.publiclog import Act
from app.people import queries as people
from app.people.models import Person
from tests.support.crowd import race
from tests.support.days import morning
from tests.support.make import disclosures as make
from tests.support.make import requests
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
TODAY = date(2026, 9, 22)
S = RepairState


#: An ordinary display began on 22 September: three months later it may be shortened.
MAY_END = date(2026, 12, 22)


@pytest.fixture
def shown(app: Flask) -> str:
    with app.app_context():
        return make.reference(DisclosureState.PUBLISHED)


def due(reference: str) -> tuple[str, date | None]:
    running = clocks.main_clock("repair", reference)
    assert running is not None
    return running.rule_code, running.due_on


# Credit repair ------------------------------------------------------------------------------------


def test_a_repair_ends_the_display_early_within_its_terms(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        reference = requests.repair(shown)
        assert due(reference) == ("repair.accept", date(2026, 12, 24))
        publisher = people.today_identity("qs.publisher")
        with unit_of_work():
            actions.accept(requests.found_repair(reference), by=publisher)
        assert due(reference) == ("repair.decide", date(2026, 12, 31))
        leader = people.today_identity("qs.unit_leader")
        with unit_of_work():
            found = requests.found_repair(reference)
            actions.grant(found, conditions=requests.ALL_CONDITIONS, reason="样例", by=leader)
        assert due(reference)[0] == "repair.apply"
        with unit_of_work():
            actions.apply(requests.found_repair(reference), by=publisher)
        mark = publications.by_reference(shown)
        assert (mark.standing, mark.value, mark.display.ended_on) == ("repaired", None, MAY_END)
        entry = publiclog.latest(shown)
        assert entry is not None
        assert (entry.act, entry.reason) == (Act.REPAIR, "repaired")
        ended = clocks.clocks_of("repair", reference)
        assert {c.outcome for c in ended} == {Outcome.MET}


def test_a_repair_got_by_deceit_is_shown_for_three_years_more(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        requests.repair(shown, S.REVOKED)
        again = disclosures.version_after(disclosures.any_by_reference(shown))
        assert again is not None
        kept = again.reference
        with unit_of_work():
            found = disclosures.any_by_reference(kept)
            disclosure_actions.submit(found, by=people.today_identity("qs.publisher"))
            seen = disclosure_actions.content_hash(found)
            reviewer = people.today_identity("qs.reviewer")
            job = disclosure_actions.approve(found, seen=seen, verify_root=make.ROOT, by=reviewer)
            sent = job.id
        db.session.remove()
        queue.send(sent)
        now = publications.by_reference(kept)
        assert now.standing == "genuine"
        assert (now.display.until, now.display.earliest_end) == (date(2029, 12, 22), None)
        before = publications.by_reference(shown)
        assert (before.standing, before.replaced_by) == ("repaired", kept)
        assert [e.act for e in publiclog.history(kept)] == [Act.RESUME]


@pytest.mark.parametrize(
    ("tier", "earliest", "on", "code"),
    [
        (Tier.GRAVE, None, MAY_END, "repair_grave"),
        (Tier.MINOR, None, MAY_END, "repair_not_needed"),
        (Tier.ORDINARY, MAY_END, MAY_END - timedelta(days=1), "repair_too_early"),
        (Tier.SEVERE, date(2027, 9, 22), MAY_END, "repair_too_early"),
    ],
)
def test_some_displays_cannot_be_shortened_or_not_yet(
    tier: Tier, earliest: date | None, on: date, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        rules.check_time(tier, earliest, on)


def test_a_request_that_comes_too_early_is_not_accepted(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END - timedelta(days=10)):
        reference = requests.repair(shown)
        publisher = people.today_identity("qs.publisher")
        with pytest.raises(Refused, match="repair_too_early"), unit_of_work():
            actions.accept(requests.found_repair(reference), by=publisher)


def test_more_is_asked_for_once_and_starts_the_term_anew(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        publisher = people.today_identity("qs.publisher")
        with unit_of_work():
            about = disclosures.any_by_reference(shown)
            asked = Request(clock.today(), ("request", "identity"))
            made = actions.receive(about, asked, by=publisher)
            db.session.flush()
            with pytest.raises(Refused, match="repair_papers_missing"):
                actions.accept(made, by=publisher)
            actions.ask_more(made, reason="样例：缺守信承诺书", by=publisher)
            reference = made.reference
        with morning(MAY_END + timedelta(days=7)):
            with unit_of_work():
                found = requests.found_repair(reference)
                actions.complete(found, papers=("commitment", "remedy"), by=publisher)
            assert due(reference) == ("repair.accept", date(2026, 12, 31))
            with pytest.raises(Refused, match="repair_asked_already"), unit_of_work():
                actions.ask_more(requests.found_repair(reference), reason="样例", by=publisher)
            with unit_of_work():
                actions.accept(requests.found_repair(reference), by=publisher)


def test_a_leader_allows_ten_more_working_days_once(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        reference = requests.repair(shown, S.ACCEPTED)
        leader = people.today_identity("qs.unit_leader")
        before = due(reference)[1]
        with unit_of_work():
            actions.extend(requests.found_repair(reference), reason="样例：情况复杂", by=leader)
        after = due(reference)[1]
        assert before is not None
        assert after is not None
        assert after > before + timedelta(days=12)
        with pytest.raises(Refused, match="clock_no_extension"), unit_of_work():
            actions.extend(requests.found_repair(reference), reason="样例", by=leader)


def test_a_person_finds_all_three_conditions_to_hold(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        reference = requests.repair(shown, S.ACCEPTED)
        leader = people.today_identity("qs.unit_leader")
        found = requests.found_repair(reference)
        with pytest.raises(Refused, match="repair_conditions_open"), unit_of_work():
            actions.grant(found, conditions=("performed", "remedied"), reason="", by=leader)


def test_later_penalties_of_the_party_are_named_to_whoever_decides(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        assert not queries.later_penalties(disclosures.any_by_reference(shown))
        with unit_of_work():
            later = make.decided(title="样例再犯案").reference
        found = queries.later_penalties(disclosures.any_by_reference(shown))
        assert [one.reference for one in found] == [later]


def test_others_neither_enter_nor_decide(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        reference = requests.repair(shown, S.ACCEPTED)
        for account in ("qs.publisher", "qs.supervisor", "bs.unit_leader", "cz.unit_leader"):
            who = people.today_identity(account)
            found = requests.found_repair(reference)
            with pytest.raises(NotAllowed), unit_of_work():
                actions.grant(found, conditions=requests.ALL_CONDITIONS, reason="", by=who)


def test_two_who_enter_the_same_request_at_once_make_one(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        publisher = people.today_identity("qs.publisher")
        db.session.remove()
        told = race(
            app,
            lambda: actions.receive(
                disclosures.any_by_reference(shown), Request(MAY_END, ()), by=publisher
            ),
        )
        assert told.count("done") == 1
        assert len(db.session.scalars(select(Repair)).all()) == 1


def test_two_who_grant_at_once_decide_once(app: Flask, shown: str) -> None:
    with app.app_context(), morning(MAY_END):
        reference = requests.repair(shown, S.ACCEPTED)
        leader = people.today_identity("qs.unit_leader")
        db.session.remove()

        def grant() -> None:
            found = requests.found_repair(reference)
            if found.state is not S.ACCEPTED:
                raise Refused("clock_stopped")
            actions.grant(found, conditions=requests.ALL_CONDITIONS, reason="", by=leader)

        assert race(app, grant).count("done") == 1
        assert requests.found_repair(reference).state is S.GRANTED


def test_a_repair_by_the_pages_of_three_people(app: Flask, open_page: Open, shown: str) -> None:
    with morning(MAY_END):
        with app.app_context(), unit_of_work() as session:
            # Three months later everybody would first be asked for a new password.
            session.execute(update(Person).values(password_changed_at=clock.now()))
        page = open_page(f"/publicity/{shown}", "qs.case_officer").click("登记信用修复申请")
        record = page.submit("登记申请", papers=list(requests.ALL_PAPERS))
        address = record.url
        assert "待受理" in record.text
        accepted = open_page(address, "qs.publisher").submit("受理")
        assert "待决定" in accepted.text
        assert "准予修复" not in accepted.buttons()
        desk = open_page("/desk", "qs.reviewer")
        assert "决定是否准予修复" in desk.text
        decide = open_page(address, "qs.reviewer")
        empty = decide.submit("确认准予修复")
        assert any("三个条件" in sentence for sentence in empty.errors())
        empty.submit("确认准予修复", conditions=list(requests.ALL_CONDITIONS))
        ended = open_page(address, "qs.publisher").submit("停止公示")
        assert "已提前停止公示" in ended.text
        assert "信用修复" in open_page(f"/disclosures/{shown}").text
        assert "测试线缆" not in open_page(f"/disclosures/{shown}").html
        assert "已提前停止公示" in open_page("/publicity/repairs/", "cz.supervisor").text
        assert open_page(address, "bs.publisher").status == 404


# Objections ---------------------------------------------------------------------------------------


def test_an_objection_is_answered_by_a_second_person_with_a_letter(
    app: Flask, open_page: Open, shown: str
) -> None:
    page = open_page(f"/publicity/{shown}", "qs.publisher").click("登记异议")
    record = page.submit("登记异议", answer_by="2026-10-20", claims="样例：产品名称写错了。")
    address = record.url
    examined = record.submit("确认登记核实情况", reason="样例：确有笔误。")
    assert "确认答复" not in examined.buttons()
    answered = open_page(address, "qs.reviewer").submit(
        "确认答复", answer="correct", reason="样例：异议成立，将予更正。"
    )
    assert "异议成立，更正公示" in answered.text
    letter = answered.client.get(answered.links()["答复函 PDF"])
    assert letter.data.startswith(b"%PDF")
    letter.close()
    assert "更正公示（异议成立）" in open_page("/desk", "qs.publisher").text
    assert open_page(address, "bs.reviewer").status == 404


def test_an_unanswered_objection_is_late_on_the_desk(app: Flask, shown: str) -> None:
    with app.app_context():
        reference = requests.objection(shown)
        leader = people.today_identity("qs.unit_leader")
        with morning(date(2026, 11, 2)):
            asked = objections.waiting(leader, clock.today())
            assert [(w.reference, w.is_overdue(clock.today())) for w in asked] == [
                (reference, True)
            ]


def test_what_the_answer_promised_waits_until_it_was_done(app: Flask, shown: str) -> None:
    with app.app_context():
        requests.answered_objection(shown, Answer.WITHDRAW)
        leader = people.today_identity("qs.unit_leader")
        assert [w.ask for w in objections.waiting(leader, TODAY)] == ["objection.withdraw"]
        make.withdraw(shown)
        assert not objections.waiting(leader, TODAY)
