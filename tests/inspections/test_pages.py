"""What each person sees and does on the pages of inspection tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel.db import unit_of_work
from app.people import queries as people
from tests.support.make import enterprises as make_enterprises
from tests.support.make import inspections as make
from tests.support.make import tips as make_tips
from tests.support.page import Page, upload, words

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    def make_one(**facts: Any) -> str:
        with app.app_context():
            return make.task(**facts)

    return make_one


def test_the_county_leader_makes_a_task_out_of_a_tip(open_page: Open, app: Flask) -> None:
    with app.app_context():
        tip = make_tips.tip(routed_to="qs")
    page = open_page(f"/tips/{tip}", "qs.unit_leader").click("安排检查")
    assert page.one("input", name="place_name").get("value") == "样例五金店"
    task = page.submit("派出")
    assert task.status == 200, task.errors()
    assert "待检查" in task.text
    assert f"线索 {tip}" in task.links()


def test_the_second_officer_must_be_another(open_page: Open) -> None:
    page = open_page("/inspections/new", "qs.unit_leader")
    sent = page.submit(
        "派出", title="样例巡查", place_name="样例店", officer=options_of(page, "officer")[0],
        companion=options_of(page, "officer")[0],
    )  # fmt: skip
    assert sent.status == 422
    assert any("令2 第22条" in said for said in sent.errors())
    assert sent.one("input", name="title").get("value") == "样例巡查"


def options_of(page: Page, name: str) -> list[str]:
    """Return the values one may choose in a select."""
    return [o.get("value") for o in page.one("select", name=name)]


def test_an_inspector_closes_a_task_with_findings_and_a_photo(
    open_page: Open, made: Callable[..., str]
) -> None:
    page = open_page(f"/inspections/{made()}", "qs.inspector").submit("开始检查")
    refused = page.submit("完成检查", has_problem="yes", findings="铜芯发黑 12 卷")
    assert refused.status == 422
    assert "铜芯发黑 12 卷" in refused.html
    done = refused.submit(
        "完成检查", violation=options_of(refused, "violation")[1],
        photos=[upload(make.picture(), "现场.jpg")],
    )  # fmt: skip
    assert done.status == 200, done.errors()
    assert "发现问题" in done.text
    photo = next(a.get("href") for a in done.all("a", class_="photo"))
    with done.client.get(photo) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_photo_that_is_no_photo_is_refused(open_page: Open, made: Callable[..., str]) -> None:
    page = open_page(f"/inspections/{made(started=True)}", "qs.inspector")
    refused = page.submit(
        "完成检查", has_problem="no", findings="未见异常",
        photos=[upload(b"<html>photo</html>", "现场.jpg")],
    )  # fmt: skip
    assert refused.status == 422
    assert any("现场.jpg" in said for said in refused.errors())
    assert "未见异常" in refused.html


@pytest.mark.parametrize(
    ("account", "status"),
    [("bs.inspector", 404), ("dl.unit_leader", 404), ("cz.unit_leader", 200), ("qs.operator", 403)],
)
def test_who_may_open_a_task(
    open_page: Open, made: Callable[..., str], account: str, status: int
) -> None:
    assert open_page(f"/inspections/{made()}", account).status == status


@pytest.mark.parametrize("account", ["qs.inspector", "qs.case_officer", "cz.supervisor"])
def test_whoever_leads_nobody_sends_nobody(open_page: Open, account: str) -> None:
    assert open_page("/inspections/new", account).status == 403


def test_two_officers_at_once(open_page: Open, made: Callable[..., str]) -> None:
    reference = made()
    one = open_page(f"/inspections/{reference}", "qs.inspector")
    other = open_page(f"/inspections/{reference}", "qs.inspector2")
    one.submit("开始检查")
    late = other.submit("开始检查")
    assert late.status == 409
    assert reference in late.html


def test_the_board_is_the_address(open_page: Open, made: Callable[..., str]) -> None:
    reference = made()
    page = open_page("/inspections/?view=open&q=样例五金店", "qs.inspector")
    assert any(reference in row[0] for row in page.rows())
    assert not open_page("/inspections/?view=open&q=没有", "qs.inspector").rows()


def test_an_enterprise_s_page_gets_its_tasks_as_a_panel(app: Flask, sign_in: SignIn) -> None:
    name = "测试线缆有限公司"
    with app.app_context():
        with unit_of_work():
            enterprise = make_enterprises.enterprise(
                people.today_identity("qs.triage_officer"), name
            )
            reference = enterprise.reference
        task = make.task(enterprise=enterprise)
    client, address = sign_in("cz.supervisor"), f"/inspections/panel/enterprise/{reference}"
    full = Page(client, client.get(address))
    answer = client.get(address, headers={"HX-Request": "true"})
    part = Page(client, answer, fragment=True)
    assert part.text == words(full.by_id("enterprise-inspections"))
    assert task in full.links()
    elsewhere = sign_in("bs.unit_leader").get(address)
    assert task not in elsewhere.get_data(as_text=True)


def test_an_impossible_last_day_is_said_as_such(open_page: Open) -> None:
    page = open_page("/inspections/new", "qs.unit_leader").submit(
        "派出", title="样例巡查", place_name="样例店", due_on="2026-02-30"
    )
    assert page.status == 422
    assert any("没有这一天" in said for said in page.errors())
