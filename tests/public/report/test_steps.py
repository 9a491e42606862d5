"""Can somebody without account and script report, one question a page, and lose nothing?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import clock, storage
from app.kernel.db import db
from app.public.report import actions, rules
from app.public.report.models import ReportDraft
from app.public.report.rules import Question
from app.tips.models import Tip
from tests.support import docx
from tests.support.apps import another
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]

NAME, PHONE = "样例来件人甲", "13800000148"
ANSWERS: dict[str, dict[str, Any]] = {
    "kinds": {"kinds": ["complaint", "report"]},
    "facts": {"facts": "样例五金店卖的电线铜芯发黑。"},
    "subject": {"subject_name": "样例五金店", "subject_address": "青石县人民路 218 号"},
    "product": {"brand_model": "样例牌 BV 2.5"},
    "purchase": {"bought_on": "2026-09-01", "amount": "376"},
    "wishes": {"wishes": ["refund"]},
    "reporter": {"standing": "real_name", "caller_name": NAME, "phone": PHONE},
}
ONLY_REPORT = {
    **{name: given for name, given in ANSWERS.items() if name != "wishes"},
    "kinds": {"kinds": ["report"]},
    "reporter": {"standing": "anonymous"},
}


def tips(app: Flask) -> list[Tip]:
    with app.app_context():
        return list(db.session.query(Tip).order_by(Tip.id))


def drafts(app: Flask) -> list[ReportDraft]:
    with app.app_context():
        return list(db.session.query(ReportDraft))


def started(visitor: FlaskClient) -> Page:
    return Page(visitor, visitor.get("/report/steps", follow_redirects=True))


def answered(visitor: FlaskClient, answers: dict[str, dict[str, Any]], most: int = 9) -> Page:
    """Answer question after question, and return the page after the last."""
    page = Page(visitor, visitor.get("/report/steps/kinds"))
    for number, (name, given) in enumerate(answers.items()):
        if number == most:
            break
        assert page.url == f"/report/steps/{name}"
        page = page.submit("继续", **given)
        assert page.status == 200, page.errors()
    return page


# The order of questions ---------------------------------------------------------------------------


def test_only_a_complainant_is_asked_for_requests() -> None:
    assert Question.WISHES in rules.questions({"kinds": ["complaint"]})
    assert Question.WISHES not in rules.questions({"kinds": ["report"]})


def test_what_an_answer_makes_impossible_is_asked_again() -> None:
    before = {"kinds": ["report"], "standing": ["anonymous"]}
    assert "standing" not in rules.with_answers(before, {"kinds": ["complaint"]})
    wished = {"kinds": ["complaint"], "wishes": ["refund"], "standing": ["real_name"]}
    assert "wishes" not in rules.with_answers(wished, {"kinds": ["report"]})


# The pages ----------------------------------------------------------------------------------------


def test_one_question_a_page_leads_to_a_receipt(app: Flask, visitor: FlaskClient) -> None:
    page = answered(visitor, ANSWERS)
    assert page.heading == "核对后提交"
    for told in ("铜芯发黑", "样例牌 BV 2.5", "2026-09-01", "376", NAME, PHONE, "投诉"):
        assert told in page.text
    receipt = page.submit("提交")
    assert receipt.heading == "已经收到"
    complaint, report = tips(app)
    assert (complaint.twin_reference, complaint.wishes) == (report.reference, ["refund"])
    assert drafts(app) == []


def test_each_page_says_how_far_it_is_and_leads_back(visitor: FlaskClient) -> None:
    page = answered(visitor, ANSWERS, most=3)
    assert "第 4 题，共 7 题" in page.text
    back = page.click("返回上一题")
    assert back.heading == "在哪里，是谁？"
    assert 'value="样例五金店"' in back.html
    assert answered(visitor, ONLY_REPORT).heading == "核对后提交"
    assert "共 6 题" in Page(visitor, visitor.get("/report/steps/facts")).text


def test_an_answer_is_changed_from_the_summary(app: Flask, visitor: FlaskClient) -> None:
    page = answered(visitor, ONLY_REPORT)
    change = Page(visitor, visitor.get("/report/steps/facts?change=1"))
    again = visitor.post(
        "/report/steps/facts?change=1", data={"facts": "样例：改过的话。"}, follow_redirects=True
    )
    assert change.links()["返回核对"] == "/report/check"
    page = Page(visitor, again)
    assert page.heading == "核对后提交"
    assert "改过的话" in page.text
    page.submit("提交")
    assert tips(app)[0].facts == "样例：改过的话。"


def test_a_report_that_becomes_a_complaint_is_asked_for_name_and_request(
    visitor: FlaskClient,
) -> None:
    answered(visitor, ONLY_REPORT)
    sent = visitor.post(
        "/report/steps/kinds?change=1", data={"kinds": "complaint"}, follow_redirects=True
    )
    page = Page(visitor, sent)
    assert page.url == "/report/steps/wishes"
    page = page.submit("继续", wishes=["refund"])
    assert page.url == "/report/steps/reporter"
    assert "匿名" not in page.text
    assert page.submit("继续", standing="real_name").status == 422


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("kinds", {}, "请选择投诉、举报"),
        ("facts", {"facts": " "}, "请写下发生了什么"),
        ("subject", {"division": ""}, "请填写被反映的单位"),
        ("purchase", {"bought_on": "2026-02-30"}, "没有这一天"),
        ("purchase", {"amount": "很多"}, "请填写金额"),
        ("wishes", {}, "请求"),
        ("reporter", {"standing": "real_name", "caller_name": NAME}, "电话"),
        ("reporter", {"standing": "real_name", "caller_name": NAME, "phone": "138"}, "电话号码"),
    ],
)
def test_a_mistake_is_said_where_it_was_made(
    visitor: FlaskClient, question: str, given: dict[str, Any], said: str
) -> None:
    at = list(ANSWERS).index(question)
    answered(visitor, ANSWERS, most=at)
    answer = visitor.post(f"/report/steps/{question}", data=given)
    assert answer.status_code == 422
    assert any(said in sentence for sentence in Page(visitor, answer).errors())


def test_no_question_is_jumped_over(visitor: FlaskClient) -> None:
    answered(visitor, ANSWERS, most=2)
    for ahead in ("/report/steps/wishes", "/report/check", "/report/steps"):
        assert visitor.get(ahead).headers["Location"] == "/report/steps/subject"
    assert visitor.get("/report/steps/nonsense").status_code == 404


def test_answers_wait_for_whoever_comes_back_and_for_nobody_else(
    app: Flask, visitor: FlaskClient
) -> None:
    answered(visitor, ANSWERS, most=3)
    assert started(visitor).url == "/report/steps/product"
    stranger = app.test_client()
    assert started(stranger).url == "/report/steps/kinds"
    assert "铜芯" not in Page(stranger, stranger.get("/report/steps/kinds")).html


# What is kept -------------------------------------------------------------------------------------


def test_answers_lie_sealed_and_go_after_a_day(app: Flask, visitor: FlaskClient) -> None:
    answered(visitor, ANSWERS)
    (draft,) = drafts(app)
    kept = f"{draft.token_digest} {draft.sealed}"
    assert not any(told in kept for told in (NAME, PHONE, "铜芯"))
    with visitor.session_transaction() as cookie:
        assert cookie["report"] not in kept
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert started(visitor).url == "/report/steps/kinds"
        with app.app_context():
            actions.forget()
    assert drafts(app) == []


def test_what_was_typed_can_be_thrown_away(app: Flask, visitor: FlaskClient) -> None:
    page = answered(visitor, ANSWERS)
    assert page.submit("不提交，删去已填内容").url == "/"
    assert drafts(app) == []
    assert tips(app) == []


def test_sent_five_times_is_one_report_and_one_receipt(app: Flask, visitor: FlaskClient) -> None:
    page = answered(visitor, ONLY_REPORT)
    form = {"form_key": page.one("input", name="form_key").get("value")}
    places = {visitor.post("/report/check", data=form).headers["Location"] for _ in range(5)}
    assert len(places) == 1
    assert "/report/receipt/" in places.pop()
    assert len(tips(app)) == 1


def test_a_photo_that_is_none_loses_nothing(app: Flask, visitor: FlaskClient) -> None:
    page = answered(visitor, ONLY_REPORT)
    refused = page.submit("提交", photos=upload(b"MZ\x90 no picture", "样例.jpg"))
    assert refused.status == 422
    assert "铜芯发黑" in refused.text
    assert refused.submit("提交").heading == "已经收到"
    assert len(tips(app)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "样例.heic", "HEIC"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "样例.jpg", "HEIC"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 400_000, "样例.mp4", "只收照片"),
        (docx.docx(docx.paragraph(docx.run("样例"))), "样例.jpg", "内容与扩展名不符"),
    ],
    ids=["heic", "heic as jpg", "video", "docx as jpg"],
)
def test_what_is_no_photo_is_said_plainly_and_kept_nowhere(
    app: Flask, visitor: FlaskClient, content: bytes, name: str, said: str
) -> None:
    shelf = storage.shelf().folder
    before = sum(1 for path in shelf.rglob("*") if path.is_file())
    refused = answered(visitor, ONLY_REPORT).submit("提交", photos=upload(content, name))
    assert refused.status == 422
    assert any(said in sentence for sentence in refused.errors())
    assert sum(1 for path in shelf.rglob("*") if path.is_file()) == before
    assert refused.submit("提交").heading == "已经收到"


# The limits ---------------------------------------------------------------------------------------


def send(client: FlaskClient, number: int) -> Page:
    changed = {**ONLY_REPORT, "facts": {"facts": f"第 {number} 份样例。"}}
    return answered(client, changed).submit("提交")


def test_the_eleventh_of_an_hour_gets_the_telephone_and_keeps_the_words(
    app: Flask, visitor: FlaskClient
) -> None:
    for number in range(10):
        assert send(visitor, number).heading == "已经收到"
    shut = send(visitor, 11)
    assert shut.status == 429
    assert shut.response.headers["Retry-After"] == "3600"
    for told in ("12315", "第 11 份样例", "样例五金店", "匿名"):
        assert told in shut.text
    assert len(tips(app)) == 10
    assert len(drafts(app)) == 1, "an hour later it can be sent without typing it again"
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        page = Page(visitor, visitor.get("/report/check"))
        assert page.submit("提交").heading == "已经收到"


def test_whoever_sent_the_tenth_still_gets_its_receipt_again(visitor: FlaskClient) -> None:
    for number in range(9):
        send(visitor, number)
    page = answered(visitor, ONLY_REPORT)
    form = {"form_key": page.one("input", name="form_key").get("value")}
    first, again = (visitor.post("/report/check", data=form) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]


def test_a_source_begins_thirty_reports_an_hour(app: Flask) -> None:
    for number in range(30):
        answer = app.test_client().post("/report/steps/kinds", data={"kinds": "report"})
        assert answer.status_code == 303, number
    client = app.test_client()
    shut = Page(client, client.post("/report/steps/kinds", data={"kinds": "report"}))
    assert shut.status == 429
    assert "举报" in shut.text


def test_the_public_face_has_the_questions_and_another_site_may_not_answer_them(
    app: Flask,
) -> None:
    with another(app, face="public") as face:
        client = face.test_client()
        assert started(client).heading == "您要投诉还是举报？"
        foreign = client.post(
            "/report/steps/kinds", data={"kinds": "report"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )  # fmt: skip
        assert foreign.status_code == 403
