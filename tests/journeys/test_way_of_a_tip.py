"""One tip through five desks: sent down, bounced, designated, paused; and in two languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.make import tips as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]


def city_sends_down(number: str, again: str, open_page: Open) -> None:
    """The city merges the caller's second call and sends the first down with a feedback day."""
    merged = open_page(f"/tips/{again}/merge", "cz.triage_officer")
    assert number in merged.text
    assert "已合并" in merged.submit("确认合并", other=number, basis="repeat").text
    city = open_page(f"/tips/{number}", "cz.triage_officer")
    assert f"并入的来件 1 {again}" in city.text
    city.submit("分办", **{"route-to": "qs", "route-feedback_on": "2026-09-28"})


def counties_return(record: str, open_page: Open) -> None:
    """The county and its neighbour return it in turn: the third return goes up by itself."""
    for place in ("qs", "bs", "qs"):
        if "退回重分" in open_page(record, "cz.triage_officer").text:
            open_page(record, "cz.triage_officer").submit("分办", **{"route-to": place})
        leader = open_page(record, f"{place}.unit_leader")
        assert leader.submit("确认退回", **{"return-reason": "样例：不归我们"}).status == 200
    assert "指定承办单位" in open_page("/desk", "cz.unit_leader").text
    assert open_page(record, "qs.unit_leader").status == 404
    assert open_page(f"{record}/dispute", "dl.unit_leader").status == 404


def superiors_designate_at_once(record: str, open_page: Open) -> None:
    """Two superiors decide at once: one decision stands, and the county cannot return it."""
    pages = [open_page(f"{record}/dispute", f"cz.{role}") for role in ("unit_leader", "supervisor")]
    typed = {"designate-to": "qs", "designate-reason": "样例：违法行为发生地"}
    first, second = (page.submit("指定", **typed) for page in pages)
    assert (first.status, second.status) == (200, 409)
    refused = open_page(record, "qs.unit_leader").submit("确认退回", **{"return-reason": "样例"})
    assert any("上级已经指定" in said for said in refused.errors())


def county_minds_its_clock(record: str, open_page: Open) -> None:
    """The clock stands still for a test, runs again, and the leader extends it."""
    paused = open_page(f"{record}/pause", "qs.triage_officer").submit(
        "确认暂停计时", ground="inspection", reason="样例：送检"
    )
    assert "暂停 · 检验" in paused.text
    open_page(f"{record}/resume", "qs.triage_officer").submit("确认恢复计时")
    open_page(f"{record}/extend", "qs.unit_leader").submit("确认延长期限", reason="样例：复杂")


def test_a_tip_that_nobody_wants_finds_its_desk(app: Flask, open_page: Open) -> None:
    with app.app_context():
        number, again = make.tip(), make.tip()
    record = f"/tips/{number}"
    city_sends_down(number, again, open_page)
    counties_return(record, open_page)
    superiors_designate_at_once(record, open_page)
    county_minds_its_clock(record, open_page)
    ways = [row[1] for row in open_page(record, "cz.supervisor").rows()]
    assert ways == ["指定承办", "三次退回，自动报共同上级", "分送", "退回", "分送", "退回", "分送"]


def english(client: FlaskClient) -> FlaskClient:
    client.get("/language/en")
    return client


def test_the_same_pages_speak_english(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    with app.app_context():
        number = make.disputed("qs", "bs")
        event = make.gathering("qs")
    client = english(sign_in("qs.triage_officer"))
    said = {
        f"/tips/{number}/dispute": "Dispute of competence",
        f"/tips/{number}": "In dispute",
        f"/tips/events/{event}": "2 tips, 1 callers",
        "/tips/?view=ours": "Choose",
        "/desk": "Agree who handles",
    }
    for address, words in said.items():
        page = Page(client, client.get(address))
        assert words in page.text, address
