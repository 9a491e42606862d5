"""Can a call be taken down without a mouse, and is an input method left in peace?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.support.live import Window

pytestmark = pytest.mark.browser
Open = Callable[..., Window]

#: In the order in which people talk: what Tab must walk through, radios as one stop.
ORDER = (
    "phone", "caller_name", "standing", "地址、证件、代理、语种", "facts", "kinds", "kinds",
    "kinds", "is_dangerous", "is_for_trade", "咨询的答复", "subject_name", "seller", "division",
    "subject_address", "subject_contact", "subject_phone", "product", "brand_model", "batch",
    "bought_on", "amount", "files", "wishes", "reply", "may_publish", "may_entrust", "channel",
    "recording",
)  # fmt: skip
FOCUSED = "document.activeElement.name || document.activeElement.textContent.trim()"
#: Width of the ring around what has the focus; a box of its own may carry it for its field, and
#: the calendar button inside a day's field wears the browser's.
RING = """() => { const at = document.activeElement;
  if (!at.matches(":focus")) return 2;
  return Math.max(...[at, at.parentElement].map((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  })); }"""
#: Whether what has the focus can be seen: nothing, such as the sticky foot, lies on its middle.
SEEN = """() => { const at = document.activeElement, box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return at === top || at.contains(top) || Boolean(top?.contains(at)); }"""


def walk(page: Page, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {name}")


def test_tab_walks_the_call_in_the_order_of_talk_with_a_ring_at_each_stop(window: Open) -> None:
    page = window("cz.operator").go("/tips/new")
    expect(page.locator("[name=phone]")).to_be_focused()
    walked: list[str] = []
    while page.evaluate("document.activeElement.closest('#call') !== null"):
        name = page.evaluate(FOCUSED)
        assert page.evaluate(RING) >= 2, name
        assert page.evaluate(SEEN), name
        if not walked or walked[-1] != name or name == "kinds":
            walked.append(name)  # a day has a stop for each of its parts
        page.keyboard.press("Tab")
    assert [name.split()[0] for name in walked[-2:]] == ["存草稿并查", "登记"]
    assert [name for name in walked[:-2] if name] == list(ORDER)


def test_a_whole_call_by_keyboard(window: Open) -> None:
    page = window("cz.operator").go("/desk")
    page.keyboard.press("n")
    expect(page.locator("[name=phone]")).to_be_focused()
    page.keyboard.type("13800000148")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("样例来件人甲")
    walk(page, "facts")
    page.keyboard.insert_text("样例：电线铜芯发黑。")
    walk(page, "kinds")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    walk(page, "subject_name")
    page.keyboard.insert_text("样例五金店")
    walk(page, "subject_address")
    page.keyboard.insert_text("青石县人民路 218 号")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/receipt$"))
    expect(page.locator("main")).to_contain_text("举报核查")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/tips/new$"))


def test_a_mistake_leads_from_the_summary_to_its_field(window: Open) -> None:
    page = window("cz.operator").go("/tips/new")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=facts]")).to_be_focused()


def compose(page: Page, words: str) -> CDPSession:
    """Begin a composition as an input method does."""
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition",
        {"text": words, "selectionStart": len(words), "selectionEnd": len(words)},
    )
    return session


def key(session: CDPSession, name: str, *, ctrl: bool = False) -> None:
    """Press a key that the input method takes: the page hears of "Process", code 229."""
    pressed = {"key": "Process", "code": name, "windowsVirtualKeyCode": 229}
    modifiers = {"modifiers": 2 if ctrl else 0}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **pressed, **modifiers})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed, **modifiers})


@pytest.mark.parametrize("field", ["caller_name", "facts"])
def test_enter_while_composing_sends_nothing(window: Open, field: str) -> None:
    operator = window("cz.operator")
    page = operator.go("/tips/new")
    sent: list[str] = []  # a draft may be kept meanwhile: that registers nothing
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.locator(f"[name={field}]").focus()
    session = compose(page, "dianxian")
    key(session, "Enter")
    key(session, "Enter", ctrl=True)
    composing = {"key": "Enter", "code": "Enter", "ctrlKey": True, "isComposing": True}
    page.locator(f"[name={field}]").dispatch_event("keydown", {**composing, "bubbles": True})
    session.send("Input.insertText", {"text": "电线"})
    expect(page.locator(f"[name={field}]")).to_have_value("电线")
    assert not any(line.startswith("POST") and line.endswith("/tips/new") for line in sent)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    assert any(line.startswith("POST") and line.endswith("/tips/new") for line in sent)
