"""What is done on a page before it is looked at?"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Response

from tests.support.live import answer_to

#: Returns the answer that the page now shows, or nothing when none was asked for.
Act = Callable[[Page], Response | None]
TOLD = "样例五金店卖的电线铜芯发黑，一撕就裂。"


def send(selector: str) -> Act:
    """Send a form as it stands, also one that is folded away."""

    def act(page: Page) -> Response:
        form = page.locator(selector)
        form.evaluate("form => form.closest('details')?.setAttribute('open', '')")
        buttons = form.locator("button:not([type=button], [formaction])")
        primary = form.locator("button.btn-primary")
        button = primary.first if primary.count() else buttons.first
        return answer_to(page, button.click)

    return act


def unfold(page: Page) -> None:
    """Open every act that is folded away, and the person's menu."""
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


def wrong_password(page: Page) -> Response | None:
    """Sign in with a password that is not one's own."""
    page.locator("[name=account]").fill("nobody.here")
    page.locator("[name=password]").fill("not-a-password-26")
    return send("form:has([name=password])")(page)


def take_a_call(page: Page) -> Response | None:
    """Register a call."""
    page.locator("[name=facts]").fill(TOLD)
    page.locator("[name=kinds][value=report]").check()
    page.locator("[name=subject_name]").fill("样例五金店")
    page.locator("[name=subject_address]").fill("青石县人民路 218 号")
    page.locator("[name=caller_name]").fill("样例来件人甲")
    page.locator("[name=phone]").fill("13800000148")
    return send("#call")(page)


def report(page: Page) -> Response | None:
    """Report something as an anonymous visitor."""
    page.locator("[name=kinds][value=report]").check()
    page.locator("[name=facts]").fill(TOLD)
    page.locator("[name=subject_name]").fill("样例五金店")
    page.locator("[name=standing][value=anonymous]").check()
    return send("form[enctype]")(page)


def ask_for_nothing(page: Page) -> Response | None:
    """Ask for a tip that is not there."""
    page.locator("[name=number]").fill("260922-999")
    page.locator("[name=code]").fill("0000 0000 0000")
    return send("form[method=post]")(page)


def track(page: Page) -> Response | None:
    """Report, then ask how far it is."""
    report(page)
    number, code = (page.locator(box).inner_text() for box in ("#number", "#code"))
    page.goto("/track")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    return send("form[method=post]")(page)


def be_late(page: Page) -> Response | None:
    """Act on what somebody else has changed meanwhile."""
    page.locator("form[action$='/route'] [name$=version]").evaluate("it => it.value = '77'")
    return send("form[action$='/route']")(page)
