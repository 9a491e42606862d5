"""What does script add, and what happens when something goes wrong while it does?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from app.cases.rules import CaseState
from tests.support import world
from tests.support.live import Live, Window
from tests.support.make import cases, tips

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
ANONYMOUS = {
    "kinds": ["report"], "subject_name": "样例五金店", "standing": "anonymous",
    "subject_address": "青石县人民路 218 号",
}  # fmt: skip


def tip(live: Live, **call: Any) -> str:
    return str(live.build(tips.tip, **call))


# Going back and forth -----------------------------------------------------------------------------


def test_a_filter_is_the_address_and_back_undoes_it(window: Open, live: Live) -> None:
    tip(live, subject_name="样例五金店")
    tip(live, subject_name="样例水壶店")
    triage = window("cz.triage_officer")
    page = triage.go("/tips/?view=all")
    rows = page.locator("#queue tbody tr:not(.group)")
    before = rows.count()
    with triage.in_place():
        page.locator(".filters [name=q]").fill("水壶店")
        page.keyboard.press("Enter")
        expect(rows).to_have_count(1)
    assert "q=" in page.url
    page.go_back()
    expect(rows).to_have_count(before)
    expect(page.locator(".bar")).to_be_visible()
    page.go_forward()
    expect(rows).to_have_count(1)
    expect(page.locator(".bar")).to_be_visible()


def test_back_after_an_act_shows_the_list_as_it_is_now(window: Open, live: Live) -> None:
    number = tip(live)
    triage = window("cz.triage_officer")
    page = triage.go("/tips/?view=all")
    page.get_by_role("link", name=number).click()
    triage.press("分办")
    expect(page.locator("#record")).to_contain_text("待办理")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/tips/\?view=all$"))
    expect(page.locator("tbody tr").filter(has_text=number)).to_contain_text("待办理")


def test_panels_of_other_slices_come_by_themselves(window: Open, live: Live) -> None:
    case = live.build(cases.reference, CaseState.INVESTIGATING)
    page = window("cz.supervisor").go(f"/cases/{case}")
    expect(page.locator("#case-supervision")).to_contain_text("没有挂牌督办")
    expect(page.locator("#case-disclosures")).to_contain_text("作出处罚决定后")
    expect(page.locator("body")).to_be_focused()  # what loads by itself takes no focus


def test_style_and_script_are_fetched_once(window: Open) -> None:
    fetched = """() => performance.getEntriesByType("resource").filter((one) =>
      /[.](css|js)[?]/.test(one.name) && one.transferSize).length"""
    page = window("qs.inspector").go("/desk")
    assert page.evaluate(fetched) > 0
    page.goto("/inspections/")
    assert page.evaluate(fetched) == 0


# Twice, at once, too late -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["with script", "without script"])
def test_a_double_click_registers_one_call(window: Open, kind: str) -> None:
    words = f"样例双击 {kind}"
    operator = window("cz.operator", script=kind == "with script")
    page = operator.go("/tips/new")
    operator.fill("#call", facts=words, **ANONYMOUS)
    page.locator("#call .btn-primary").dblclick()
    expect(page).to_have_url(re.compile("/receipt$"))
    queue = window("cz.triage_officer").go("/tips/?view=all")
    expect(queue.locator("tbody tr").filter(has_text=words)).to_have_count(1)


def test_of_two_people_the_slower_one_reads_what_happened(window: Open, live: Live) -> None:
    number = tip(live)
    fast, slow = window("cz.triage_officer"), window("cz.triage_officer")
    fast.go(f"/tips/{number}")
    slow.go(f"/tips/{number}")
    fast.press("分办")
    with slow.in_place():
        assert slow.press("分办").status in {403, 409}
    problem = slow.page.locator("#problem")
    expect(problem.locator("h1")).to_be_focused()
    expect(slow.page.locator("h1")).to_have_count(1)


def test_a_lapsed_session_leads_a_filter_to_the_sign_in_page_and_back(
    window: Open, live: Live
) -> None:
    triage = window("bs.triage_officer")
    page = triage.go("/tips/?view=all")
    live.end_sessions("bs.triage_officer")
    page.locator(".filters [name=kind]").select_option("report")
    expect(page).to_have_url(re.compile("/sign-in"))
    triage.press("登录", account="bs.triage_officer", password=world.PASSWORD)
    expect(page).to_have_url(re.compile(r"/tips/\?view=all"))


def test_a_lapsed_session_sends_nothing_and_loses_no_word(window: Open, live: Live) -> None:
    number = tip(live, routed_to="bs")
    leader = window("bs.unit_leader")
    page = leader.go(f"/tips/{number}")
    live.end_sessions("bs.unit_leader")
    with leader.in_place():
        assert leader.press("确认退回", **{"return-reason": "样例：查无此店。"}).status == 401
    expect(page.locator("#problem")).to_contain_text("样例：查无此店。")
    page.get_by_role("link", name="重新登录").click()
    leader.press("登录", account="bs.unit_leader", password=world.PASSWORD)
    expect(page).to_have_url(re.compile(f"/tips/{number}$"))
    expect(page.locator("#record")).to_contain_text("待办理")


def test_a_cut_network_keeps_every_word_and_says_so(window: Open) -> None:
    operator = window("cz.operator")
    operator.excused += ["ERR_INTERNET_DISCONNECTED", "htmx:error"]
    page = operator.go("/tips/new")
    operator.fill("#call", facts="样例：断网时写的话。", **ANONYMOUS)
    operator.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("写的内容还在")
    expect(page.locator("[name=facts]")).to_have_value("样例：断网时写的话。")
    operator.context.set_offline(False)
    # The message does not lie on the button it speaks of.
    page.locator("#call .btn-primary").click()
    expect(page).to_have_url(re.compile("/receipt$"))


# Keys ---------------------------------------------------------------------------------------------


def test_single_letters_act_outside_fields_only(window: Open) -> None:
    page = window("cz.operator").go("/desk")
    page.keyboard.press("/")
    expect(page.locator("#bar-search")).to_be_focused()
    page.keyboard.type("n/")
    expect(page.locator("#bar-search")).to_have_value("n/")
    assert page.url.endswith("/desk")
    page.locator("#bar-search").blur()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/tips/new$"))
    expect(page.locator("[name=phone]")).to_be_focused()


def test_a_question_mark_lists_the_keys_of_the_page(window: Open) -> None:
    page = window("cz.triage_officer").go("/tips/?view=all")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("新线索")
    page.keyboard.press("n")  # not while the list of keys is open
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.url.endswith("/tips/?view=all")


def test_j_and_k_walk_the_rows(window: Open, live: Live) -> None:
    tip(live)
    tip(live)
    page = window("cz.triage_officer").go("/tips/?view=all")
    links = page.locator("table[data-rows] tbody tr:not(.group) td a[href*='/tips/']")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#record")).to_be_visible()
