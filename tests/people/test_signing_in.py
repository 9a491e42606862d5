"""Who gets in at the sign-in page, and what is said to everybody else?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.kernel import clock
from app.kernel.db import db
from app.people.models import SignInSession
from tests.people.conftest import WRONG, enter, opened
from tests.support.page import Page
from tests.support.world import PASSWORD

pytestmark = pytest.mark.database


def test_a_person_signs_in_through_the_page_and_out_again(guarded, visitor):
    page = enter(opened(visitor))
    assert (page.url, page.heading) == ("/desk", "待办")
    assert "青样·inspector" in page.text
    assert page.submit("退出").url == "/sign-in"
    assert opened(visitor, "/desk").url == "/sign-in"


def test_the_forged_request_is_refused_even_with_the_right_password(guarded, visitor):
    answer = visitor.post("/sign-in", data={"account": "qs.inspector", "password": PASSWORD})
    assert answer.status_code == 400
    assert visitor.get("/desk").status_code == 303


def test_a_token_of_another_browser_is_worth_nothing(guarded, visitor):
    page = opened(guarded.test_client())
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.html).group(1)
    fields = {"account": "qs.inspector", "password": PASSWORD, "csrf_token": token}
    assert visitor.post("/sign-in", data=fields).status_code == 400


def test_a_wrong_password_then_the_right_one_in_the_same_form(guarded, visitor):
    page = enter(opened(visitor), password="Wrong-Password-1")
    assert page.status == 422
    assert WRONG in page.errors()[-1]
    assert page.by_id("account").get("value") == "qs.inspector"
    assert not page.by_id("password").get("value")
    assert enter(page).url == "/desk"


def test_unknown_wrong_and_locked_get_the_very_same_page(app, visitor, changed):
    changed("bs.inspector", locked_until=clock.now() + timedelta(minutes=9))

    def told(account, password):
        page = enter(opened(app.test_client()), account, password)
        return page.status, re.sub(r'value="[^"]*"', "", page.html)

    wrong = told("qs.inspector", "Wrong-Password-1")
    assert told("nobody.here", "Wrong-Password-1") == wrong
    assert told("bs.inspector", PASSWORD) == wrong
    assert told("bs.inspector", "Wrong-Password-1") == wrong


def test_five_failures_lock_and_the_other_browser_is_not_slowed(app, visitor):
    page = opened(visitor)
    for _ in range(5):
        page = enter(page, password="Wrong-Password-1")
    assert enter(page).status == 422
    assert enter(opened(app.test_client()), "qs.case_officer").url == "/desk"


def test_one_source_is_slowed_and_says_so_while_another_gets_in(app, visitor):
    page = opened(visitor)
    for number in range(20):
        page = enter(page, f"nobody.{number}", "Wrong-Password-1")
    assert "尝试过于频繁" in enter(page).text
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert enter(opened(other)).url == "/desk"


def test_the_address_of_a_source_is_never_kept(app, visitor):
    visitor.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    enter(opened(visitor))
    with app.app_context():
        row = db.session.query(SignInSession).one()
        assert "192.0.2.7" not in str(vars(row))


def test_the_session_cookie_changes_at_sign_in(visitor):
    opened(visitor)
    with visitor.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    enter(opened(visitor))
    with visitor.session_transaction() as cookie:
        assert "planted" not in cookie


@pytest.mark.parametrize(
    ("target", "led"),
    [
        ("/units/qs", "/units/qs"),
        ("/units?x=1", "/units?x=1"),
        ("https://example.org/", "/desk"),
        ("//example.org/", "/desk"),
        ("/\\example.org", "/desk"),
        ("\\\\example.org", "/desk"),
        ("/%09/example.org\t", "/desk"),
        ("/\n/example.org", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("units", "/desk"),
        ("", "/desk"),
    ],
)
def test_after_signing_in_one_lands_on_this_site_only(visitor, target, led):
    page = Page(visitor, visitor.get("/sign-in", query_string={"next": target}))
    page = page.submit("登录", account="qs.inspector", password=PASSWORD, follow=False)
    assert page.response.headers["Location"] == led
    forged = visitor.post(
        "/sign-in", data={"account": "qs.inspector", "password": PASSWORD, "next": target}
    )
    assert forged.headers["Location"] == led


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_page(visitor):
    page = Page(visitor, visitor.get("/units/qs", follow_redirects=True))
    assert enter(page).url == "/units/qs"


def test_the_sign_in_page_answers_a_head_request(visitor):
    assert visitor.head("/sign-in").status_code == 200


def test_signed_in_people_do_not_see_the_sign_in_page(sign_in):
    assert opened(sign_in("qs.inspector")).url == "/desk"


def test_empty_fields_are_named(visitor):
    page = opened(visitor).submit("登录")
    assert page.status == 422
    assert sum("请填写这一项" in error for error in page.errors()) >= 2
