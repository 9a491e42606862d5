"""Does the whole thread run in a browser with script, each act in place or on its own page?

The same road as the journey through pages, walked with htmx: where an act changes the record one
looks at, the page is not loaded anew and the eye is led to what changed; where it leads to another
record, the browser goes there, so that address, heading and reload agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.live import Window
from tests.support.make import inspections as make

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
PARTY = "样例线缆有限公司"
CALL = {
    "phone": "13800000148", "caller_name": "样例来件人甲", "kinds": ["report"],
    "facts": "在青石县人民路样例五金店买的电线铜芯发黑，一撕就裂。", "subject_name": PARTY,
    "subject_address": "青石县人民路 218 号", "product": "wire_cable",
}  # fmt: skip
DECISION = {
    "party_kind": "unit", "party_name": PARTY, "credit_code": "91990121MA0CQ01A8C",
    "legal_representative": "赵演示", "party_address": "青石县工业路 6 号",
    "violation_title": "销售不符合国家标准的电线",
    "laws_broken": "《中华人民共和国产品质量法》第十三条第二款",
    "laws_applied": "《中华人民共和国产品质量法》第四十九条",
    "facts": "2026年9月22日，在样例五金店查见当事人生产的电线十二卷，法定代表人赵演示到场确认。",
    "evidence": "现场笔录、照片、检验报告。", "statement": "当事人放弃陈述申辩。",
    "reasons": "违法事实清楚，证据确凿。", "kind_1": "fine", "text_1": "罚款 6000 元",
    "amount_1": "6000",
}  # fmt: skip


def in_place(window: Window, word: str, **fields: object) -> None:
    """Act on the record one looks at: nothing is loaded anew, and the focus is not lost."""
    with window.in_place():
        answer = window.press(word, **fields)
    assert answer.status in {200, 303}, window.page.locator("#record").inner_text()
    expect(window.page.locator("h1")).to_have_count(1)
    expect(window.page.locator("body")).not_to_be_focused()


def onwards(window: Window, address: str, word: str, **fields: object) -> Page:
    """Act so that another page opens, under its own address and its own heading alone."""
    window.press(word, **fields)
    expect(window.page).to_have_url(re.compile(address))
    expect(window.page.locator("h1")).to_have_count(1)
    return window.page


def path_of(page: Page) -> str:
    """Return the path of a page's address."""
    return urlsplit(page.url).path


def shows(window: Window, words: str, where: str = "#record") -> None:
    """Wait until words stand on the page."""
    expect(window.page.locator(where)).to_contain_text(words)


@dataclass
class Desks:
    """Everybody at their own desk, each with a window of the width their work has."""

    window: Open
    windows: dict[str | None, Window] = field(default_factory=dict)

    def __getitem__(self, account: str | None) -> Window:
        """Return somebody's window (None: a visitor's); an inspector's is a telephone."""
        if account not in self.windows:
            width = 360 if account == "qs.inspector" else 1366
            self.windows[account] = self.window(account, width=width)
        return self.windows[account]


def log_and_route(desks: Desks) -> str:
    operator, triage = desks["cz.operator"], desks["cz.triage_officer"]
    operator.go("/tips/new")
    receipt = onwards(operator, "/tips/260922-[0-9]+/receipt$", "登记", **CALL)
    number = receipt.locator("h1").inner_text().split()[-1]
    triage.go(f"/tips/{number}")
    in_place(triage, "分办")
    shows(triage, "待办理")
    expect(triage.page.locator("#record h1")).to_be_focused()
    return number


def inspect(desks: Desks, tip: str) -> str:
    leader, inspector = desks["qs.unit_leader"], desks["qs.inspector"]
    leader.go(f"/tips/{tip}").get_by_role("link", name="安排检查").click()
    task = path_of(onwards(leader, "/inspections/J2026-[0-9]+$", "派出"))
    inspector.go(task)
    inspector.press("开始检查")
    with inspector.in_place():
        refused = inspector.press("完成检查", has_problem="yes", findings="查见电线十二卷。")
    assert refused.status == 422
    expect(inspector.page.locator(".error-summary")).to_be_focused()
    expect(inspector.page.locator("[name=findings]")).to_have_value("查见电线十二卷。")
    in_place(
        inspector, "完成检查", violation="below_standard",
        photos={"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": make.picture()},
    )  # fmt: skip
    shows(inspector, "发现问题")
    photo = inspector.page.locator("a.photo img")
    photo.scroll_into_view_if_needed()
    inspector.page.wait_for_function("() => document.querySelector('a.photo img').naturalWidth > 0")
    assert inspector.overflow() <= 0
    return task


def file_case(desks: Desks, task: str) -> str:
    officer, leader = desks["qs.case_officer"], desks["qs.unit_leader"]
    officer.go(task).get_by_role("link", name="提请立案").click()
    first, second = officer.page.locator("[name=officer_one] option").evaluate_all(
        "all => all.map(one => one.value).filter(Boolean)"
    )[:2]
    case = path_of(onwards(
        officer, "/cases/A2026-[0-9]+$", "提请立案", title="样例线缆有限公司销售不合格电线案",
        summary="现场查见不合格电线。", party_name=PARTY, goods_value="2400",
        officer_one=first, officer_two=second,
    ))  # fmt: skip
    leader.go(case)
    in_place(leader, "确认批准立案")
    shows(leader, "澄青市监立〔2026〕1号")
    return case


def supervise(desks: Desks, case: str) -> None:
    city, county = desks["cz.supervisor"], desks["qs.case_officer"]
    city.go(case).locator("#case-supervision").get_by_role("link", name="挂牌督办").click()
    listing = path_of(onwards(
        city, "/supervision/D2026-[0-9]+$", "挂牌督办", reason="货值大，涉及多县。",
        due_on="2026-11-20", demand_1="查清上游来源", due_1="2026-10-15",
        demand_2="依法处理", due_2="2026-11-20",
    ))  # fmt: skip
    in_place(city, "确认催办", text="请抓紧查清来源。", answer_due_on="2026-09-28")
    county.go(listing)
    in_place(county, "确认答复", text="三日内报送。")
    in_place(county, "确认报送", text="已查清来源。")
    expect(county.page.get_by_text("确认申请摘牌")).to_have_count(0)
    in_place(county, "确认报送", text="已依法处理。")
    in_place(county, "确认申请摘牌", text="均已办结。")
    city.go(listing)
    in_place(city, "确认核验", verdict="met")
    expect(city.page.get_by_text("确认摘牌")).to_have_count(0)
    in_place(city, "确认核验", verdict="met")
    in_place(city, "确认摘牌")
    shows(city, "澄市监督解〔2026〕1号")


def decide(desks: Desks, case: str) -> None:
    officer, leader = desks["qs.case_officer"], desks["qs.unit_leader"]
    officer.go(case)
    in_place(officer, "确认开始调查", no_ground_for_recusal="y")
    in_place(officer, "确认提交审核", report="调查终结，建议处罚。")
    desks["qs.reviewer"].go(case)
    in_place(desks["qs.reviewer"], "确认审核通过", opinion="同意。")
    officer.go(case)
    in_place(officer, "确认登记处罚告知", served_on="2026-09-22", notice="拟罚款 6000 元。")
    in_place(officer, "确认登记陈述申辩", kind="waived", on="2026-09-22")
    officer.page.get_by_role("link", name="填写处罚决定").click()
    onwards(officer, f"{case}/text$", "保存并生成正文", **DECISION)
    leader.go(case)
    in_place(leader, "确认作出决定", decided_on="2026-09-22")
    shows(leader, "澄青市监处罚〔2026〕1号")
    officer.go(case)
    in_place(officer, "确认登记送达", served_on="2026-09-22")


def disclose(desks: Desks) -> None:
    publisher, reviewer = desks["qs.publisher"], desks["qs.reviewer"]
    publisher.go("/publicity/?view=pending")
    draft = path_of(onwards(publisher, "/publicity/G2026-[0-9]+$", "起草公示"))
    names = publisher.page.locator("#marks [type=radio]").evaluate_all(
        "all => [...new Set(all.map(one => one.name))]"
    )
    in_place(publisher, "保存裁定", **dict.fromkeys(names, "hidden"))
    publisher.press("提交审核")
    reviewer.go(draft)
    reviewer.press("批准公示")
    reviewer.go(draft)
    shows(reviewer, "已公示")


def find_and_download(visitor: Window) -> None:
    page = visitor.go("/")
    page.locator("[name=q]").fill("线缆")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=PARTY).first.click()
    shows(visitor, "罚款 6000 元", "main")
    assert "赵演示" not in page.content()
    address = page.locator("a[href$='file.pdf']").first.get_attribute("href")
    content = page.request.get(str(address)).body()
    assert content.startswith(b"%PDF-")
    page.goto("/verify")
    file = {"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": content}
    visitor.press("比对文件", file=file)
    shows(visitor, "真实有效", "main")


def give_notice(desks: Desks, visitor: Window) -> None:
    drafter, leader = desks["cz.drafter"], desks["cz.unit_leader"]
    drafter.go("/notices-desk/new")
    text = {"title": "关于电线电缆质量的消费提示", "body": "购买电线请查看认证标志。"}
    notice = path_of(onwards(
        drafter, "/notices-desk/T2026-[0-9]+$", "保存草稿", kind="public_notice", **text
    ))  # fmt: skip
    drafter.press("送核")
    desks["cz.reviewer"].go(notice)
    desks["cz.reviewer"].press("核稿通过")
    leader.go(notice)
    leader.press("签发")
    visitor.go("/").get_by_role("link", name=text["title"]).click()
    shows(visitor, text["body"], "main")


def test_a_report_becomes_a_published_penalty(window: Open) -> None:
    desks = Desks(window)
    tip = log_and_route(desks)
    task = inspect(desks, tip)
    case = file_case(desks, task)
    supervise(desks, case)
    decide(desks, case)
    disclose(desks)
    visitor = window(width=360)
    find_and_download(visitor)
    give_notice(desks, visitor)
