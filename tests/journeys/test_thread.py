"""One real thread through every slice: from a caller's words to a published, verifiable PDF.

Through pages only, without script, by the people whose work each step is.  青石县 is ``qs``, its
city 澄州市 ``cz``, the sibling county 白沙县 ``bs``.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.support.make import inspections as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database

DECISION = {
    "party_kind": "unit",
    "party_name": "样例线缆有限公司",
    "credit_code": "91990121MA0CQ01A8C",
    "legal_representative": "赵样例",
    "party_address": "青石县工业路 6 号",
    "violation_title": "销售不符合保障人身、财产安全国家标准的电线",
    "laws_broken": "《中华人民共和国产品质量法》第十三条第二款",
    "laws_applied": "《中华人民共和国产品质量法》第四十九条",
    "facts": "2026年9月22日，本局执法人员在样例五金店查见样例线缆有限公司生产的电线十二卷，"
    "该公司法定代表人赵样例（电话 13800000148）到场确认。",
    "evidence": "现场笔录、照片、检验报告。",
    "statement": "当事人放弃陈述申辩。",
    "reasons": "违法事实清楚，证据确凿。",
    "kind_1": "fine",
    "text_1": "罚款 6000 元",
    "amount_1": "6000",
}


@dataclass
class Thread:
    """What the steps hand on to each other."""

    sign_in: Callable[..., FlaskClient]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def open(self, address: str, account: str) -> Page:
        """Open an address as an account, in that person's one browser."""
        if account not in self.browsers:
            self.browsers[account] = self.sign_in(account)
        browser = self.browsers[account]
        return Page(browser, browser.get(address, follow_redirects=True))


@pytest.fixture
def thread(sign_in: Callable[..., FlaskClient]) -> Thread:
    return Thread(sign_in)


def options_of(page: Page, name: str) -> list[str]:
    return [o.get("value") for o in page.one("select", name=name) if o.get("value")]


def report_and_route(thread: Thread) -> str:
    """1–2: the operator logs the call, triage proposes the county and says why, and routes."""
    receipt = thread.open("/tips/new", "cz.operator").submit(
        "登记", phone="138 0000 0148", caller_name="样例来件人甲", kinds=["report"],
        facts="在青石县人民路样例五金店买的电线铜芯发黑，一撕就裂。", seller="样例五金店",
        subject_name="样例线缆有限公司", subject_address="青石县人民路 218 号",
        product="wire_cable",
    )  # fmt: skip
    assert receipt.heading == "受理号 260922-001"
    assert "剩 15 个工作日" in receipt.text
    assert "令2 第18条" in receipt.text
    number = receipt.heading.removeprefix("受理号 ")
    page = thread.open(f"/tips/{number}", "cz.triage_officer")
    assert "青石县市场监督管理局" in page.text
    assert "令121 第29条" in page.text
    assert thread.open(f"/tips/{number}", "qs.unit_leader").status == 404
    assert "待办理" in page.submit("分办").text
    assert thread.open(f"/tips/{number}", "bs.unit_leader").status == 404
    return number


def inspect(thread: Thread, tip: str) -> str:
    """3: the county leader makes a task of it; the inspector closes it with a photo."""
    page = thread.open(f"/tips/{tip}", "qs.unit_leader").click("安排检查").submit("派出")
    address = page.url
    page = thread.open(address, "qs.inspector").submit("开始检查")
    page = page.submit(
        "完成检查", has_problem="yes", findings="查见电线十二卷，铜芯发黑，无合格证。",
        violation="below_standard", photos=[upload(make.picture(), "现场.jpg")],
    )  # fmt: skip
    assert "已完成" in page.text
    assert "已核查" in thread.open(f"/tips/{tip}", "qs.unit_leader").text
    return address


def file_case(thread: Thread, task: str) -> str:
    """4a: a case is filed from the task, by one person proposed, by another approved."""
    page = thread.open(task, "qs.case_officer").click("提请立案")
    officers = options_of(page, "officer_one")
    second = next(o for o in options_of(page, "officer_two") if o != officers[0])
    proposed = page.submit(
        "提请立案", title="样例线缆有限公司销售不合格电线案", officer_one=officers[0],
        officer_two=second, summary="现场查见不合格电线。",
        party_name="样例线缆有限公司", goods_value="2400",
    )  # fmt: skip
    assert proposed.status == 200, proposed.errors()
    assert thread.open(proposed.url, "bs.unit_leader").status == 404
    filed = thread.open(proposed.url, "qs.unit_leader").submit("确认批准立案")
    assert "澄青市监立〔2026〕1号" in filed.text
    return proposed.url


def supervise(thread: Thread, case: str) -> None:
    """5: the city lists with two demands, the county reports, the city urges once and delists."""
    reference = case.rpartition("/")[2]
    page = thread.open(f"/supervision/new?kind=case&reference={reference}", "cz.supervisor")
    listed = page.submit(
        "挂牌督办", reason="货值大，涉及多县。", due_on="2026-11-20", handling="qs",
        demand_1="查清上游来源", due_1="2026-10-15", demand_2="依法处理", due_2="2026-11-20",
    )  # fmt: skip
    assert "澄市监督〔2026〕1号" in listed.text, listed.errors()
    address = listed.url
    assert thread.open(address, "bs.unit_leader").status == 404
    thread.open(address, "cz.supervisor").submit(
        "确认催办", text="请抓紧查清来源。", answer_due_on="2026-09-28"
    )
    county = thread.open(address, "qs.case_officer").submit("确认答复", text="三日内报送。")
    county = county.submit("确认报送", text="已查清来源。")
    city = thread.open(address, "cz.supervisor")
    assert "确认摘牌" not in city.buttons()
    refused = city.client.post(f"{address}/delist", data={})
    assert refused.status_code in {403, 409, 422}
    county = county.submit("确认报送", text="已依法处理。").submit(
        "确认申请摘牌", text="均已办结。"
    )
    city = thread.open(address, "cz.supervisor")
    city = city.submit("确认核验", verdict="met").submit("确认核验", verdict="met")
    assert "澄市监督解〔2026〕1号" in city.submit("确认摘牌").text


def decide(thread: Thread, case: str) -> None:
    """4b: investigated, reviewed by another, told, decided by the leader, served."""
    page = thread.open(case, "qs.case_officer")
    page = page.submit("确认开始调查", no_ground_for_recusal="y")
    page.submit("确认提交审核", report="调查终结，建议处罚。")
    thread.open(case, "qs.reviewer").submit("确认审核通过", opinion="同意。")
    page = thread.open(case, "qs.case_officer")
    page = page.submit("确认登记处罚告知", served_on="2026-09-22", notice="拟罚款 6000 元。")
    page = page.submit("确认登记陈述申辩", kind="waived", on="2026-09-22")
    text = page.click("填写处罚决定").submit("保存并生成正文", **DECISION)
    assert text.status == 200, text.errors()
    decided = thread.open(case, "qs.unit_leader").submit("确认作出决定", decided_on="2026-09-22")
    assert "澄青市监处罚〔2026〕1号" in decided.text
    thread.open(case, "qs.case_officer").submit("确认登记送达", served_on="2026-09-22")


def disclose(thread: Thread) -> None:
    """6a: a publisher prepares, a different person approves; nobody approves their own draft."""
    draft = thread.open("/publicity/?view=pending", "qs.publisher").submit("起草公示")
    draft = draft.submit("确认确定的全部隐去") if "确认确定的全部隐去" in draft.buttons() else draft
    draft = rule_all(draft)
    submitted = draft.submit("确认提交审核" if "确认提交审核" in draft.buttons() else "提交审核")
    assert submitted.status == 200, submitted.errors()
    assert "批准公示" not in submitted.buttons()
    assert thread.open(submitted.url, "bs.reviewer").status == 404
    published = thread.open(submitted.url, "qs.reviewer").submit("批准公示")
    assert "已公示" in thread.open(published.url, "qs.reviewer").text


def rule_all(draft: Page) -> Page:
    """Hide every mark that still waits for a person's ruling."""
    open_ones = {
        node.get("name"): "hidden"
        for node in draft.all("input", type="radio")
        if (node.get("name") or "").startswith("ruling_")
    }
    return draft.submit("保存裁定", **open_ones) if open_ones else draft


def find_and_download(visitor: FlaskClient) -> None:
    """6b: anybody finds it by two characters of the name, downloads it and has it verified."""
    front = Page(visitor, visitor.get("/"))
    found = front.submit("查询", q="线缆")
    page = found.click(next(link for link in found.links() if "线缆" in link))
    assert "罚款 6000 元" in page.text
    assert "赵样例" not in page.html
    assert "13800000148" not in page.html
    address = next(a.get("href") for a in page.all("a") if "file.pdf" in (a.get("href") or ""))
    with visitor.get(address) as answer:
        content = answer.get_data()
        assert answer.headers["Content-Type"] == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    words = "".join(words.split())
    assert "澄青市监处罚〔2026〕1号" in words
    assert "赵样例" not in words
    verified = Page(visitor, visitor.get("/verify")).submit(
        "比对文件", file=(io.BytesIO(content), "决定书.pdf")
    )
    assert "打开公示页" in " ".join(verified.links())
    altered = content[:-1] + b" "
    refused = Page(visitor, visitor.get("/verify")).submit(
        "比对文件", file=(io.BytesIO(altered), "决定书.pdf")
    )
    assert "本站没有这个核验码" in refused.text


def give_notice(thread: Thread, visitor: FlaskClient) -> None:
    """7: a public notice is published and stands on the public face."""
    page = thread.open("/notices-desk/new", "cz.drafter").submit(
        "保存草稿", kind="public_notice", title="关于电线电缆质量的消费提示",
        body="购买电线请查看认证标志。",
    )  # fmt: skip
    page.submit("送核")
    thread.open(page.url, "cz.reviewer").submit("核稿通过")
    thread.open(page.url, "cz.unit_leader").submit("签发")
    front = Page(visitor, visitor.get("/"))
    assert "购买电线请查看认证标志" in front.click("关于电线电缆质量的消费提示").text


def test_a_report_becomes_a_published_penalty(thread: Thread, visitor: FlaskClient) -> None:
    tip = report_and_route(thread)
    task = inspect(thread, tip)
    case = file_case(thread, task)
    assert "已立案" in thread.open(f"/tips/{tip}", "qs.unit_leader").text
    supervise(thread, case)
    decide(thread, case)
    disclose(thread)
    find_and_download(visitor)
    give_notice(thread, visitor)
