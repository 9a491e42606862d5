"""Can a visitor report and ask how far it is, without account or script, and nobody else?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel.db import db
from app.tips.models import Reporter, Tip
from tests.support.apps import another
from tests.support.hostile import saved
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
REPORT: dict[str, Any] = {
    "kinds": ["report"],
    "facts": "样例五金店卖的电线铜芯发黑。",
    "subject_name": "样例五金店",
    "subject_address": "青石县人民路 218 号",
    "standing": "anonymous",
}


def tips(app: Flask) -> list[Tip]:
    with app.app_context():
        return list(db.session.query(Tip).order_by(Tip.id))


def test_a_visitor_reports_and_follows_without_account_or_script(
    app: Flask, open_page: Open
) -> None:
    receipt = open_page("/report").submit("提交", **REPORT)
    assert receipt.heading == "已经收到"
    assert receipt.response.headers["Cache-Control"] == "no-store"
    number = receipt.by_id("number").text
    code = receipt.by_id("code").text
    assert re.fullmatch(r"\d{6}-\d{3}", number)
    progress = open_page("/track").submit("查询", number=number, code=code)
    assert progress.heading == f"受理号 {number}"
    assert "已经收到，正在分送" in progress.text
    assert "样例五金店" not in progress.text
    assert "Set-Cookie" not in progress.response.headers
    (tip,) = tips(app)
    assert (tip.channel, tip.subject_name) == ("web", "样例五金店")


def test_a_form_sent_twice_is_one_report_and_one_receipt(app: Flask, visitor: FlaskClient) -> None:
    page = Page(visitor, visitor.get("/report"))
    form = {"form_key": page.one("input", name="form_key").get("value"), **REPORT}
    first = visitor.post("/report", data=form)
    second = visitor.post("/report", data=form)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(tips(app)) == 1


def test_each_rendered_form_has_its_own_key(visitor: FlaskClient) -> None:
    keys = set()
    for _ in range(2):
        answer = visitor.get("/report")
        assert answer.headers["Cache-Control"] == "no-store"
        keys.add(Page(visitor, answer).one("input", name="form_key").get("value"))
    assert len(keys) == 2


def test_complaint_and_report_become_two_linked_tips(app: Flask, open_page: Open) -> None:
    both = {
        **REPORT,
        "kinds": ["complaint", "report"],
        "wishes": ["return"],
        "standing": "real_name",
        "caller_name": "样例来件人甲",
        "phone": "13800000148",
    }
    receipt = open_page("/report").submit("提交", **both)
    number, code = receipt.by_id("number").text, receipt.by_id("code").text
    assert len(tips(app)) == 2
    progress = open_page("/track").submit("查询", number=number, code=code)
    headings = [n.text for n in progress.all("h2") if n.text]
    assert any("投诉" in h for h in headings)
    assert any("举报" in h for h in headings)


def test_of_somebody_anonymous_nothing_is_kept(app: Flask, open_page: Open) -> None:
    typed = {**REPORT, "caller_name": "样例来件人甲", "phone": "13800000148"}
    open_page("/report").submit("提交", **typed)
    with app.app_context():
        reporter = db.session.query(Reporter).one()
        assert (reporter.name_sealed, reporter.phone_sealed) == (None, None)


def test_mistakes_are_said_at_their_fields_and_nothing_is_lost(open_page: Open) -> None:
    wrong = {
        **REPORT,
        "kinds": ["complaint"],
        "standing": "real_name",
        "phone": "1380000",
        "amount": "x",
    }
    page = open_page("/report").submit("提交", **wrong)
    assert page.status == 422
    assert any("电话号码不对" in sentence for sentence in page.errors())
    assert "铜芯发黑" in page.html
    nameless = page.submit("提交", phone="13800000148", amount="", wishes=["return"])
    assert nameless.status == 422
    assert any("投诉须填写投诉人姓名" in sentence for sentence in nameless.errors())
    empty = open_page("/report").submit("提交")
    assert empty.status == 422
    assert any("请写下发生了什么" in sentence for sentence in empty.errors())


def test_a_refused_report_can_be_mended_and_sent(app: Flask, open_page: Open) -> None:
    nobody = {"subject_name": "", "subject_address": ""}
    page = open_page("/report").submit("提交", **{**REPORT, **nobody})
    assert page.status == 422
    assert tips(app) == []
    assert page.submit("提交", subject_name="样例五金店").heading == "已经收到"
    assert len(tips(app)) == 1


def test_photos_come_along_and_other_files_do_not(app: Flask, open_page: Open) -> None:
    page = open_page("/report")
    refused = page.submit("提交", **REPORT, photos=upload(b"MZ\x90 not a picture", "a.png"))
    assert refused.status == 422
    done = page.submit("提交", **REPORT, photos=upload(saved("PNG"), "样例.png"))
    assert done.heading == "已经收到"


def test_the_eleventh_report_of_an_hour_gets_the_telephone_and_its_own_words(
    app: Flask, open_page: Open
) -> None:
    for _ in range(10):
        assert open_page("/report").submit("提交", **REPORT).heading == "已经收到"
    shut = open_page("/report").submit("提交", **{**REPORT, "facts": "第十一份样例"})
    assert shut.status == 429
    assert "12315" in shut.text
    assert "第十一份样例" in shut.text
    assert len(tips(app)) == 10


def test_wrong_number_and_wrong_code_look_alike_and_are_counted(open_page: Open) -> None:
    receipt = open_page("/report").submit("提交", **REPORT)
    number, code = receipt.by_id("number").text, receipt.by_id("code").text
    wrong = [("260922-999", code), (number, "ABCDEFGHJKLM"), (number, "短"), ("没有", "没有")]
    answers = set()
    for n, c in wrong:
        page = open_page("/track").submit("查询", number=n, code=c)
        assert page.status == 422
        answers.add(" ".join(page.errors()))
    assert len(answers) == 1
    for _ in range(16):
        open_page("/track").submit("查询", number=number, code="ABCDEFGHJKLM")
    shut = open_page("/track").submit("查询", number=number, code=code)
    assert shut.status == 429
    assert code.replace(" ", "") not in shut.text.replace(" ", "")


def test_a_receipt_of_somebody_else_does_not_open(open_page: Open) -> None:
    assert open_page("/report/receipt/v1.aes.x.y.z").status == 404


def test_visitors_need_no_token_and_staff_still_do(app: Flask) -> None:
    with another(app) as guarded:
        guarded.config["WTF_CSRF_ENABLED"] = True
        answer = guarded.test_client().post("/report", data=REPORT)
        assert answer.status_code == 303
        assert "Set-Cookie" not in answer.headers
        assert guarded.test_client().post("/publicity/G2026-0001/submit").status_code == 400
