"""Accounts, posts and sessions: three administrators, each with their own acts."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from app.kernel import audit, clock, vault
from app.kernel.db import unit_of_work
from app.people import credentials, queries
from tests.support.page import Page
from tests.support.world import PASSWORD

pytestmark = pytest.mark.database
SYSTEM, SECURITY, AUDITING = (
    "lj.system_administrator", "lj.security_administrator", "lj.audit_administrator",
)  # fmt: skip
INSPECTOR = "/administration/people/qs.inspector"


def _open(client, address, **kwargs):
    return Page(client, client.get(address, **kwargs))


@pytest.fixture
def person(app):
    def find(account="qs.inspector"):
        with app.app_context():
            found = queries.by_account(account)
            return {
                "active": found.is_active, "name": found.name, "failures": found.failures,
                "locked": found.locked_until, "must": found.must_change_password,
                "totp": found.totp_sealed,
                "posts": [(p.unit.code, p.role.value, p.valid_to) for p in found.posts],
            }  # fmt: skip

    return find


@pytest.fixture
def changed(app):
    def change(account="qs.inspector", **values):
        with app.app_context(), unit_of_work():
            found = queries.by_account(account)
            for name, value in values.items():
                setattr(found, name, value)

    return change


# Who may ------------------------------------------------------------------------------------------

PAGES = {
    "/administration/people": {SYSTEM, SECURITY, AUDITING},
    INSPECTOR: {SYSTEM, SECURITY, AUDITING},
    "/administration/people/new": {SYSTEM},
    "/administration/sessions": {SECURITY, AUDITING},
}
ACTS = {
    "/administration/people/new": {SYSTEM},
    f"{INSPECTOR}/amend": {SYSTEM},
    f"{INSPECTOR}/reset": {SYSTEM},
    f"{INSPECTOR}/unlock": {SYSTEM},
    f"{INSPECTOR}/posts": {SECURITY},
    f"{INSPECTOR}/posts/1/end": {SECURITY},
    f"{INSPECTOR}/revoke-factor": {SECURITY},
    "/administration/sessions/1/end": {SECURITY},
}
EVERYBODY = (SYSTEM, SECURITY, AUDITING, "qs.unit_leader", "qs.auditor", "cz.supervisor")


@pytest.mark.parametrize("account", EVERYBODY)
def test_each_page_opens_to_its_administrators_only(sign_in, account):
    client = sign_in(account)
    for address, allowed in PAGES.items():
        assert client.get(address).status_code == (200 if account in allowed else 403), address


@pytest.mark.parametrize("account", EVERYBODY)
def test_each_act_is_open_to_its_administrator_only(sign_in, account):
    client = sign_in(account)
    for address, allowed in ACTS.items():
        answer = client.post(address)
        assert (answer.status_code == 403) is (account not in allowed), address


def test_a_visitor_is_sent_to_sign_in(visitor):
    for address in PAGES:
        assert visitor.get(address).status_code == 303
    for address in ACTS:
        assert visitor.post(address).status_code == 401


def test_an_unknown_account_is_not_found(sign_in):
    client = sign_in(SYSTEM)
    assert client.get("/administration/people/nobody").status_code == 404
    assert client.post("/administration/people/nobody/reset").status_code == 404
    assert sign_in(SECURITY).post(f"{INSPECTOR}/posts/999999/end").status_code == 404


# The list -----------------------------------------------------------------------------------------


def test_people_are_found_by_name_or_account(open_page):
    page = open_page("/administration/people?q=qs.insp", SYSTEM)
    assert [row[0] for row in page.rows()] == ["qs.inspector", "qs.inspector2"]
    assert page.rows()[0][2] == "青石县局 检查员"
    found = page.submit("筛选", q="青样·publisher2")
    assert [row[0] for row in found.rows()] == ["qs.publisher2"]
    assert "没有找到。" in found.submit("筛选", q="%").text


def test_the_list_is_the_same_whole_or_in_part(sign_in):
    client = sign_in(SYSTEM)
    address = "/administration/people?q=inspector"
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True).strip()
    assert part.startswith('<div id="list">')
    assert part in client.get(address).get_data(as_text=True)


def test_the_list_turns_its_pages(open_page):
    page = open_page("/administration/people", SYSTEM)
    assert len(page.rows()) == 50
    second = page.click("下一页")
    assert second.rows()[0][0] not in [row[0] for row in page.rows()]


# A new account ------------------------------------------------------------------------------------


def test_a_new_account_shows_its_password_once_and_nowhere_else(app, sign_in, visitor, capsys):
    client = sign_in(SYSTEM)
    page = _open(client, "/administration/people/new").submit(
        "建立", account="qs.neu", name="样例新人"
    )
    password = "".join(page.by_id("password").itertext())
    assert page.response.status_code == 201
    assert page.response.headers["Cache-Control"] == "no-store"
    assert password not in str(page.response.headers)
    assert password not in page.response.request.url
    shown = page.click("已记下，看这个账号")
    assert "待改密码" in shown.text
    with client.session_transaction() as cookie:
        assert password not in str(dict(cookie))
    for address in ("/administration/people/qs.neu", "/administration/people", "/desk"):
        assert password not in client.get(address).get_data(as_text=True)
    with app.app_context():
        assert password not in str([vars(e) for e in audit.trail("person", "qs.neu")])
    captured = capsys.readouterr()
    assert password not in captured.out + captured.err
    answer = Page(visitor, visitor.get("/sign-in")).submit(
        "登录", account="qs.neu", password=password
    )
    assert "这个账号现在没有岗位" in answer.text


def test_a_second_press_makes_no_second_account_and_shows_no_password(sign_in):
    client = sign_in(SYSTEM)
    page = _open(client, "/administration/people/new")
    page.submit("建立", account="qs.neu", name="样例新人")
    again = page.submit("建立", account="qs.neu", name="样例新人")
    assert (again.status, again.url) == (200, "/administration/people/qs.neu")
    assert "一次性密码" not in again.text


@pytest.mark.parametrize(
    ("account", "name", "told"),
    [
        ("qs.inspector", "样例", "这个账号已有人使用。"),
        ("QS.Inspector", "样例", "这个账号已有人使用。"),
        ("张三", "样例", "账号用小写字母"),
        ("qs.neu", "", "请填写这一项。"),
        ("qs.neu", "名" * 61, "最多 60 个字"),
        ("qs.neu", "样\u202e例\x00", "控制字符"),
    ],
)
def test_a_bad_account_is_said_at_its_field(open_page, account, name, told):
    page = open_page("/administration/people/new", SYSTEM).submit(
        "建立", account=account, name=name
    )
    assert page.status == 422
    assert any(told in error for error in page.errors()), page.errors()
    assert page.by_id("account").get("value") == account


# The system administrator -------------------------------------------------------------------------


def test_an_account_is_amended_and_disabled(sign_in, person):
    client, victim = sign_in(SYSTEM), sign_in("qs.inspector")
    page = _open(client, INSPECTOR).submit("保存", name="青样·改名", phone="0990-1")
    assert page.heading == "青样·改名"
    assert victim.get("/desk").status_code == 200
    page = page.submit("保存", is_active=None)
    assert "账号已停用" in page.text
    assert not person()["active"]
    assert victim.get("/desk").status_code == 303


def test_an_account_amended_in_place_answers_with_the_record(sign_in):
    client = sign_in(SYSTEM)
    page = _open(client, INSPECTOR)
    part = page.submit("保存", htmx=True, name="青样·改名")
    assert part.root[0].get("id") == "record"
    assert "青样·改名" in part.html
    stale = page.submit("保存", htmx=True, name="青样·又改")
    assert stale.status == 409
    assert stale.root[0].get("id") == "problem"
    bad = _open(client, INSPECTOR).submit("保存", htmx=True, name="")
    assert bad.status == 422
    assert bad.root[0].get("id") == "record"


def test_two_administrators_at_one_account_cannot_both_win(sign_in, changed, person):
    client = sign_in(SYSTEM)
    page = _open(client, INSPECTOR)
    changed(phone="0990-9")
    answer = page.submit("保存", name="青样·改名")
    assert answer.status == 409
    assert "青样·改名" in answer.text
    assert person()["name"] == "青样·inspector"


def test_nobody_disables_themselves(open_page):
    page = open_page(f"/administration/people/{SYSTEM}", SYSTEM).submit("保存", is_active=None)
    assert page.status == 422
    assert "不能停用自己的账号。" in " ".join(page.errors())


def test_a_reset_password_is_shown_once_and_ends_the_sessions(app, sign_in, visitor):
    victim = sign_in("qs.inspector")
    page = _open(sign_in(SYSTEM), INSPECTOR).submit("重置密码")
    password = "".join(page.by_id("password").itertext())
    assert victim.get("/desk").status_code == 303
    page = Page(visitor, visitor.get("/sign-in")).submit(
        "登录", account="qs.inspector", password=password
    )
    assert (page.url, page.status) == ("/account", 200)
    assert "请先修改密码" in page.text


def test_a_locked_account_is_unlocked(sign_in, changed, visitor):
    changed(locked_until=clock.now() + timedelta(minutes=20))
    page = _open(sign_in(SYSTEM), INSPECTOR)
    assert "已锁定" in page.text
    assert "已锁定" not in page.submit("解除锁定").text
    page = Page(visitor, visitor.get("/sign-in"))
    assert page.submit("登录", account="qs.inspector", password=PASSWORD).url == "/desk"


# The security administrator -----------------------------------------------------------------------


def test_a_post_is_granted_and_ended(sign_in, person):
    client, worker = sign_in(SECURITY), sign_in("qs.inspector")
    page = _open(client, INSPECTOR).submit("授予", unit="qs", role="case_officer", title="科长")
    assert ("qs", "case_officer", None) in person()["posts"]
    assert "办案人员 科长" in str(page.rows())
    assert worker.get("/desk").status_code == 200
    page.submit("解除岗位")
    assert worker.get("/desk").status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"unit": "", "role": "reviewer"}, "请选择一项。"),
        ({"unit": "qs", "role": ""}, "请选择一项。"),
        ({"unit": "qs", "role": "inspector"}, "此人已在该单位担任这一岗位。"),
        ({"unit": "qs", "role": "audit_administrator"}, "须由不同的人担任"),
        ({"unit": "qs", "role": "reviewer", "since": "2026-09-21"}, "起始日不能早于今天。"),
        ({"unit": "qs", "role": "reviewer", "since": "2026-13-01"}, "没有这一天"),
    ],
)
def test_a_post_that_cannot_be_is_said_at_its_field(open_page, person, fields, told):
    before = person()["posts"]
    page = open_page(INSPECTOR, SECURITY).submit("授予", **fields)
    assert page.status == 422
    assert any(told in error for error in page.errors()), page.errors()
    assert person()["posts"] == before


def test_a_forged_unit_or_role_is_refused(sign_in, person):
    client, before = sign_in(SECURITY), person()["posts"]
    for fields in ({"unit": "nowhere", "role": "reviewer"}, {"unit": "qs", "role": "emperor"}):
        answer = client.post(f"{INSPECTOR}/posts", data={**fields, "since": "2026-09-22"})
        assert answer.status_code == 422
    assert person()["posts"] == before


def test_nobody_grants_or_ends_their_own_posts(open_page):
    page = open_page(f"/administration/people/{SECURITY}", SECURITY)
    assert page.submit("授予", unit="qs", role="security_administrator").status == 422
    assert page.submit("解除岗位").status == 422


def test_a_session_is_ended_from_the_list_and_from_the_account(sign_in):
    first, client = sign_in("qs.inspector"), sign_in(SECURITY)
    page = _open(client, INSPECTOR)
    page.submit("结束登录")
    assert first.get("/desk").status_code == 303
    second = sign_in("bs.inspector")
    page = _open(client, "/administration/sessions")
    assert {row[0] for row in page.rows()} == {"白样·inspector", "省样·securityadministrator"}
    row = next(form for form in page.all("form") if "sessions" in form.get("action", ""))
    answer = client.post(
        row.get("action"), data={"back": "sessions"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/administration/sessions"
    assert (second.get("/desk").status_code, client.get("/desk").status_code).count(303) == 1


def test_the_list_of_sessions_is_the_same_whole_or_in_part(sign_in):
    client = sign_in(SECURITY)
    address = "/administration/sessions"
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True).strip()
    assert part.startswith('<div id="list">')
    assert part in client.get(address).get_data(as_text=True)


def test_the_auditing_administrator_sees_sessions_and_ends_none(open_page, sign_in):
    sign_in("qs.inspector")
    page = open_page("/administration/sessions", AUDITING)
    assert "结束登录" not in page.buttons()


def test_a_lost_factor_is_revoked_by_security_not_by_system(open_page, changed, person):
    changed(totp_sealed=vault.seal(pyotp.random_base32(), field=credentials.TOTP_FIELD))
    assert "撤销动态口令" not in open_page(INSPECTOR, SYSTEM).buttons()
    open_page(INSPECTOR, SECURITY).submit("撤销动态口令")
    assert person()["totp"] is None


def test_each_administrator_sees_only_their_own_acts(open_page):
    system, security, auditing = (
        open_page(INSPECTOR, a).buttons() for a in (SYSTEM, SECURITY, AUDITING)
    )
    assert {"重置密码", "保存"} <= set(system)
    assert not {"授予", "解除岗位"} & set(system)
    assert {"授予", "解除岗位"} <= set(security)
    assert not {"重置密码", "保存"} & set(security)
    assert not {"重置密码", "保存", "授予", "解除岗位"} & set(auditing)


def test_no_log_line_carries_a_password(sign_in, visitor, capsys):
    page = Page(visitor, visitor.get("/sign-in"))
    page.submit("登录", account="qs.inspector", password="Geheim-Wort-77")
    visitor.get("/sign-in?next=/x&password=Geheim-Wort-77")
    assert "Geheim-Wort-77" not in "".join(capsys.readouterr())
