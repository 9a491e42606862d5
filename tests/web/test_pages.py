"""Whole page or part, the addresses of a list's pages, the rail."""

from __future__ import annotations

import pytest
from flask import url_for

from app.kernel.identity import Identity
from app.kernel.roles import ADMINISTRATORS, Role
from app.web import navigation
from app.web.navigation import Counts, Entry
from app.web.pages import Pagination, page_number, wants_fragment
from tests.support.page import Page

pytestmark = pytest.mark.database
FRAGMENT = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        (FRAGMENT, True),
        ({**FRAGMENT, "HX-Boosted": "true"}, False),
        ({**FRAGMENT, "HX-History-Restore-Request": "true"}, False),
        ({"HX-Request": "false"}, False),
    ],
)
def test_only_htmx_gets_a_part(app, headers, part):
    with app.test_request_context("/", headers=headers):
        assert wants_fragment() is part


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("3", 3),
        ("0", 1),
        ("-5", 1),
        ("999999", 1),
        ("501", 500),
        ("abc", 1),
        ("٣", 1),
        ("", 1),
        ("1e3", 1),
    ],
)
def test_a_page_number_is_bounded(app, raw, number):
    with app.test_request_context("/", query_string={"page": raw}):
        assert page_number() == number


@pytest.mark.parametrize(
    ("number", "total", "first", "last", "pages"),
    [(1, 0, 0, 0, 1), (1, 30, 1, 30, 1), (2, 31, 31, 31, 2), (9, 31, 31, 31, 2), (1, 5, 1, 5, 1)],
)
def test_a_page_of_a_list_knows_its_rows(number, total, first, last, pages):
    page = Pagination(number=number, per_page=30, total=total)
    assert (page.first, page.last, page.pages) == (first, last, pages)


def test_another_page_keeps_the_filters_and_takes_no_orders(app):
    query = "q=电线&kind=a&kind=b&page=2&_external=1&_scheme=javascript&_anchor=x"
    with app.test_request_context(f"/units?{query}"):
        address = Pagination(number=2, per_page=30, total=99).url(3)
    assert address.startswith("/units?")
    assert "q=%E7%94%B5%E7%BA%BF&kind=a&kind=b&page=3" in address
    assert "javascript:" not in address


# The rail -----------------------------------------------------------------------------------------


@pytest.fixture
def entries(monkeypatch):
    """An empty rail, to be filled by the test."""
    monkeypatch.setattr(navigation, "_entries", [])
    return navigation.register


def _who(*roles):
    return Identity(1, "样例", 1, "样例局", "/1/", 1, "样例局", "/1/", frozenset(roles))


def test_the_rail_shows_what_one_may_open_in_the_order_given(app, entries):
    entries(
        Entry("administration", 61, "单位", "units.tree", "unit:keep"),
        Entry("desk", 0, "待办", "desk.home", "desk:open"),
        Entry("archive", 50, "单位", "people.account", "account:own"),
    )
    with app.test_request_context("/desk"):
        keeper = navigation.rail(_who(Role.SYSTEM_ADMINISTRATOR))
        reader = navigation.rail(_who(Role.INSPECTOR))
    assert [[line["url"] for line in group["items"]] for group in keeper] == [
        ["/desk"],
        ["/account"],
        ["/units"],
    ]
    assert [str(group["title"]) for group in keeper] == ["", "档案", "管理"]
    assert len(reader) == 2


def test_the_line_above_the_page_is_marked_the_nearest_one_only(app, entries):
    entries(
        Entry("intake", 10, "a", "administration.overview", "desk:open"),
        Entry("intake", 11, "b", "administration.audit_trail", "desk:open"),
    )
    for address, marked in (
        ("/administration/", "a"), ("/administration/trail", "b"),
        ("/administration/people/x", "a"),
        ("/administrationx", None), ("/desk", None),
    ):  # fmt: skip
        with app.test_request_context(address):
            (group,) = navigation.rail(_who())
        found = [line["label"] for line in group["items"] if line["current"]]
        assert found == ([marked] if marked else []), address


def test_a_summing_line_counts_what_the_others_count(app, entries):
    entries(
        Entry("desk", 0, "待办", "desk.home", "desk:open", sums=True),
        Entry("intake", 10, "a", "units.tree", "desk:open", lambda _who: Counts(5, 2)),
        Entry("intake", 11, "b", "people.account", "desk:open", lambda _who: Counts(3, 1)),
        Entry(
            "archive", 50, "c", "administration.overview", "unit:keep", lambda _who: Counts(99, 99)
        ),
        Entry("archive", 51, "d", "administration.overview", "desk:open"),
    )
    with app.test_request_context("/desk"):
        rail = navigation.rail(_who(Role.INSPECTOR))
    total = rail[0]["items"][0]
    assert (total["count"], total["overdue"]) == (8, 3)


def test_an_entry_is_registered_once(entries):
    one = Entry("desk", 0, "待办", "desk.home", "desk:open")
    entries(one)
    entries(one)
    assert len(navigation._entries) == 1


def test_every_line_of_the_rail_opens_for_whom_it_is_shown(app, sign_in):
    staff = ("qs.unit_leader", "cz.triage_officer", "qs.publisher", "qs.auditor")
    for account in (*staff, *(f"lj.{role.value}" for role in ADMINISTRATORS)):
        client = sign_in(account)
        page = Page(client, client.get("/desk"))
        rail = page.by_id("rail")
        for node in rail.iter():
            if node.get("href"):
                answer = client.get(node.get("href"), follow_redirects=True)
                assert answer.status_code == 200, (account, node.get("href"))


def test_the_head_of_a_page_tells_day_unit_and_post(open_page):
    page = open_page("/desk", "qs.inspector")
    assert "9月22日 星期二 10:42" in page.text
    assert "青石县市场监督管理局" in page.text
    assert "检查员" in page.text


def test_static_files_carry_their_content_in_their_address(app, visitor):
    with app.test_request_context("/"):
        plain = url_for("static", filename="portal.css")
    page = Page(visitor, visitor.get("/sign-in"))
    sheet = page.one("link", rel="stylesheet").get("href")
    assert sheet.startswith(f"{plain}?v=")
    with visitor.get(sheet) as answer:
        assert answer.status_code == 200
