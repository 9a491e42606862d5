"""The page on which everybody begins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.kernel import clock
from app.kernel.db import unit_of_work
from app.kernel.roles import Role
from app.people import queries as people
from app.tips import actions as routing
from app.units import queries as units
from tests.support.apps import another
from tests.support.make import tips
from tests.support.page import Page

pytestmark = pytest.mark.database


@pytest.fixture
def waiting(app):
    """Three tips on the city's desk, one of them with the county."""
    with app.app_context(), unit_of_work():
        made = [tips.receipt().tips[0] for _ in range(3)]
        routing.route(made[0], units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
        return [tip.reference for tip in made]


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_opens_to_everybody_signed_in(sign_in, role):
    place = "lj" if role.value.endswith("administrator") else "qs"
    page = Page(client := sign_in(f"{place}.{role.value}"), client.get("/desk"))
    assert (page.status, page.heading) == (200, "待办")


def test_a_visitor_is_asked_to_sign_in(visitor):
    assert visitor.get("/desk").headers["Location"] == "/sign-in?next=/desk"


def test_an_empty_desk_says_so(open_page):
    page = open_page("/desk", "qs.statistician")
    assert "没有等您办的事。" in page.text
    assert list(page.all("table")) == []


def test_each_line_leads_to_its_record(open_page, waiting):
    page = open_page("/desk", "cz.triage_officer")
    assert [row[0] for row in page.rows() if len(row) > 1] == waiting[1:]
    line = next(row for row in page.rows() if row[0] == waiting[1])
    assert (line[1], line[3]) == ("线索", "分办")
    assert page.click(waiting[1]).status == 200


def test_the_rail_counts_what_the_desk_shows(open_page, waiting):
    page = open_page("/desk", "cz.triage_officer")
    links = page.links()
    assert any(words.startswith("待办") and words.endswith("2") for words in links), links


def test_what_is_late_stands_first_and_in_red(open_page, waiting):
    with clock.frozen(clock.now() + timedelta(days=60)):
        page = open_page("/desk", "cz.triage_officer")
        assert page.rows()[0] == ["已超期 2"]
        assert "超期" in page.rows()[1][5]


def test_an_ask_narrows_the_list_and_a_strange_one_does_not(open_page, waiting):
    page = open_page("/desk?ask=tip.triage", "cz.triage_officer")
    assert len([row for row in page.rows() if len(row) > 1]) == 2
    assert [words for words in page.links() if words.startswith("分办")] == ["分办 2"]
    strange = open_page("/desk?ask=nothing", "cz.triage_officer")
    assert len([row for row in strange.rows() if len(row) > 1]) == 2


def test_the_list_is_the_same_whole_or_in_part(sign_in, waiting):
    client = sign_in("cz.triage_officer")
    part = client.get("/desk?ask=tip.triage", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.strip().startswith('<div id="waiting">')
    assert part.strip() in client.get("/desk?ask=tip.triage").get_data(as_text=True)


def test_a_leader_sees_the_bureaus(open_page, waiting):
    page = open_page("/desk", "qs.unit_leader")
    assert waiting[0] in page.text
    assert "含本局其他人待办的" in page.text
    assert waiting[0] not in open_page("/desk", "bs.unit_leader").text


def test_the_desk_speaks_english(sign_in, waiting):
    client = sign_in("cz.triage_officer")
    client.get("/language/en")
    page = Page(client, client.get("/desk"))
    assert page.heading == "To do"


@pytest.mark.parametrize(("face", "led"), [("staff", "/desk"), ("all", None)])
def test_the_root_is_the_desk_only_where_there_is_no_public_front(app, face, led):
    with another(app, face=face) as other:
        rules = {rule.rule: rule.endpoint for rule in other.url_map.iter_rules()}
        assert (rules.get("/") == "root") is (led is not None)
        if led:
            assert other.test_client().get("/").headers["Location"] == led
