"""Do the number buttons of the notice editor count on, and does its preview follow the typing?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.notices import numbering
from tests.support.live import Window

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
TEXT = "一、甲\n（一）乙\n（二）丙\n\n尾"


def press(page: Page, mark: str, *, text: str, at: int) -> str:
    field = page.locator("[name=body]")
    field.fill(text)
    field.evaluate("(field, at) => field.setSelectionRange(at, at)", at)
    page.get_by_role("button", name=mark, exact=True).click()
    return str(field.input_value())


def test_a_number_continues_what_stands_above(window: Open) -> None:
    page = window("cz.drafter").go("/notices-desk/new")
    blank = TEXT.index("\n\n") + 1
    for mark, wanted in (("一、", "二、"), ("（一）", "（三）"), ("1.", "1."), ("（1）", "（1）")):
        found = press(page, mark, text=TEXT, at=blank)
        assert found == TEXT[:blank] + wanted + TEXT[blank:], mark
    many = "\n".join(f"{numbering.chinese(number)}、样例" for number in range(1, 20))
    assert press(page, "一、", text=many, at=len(many)) == many + "\n二十、"
    assert press(page, "一、", text="一、甲\n# 名单\n", at=len("一、甲\n# 名单\n")).endswith(
        "\n一、"
    )
    assert press(page, "（一）", text="## 甲\n1.乙", at=7) == "## 甲\n（一）乙"
    assert press(page, "（1）", text="1.甲\n3.5 毫米", at=5) == "1.甲\n（1）3.5 毫米"
    assert numbering.faults(press(page, "（一）", text=TEXT, at=blank)) == ()


def test_the_browser_s_own_undo_takes_a_number_back(window: Open) -> None:
    page = window("cz.drafter").go("/notices-desk/new")
    assert press(page, "一、", text="一、甲", at=3) == "一、甲\n二、"
    page.keyboard.press("Control+z")
    expect(page.locator("[name=body]")).to_have_value("一、甲")


def test_without_script_the_server_numbers(window: Open) -> None:
    page = window("cz.drafter", script=False).go("/notices-desk/new")
    assert not page.get_by_role("button", name="（一）", exact=True).is_visible()
    page.locator("[name=body]").fill("## 甲\n### 乙\n## 丙")
    page.get_by_role("button", name="整理编号").click()
    expect(page.locator("[name=body]")).to_have_value("一、甲\n（一）乙\n二、丙")


def test_the_preview_follows_the_typing_and_leaves_the_cursor(window: Open) -> None:
    page = window("cz.drafter").go("/notices-desk/new?kind=announcement")
    glyphs = page.locator("#preview svg").first.locator("use")
    expect(page.locator("#preview svg")).to_have_count(2)
    before = glyphs.count()
    page.locator("[name=body]").press_sequentially("样例正文")
    expect(glyphs).to_have_count(before + 4)
    assert page.evaluate("document.activeElement.name") == "body"
    page.get_by_role("button", name="预览版面").click()
    expect(page.locator("[name=body]")).to_have_value("样例正文")
    expect(page.locator("#preview svg")).to_have_count(2)


def test_without_script_a_button_shows_the_pages(window: Open) -> None:
    page = window("cz.drafter", script=False).go("/notices-desk/new?kind=announcement")
    expect(page.locator("#preview svg")).to_have_count(0)
    page.locator("[name=body]").fill("样例正文")
    page.get_by_role("button", name="预览版面").click()
    expect(page.locator("#preview svg")).to_have_count(2)
    expect(page.locator("[name=body]")).to_have_value("样例正文")
