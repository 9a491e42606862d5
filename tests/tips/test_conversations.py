"""Do bureau and reporter hear each other by number and code alone, and does nobody else?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.clocks import queries as clocks
from app.kernel import clock, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.people import queries as people
from app.tips import actions as tip_actions
from app.tips import intake, repeats
from app.tips.conversations import actions, queries, rules
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipKind, TipState, Wish
from app.units import queries as units
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[[str], FlaskClient]
OFFICER = "qs.triage_officer"
CALLER = intake.Caller(Standing.REAL_NAME, "样例来件人甲", "13800000148")


def call(*kinds: TipKind, anonymous: bool = False) -> intake.Receipt:
    """Take a visitor's report in and route it to the county."""
    told = intake.Account(
        kinds=frozenset(kinds or {TipKind.REPORT}), facts="样例五金店卖的电线铜芯发黑。",
        subject_name="样例五金店", subject_address="青石县人民路 218 号",
        wishes=frozenset({Wish.REFUND}) if TipKind.COMPLAINT in kinds else frozenset(),
    )  # fmt: skip
    caller = intake.Caller(Standing.ANONYMOUS) if anonymous else CALLER
    receipt = repeats.take_in(told, caller, ())
    for tip in receipt.tips:
        if tip.state is TipState.RECEIVED:
            triage = people.today_identity("cz.triage_officer")
            tip_actions.route(tip, units.by_code("qs"), by=triage)
    return receipt


@pytest.fixture
def receipt(app: Flask) -> tuple[str, str]:
    with app.app_context():
        with unit_of_work():
            made = call()
            kept = made.number, made.code
        db.session.remove()
    return kept


def tracked(visitor: FlaskClient, receipt: tuple[str, str]) -> Page:
    page = Page(visitor, visitor.get("/track"))
    return page.submit("查询", number=receipt[0], code=receipt[1])


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return out.getvalue()


def test_the_bureau_asks_and_the_reporter_answers(
    open_page: Open, visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    asked = open_page(f"/tips/{receipt[0]}/ask", OFFICER).submit("提问", text="样例：在哪个柜台？")
    assert "还没有回答" in asked.text
    page = tracked(visitor, receipt)
    assert "样例：在哪个柜台？" in page.text
    assert "请在下面回答" in page.text
    answered = page.submit(
        "交给承办单位",
        **{"add-text": "样例：三号柜台。", "add-files": upload(picture(), "样例.png")},
    )
    assert answered.status == 200
    assert "样例：三号柜台。" in answered.text
    assert "请在下面回答" not in answered.text
    assert "Set-Cookie" not in answered.response.headers
    shown = open_page(f"/tips/{receipt[0]}", OFFICER)
    for told in ("样例：三号柜台。", "来件人补充", "样例.png"):
        assert told in shown.text
    assert "还没有回答" not in shown.text


def test_what_was_added_waits_on_the_desk_until_it_was_read(
    open_page: Open, visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    assert "来件人补充了情况" not in open_page("/desk", OFFICER).text
    tracked(visitor, receipt).submit("交给承办单位", **{"add-text": "样例：又发现一处。"})
    assert "来件人补充了情况" in open_page("/desk", OFFICER).text
    read = open_page(f"/tips/{receipt[0]}", OFFICER).submit("已阅")
    assert "已阅补充" in read.text
    assert "来件人补充了情况" not in open_page("/desk", OFFICER).text


def test_an_addition_sent_five_times_is_one(
    app: Flask, visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    form = tracked(visitor, receipt).form("交给承办单位")
    key = next(n.get("value") for n in form.iter() if n.get("name") == "add-form_key")
    sent = {"add-form_key": key, "add-text": "样例：又发现一处。"}
    places = {visitor.post(form.get("action"), data=sent).headers["Location"] for _ in range(5)}
    assert len(places) == 1
    with app.app_context():
        assert len(queries.of_reporter([receipt[0]])) == 1


def test_an_empty_addition_and_a_bad_file_are_said(
    visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    page = tracked(visitor, receipt)
    assert page.submit("交给承办单位").status == 422
    fields = {"add-text": "样例：看照片。", "add-files": upload(b"MZ\x90", "样例.jpg")}
    refused = page.submit("交给承办单位", **fields)
    assert refused.status == 422
    assert "样例：看照片。" in refused.html


def test_a_ticket_lasts_half_an_hour_and_is_not_forged(
    visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    action = tracked(visitor, receipt).form("交给承办单位").get("action")
    assert receipt[0] not in action
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert visitor.post(action, data={"add-text": "样例"}).status_code == 404
    assert visitor.get("/track/v1.aes.x.y.z").status_code == 404


def test_new_facts_let_the_clock_run_anew_only_when_the_bureau_says_so(writing: None) -> None:
    tip = call().tips[0]
    officer = people.today_identity(OFFICER)
    with pytest.raises(Refused):
        actions.restart(tip, by=officer)
    with clock.frozen(clock.now() + timedelta(days=3)):
        actions.add([tip], text="样例：又有三家店在卖。", files=())
        before = clocks.main_clock("tip", tip.reference)
        assert before is not None
        actions.restart(tip, by=officer)
        after = clocks.main_clock("tip", tip.reference)
        assert after is not None
        assert after.started_on == clock.today() > before.started_on
        assert queries.unread(tip) == []


def test_both_halves_of_a_call_hear_it_and_its_reporter_reads_it_once(writing: None) -> None:
    tips = call(TipKind.COMPLAINT, TipKind.REPORT).tips
    actions.add(tips, text="样例：补充。", files=())
    assert all(len(queries.unread(tip)) == 1 for tip in tips)
    assert len(queries.of_reporter([tip.reference for tip in tips])) == 1


def test_what_is_added_to_a_joined_report_reaches_whoever_handles_it(writing: None) -> None:
    first, joined = call().tips[0], call(anonymous=True).tips[0]
    assert joined.merged_into == first.reference
    actions.add([joined], text="样例：第二人的补充。", files=())
    assert [m.text for m in queries.unread(first)] == ["样例：第二人的补充。"]
    assert queries.of_reporter([first.reference]) == [], "its own reporter does not read it"


def test_a_closed_tip_takes_no_more_and_is_judged_once(
    app: Flask, open_page: Open, visitor: FlaskClient, receipt: tuple[str, str]
) -> None:
    assert "您对办理结果满意吗" not in tracked(visitor, receipt).text
    with app.app_context(), unit_of_work() as session:
        session.query(Tip).filter_by(reference=receipt[0]).one().state = TipState.NOT_FILED
    page = tracked(visitor, receipt)
    assert "交给承办单位" not in page.buttons()
    assert page.submit("评价").status == 422
    rated = page.submit("评价", **{"rate-score": "4", "rate-text": "样例：回复很快。"})
    assert "您已经评价过" in rated.text
    assert "评价" not in rated.buttons()
    seen = open_page("/tips/satisfaction", "cz.supervisor")
    assert ["青石县市场监督管理局", "1", "4.0", "0", "1", "0", "0", "0"] in seen.rows()
    assert "样例：回复很快。" in seen.text
    assert "样例：回复很快。" in open_page(f"/tips/{receipt[0]}", OFFICER).text


def test_a_judgement_is_not_given_twice(writing: None) -> None:
    tip = call().tips[0]
    with pytest.raises(Refused, match="rate_open"):
        actions.rate(tip, score=5, text="")
    tip.state = TipState.CONCLUDED
    actions.rate(tip, score=5, text="")
    with pytest.raises(Refused, match="rated_already"):
        actions.rate(tip, score=1, text="")


def test_another_bureau_asks_nothing(writing: None, identity: Any) -> None:
    tip = call().tips[0]
    for account in ("bs.triage_officer", "cz.triage_officer", "qs.auditor", "qs.operator"):
        with pytest.raises(NotAllowed):
            actions.ask(tip, text="样例？", by=identity(account))


def test_files_lie_with_the_tip_that_is_handled(writing: None) -> None:
    tip = call().tips[0]
    kept = storage.keep(io.BytesIO(picture()), "样例.png")
    actions.add([tip], text="", files=[kept])
    assert [f.name for f in storage.attachments_of("tip", tip.reference)] == ["样例.png"]
    assert tip.channel is Channel.WEB


def test_the_mean_is_weighted() -> None:
    assert rules.average((0, 0, 0, 1, 1)) == pytest.approx(4.5)
    assert rules.average((0, 0, 0, 0, 0)) == 0
