"""When does a session end, and what opens while a password must be changed?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.people.models import SignInSession
from app.units import queries as units
from tests.people.conftest import NEW, opened
from tests.support.page import Page
from tests.support.world import PASSWORD

pytestmark = pytest.mark.database


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
    page = opened(client, "/account")
    assert "请先修改密码" in page.text
    page = page.submit("修改密码", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert "请先修改密码" not in page.text
    assert client.get("/desk").status_code == 200


def test_an_act_is_not_done_while_the_password_must_be_changed(app, sign_in, changed):
    client = sign_in("lj.system_administrator")
    page = opened(client, "/units/qs-cg")
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
    assert opened(client, "/account").submit("退出").url == "/sign-in"
