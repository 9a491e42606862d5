"""Can the queue be worked through with the keyboard alone?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.tips.rules import TipKind
from tests.support.live import Live, Window
from tests.support.make import tips as make

pytestmark = pytest.mark.browser
Open = Callable[..., Window]


def test_rows_are_walked_ticked_accepted_and_opened_by_keys(window: Open, live: Live) -> None:
    complaints = [
        live.build(make.tip, routed_to="qs", kinds=(TipKind.COMPLAINT,)) for _ in range(2)
    ]
    page = window("qs.triage_officer").go("/tips/?view=ours")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("选择")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    boxes = page.get_by_role("checkbox")
    expect(boxes.nth(1)).to_be_checked()
    page.keyboard.press("x")
    expect(boxes.nth(1)).not_to_be_checked()
    page.keyboard.press("a")  # nothing is ticked: the row one stands on
    expect(page.locator("tbody tr", has_text=complaints[1])).to_contain_text("已受理")
    expect(page.locator("tbody tr", has_text=complaints[0])).to_contain_text("待办理")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_be_visible()
    assert "/tips/26" in page.url


def test_a_complaint_is_refused_sent_back_or_handed_on_by_keys(window: Open, live: Live) -> None:
    number = live.build(make.tip, routed_to="qs", kinds=(TipKind.COMPLAINT,))
    page = window("qs.triage_officer").go(f"/tips/{number}")
    page.keyboard.press("d")
    expect(page.get_by_label("法定情形")).to_be_visible()
    page.keyboard.press("d")  # on the summary still: folded again
    expect(page.get_by_label("法定情形")).not_to_be_visible()
    page.keyboard.press("m")  # nothing yet: the further acts are folded away
    page.keyboard.press("e")
    page.keyboard.press("m")
    page.wait_for_url("**/merge")
    page.go_back()
    page.keyboard.press("a")
    expect(page.locator(".record-id")).to_contain_text("已受理")
