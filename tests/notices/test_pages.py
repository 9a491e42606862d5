"""Notices through their pages: drafted, signed by another, typeset, taken in, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.kernel import storage
from app.kernel.db import unit_of_work
from app.kernel.roles import Role
from app.notices import publications
from app.notices.rules import NoticeKind, Openness
from app.people import actions as people_actions
from app.people import queries as people
from app.units import queries as units
from tests.support.make import notices as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    def make_one(**facts: Any) -> str:
        with app.app_context():
            return make.notice(**facts)

    return make_one


def test_a_public_notice_from_draft_to_the_world(open_page: Open, app: Flask) -> None:
    page = open_page("/notices-desk/new", "cz.drafter").submit(
        "保存草稿", kind="public_notice", title="关于样例燃气灶的消费提示",
        body="一、提示\n购买燃气灶请查看熄火保护装置。",
    )  # fmt: skip
    page = page.submit("送核")
    assert "签发" not in open_page(page.url, "cz.unit_leader").buttons()
    open_page(page.url, "cz.reviewer").submit("核稿通过")
    signed = open_page(page.url, "cz.unit_leader").submit("签发")
    assert "澄市监通告〔2026〕1号" in signed.text
    assert "已印发" in open_page(page.url, "cz.drafter").text
    with app.app_context():
        (public,) = publications.latest(5)
        assert public.title == "关于样例燃气灶的消费提示"
        assert "<h2>一、提示</h2>" in public.html_body
        with storage.shelf().open(public.pdf_sha256) as pdf:
            assert pdf.read(5) == b"%PDF-"


def test_numbers_of_a_kind_follow_without_gap(open_page: Open, made: Callable[..., str]) -> None:
    first, second = made(published=True), made(published=True)
    assert "通告〔2026〕1号" in open_page(f"/notices-desk/{first}", "cz.drafter").text
    assert "通告〔2026〕2号" in open_page(f"/notices-desk/{second}", "cz.drafter").text


def test_the_drafter_cannot_sign_even_as_a_leader(open_page: Open, made: Any, app: Flask) -> None:
    """Two natural persons: a leader who last changed the draft counts as its drafter."""
    with app.app_context(), unit_of_work():
        leader = people.by_account("cz.unit_leader")
        people_actions.grant_post(leader, units.by_code("cz"), Role.DRAFTER, by=None)
    page = open_page("/notices-desk/new", "cz.unit_leader").submit(
        "保存草稿", kind="announcement", title="样例公告", body="样例正文。"
    )
    page = page.submit("送核")
    open_page(page.url, "cz.reviewer").submit("核稿通过")
    page = open_page(page.url, "cz.unit_leader")
    assert "签发" not in page.buttons()
    answer = page.client.post(f"{page.url}/sign", data={"sign-version": "3"})
    assert answer.status_code == 422


def test_an_internal_notice_is_taken_in_by_its_addressees_only(
    open_page: Open, made: Callable[..., str], app: Flask
) -> None:
    reference = made(
        to=("qs", "bs"), published=True, kind=NoticeKind.NOTICE, openness=Openness.CLOSED,
        basis="内部工作部署", acknowledge_by=date(2026, 9, 25),
    )  # fmt: skip
    address = f"/notices-desk/{reference}"
    with app.app_context():
        assert publications.latest(5) == []
    assert open_page(address, "dl.unit_leader").status == 404
    page = open_page(address, "qs.unit_leader").submit("签收")
    assert "签收" not in page.buttons()
    seen = open_page(address, "cz.drafter")
    assert "已签收 1，共 2" in seen.text
    assert [row[1] for row in seen.rows()] == ["已签收", "未签收"]
    assert "签收" not in open_page(address, "bs.inspector").buttons()


def test_a_draft_is_nobody_else_s_business(open_page: Open, made: Callable[..., str]) -> None:
    reference = made(to=("qs",), kind=NoticeKind.NOTICE)
    assert open_page(f"/notices-desk/{reference}", "qs.unit_leader").status == 404


def test_a_withdrawn_notice_leaves_its_mark_and_nothing_else(
    open_page: Open, made: Callable[..., str], app: Flask
) -> None:
    reference = made(published=True)
    open_page(f"/notices-desk/{reference}", "cz.unit_leader").submit(
        "确认撤下", **{"withdraw-reason": "数据有误"}
    )
    with app.app_context():
        public = publications.by_reference(reference)
        assert (public.html_body, public.pdf_sha256, public.files) == ("", "", ())
        assert (public.withdrawn_on, public.withdrawn_reason) == (date(2026, 9, 22), "数据有误")
        assert publications.latest(5) == []


@pytest.mark.parametrize("account", ["cz.inspector", "cz.operator"])
def test_whoever_drafts_nothing_is_refused(open_page: Open, account: str) -> None:
    assert open_page("/notices-desk/new", account).status == 403


def test_markup_in_a_notice_is_only_text(made: Callable[..., str], app: Flask) -> None:
    reference = made(published=True, body="<script>alert(1)</script>\n<b>粗</b>")
    with app.app_context():
        assert "<script>" not in publications.by_reference(reference).html_body
