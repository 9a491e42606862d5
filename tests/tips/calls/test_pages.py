"""What an operator sees while somebody is on the line, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.tips.calls import actions
from app.tips.calls.models import CallDraft, CallRecord
from app.tips.models import Reporter, Tip
from tests.support.make import enterprises as make_enterprises
from tests.support.make import tips as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[..., FlaskClient]
LOOK = "存草稿并查"
CALLER = "样例来件人辛夷"
CALL: dict[str, Any] = {
    "phone": "138 0000 0148",
    "caller_name": CALLER,
    "facts": "在青石县人民路样例五金店买了两卷电线，铜芯发黑，一撕就裂。",
    "kinds": ["report"],
    "seller": "样例五金店",
    "subject_address": "青石县人民路 218 号",
}


def blue_bay() -> None:
    """Put a firm on file, with one open tip about it."""
    with unit_of_work():
        who = people.today_identity("qs.triage_officer")
        make_enterprises.enterprise(who, "测试蓝湾线缆有限公司")
    db.session.remove()
    make.tip(subject_name="测试蓝湾线缆有限公司")


def number_of(page: Page) -> str:
    return page.heading.split()[-1]


# Beside the call --------------------------------------------------------------------------------


def test_the_caller_s_earlier_tips_show_without_a_name(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.tip()
    page = open_page("/tips/new", "cz.operator").submit(LOOK, phone="+86 138-0000-0148")
    assert "同一来电号码" in page.text
    assert "以往 1 件，最近在 0 天前" in page.text
    assert reference in page.html
    assert make.REPORTER not in page.html


def test_a_number_never_heard_of_shows_nothing(open_page: Open, app: Flask) -> None:
    with app.app_context():
        make.tip()
    page = open_page("/tips/new", "cz.operator").submit(LOOK, phone="13800000149")
    assert "同一来电号码" not in page.text


@pytest.mark.parametrize("typed", ["线缆", "cslan", "测试蓝湾"])
def test_a_firm_is_found_by_fragment_and_initials(open_page: Open, app: Flask, typed: str) -> None:
    with app.app_context():
        blue_bay()
    page = open_page("/tips/new", "cz.operator").submit(LOOK, subject_name=typed)
    if typed == "cslan":
        assert "可能是这些单位" not in page.text  # no such initials: silence, no guess
        page = page.submit(LOOK, subject_name="cslw")
    assert "测试蓝湾线缆有限公司" in page.text
    assert "未结 1 件" in page.text


def test_the_firm_that_is_named_shows_its_figures(open_page: Open, app: Flask) -> None:
    with app.app_context():
        blue_bay()
    page = open_page("/tips/new", "cz.operator").submit(LOOK, subject_name="测试蓝湾线缆有限公司")
    assert "1未结线索" in page.text.replace(" ", "")
    assert "0在办案件" in page.text.replace(" ", "")


def test_a_likely_double_is_shown_with_its_reasons(open_page: Open) -> None:
    first = open_page("/tips/new", "cz.operator").submit("登记", **CALL)
    page = open_page("/tips/new", "cz.operator").submit(
        LOOK, **{**CALL, "phone": "", "facts": "青石县人民路样例五金店卖的电线铜芯发黑、一撕就裂。"}
    )
    assert "疑似重复" in page.text
    assert number_of(first) in page.html
    assert "令121 第35条" in page.text


def test_the_proposal_names_bureau_article_and_load_for_each_half(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        LOOK, **{**CALL, "kinds": ["complaint", "report"]}
    )
    assert "投诉 → 青石县市场监督管理局" in page.text
    assert "举报 → 青石县市场监督管理局" in page.text
    assert "令121 第13条" in page.text
    assert "令121 第29条" in page.text
    assert "在办 0 件" in page.text


def test_an_unclear_place_is_said_to_be_unclear(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        LOOK, facts="在一个夜市买的手机充电器冒烟。", subject_address="夜市"
    )
    assert "须人工选择" in page.text


def test_questions_follow_the_product_and_fall_back_to_those_for_all(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(LOOK, product="cable_pvc")
    assert "CCC" in page.text
    assert "有没有人受伤" in page.submit(LOOK, product="toy").text


def test_what_was_bought_for_a_trade_brings_a_hint_and_no_refusal(
    open_page: Open, app: Flask
) -> None:
    call = {**CALL, "kinds": ["complaint"], "is_for_trade": "y", "wishes": ["return"]}
    page = open_page("/tips/new", "cz.operator").submit(LOOK, **call)
    assert "买来经营用的不属生活消费" in page.text
    receipt = page.submit("登记", **call)
    assert receipt.heading.startswith("受理号")
    with app.app_context():
        assert db.session.scalars(select(Tip)).one().is_for_trade


# Drafts -----------------------------------------------------------------------------------------


def test_a_draft_is_found_again_after_a_crash_with_every_word(open_page: Open) -> None:
    open_page("/tips/new", "cz.operator").submit(LOOK, **CALL)
    again = open_page("/tips/new", "cz.operator")  # another browser, another session
    assert "没登记完的来电" in again.text
    page = again.click("接着写")
    assert page.one("input", name="caller_name").get("value") == CALLER
    assert "一撕就裂" in page.html
    receipt = page.submit("登记")
    assert receipt.heading.startswith("受理号")
    assert "没登记完" not in open_page("/tips/new", "cz.operator").text


def test_a_draft_is_its_operator_s_alone(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(LOOK, **CALL)
    key = page.one("input", name="draft").get("value")
    other = open_page(f"/tips/new?draft={key}", "qs.operator")
    assert CALLER not in other.html
    assert "没登记完" not in other.text


def test_a_draft_may_be_thrown_away(open_page: Open) -> None:
    open_page("/tips/new", "cz.operator").submit(LOOK, **CALL)
    page = open_page("/tips/new", "cz.operator").submit("丢弃")
    assert "没登记完" not in page.text


def test_a_saving_that_comes_late_does_not_bring_a_registered_call_back(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator")
    page.submit(LOOK, **CALL)
    assert page.submit("登记", **CALL).heading.startswith("受理号")
    page.submit(LOOK, **CALL)
    assert "没登记完" not in open_page("/tips/new", "cz.operator").text


def test_the_same_draft_is_kept_again_and_again(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator")
    assert [page.submit(LOOK, **CALL).status for _ in range(3)] == [200, 200, 200]


def test_a_draft_lies_sealed_in_the_database(open_page: Open, app: Flask) -> None:
    open_page("/tips/new", "cz.operator").submit(LOOK, **CALL)
    with app.app_context():
        kept = db.session.scalars(select(CallDraft)).one().sealed
        assert CALLER not in kept
        if db.engine.dialect.name == "sqlite":
            file = Path(db.engine.url.database or "")
            on_disk = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
            assert CALLER.encode() not in on_disk
            assert "一撕就裂".encode() not in on_disk


def test_drafts_nobody_came_back_to_are_destroyed(open_page: Open, app: Flask) -> None:
    open_page("/tips/new", "cz.operator").submit(LOOK, **CALL)
    with app.app_context(), clock.frozen(clock.now() + timedelta(days=8)):
        actions.forget()
        assert db.session.scalars(select(CallDraft)).all() == []


@pytest.mark.parametrize("account", ["qs.inspector", "cz.publisher"])
def test_whoever_takes_no_calls_keeps_no_draft(sign_in: SignIn, account: str) -> None:
    assert sign_in(account).post("/tips/new/draft", data=CALL).status_code == 403


# The form of April 2026 ---------------------------------------------------------------------------


def test_the_contents_of_the_official_form_are_kept_and_the_personal_ones_sealed(
    open_page: Open, app: Flask
) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        "登记",
        **{
            **CALL, "kinds": ["complaint"], "wishes": ["refund"], "id_kind": "passport",
            "id_number": "E00000000", "principal": "样例委托人", "may_publish": "y",
            "may_entrust": "y", "subject_contact": "样例店长", "subject_phone": "010-62340000",
            "recording": "R-0001", "language": "需要手语", "reply": "telephone",
        },
    )  # fmt: skip
    with app.app_context():
        tip = db.session.scalars(select(Tip)).one()
        reporter = db.session.get_one(Reporter, tip.reporter_id)
        call = db.session.get_one(CallRecord, number_of(page))
        assert (tip.may_publish, tip.may_entrust, tip.subject_phone) == (True, True, "01062340000")
        assert "E00000000" not in str(reporter.id_number_sealed)
        assert "样例委托人" not in str(reporter.principal_sealed)
        assert (call.recording, call.language, call.reply) == ("R-0001", "需要手语", "telephone")


def test_a_resident_s_number_is_checked_and_other_papers_are_not(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        "登记", **CALL, id_kind="resident", id_number="990121199001010000"
    )
    assert any("身份证号不对" in said for said in page.errors())
    assert page.submit("登记", id_kind="other").heading.startswith("受理号")


def test_a_foreign_caller_s_number_is_a_number(open_page: Open) -> None:
    receipt = open_page("/tips/new", "cz.operator").submit(
        "登记", **{**CALL, "phone": "+44 20 7946 0000", "caller_name": "Sample Caller"}
    )
    assert receipt.heading.startswith("受理号")


def test_who_gives_no_name_may_report_and_not_complain(open_page: Open) -> None:
    call = {**CALL, "caller_name": "", "phone": "", "standing": "anonymous"}
    page = open_page("/tips/new", "cz.operator")
    refused = page.submit("登记", **{**call, "kinds": ["complaint"]})
    assert any("投诉须提供真实身份" in said for said in refused.errors())
    assert refused.submit("登记", kinds=["report"]).heading.startswith("受理号")


def test_no_firm_known_needs_an_address(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit("登记", **{**CALL, "seller": ""})
    assert page.heading.startswith("受理号")
    page = open_page("/tips/new", "cz.operator").submit(
        "登记", **{**CALL, "seller": "", "subject_address": ""}
    )
    assert any("请填写被反映的单位，或者它的地址" in said for said in page.errors())


def test_the_receipt_is_read_aloud_with_yao(open_page: Open) -> None:
    receipt = open_page("/tips/new", "cz.operator").submit("登记", **CALL)
    assert "您的受理号是二六零九二二，零零幺" in receipt.text


# Consultations ------------------------------------------------------------------------------------


def test_a_consultation_is_answered_and_closed_with_its_topic(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator").submit(
        "登记", facts="样例：三包期是多久？", kinds=["consultation"], topic="rights",
        answer="样例答复：凭发票一年。",
    )  # fmt: skip
    assert page.heading == "消费权益和三包"
    assert "已答复" in page.text
    assert "三包期" in open_page("/consultations/?view=answered", "cz.operator").text


def test_one_left_open_waits_and_is_answered_by_a_colleague(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.consultation("qs.operator")
    page = open_page(f"/consultations/{reference}", "qs.triage_officer")
    refused = page.submit("答复", answer="  ")
    assert any("请写下怎样答复的" in said for said in refused.errors())
    assert "已答复" in refused.submit("答复", answer="样例答复。").text


def test_a_consultation_needs_a_topic_and_is_no_complaint(open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator")
    asked = {"facts": "样例：问三包。", "kinds": ["consultation"]}
    refused = page.submit("登记", **asked)
    assert any("请选择咨询事项" in said for said in refused.errors())
    both = refused.submit("登记", kinds=["consultation", "report"], subject_name="样例店")
    assert any("咨询单独登记" in said for said in both.errors())


def test_another_county_does_not_read_our_consultations(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.consultation("qs.operator")
    assert open_page(f"/consultations/{reference}", "bs.operator").status == 404
    assert open_page(f"/consultations/{reference}", "qs.publisher").status == 403


def test_the_page_speaks_english(sign_in: SignIn) -> None:
    client = sign_in("cz.operator")
    client.post("/account/language", data={"language": "en"})
    page = Page(client, client.get("/tips/new"))
    assert "Keep draft and look up" in page.text


def test_in_english_numbers_are_read_as_they_stand(sign_in: SignIn) -> None:
    client = sign_in("cz.operator")
    client.post("/account/language", data={"language": "en"})
    receipt = Page(client, client.get("/tips/new")).submit("Register", **CALL)
    number = receipt.heading.removeprefix("Receipt no.").strip()
    assert f"Your number is {number}." in receipt.text
