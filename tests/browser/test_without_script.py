"""Does everything that must work without script work without it, by real forms?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.cases.rules import CaseState
from app.disclosures.rules import DisclosureState
from tests.support import world
from tests.support.live import Live, Window
from tests.support.make import cases, disclosures, notices

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
PARTY = "测试线缆有限公司"


def test_a_call_is_taken_and_routed(window: Open) -> None:
    operator = window(script=False)
    operator.go("/tips/new")
    operator.press("登录", account="cz.operator", password=world.PASSWORD)
    expect(operator.page).to_have_url(re.compile("/tips/new$"))
    refused = operator.press("登记", facts="样例：无脚本登记。", kinds=["report"])
    assert refused.status == 422
    page = operator.page
    expect(page.locator("[name=facts]")).to_have_value("样例：无脚本登记。")
    operator.press(
        "登记", subject_name="样例五金店", subject_address="青石县人民路 218 号",
        standing="anonymous",
    )  # fmt: skip
    number = page.locator("h1").inner_text().split()[-1]
    triage = window("cz.triage_officer", script=False)
    triage.go(f"/tips/{number}")
    triage.press("分办")
    expect(triage.page.locator("#record")).to_contain_text("待办理")
    leader = window("qs.unit_leader", script=False)
    leader.go(f"/tips/{number}").get_by_role("link", name="安排检查").click()
    leader.press("派出")
    expect(leader.page).to_have_url(re.compile("/inspections/J2026-"))


def test_what_is_folded_away_opens_and_panels_are_pages(window: Open, live: Live) -> None:
    case = live.build(cases.reference, CaseState.PROPOSED)
    leader = window("qs.unit_leader", script=False)
    page = leader.go(f"/cases/{case}")
    leader.press("确认批准立案")
    expect(page.locator("#record")).to_contain_text("已立案")
    page.locator("#case-supervision").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("挂牌督办")


def test_a_visitor_finds_reads_and_verifies_a_penalty(window: Open, live: Live) -> None:
    reference = live.build(disclosures.reference, DisclosureState.PUBLISHED)
    visitor = window(script=False, width=360)
    page = visitor.go("/")
    page.locator("[name=q]").fill("线缆")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name=PARTY).first.click()
    expect(page).to_have_url(re.compile(f"/disclosures/{reference}$"))
    code = page.locator(".verify-code").first.inner_text()
    content = page.request.get(f"/disclosures/{reference}/file.pdf").body()
    assert content.startswith(b"%PDF-")
    page.goto("/verify")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("status")).to_contain_text("真实有效")
    altered = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content[:-1] + b" "}
    visitor.press("比对文件", file=altered)
    expect(page.get_by_role("status")).to_contain_text("没有查到")


def test_a_visitor_reports_and_tracks(window: Open) -> None:
    visitor = window(script=False, width=360)
    page = visitor.go("/report")
    page.locator("[name=standing][value=real_name]").check()
    expect(page.locator("[name=phone]")).to_be_visible()  # unfolded by style alone
    page.locator("[name=standing][value=anonymous]").check()
    expect(page.locator("[name=phone]")).not_to_be_visible()
    assert visitor.press("提交", kinds=["report"]).status == 422
    visitor.press("提交", facts="样例：水壶漏电。", subject_name="样例电器店", standing="anonymous")
    number, code = (page.locator(box).inner_text() for box in ("#number", "#code"))
    page.goto("/track")
    visitor.press("查询", number=number, code=code)
    expect(page.locator("main")).to_contain_text("收到")
    expect(page.locator("main")).to_contain_text(number)


def test_a_visitor_reads_a_notice_and_changes_the_language(window: Open, live: Live) -> None:
    live.build(notices.notice, published=True)
    visitor = window(script=False, width=360)
    page = visitor.go("/notices")
    page.get_by_role("link", name="关于样例电线抽查情况的通告").click()
    expect(page.locator("main")).to_contain_text("共抽查样例电线 20 批次")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_contain_text("共抽查样例电线 20 批次")
