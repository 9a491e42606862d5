"""What people see and do on the pages of triage, each from their own desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.tips.rules import TipKind
from tests.support.make import tips as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    def make_one(**call: Any) -> str:
        with app.app_context():
            return make.tip(**call)

    return make_one


def test_a_tip_is_sent_down_with_a_day_for_feedback_and_its_way_is_shown(
    open_page: Open, made: Callable[..., str]
) -> None:
    number = made()
    page = open_page(f"/tips/{number}", "cz.triage_officer")
    routed = page.submit("分办", **{"route-to": "qs", "route-feedback_on": "2026-09-30"})
    assert "9月30日前反馈" in routed.text
    county = open_page(f"/tips/{number}", "qs.triage_officer")
    assert ["分送", "澄州市局", "青石县局"] in [row[1:4] for row in county.rows()]
    handed = county.submit("分办", **{"route-to": "qs-jc"})
    assert "青石县市场监督管理局稽查大队" in handed.text
    assert "反馈办理进展" in open_page("/desk", "qs.triage_officer").text or handed.status == 200


@pytest.mark.parametrize(
    ("act", "button", "typed", "said"),
    [
        ("transfer", "确认转办", {"to": "样例公安局", "reason": "样例：涉嫌犯罪"}, "已转办"),
        ("redirect", "确认告知去向", {"to": "样例农业局", "reason": "样例：种子"}, "已告知去向"),
        ("split", "确认拆分", {"facts": "样例：要求退货", "wishes": ["refund"]}, "同一来件"),
        ("gather", "确认标记聚集性事件", {"title": "样例事件"}, "聚集性事件"),
        ("pause", "确认暂停计时", {"ground": "inspection", "reason": "样例：送检"}, "暂停"),
        ("answer", "确认反馈", {"text": "样例：已联系"}, "样例：已联系"),
    ],
)
def test_each_act_has_a_page_that_says_what_follows_and_leads_back(
    open_page: Open, made: Callable[..., str], act: str, button: str, typed: Any, said: str
) -> None:
    number = made(routed_to="qs")
    page = open_page(f"/tips/{number}/{act}", "qs.triage_officer")
    done = page.submit(button, **typed)
    assert (done.status, done.url) == (200, f"/tips/{number}")
    assert said in done.text


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("transfer", {"reason": "样例"}, "请写明是哪个机关"),
        ("merge", {"other": "999999-999", "basis": "repeat"}, "没有找到这个编号"),
        ("link", {"other": "999999-999", "reason": "样例"}, "没有找到这个编号"),
        ("split", {"facts": "样例"}, "请选择投诉人的请求"),
        ("gather", {}, "写出新事件的名称"),
        ("pause", {"ground": "inspection", "reason": "样例", "on": "2026-09-23"}, "不能晚于今天"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_written(
    open_page: Open, made: Callable[..., str], act: str, typed: Any, sentence: str
) -> None:
    number = made(routed_to="qs")
    page = open_page(f"/tips/{number}/{act}", "qs.triage_officer")
    button = next(word for word in page.buttons() if word.startswith("确认"))
    refused = page.submit(button, **typed)
    assert refused.status == 422
    assert any(sentence in said for said in refused.errors()), refused.errors()
    assert "待办理" in open_page(f"/tips/{number}", "qs.triage_officer").text


def test_two_tips_become_one_or_are_read_together(
    open_page: Open, made: Callable[..., str]
) -> None:
    first, again, third = (made(routed_to="qs") for _ in range(3))
    page = open_page(f"/tips/{again}/merge", "qs.triage_officer")
    assert first in page.text, "the other open tips about the enterprise are offered"
    merged = page.submit("确认合并", other=first, basis="repeat")
    assert "已合并" in merged.text
    assert "并入的来件 1" in open_page(f"/tips/{first}", "qs.triage_officer").text
    linked = open_page(f"/tips/{third}/link", "qs.triage_officer").submit(
        "确认关联", other=first, reason="样例：同一批次"
    )
    assert f"{first} 样例：同一批次" in linked.text


def test_a_dispute_is_seen_by_both_bureaus_and_settled_above(
    open_page: Open, made: Callable[..., str]
) -> None:
    number = made(routed_to="qs")
    raised = open_page(f"/tips/{number}/disagree", "qs.triage_officer").submit(
        "确认处理权限争议", counterpart="bs", reason="样例：发生在白沙县"
    )
    assert raised.url == f"/tips/{number}/dispute"
    assert "剩 7 个工作日" in raised.text or "处理权限争议协商" in raised.text
    assert open_page(f"/tips/{number}", "bs.triage_officer").status == 404
    assert number in open_page("/desk", "bs.triage_officer").text
    other = open_page(f"/tips/{number}/dispute", "bs.triage_officer")
    assert "铜芯发黑" in other.text
    assert make.REPORTER not in other.html
    referred = other.submit("报澄州市局指定", **{"refer-reason": "样例：协商不成"})
    assert "待指定" in referred.text
    above = open_page(f"/tips/{number}/dispute", "cz.supervisor")
    settled = above.submit("指定", **{"designate-to": "bs", "designate-reason": "样例：发生地"})
    assert "白沙县市场监督管理局" in settled.text
    assert open_page(f"/tips/{number}", "bs.triage_officer").status == 200
    assert open_page(f"/tips/{number}", "qs.triage_officer").status == 404
    assert open_page(f"/tips/{number}/dispute", "qs.triage_officer").status == 200


def test_two_people_at_once_do_not_both_decide(sign_in: SignIn, made: Callable[..., str]) -> None:
    number = made(routed_to="qs")
    pages = [
        Page(client, client.get(f"/tips/{number}/transfer"))
        for client in (sign_in("qs.triage_officer"), sign_in("qs.unit_leader"))
    ]
    first, second = (
        page.submit("确认转办", to="样例公安局", reason=f"样例{n}") for n, page in enumerate(pages)
    )
    assert first.status == 200
    assert second.status == 409


def test_a_report_split_off_shows_its_handlers_no_way_to_who_complained(
    open_page: Open, made: Callable[..., str]
) -> None:
    number = made(routed_to="qs", kinds=(TipKind.COMPLAINT,))
    page = open_page(f"/tips/{number}/split", "qs.triage_officer")
    split = page.submit("确认拆分", facts="样例：虚假宣传")
    report = next(href for word, href in split.links().items() if word.startswith("26"))
    for account in ("qs.inspector", "qs.case_officer", "cz.supervisor"):
        assert number not in open_page(report, account).html
    assert number in open_page(report, "qs.triage_officer").html


def test_the_leader_extends_and_the_reason_stands_on_the_page(
    open_page: Open, made: Callable[..., str]
) -> None:
    number = made(routed_to="qs")
    assert open_page(f"/tips/{number}/extend", "qs.triage_officer").status == 403
    done = open_page(f"/tips/{number}/extend", "qs.unit_leader").submit(
        "确认延长期限", reason="样例：案情复杂"
    )
    assert "11月" in done.text


def test_a_superior_urges_and_the_county_answers(open_page: Open, made: Callable[..., str]) -> None:
    number = made(routed_to="qs")
    open_page(f"/tips/{number}/remark", "cz.supervisor").submit(
        "确认催办或抽查", kind="urge", text="样例：请加快"
    )
    assert "样例：请加快" in open_page(f"/tips/{number}/answer", "qs.unit_leader").text
    assert "抽查下级线索" in open_page("/tips/sample", "cz.supervisor").heading


def test_events_show_in_english_too(sign_in: SignIn, app: Flask) -> None:
    with app.app_context():
        reference = make.gathering("qs")
    client = sign_in("qs.triage_officer")
    page = Page(client, client.get(f"/tips/events/{reference}", headers={"Accept-Language": "en"}))
    assert "2 tips, 1 callers" in page.text or "来件人 1 人" in page.text
    assert len(page.rows()) == 2


def ticked(page: Page, *numbers: str) -> list[str]:
    """Return what the boxes of these tips send."""
    boxes = page.all("input", type="checkbox", form="bulk")
    return [box.get("value") for box in boxes if box.get("value").split(":")[0] in numbers]


def send_bulk(page: Page, act: str, numbers: list[str], **typed: str) -> Page:
    """Press one of the bulk buttons with some boxes ticked."""
    form = page.by_id("bulk")
    body = {f"bulk-{name}": value for name, value in typed.items()}
    hidden = {n.get("name"): n.get("value", "") for n in form.iter() if n.get("type") == "hidden"}
    answer = page.client.post(
        form.get("action"),
        data={**hidden, **body, "bulk-act": act, "bulk-ticked": ticked(page, *numbers)},
        follow_redirects=True,
    )
    return Page(page.client, answer)


def test_many_are_sent_down_at_once_and_the_filter_stays(
    open_page: Open, made: Callable[..., str]
) -> None:
    numbers = [made() for _ in range(3)]
    page = open_page("/tips/?view=triage&kind=report", "cz.triage_officer")
    done = send_bulk(page, "route", numbers[:2], to="qs")
    assert done.response.request.query_string == b"view=triage&kind=report"
    assert numbers[2] in done.text
    assert numbers[0] not in done.text
    assert "待办理" in open_page(f"/tips/{numbers[1]}", "qs.triage_officer").text


def test_one_that_does_not_pass_stops_all_and_is_named_with_its_reason(
    open_page: Open, made: Callable[..., str]
) -> None:
    complaint = made(routed_to="qs", kinds=(TipKind.COMPLAINT,))
    report = made(routed_to="qs")
    page = open_page("/tips/?view=ours", "qs.triage_officer")
    refused = send_bulk(page, "accept", [complaint, report])
    assert refused.status == 422
    assert f"{report} 这一步不适用于这类线索。" in refused.text
    assert f"{complaint} 这" not in refused.text
    assert "待办理" in open_page(f"/tips/{complaint}", "qs.triage_officer").text
    accepted = send_bulk(page, "accept", [complaint])
    assert "已受理" in open_page(f"/tips/{complaint}", "qs.triage_officer").text
    assert accepted.status == 200


@pytest.mark.parametrize(
    ("act", "sentence"), [("route", "没有选择承办单位"), ("gather", "写出新事件的名称")]
)
def test_what_all_need_is_asked_before_any_is_touched(
    open_page: Open, made: Callable[..., str], act: str, sentence: str
) -> None:
    number = made()
    page = open_page("/tips/", "cz.triage_officer")
    refused = send_bulk(page, act, [number])
    assert refused.status == 422
    assert sentence in refused.text
    assert "请先选择线索" in send_bulk(page, "accept", []).text


def test_what_changed_since_it_was_ticked_is_not_done_over(
    open_page: Open, made: Callable[..., str]
) -> None:
    number = made()
    stale = open_page("/tips/", "cz.triage_officer")
    open_page(f"/tips/{number}", "cz.triage_officer").submit("分办", **{"route-to": "cz"})
    refused = send_bulk(stale, "route", [number], to="qs")
    assert f"{number} 这件刚被他人改动" in refused.text


def test_many_become_one_event_and_the_keys_are_told(
    open_page: Open, made: Callable[..., str]
) -> None:
    numbers = [made() for _ in range(2)]
    page = open_page("/tips/", "cz.triage_officer")
    assert "x=选择" in page.one("table").get("data-keys")
    send_bulk(page, "gather", numbers, title="样例群体事件")
    assert ["样例群体事件", "澄州市局", "2"] in [
        row[1:4] for row in open_page("/tips/events", "cz.triage_officer").rows()
    ]


def test_who_only_reads_is_offered_no_boxes(open_page: Open, made: Callable[..., str]) -> None:
    made(routed_to="qs")
    assert not list(open_page("/tips/?view=all", "qs.inspector").all("input", form="bulk"))
