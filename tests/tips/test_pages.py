"""What each person sees and does on the pages of tips, with script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel.db import unit_of_work
from app.people import queries as people
from tests.support.make import enterprises as make_enterprises
from tests.support.make import tips as make
from tests.support.page import Page, upload, words

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[..., FlaskClient]
CALL: dict[str, Any] = {
    "phone": "138 0000 0148",
    "caller_name": "样例来件人甲",
    "facts": "在青石县人民路样例五金店买了两卷电线，铜芯发黑。",
    "kinds": ["report"],
    "seller": "样例五金店",
    "subject_address": "青石县人民路 218 号",
}


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    def make_one(**call: Any) -> str:
        with app.app_context():
            return make.tip(**call)

    return make_one


def test_an_operator_registers_a_call_and_reads_out_number_and_code(open_page: Open) -> None:
    receipt = open_page("/tips/new", "cz.operator").submit("登记", **CALL)
    assert receipt.heading == "受理号 260922-001"
    assert "令2" in receipt.text
    assert "10月20日" in receipt.text
    again = receipt._open(receipt.url)
    assert "查询码已经显示过一次" in again.text


def test_a_telephone_system_opens_the_page_with_the_caller_filled_in(open_page: Open) -> None:
    page = open_page("/tips/new?tel=13800000148", "cz.operator")
    assert page.one("input", name="phone").get("value") == "13800000148"


def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        "登记", **{**CALL, "kinds": ["complaint"], "phone": "", "amount": "12.345"}
    )
    assert page.status == 422
    assert any("金额最多到分" in sentence for sentence in page.errors())
    assert "铜芯发黑" in page.html
    fixed = page.submit("登记", amount="12.30")
    assert any("投诉须填写联系电话" in sentence for sentence in fixed.errors())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("facts", "甲" * 5001, "最多 5000 个字"),
        ("subject_name", "甲" * 5000, "最多 120 个字"),
        ("seller", "样例\x07店", "控制字符"),
        ("seller", "样例\ufffd店", "无法识别的字符"),
        ("bought_on", "2026-02-30", "没有这一天"),
        ("bought_on", "2026-09-23", "在今天之后"),
        ("phone", "12", "电话号码不对"),
        ("amount", "一百", "请填写金额"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field(
    open_page: Open, field: str, value: str, sentence: str
) -> None:
    page = open_page("/tips/new", "cz.operator").submit("登记", **{**CALL, field: value})
    assert page.status == 422
    assert any(sentence in said for said in page.errors()), page.errors()
    assert "人民路 218 号" in page.html


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_written(
    open_page: Open, app: Flask
) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        "登记", **CALL, files=[upload(b"MZ\x90\x00 not a picture", "photo.jpg")]
    )
    assert page.status == 422
    assert any("photo.jpg" in said for said in page.errors())
    assert "这里没有线索" in open_page("/tips/?view=all", "cz.operator").text


def test_a_double_click_stores_one_tip(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator")
    first = page.submit("登记", **CALL)
    second = page.submit("登记", **CALL)
    assert first.url == second.url
    assert len(open_page("/tips/?view=all", "cz.operator").rows()) == 2  # group head and one tip


@pytest.mark.parametrize("account", ["qs.inspector", "qs.case_officer", "cz.publisher"])
def test_whoever_has_no_telephone_registers_nothing(open_page: Open, account: str) -> None:
    assert open_page("/tips/new", account).status == 403


def test_a_visitor_is_sent_to_the_sign_in_page(open_page: Open) -> None:
    assert open_page("/tips/").url == "/sign-in"


def test_triage_sees_the_proposal_with_its_article_and_routes(
    open_page: Open, made: Callable[..., str]
) -> None:
    page = open_page(f"/tips/{made()}", "cz.triage_officer")
    assert "青石县" in page.text
    assert "令121 第29条" in page.text
    routed = page.submit("分办")
    assert "待办理" in routed.text
    assert "青石县市场监督管理局" in routed.text


def test_the_wrong_county_does_not_even_see_the_tip(
    open_page: Open, made: Callable[..., str]
) -> None:
    reference = made(routed_to="qs")
    stranger = open_page(f"/tips/{reference}", "bs.triage_officer")
    unknown = open_page("/tips/260922-999", "bs.triage_officer")
    assert stranger.status == unknown.status == 404
    assert stranger.text.replace(reference, "") == unknown.text.replace("260922-999", "")


def test_a_reporter_is_shown_only_after_a_purpose(
    open_page: Open, made: Callable[..., str]
) -> None:
    page = open_page(f"/tips/{made()}", "cz.triage_officer")
    assert make.REPORTER not in page.html
    shown = page.submit("查看身份", **{"reveal-purpose": "contact"})
    assert make.REPORTER in shown.text
    assert "查看来件人身份" in shown.text


def test_an_inspector_never_reads_who_reported(open_page: Open, made: Callable[..., str]) -> None:
    page = open_page(f"/tips/{made(routed_to='qs')}", "qs.inspector")
    assert make.REPORTER not in page.html
    assert "查看身份" not in page.buttons()


def test_of_two_people_at_once_the_second_sees_what_happened(
    open_page: Open, made: Callable[..., str]
) -> None:
    reference = made(routed_to="qs")
    one = open_page(f"/tips/{reference}", "qs.unit_leader")
    other = open_page(f"/tips/{reference}", "qs.triage_officer")
    one.submit("确认退回", **{"return-reason": "发生地在白沙县"})
    late = other.submit("确认退回", **{"return-reason": "应由白沙县局办理"})
    assert late.status in {404, 409}
    if late.status == 409:
        assert "应由白沙县局办理" in late.text


def test_the_fragment_is_the_same_record_as_the_page(
    open_page: Open, made: Callable[..., str], sign_in: Callable[..., Any]
) -> None:
    client = sign_in("cz.triage_officer")
    address = f"/tips/{made()}"
    whole = client.get(address).get_data(as_text=True)
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.strip().startswith('<div id="record">')
    assert without_keys(part).strip() in without_keys(whole)


def without_keys(html: str) -> str:
    """Leave out what is fresh in every rendering: tokens and form keys."""
    return re.sub(r'value="[^"]{30,}"', "", html)


def test_every_page_speaks_english_too(open_page: Open, made: Callable[..., str]) -> None:
    reference = made()
    for address in ("/tips/", "/tips/new", f"/tips/{reference}"):
        page = open_page(address, "cz.triage_officer", headers={"Cookie": ""})
        page.client.set_cookie("language", "en")
        english = page._open(address)
        assert english.one("html").get("lang") == "en"


def test_an_enterprise_s_page_gets_its_tips_as_a_panel(app: Flask, sign_in: SignIn) -> None:
    name = "测试线缆有限公司"
    with app.app_context():
        with unit_of_work():
            enterprise = make_enterprises.enterprise(
                people.today_identity("qs.triage_officer"), name
            ).reference
        tip = make.tip(routed_to="qs", subject_name=name)
        make.tip(routed_to="bs", subject_name=name)
    client, address = sign_in("qs.unit_leader"), f"/tips/panel/enterprise/{enterprise}"
    full = Page(client, client.get(address))
    answer = client.get(address, headers={"HX-Request": "true"})
    assert Page(client, answer, fragment=True).text == words(full.by_id("enterprise-tips"))
    assert tip in full.links()
    assert "投诉举报 1" in full.text, "the sibling county's tip is not counted"
    assert client.get("/tips/panel/enterprise/Q999999").status_code == 404
