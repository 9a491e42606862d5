"""What do mouse and keyboard add to the redaction of a decision?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.kernel.db import unit_of_work
from tests.support.live import Live, Window
from tests.support.make import disclosures

pytestmark = pytest.mark.browser
Open = Callable[..., Window]


def private_reference() -> str:
    with unit_of_work():
        return disclosures.private_draft().reference


def test_marks_are_ruled_by_keys_and_words_are_covered_by_mouse(window: Open, live: Live) -> None:
    reference = str(live.build(private_reference))
    page = window("qs.publisher").go(f"/publicity/{reference}")
    rows = page.locator("#marks [data-mark]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("y")
    expect(rows.nth(0).locator("[value=hidden]")).to_be_checked()
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("n")
    expect(rows.nth(1).locator("[value=kept]")).to_be_checked()
    assert page.evaluate("document.activeElement.matches('.reveal select, .reveal input')")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    first = page.locator(".compare .doc p", has_text="样例证人乙").first
    first.evaluate(
        """(node) => {
          const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf("样例证人乙");
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + 5);
          }
        }"""
    )
    cover = page.locator("#cover")
    expect(cover).to_be_visible()
    cover.click()
    expect(page.locator("#add-mark [name=text]")).to_have_value("样例证人乙")
    page.locator("#add-mark [name=kind]").select_option("person")
    page.locator("#add-mark [name=reason]").fill("样例：证人")
    page.locator("#add-mark button").click()
    expect(page.locator("#marks")).to_contain_text("样某乙")
