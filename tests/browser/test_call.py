"""Does the operator's page help while the caller talks, and lose nothing when the browser dies?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.live import Live, Window
from tests.support.make import tips

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
PICTURE = {"name": "photo.jpg", "type": "image/jpeg"}
#: Drop a file on the form, as a mouse would.
DROP = """([name, type]) => { const all = new DataTransfer();
  all.items.add(new File(["x"], name, {type}));
  document.querySelector("[name=facts]").dispatchEvent(
    new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: all})); }"""
PASTE = """([name, type]) => { const all = new DataTransfer();
  all.items.add(new File(["y"], name, {type}));
  document.querySelector("[name=facts]").dispatchEvent(
    new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: all})); }"""
CHOSEN = "() => [...document.querySelector('#call [type=file]').files].map(one => one.name)"


def test_while_typing_the_caller_s_earlier_tips_appear_and_the_draft_is_kept(
    window: Open, live: Live
) -> None:
    with live.app.app_context():
        reference = tips.tip()
    page = window("cz.operator").go("/tips/new")
    page.locator("[name=phone]").fill(tips.PHONE)
    panels = page.locator("#panels")
    expect(panels).to_contain_text("同一来电号码")
    expect(panels).to_contain_text(reference)
    expect(panels).to_contain_text("已保存")


def test_after_the_browser_died_the_call_is_found_again(window: Open) -> None:
    operator = window("cz.operator")
    page = operator.go("/tips/new")
    page.locator("[name=facts]").fill("样例：写到一半浏览器死了。")
    expect(page.locator("#panels")).to_contain_text("已保存")
    page.close()
    again = window("cz.operator").go("/tips/new")
    draft = again.locator(".panel-ochre .panel-row").filter(has_text="写到一半浏览器死了")
    draft.get_by_role("link").click()
    expect(again.locator("[name=facts]")).to_have_value("样例：写到一半浏览器死了。")


def test_enter_goes_on_to_the_next_field_and_sends_nothing(window: Open) -> None:
    page = window("cz.operator").go("/tips/new")
    page.keyboard.press("Enter")
    expect(page.locator("[name=caller_name]")).to_be_focused()
    expect(page).to_have_url(re.compile("/tips/new$"))
    expect(page.locator(".error-summary")).to_have_count(0)


def test_files_come_by_drop_and_paste_and_stay_when_the_form_is_refused(window: Open) -> None:
    operator = window("cz.operator")
    page = operator.go("/tips/new")
    page.evaluate(DROP, ["dropped.jpg", "image/jpeg"])
    page.evaluate(PASTE, ["pasted.png", "image/png"])
    assert page.evaluate(CHOSEN) == ["dropped.jpg", "pasted.png"]
    with operator.in_place():
        assert operator.press("登记", facts="样例：带附件。").status == 422
    assert page.evaluate(CHOSEN) == ["dropped.jpg", "pasted.png"]


def test_the_call_is_timed(window: Open) -> None:
    page = window("cz.operator").go("/tips/new")
    expect(page.locator("[data-lasted]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
