"""When does a natural person's address stay in what is published?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases import actions as case_actions
from app.cases.penalties import PartyKind
from app.cases.rules import CaseState, StatementKind
from app.disclosures import actions, drafting, queries
from app.disclosures.rules import KeepGround, Ruling
from app.kernel import audit, clock
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.kernel.redaction import Kind
from app.people import queries as people
from tests.support.make import cases
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]

HOME = "青石县样例路 7 号 2 楼"
REASON = "样例：住所与经营场所一致"


def draft() -> Any:
    """Open the case of a natural person whose address the text repeats."""
    made = cases.case(CaseState.INFORMED)
    officer, leader = cases.who("qs", "case_officer"), cases.who("qs", "unit_leader")
    today = clock.today()
    case_actions.note_statement(made, kind=StatementKind.WAIVED, on=today, outcome="", by=officer)
    party = cases.party(
        kind=PartyKind.PERSON, name="样测试", credit_code="", legal_representative="", address=HOME
    )
    facts = f"2026年7月，本局检查时发现当事人在{HOME}销售不合格电线。"
    case_actions.draft(made, cases.typed(party=party, facts=facts), by=officer)
    db.session.flush()
    case_actions.decide(made, decided_on=today, by=leader)
    db.session.flush()
    disclosure = drafting.start(made, by=people.today_identity("qs.publisher"))
    db.session.flush()
    return disclosure


def keep(disclosure: Any) -> int:
    """Keep every address as the place of business, hide the rest; returns how many stay."""
    publisher = people.today_identity("qs.publisher")
    drafting.hide_certain(disclosure, by=publisher)
    homes = [mark.id for mark in disclosure.marks if mark.kind == Kind.ADDRESS]
    grounds: dict[int, KeepGround | None] = dict.fromkeys(homes, KeepGround.OWN_PREMISES)
    rulings = dict.fromkeys(homes, (Ruling.KEPT, REASON))
    drafting.rule_on(disclosure, rulings, by=publisher, grounds=grounds)
    return len(homes)


def approve(disclosure: Any, **more: Any) -> None:
    seen, reviewer = actions.content_hash(disclosure), people.today_identity("qs.reviewer")
    actions.approve(disclosure, seen=seen, verify_root=make.ROOT, by=reviewer, **more)


def test_it_stays_when_two_persons_say_that_the_business_is_run_there(writing: None) -> None:
    disclosure = draft()
    leader = people.today_identity("qs.unit_leader")
    places = keep(disclosure)
    assert places
    actions.submit(disclosure, by=people.today_identity("qs.publisher"))
    with pytest.raises(Refused, match="premises_not_agreed"):
        approve(disclosure)
    assert queries.premises_kept(leader) == 0
    approve(disclosure, premises=True)
    assert HOME in actions.publications.build(disclosure, "").text
    assert queries.premises_kept(leader) == 1
    assert queries.premises_kept(people.today_identity("bs.unit_leader")) == 0
    db.session.flush()
    told = audit.trail("disclosure", disclosure.reference)
    assert [one.facts["places"] for one in told if one.event == actions.PREMISES] == [places]


def test_it_needs_its_own_ground_and_a_reason(writing: None) -> None:
    disclosure = draft()
    publisher = people.today_identity("qs.publisher")
    home = next(mark.id for mark in disclosure.marks if mark.kind == Kind.ADDRESS)
    for ground, reason, refusal in (
        (KeepGround.OWN_PREMISES, "", "mark_reason_needed"),
        (KeepGround.UNIT_ADDRESS, REASON, "mark_ground_needed"),
        (None, REASON, "mark_ground_needed"),
    ):
        with pytest.raises(Refused, match=refusal):
            drafting.rule_on(
                disclosure, {home: (Ruling.KEPT, reason)}, by=publisher, grounds={home: ground}
            )


def test_another_reason_is_another_content(writing: None) -> None:
    disclosure = draft()
    keep(disclosure)
    before = actions.content_hash(disclosure)
    home = next(mark for mark in disclosure.marks if mark.kind == Kind.ADDRESS)
    home.reason = "样例：换了一个理由"
    assert actions.content_hash(disclosure) != before


def test_the_second_person_ticks_it_on_the_page(app: Flask, open_page: Open) -> None:
    with app.app_context():
        with unit_of_work():
            disclosure = draft()
            keep(disclosure)
            actions.submit(disclosure, by=people.today_identity("qs.publisher"))
            reference = disclosure.reference
        db.session.remove()
    page = open_page(f"/publicity/{reference}", "qs.reviewer")
    assert REASON in page.html
    refused = page.submit("批准公示")
    assert refused.status == 422
    assert any("经营场所地址保留" in sentence for sentence in refused.errors())
    published = refused.submit("批准公示", premises="y")
    assert "已公示" in published.text
    listed = open_page("/publicity/?view=all", "qs.publisher")
    assert "保留了地址" in listed.text
    assert HOME in open_page(f"/disclosures/{reference}", None).text
