"""Is each real penalty of the handbook carried from its entry to a published, verifiable file?

The texts lie outside the repository; nothing of them is copied.  Where they are not at hand, the
tests are skipped by name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from flask import Flask

from app.cases.rules import CaseState
from tests.support.make import cases as make
from tests.support.make.enterprises import credit_code
from tests.support.page import Page
from tests.support.shared import samples, shared_or_skip

pytestmark = pytest.mark.database
Open = Callable[..., Page]
FILES = samples("penalties")
CASE_OF_A_BULLETIN = "\n案例一"


@dataclass(frozen=True)
class Sample:
    """A real penalty, as far as the form of a decision has places for it."""

    title: str
    party: str
    facts: str
    ruling: str
    representative: str
    performance: str

    @property
    def items(self) -> list[tuple[str, str, str]]:
        """The numbered items: kind, words, amount."""
        parts = re.split(r"(?:^|[；;：:。])\s*\d+\s*[.、．]\s*", self.ruling)[1:] or [self.ruling]
        return [item_of(part) for part in parts]

    @property
    def laws(self) -> list[str]:
        """The provisions named, in order."""
        return re.findall(r"《[^》]+》第[^，。的]+?[条款项]", self.ruling)


def item_of(words: str) -> tuple[str, str, str]:
    plain = words.strip().rstrip("。；")
    plain = re.split(r"[。]", plain)[0]
    found = re.search(r"(\d+(?:\.\d+)?)\s*(万?)元", plain)
    amount = f"{float(found[1]) * (10_000 if found[2] else 1):.2f}" if found else ""
    if "罚款" in plain:
        return "fine", plain, amount
    if "没收" in plain:
        return ("confiscate_income", plain, amount) if amount else ("confiscate_goods", plain, "")
    return "order", plain, ""


def read(path: Path) -> Sample:
    """Read a sample: the fields of the Zhejiang interface, or the first case of a bulletin."""
    text = path.read_text("utf-8")
    if "行政处罚决定书文号" in text:
        told = dict(line.split("：", 1) for line in text.splitlines() if "：" in line)
        return Sample(
            title=told["案件名称"],
            party=told["被处罚人"],
            facts=told["主要违法事实"],
            ruling=told["行政处罚种类、依据、内容"],
            representative=told["法定代表人（负责人）"],
            performance=told["行政处罚履行方式和期限"],
        )
    body = text[text.index(CASE_OF_A_BULLETIN) + 1 :].split("\n案例", 1)[0]
    told = [line for line in body.splitlines() if line.strip()]
    story = "".join(line for line in told[1:] if not line.startswith(("（", "法律依据")))
    party = re.search(r"案情介绍：(.+?)系", body)
    ruling = next(line for line in told if line.startswith("法律依据及处罚"))
    assert party is not None
    return Sample(
        title=told[0].split("：", 1)[1],
        party=party[1],
        facts=story,
        ruling=ruling.split("：", 1)[1],
        representative="样例负责人",
        performance="",
    )


def typed(sample: Sample) -> dict[str, Any]:
    """What an officer types into the form of the decision."""
    laws = sample.laws
    rows: dict[str, Any] = {}
    for at, (kind, words, amount) in enumerate(sample.items, start=1):
        rows |= {f"kind_{at}": kind, f"text_{at}": words, f"amount_{at}": amount}
    return {
        "party_kind": "unit",
        "party_name": sample.party,
        "credit_code": credit_code(26),
        "legal_representative": sample.representative,
        "party_address": "青石县样例路 1 号",
        "violation_title": sample.title[-100:],
        "laws_broken": laws[0],
        "laws_applied": laws[-1],
        "facts": sample.facts,
        "evidence": "样例：现场笔录、询问笔录。",
        "statement": "当事人没有提出陈述申辩。",
        "reasons": sample.ruling,
        "performance": sample.performance,
        "remedies": "可以自收到本决定书之日起六十日内向青石县人民政府申请行政复议。",
        **rows,
    }


def test_the_samples_are_at_hand() -> None:
    shared_or_skip("samples/penalties")
    assert len(FILES) >= 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_penalty_becomes_public(app: Flask, open_page: Open, path: Path) -> None:
    sample = read(path)
    with app.app_context():
        case = make.reference(CaseState.INFORMED, title=sample.title[:100], party_name=sample.party)
    officer = open_page(f"/cases/{case}/decision", "qs.case_officer")
    entered = officer.submit("保存并生成正文", **typed(sample))
    assert entered.status == 200, entered.errors()
    waive(open_page, case)
    decided = open_page(f"/cases/{case}", "qs.unit_leader").submit("确认作出决定")
    assert decided.status == 200, decided.errors()
    number = re.search(r"澄青市监处罚〔2026〕\d+号", decided.text)
    assert number is not None

    reference = disclosed(open_page)
    page = open_page(f"/disclosures?q={sample.party[2:4]}")
    assert sample.party in page.links()
    shown = open_page(f"/disclosures/{reference}")
    assert number[0] in shown.text
    with shown.client.get(shown.links()["下载 PDF"]) as file:
        assert file.status_code == 200
        content = file.data
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    words = squeezed("".join(page.extract_text() for page in pages))
    assert squeezed(sample.party) in words
    assert squeezed(sample.items[0][1])[:12] in words
    verified = shown.client.post(
        "/verify", data={"file": (io.BytesIO(content), "样例.pdf")}, follow_redirects=True
    )
    assert "真实有效" in verified.get_data(as_text=True)


def waive(open_page: Open, case: str) -> None:
    page = open_page(f"/cases/{case}", "qs.case_officer")
    noted = page.submit("确认登记陈述申辩", kind="waived")
    assert noted.status == 200, noted.errors()


def disclosed(open_page: Open) -> str:
    """Carry the one undisclosed case through the pages of publisher and reviewer."""
    draft = open_page("/publicity/", "qs.publisher").submit("起草公示")
    assert draft.status == 200, draft.text
    draft = draft.submit("确定的全部隐去")
    kept = {
        name: "kept" if name.startswith("ruling") else "样例：经营场所依法公开"
        for name in open_questions(draft)
    }
    if kept:
        asked = {node.get("name") for node in draft.all("select")}
        grounds = {name.replace("ruling", "ground"): "unit_address" for name in kept}
        kept |= {name: ground for name, ground in grounds.items() if name in asked}
        draft = draft.submit("保存裁定", **kept)
    submitted = draft.submit("提交审核")
    assert "待审核" in submitted.text, submitted.errors()
    reference = submitted.url.rpartition("/")[2]
    released = open_page(f"/publicity/{reference}", "qs.reviewer").submit("批准公示")
    assert "已公示" in released.text, released.text
    return reference


def open_questions(page: Page) -> list[str]:
    """The fields of marks that wait for a ruling, each with its reason."""
    names = [
        node.get("name")
        for node in page.all("input", type="radio")
        if node.get("value") == "open" and node.get("checked") is not None
    ]
    return [*names, *(name.replace("ruling", "reason") for name in names)]


def squeezed(text: str) -> str:
    """Words as the file has them, line ends and hyphenation of lines aside."""
    return re.sub(r"[\s\u3000]+", "", text)
