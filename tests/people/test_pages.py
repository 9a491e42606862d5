"""What does one see and change on the pages of one's own account and of a unit's people?"""

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
from tests.people.conftest import NEW, WRONG, enter, opened
from tests.support.world import PASSWORD

pytestmark = pytest.mark.database


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
    page = opened(mine, "/account")
    page.submit("修改密码", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert mine.get("/desk").status_code == 200
    assert other.get("/desk").status_code == 303


def test_a_second_factor_is_taken_up_used_and_dropped(app, sign_in, visitor):
    client = sign_in("qs.inspector")
    page = opened(client, "/account").click("开启动态口令")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.text).group(0)
    assert "<svg" in page.html
    totp = pyotp.TOTP(secret)
    wrong = page.submit("开启", totp="000000")
    assert wrong.status == 422
    assert secret in wrong.text
    page = wrong.submit("开启", totp=totp.at(clock.now()))
    assert "已开启" in page.text
    asked = enter(opened(visitor))
    assert "这个账号开启了动态口令，请填写。" in asked.text
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        code = totp.at(clock.now())
        assert enter(opened(visitor), totp=code).url == "/desk"
        replay = enter(opened(app.test_client()), totp=code)
        assert WRONG in replay.text
    with clock.frozen(clock.now() + timedelta(seconds=60)):
        page = opened(client, "/account").submit("关闭动态口令", totp=totp.at(clock.now()))
        assert "未开启" in page.text


def test_the_secret_of_a_factor_is_not_in_the_database_in_plain(app, changed):
    secret = pyotp.random_base32()
    changed(totp_sealed=vault.seal(secret, field=credentials.TOTP_FIELD))
    with app.app_context():
        assert secret not in (queries.by_account("qs.inspector").totp_sealed or "")


def test_i_end_my_other_session_in_place_or_without_script(sign_in):
    mine, other = sign_in("qs.inspector"), sign_in("qs.inspector")
    page = opened(mine, "/account")
    assert page.buttons().count("结束") == 1
    assert "结束" not in page.submit("结束").buttons()
    assert other.get("/desk").status_code == 303
    third = sign_in("qs.inspector")
    fragment = opened(mine, "/account").submit("结束", htmx=True)
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
    page = opened(sign_in("qs.inspector"), "/account").submit("保存语言", language="en")
    assert page.one("html").get("lang") == "en"
    assert page.heading == "My account"
    there = enter(opened(visitor))
    assert there.one("html").get("lang") == "en"


def test_who_never_chose_keeps_the_language_of_the_browser(visitor):
    visitor.get("/language/en")
    page = opened(visitor)
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
    page = opened(client, "/desk")
    assert "青石县市场监督管理局" in page.text
    page = page.submit("白沙县局")
    assert "审核员" in page.text
    assert client.post("/act-in/cz").status_code == 422
    assert client.post("/act-in/nowhere").status_code == 404


# Panels -------------------------------------------------------------------------------------------


def test_a_units_people_are_a_panel_and_a_page(sign_in):
    client = sign_in("qs.inspector")
    page = opened(client, "/units/qs/people")
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
