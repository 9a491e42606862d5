"""Signing in through the page, and the pages of one's own account."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyotp
import pytest

from app.kernel import clock, vault
from app.kernel.db import db, unit_of_work
from app.kernel.roles import Role
from app.people import credentials, queries
from app.people.models import Post, SignInSession
from app.units import queries as units
from tests.support.page import Page
from tests.support.world import PASSWORD

pytestmark = pytest.mark.database
NEW = "Kabel-Trommel-7"
WRONG = "账号、密码或动态口令不对，或者账号已锁定。连续 5 次不对，锁定 30 分钟。"


@pytest.fixture
def guarded(app, monkeypatch):
    """The application with its forged-request check switched on, as it runs in earnest."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


@pytest.fixture
def changed(app):
    """Change a person in the database, as somebody else would meanwhile."""

    def change(account="qs.inspector", **values):
        with app.app_context(), unit_of_work():
            person = queries.by_account(account)
            for name, value in values.items():
                setattr(person, name, value)

    return change


def _open(client, address="/sign-in", **kwargs):
    return Page(client, client.get(address, follow_redirects=True, **kwargs))


def _submit(page, account="qs.inspector", password=PASSWORD, **fields):
    return page.submit("登录", account=account, password=password, **fields)


# Signing in ---------------------------------------------------------------------------------------


def test_a_person_signs_in_through_the_page_and_out_again(guarded, visitor):
    page = _submit(_open(visitor))
    assert (page.url, page.heading) == ("/desk", "待办")
    assert "青样·inspector" in page.text
    assert page.submit("退出").url == "/sign-in"
    assert _open(visitor, "/desk").url == "/sign-in"


def test_the_forged_request_is_refused_even_with_the_right_password(guarded, visitor):
    answer = visitor.post("/sign-in", data={"account": "qs.inspector", "password": PASSWORD})
    assert answer.status_code == 400
    assert visitor.get("/desk").status_code == 303


def test_a_token_of_another_browser_is_worth_nothing(guarded, visitor):
    page = _open(guarded.test_client())
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.html).group(1)
    fields = {"account": "qs.inspector", "password": PASSWORD, "csrf_token": token}
    assert visitor.post("/sign-in", data=fields).status_code == 400


def test_a_wrong_password_then_the_right_one_in_the_same_form(guarded, visitor):
    page = _submit(_open(visitor), password="Wrong-Password-1")
    assert page.status == 422
    assert WRONG in page.errors()[-1]
    assert page.by_id("account").get("value") == "qs.inspector"
    assert not page.by_id("password").get("value")
    assert _submit(page).url == "/desk"


def test_unknown_wrong_and_locked_get_the_very_same_page(app, visitor, changed):
    changed("bs.inspector", locked_until=clock.now() + timedelta(minutes=9))

    def told(account, password):
        page = _submit(_open(app.test_client()), account, password)
        return page.status, re.sub(r'value="[^"]*"', "", page.html)

    wrong = told("qs.inspector", "Wrong-Password-1")
    assert told("nobody.here", "Wrong-Password-1") == wrong
    assert told("bs.inspector", PASSWORD) == wrong
    assert told("bs.inspector", "Wrong-Password-1") == wrong


def test_five_failures_lock_and_the_other_browser_is_not_slowed(app, visitor):
    page = _open(visitor)
    for _ in range(5):
        page = _submit(page, password="Wrong-Password-1")
    assert _submit(page).status == 422
    assert _submit(_open(app.test_client()), "qs.case_officer").url == "/desk"


def test_one_source_is_slowed_and_says_so_while_another_gets_in(app, visitor):
    page = _open(visitor)
    for number in range(20):
        page = _submit(page, f"nobody.{number}", "Wrong-Password-1")
    assert "尝试过于频繁" in _submit(page).text
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert _submit(_open(other)).url == "/desk"


def test_the_address_of_a_source_is_never_kept(app, visitor):
    visitor.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    _submit(_open(visitor))
    with app.app_context():
        row = db.session.query(SignInSession).one()
        assert "192.0.2.7" not in str(vars(row))


def test_the_session_cookie_changes_at_sign_in(visitor):
    _open(visitor)
    with visitor.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    _submit(_open(visitor))
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
    assert _submit(page).url == "/units/qs"


def test_the_sign_in_page_answers_a_head_request(visitor):
    assert visitor.head("/sign-in").status_code == 200


def test_signed_in_people_do_not_see_the_sign_in_page(sign_in):
    assert _open(sign_in("qs.inspector")).url == "/desk"


def test_empty_fields_are_named(visitor):
    page = _open(visitor).submit("登录")
    assert page.status == 422
    assert sum("请填写这一项" in error for error in page.errors()) >= 2


# Ends ---------------------------------------------------------------------------------------------


def test_thirty_idle_minutes_end_the_session(sign_in):
    client = sign_in("qs.inspector")
    at = clock.now()
    with clock.frozen(at + timedelta(minutes=29)):
        assert client.get("/desk").status_code == 200
    with clock.frozen(at + timedelta(minutes=58)):
        assert client.get("/desk").status_code == 200
    with clock.frozen(at + timedelta(minutes=89)):
        assert client.get("/desk").status_code == 303


def test_twelve_hours_end_it_however_busy(sign_in):
    client = sign_in("qs.inspector")
    at = clock.now()
    for quarter in range(1, 48):
        with clock.frozen(at + timedelta(minutes=15 * quarter)):
            assert client.get("/account").status_code == 200
    with clock.frozen(at + timedelta(hours=12)):
        assert client.get("/account").status_code == 303


def _end_on_the_server(app):
    with app.app_context(), unit_of_work():
        for row in db.session.query(SignInSession):
            row.ended_at = clock.now()


def test_a_session_ended_on_the_server_refuses_the_next_request(app, sign_in):
    client = sign_in("qs.inspector")
    assert client.get("/units").status_code == 200
    _end_on_the_server(app)
    answer = client.get("/units?a=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/units?a%3D1"


def test_a_fragment_request_leaves_its_page_for_the_sign_in_page(app, sign_in):
    client = sign_in("qs.inspector")
    _end_on_the_server(app)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/units/qs"}
    answer = client.get("/units/qs/people", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/units/qs"


def test_what_was_typed_before_the_session_ended_is_shown_back(app, sign_in):
    client = sign_in("lj.system_administrator")
    page = Page(client, client.get("/units/new?parent=qs"))
    _end_on_the_server(app)
    answer = page.submit("设立", name="青石县样例所", code="qs-neu")
    assert answer.status == 401
    assert "青石县样例所" in answer.text
    assert answer.links()["重新登录"].startswith("/sign-in")
    with app.app_context():
        assert units.by_code_or_none("qs-neu") is None


def test_the_same_form_works_after_signing_in_again(app, sign_in):
    client = sign_in("lj.system_administrator")
    page = Page(client, client.get("/units/new?parent=qs"))
    _end_on_the_server(app)
    fields = {
        "name": "青石县样例所",
        "short_name": "样例所",
        "code": "qs-neu",
        "kind": "station",
        "level": "town",
    }
    assert page.submit("设立", **fields).status == 401
    with (
        client.session_transaction() as new,
        sign_in("lj.system_administrator").session_transaction() as other,
    ):
        new["_user_id"] = other["_user_id"]
    assert page.submit("设立", **fields).url == "/units/qs-neu"


def test_a_disabled_account_is_out_at_once(sign_in, changed):
    client = sign_in("qs.inspector")
    changed(is_active=False)
    assert client.get("/desk").status_code == 303


# A password that must be changed ------------------------------------------------------------------


@pytest.mark.parametrize("why", ["given", "old"])
def test_nothing_opens_until_the_given_or_old_password_is_changed(sign_in, changed, why):
    client = sign_in("qs.inspector")
    given = {"must_change_password": True}
    old = {"password_changed_at": clock.now() - timedelta(days=91)}
    changed(**(given if why == "given" else old))
    for address in ("/desk", "/units", "/units/qs"):
        assert client.get(address).headers["Location"] == "/account"
    fragment = client.get("/units/qs/people", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/account"
    page = _open(client, "/account")
    assert "请先修改密码" in page.text
    page = page.submit("修改密码", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert "请先修改密码" not in page.text
    assert client.get("/desk").status_code == 200


def test_an_act_is_not_done_while_the_password_must_be_changed(app, sign_in, changed):
    client = sign_in("lj.system_administrator")
    page = _open(client, "/units/qs-cg")
    changed("lj.system_administrator", must_change_password=True)
    assert page.submit("撤销单位").url == "/account"
    with app.app_context():
        assert units.by_code("qs-cg").is_active
    changed("lj.system_administrator", must_change_password=False)
    assert page.submit("撤销单位").url == "/units/qs-cg"
    with app.app_context():
        assert not units.by_code("qs-cg").is_active


def test_one_can_still_sign_out(sign_in, changed):
    client = sign_in("qs.inspector")
    changed(must_change_password=True)
    assert _open(client, "/account").submit("退出").url == "/sign-in"


# My account ---------------------------------------------------------------------------------------


def test_my_account_shows_my_facts_and_posts(open_page):
    page = open_page("/account", "qs.inspector")
    assert page.heading == "我的账号"
    assert ["青石县市场监督管理局", "检查员", "2020年1月1日"] in page.rows()


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("Wrong-Password-1", NEW, NEW, "原密码不对。"),
        (PASSWORD, "kurz", "kurz", "密码至少 10 位，最多 128 位。"),
        (PASSWORD, NEW, NEW + "x", "两次输入的新密码不一样。"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码不能与最近 5 个密码相同。"),
    ],
)
def test_a_bad_change_is_said_at_its_field(open_page, old, new, again, told):
    page = open_page("/account", "qs.inspector")
    page = page.submit("修改密码", old_password=old, password=new, password_again=again)
    assert page.status == 422
    assert any(told in error for error in page.errors()), page.errors()
    assert new not in page.html


def test_a_changed_password_ends_my_other_browser_only(sign_in):
    mine, other = sign_in("qs.inspector"), sign_in("qs.inspector")
    page = _open(mine, "/account")
    page.submit("修改密码", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert mine.get("/desk").status_code == 200
    assert other.get("/desk").status_code == 303


def test_a_second_factor_is_taken_up_used_and_dropped(app, sign_in, visitor):
    client = sign_in("qs.inspector")
    page = _open(client, "/account").click("开启动态口令")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.text).group(0)
    assert "<svg" in page.html
    totp = pyotp.TOTP(secret)
    wrong = page.submit("开启", totp="000000")
    assert wrong.status == 422
    assert secret in wrong.text
    page = wrong.submit("开启", totp=totp.at(clock.now()))
    assert "已开启" in page.text
    asked = _submit(_open(visitor))
    assert "这个账号开启了动态口令，请填写。" in asked.text
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        code = totp.at(clock.now())
        assert _submit(_open(visitor), totp=code).url == "/desk"
        replay = _submit(_open(app.test_client()), totp=code)
        assert WRONG in replay.text
    with clock.frozen(clock.now() + timedelta(seconds=60)):
        page = _open(client, "/account").submit("关闭动态口令", totp=totp.at(clock.now()))
        assert "未开启" in page.text


def test_the_secret_of_a_factor_is_not_in_the_database_in_plain(app, changed):
    secret = pyotp.random_base32()
    changed(totp_sealed=vault.seal(secret, field=credentials.TOTP_FIELD))
    with app.app_context():
        assert secret not in (queries.by_account("qs.inspector").totp_sealed or "")


def test_i_end_my_other_session_in_place_or_without_script(sign_in):
    mine, other = sign_in("qs.inspector"), sign_in("qs.inspector")
    page = _open(mine, "/account")
    assert page.buttons().count("结束") == 1
    assert "结束" not in page.submit("结束").buttons()
    assert other.get("/desk").status_code == 303
    third = sign_in("qs.inspector")
    fragment = _open(mine, "/account").submit("结束", htmx=True)
    assert fragment.root[0].get("id") == "sessions"
    assert third.get("/desk").status_code == 303


def test_the_fragment_of_my_sessions_is_the_same_as_in_the_page(sign_in):
    client = sign_in("qs.inspector")
    whole = client.get("/account").get_data(as_text=True)
    part = client.get("/account", headers={"HX-Request": "true"}).get_data(as_text=True).strip()
    assert part.startswith('<section class="section" id="sessions">')
    assert part in whole


def test_a_strangers_session_is_not_found(app, sign_in):
    sign_in("bs.inspector")
    with app.app_context():
        number = db.session.query(SignInSession).one().id
    client = sign_in("qs.inspector")
    assert client.post(f"/account/sessions/{number}/end").status_code == 404
    assert client.post("/account/sessions/999999/end").status_code == 404


def test_my_language_is_kept_and_comes_back_at_the_next_sign_in(app, sign_in, visitor):
    page = _open(sign_in("qs.inspector"), "/account").submit("保存语言", language="en")
    assert page.one("html").get("lang") == "en"
    assert page.heading == "My account"
    there = _submit(_open(visitor))
    assert there.one("html").get("lang") == "en"


def test_who_never_chose_keeps_the_language_of_the_browser(visitor):
    visitor.get("/language/en")
    page = _open(visitor)
    page = page.submit("Sign in", account="qs.inspector", password=PASSWORD)
    assert page.one("html").get("lang") == "en"


def test_a_language_nobody_speaks_is_refused(sign_in):
    client = sign_in("qs.inspector")
    assert client.post("/account/language", data={"language": "xx"}).status_code == 422


def test_i_go_on_in_another_post_of_mine(app, sign_in):
    with app.app_context(), unit_of_work():
        post = Post(
            person=queries.by_account("qs.inspector"), unit=units.by_code("bs"),
            role=Role.REVIEWER, valid_from=date(2026, 1, 1),
        )  # fmt: skip
        db.session.add(post)
    client = sign_in("qs.inspector")
    page = _open(client, "/desk")
    assert "青石县市场监督管理局" in page.text
    page = page.submit("白沙县局")
    assert "审核员" in page.text
    assert client.post("/act-in/cz").status_code == 422
    assert client.post("/act-in/nowhere").status_code == 404


# Panels -------------------------------------------------------------------------------------------


def test_a_units_people_are_a_panel_and_a_page(sign_in):
    client = sign_in("qs.inspector")
    page = _open(client, "/units/qs/people")
    assert "检查员" in page.text
    assert "白样" not in page.text
    part = client.get("/units/qs/people", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.strip() in page.html


def test_the_changes_of_a_unit_are_for_administrators(sign_in, open_page):
    page = open_page("/units/qs/changes", "lj.system_administrator")
    assert "没有变更" in page.text
    assert sign_in("qs.unit_leader").get("/units/qs/changes").status_code == 403
    part = page.client.get("/units/qs/changes", headers={"HX-Request": "true"}).get_data(
        as_text=True
    )
    assert part.strip() in page.html
