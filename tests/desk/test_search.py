"""One box finds a record by number, name or title, in one's own scope only."""

from __future__ import annotations

import pytest

from app.desk import queries
from app.kernel.db import unit_of_work
from app.people import queries as people
from app.rewards.rules import RewardState
from app.tips import actions as routing
from app.units import queries as units
from tests.support.make import enterprises, rewards, tips
from tests.support.page import Page

pytestmark = pytest.mark.database


@pytest.fixture
def records(app):
    """Two tips, one with each county, and an enterprise."""
    with app.app_context(), unit_of_work():
        by = people.today_identity("cz.triage_officer")
        made = [tips.receipt().tips[0] for _ in range(2)]
        for tip, bureau in zip(made, ("qs", "bs"), strict=True):
            routing.route(tip, units.by_code(bureau), by=by)
        keeper = people.today_identity("qs.case_officer")
        firm = enterprises.enterprise(keeper, "样例铜缆有限公司")
        return [tip.reference for tip in made], firm.reference


def _found(app, typed, account):
    with app.app_context():
        return [hit.reference for hit in queries.found(typed, people.today_identity(account))]


def test_a_record_is_found_in_the_own_scope_only(app, records):
    (own, foreign), _firm = records
    assert _found(app, "样例五金店", "qs.unit_leader") == [own]
    assert _found(app, "样例五金店", "cz.unit_leader") == [foreign, own]
    assert _found(app, foreign, "qs.unit_leader") == []
    assert _found(app, "样例五金店", "dl.unit_leader") == []


@pytest.mark.parametrize("typed", ["样例铜缆", "ylt", "YLTL"])
def test_an_enterprise_is_found_by_name_or_first_letters(app, records, typed):
    assert _found(app, typed, "qs.unit_leader")[0] == records[1]


@pytest.fixture
def reward(app):
    """A reward of 青石县, for a report that led to a case."""
    with app.app_context(), unit_of_work():
        found = rewards.led()
        made = rewards.carried(found, RewardState.PROPOSED)
        return made.reference, found.tip.reference, found.case.title


@pytest.mark.parametrize("account", ["qs.triage_officer", "cz.auditor"])
def test_a_reward_is_found_by_its_number_its_report_and_its_case(app, reward, account):
    for typed in reward:
        assert reward[0] in _found(app, typed, account)


@pytest.mark.parametrize("account", ["bs.unit_leader", "qs.operator"])
def test_a_reward_is_found_by_nobody_who_may_not_read_it(app, reward, account):
    for typed in reward:
        assert reward[0] not in _found(app, typed, account)


def test_a_rewards_number_opens_it_and_its_reporter_finds_nothing(app, sign_in, reward):
    client = sign_in("qs.triage_officer")
    answer = client.get("/search", query_string={"q": reward[0]})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/rewards/{reward[0]}")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert _found(app, tips.REPORTER, "qs.triage_officer") == []


def test_who_may_read_nothing_finds_nothing(app, records):
    assert _found(app, "样例", "lj.system_administrator") == []


@pytest.mark.parametrize("typed", [tips.REPORTER, tips.PHONE, "样例来件人"])
def test_a_reporter_is_never_found(app, records, typed):
    assert _found(app, typed, "cz.triage_officer") == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' or 1=1 --", "x" * 5000, "\x00", "样" * 101])
def test_strange_words_find_nothing_and_break_nothing(sign_in, records, typed):
    client = sign_in("qs.unit_leader")
    page = Page(client, client.get("/search", query_string={"q": typed}))
    assert page.status == 200
    assert page.rows() == []


def test_a_number_opens_its_record_at_once(sign_in, records):
    client = sign_in("qs.unit_leader")
    answer = client.get("/search", query_string={"q": f" {records[0][0]} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/tips/{records[0][0]}")


def test_the_box_in_the_bar_leads_to_the_list(open_page, records):
    page = open_page("/desk", "qs.unit_leader")
    box = page.by_id("bar-search")
    assert box.get("aria-keyshortcuts") == "/"
    answer = Page(page.client, page.client.get("/search", query_string={"q": "五金店"}))
    assert answer.rows() == [["线索 1"], [records[0][0], "—", answer.rows()[1][2]]]
    assert answer.click(records[0][0]).status == 200


def test_the_list_is_the_same_whole_or_in_part(sign_in, records):
    client = sign_in("qs.unit_leader")
    part = (
        client.get("/search?q=五金店", headers={"HX-Request": "true"})
        .get_data(as_text=True)
        .strip()
    )
    assert part.startswith('<div id="hits">')
    assert part in client.get("/search?q=五金店").get_data(as_text=True)


def test_an_empty_box_asks_and_a_visitor_signs_in(open_page, visitor):
    assert "请写要找的编号" in open_page("/search", "qs.inspector").text
    assert visitor.get("/search?q=x").status_code == 303
