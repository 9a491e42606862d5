"""Do the page and the file of a notice say the same, heading for heading, cell for cell?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.kernel import publiclog, storage
from app.kernel.publiclog import Act, Kind
from app.notices import publications
from app.notices.rules import NoticeKind
from tests.support.make import notices as make
from tests.support.page import NS, Page, words
from tests.support.pdf import Pdf

pytestmark = pytest.mark.database
Open = Callable[..., Page]
BODY = """样例开头，含 <b>标记</b> 和 3.5 毫米。
一、抽查情况
（一）总体情况
共抽查样例电线 20 批次。
1.不合格项目
| 样例名称 | 批次 | 金额 |
| --- | --- | --- |
| 样例电线 | 20 | 1240.50 |
| 示范插座 | 7 | 376.00 |
二、下一步
（一）复查。样例文字接着写。
# 样例名单
一、甲类
样例电器厂"""
BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "th", "td")


def spoken(page: Page) -> list[str]:
    """The blocks of the document on the page, in order, without spaces."""
    (doc,) = page.all("div", class_="doc")
    tags = {NS + tag for tag in BLOCKS}
    return ["".join(words(node).split()) for node in doc.iter() if node.tag in tags]


@pytest.mark.parametrize("kind", NoticeKind)
def test_the_page_says_what_the_file_says(open_page: Open, app: Flask, kind: NoticeKind) -> None:
    with app.app_context():
        reference = make.notice(kind=kind, to=("qs",), body=BODY, copies_to="样例单位",
                                published=True)  # fmt: skip
        public = publications.by_reference(reference)
        assert public is not None
        with storage.shelf().open(public.pdf_sha256) as file:
            text = "".join(Pdf(file.read()).text().split())
        # Beside the document, on the page as in the file.
        text = text.replace("核验码：" + public.check_code, "")
    at = 0
    for block in spoken(open_page(f"/notices/{reference}")):
        found = text.find(block, at)
        assert found >= 0, f"not in the file, or not in this order: {block}"
        at = found + len(block)
    assert text[at:].strip("—0123456789") == ""


def test_what_is_public_stands_in_the_public_log(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.notice(published=True)
        entry = publiclog.latest(reference, Kind.NOTICE)
        assert entry is not None
        assert entry.act is Act.PUBLISH
    page = open_page(f"/notices-desk/{reference}", "cz.unit_leader")
    page.submit("确认撤下", **{"withdraw-reason": "样例理由"})
    with app.app_context():
        entry = publiclog.latest(reference, Kind.NOTICE)
        assert entry is not None
        assert entry.act is Act.WITHDRAW


ADMIN = "lj.system_administrator"
TEMPLATE: dict[str, Any] = {
    "name": "样例月报", "kind": "announcement", "title": "样例月报公告",
    "body": "【单位名称】【统计起日】至【统计止日】接收投诉举报【接收投诉举报件数】件，"
    "立案【立案件数】件，罚款【罚款金额】。",
}  # fmt: skip


def test_a_template_is_filled_with_the_unit_s_own_figures(open_page: Open) -> None:
    page = open_page("/notices-desk/templates/new", ADMIN)
    refused = page.submit("保存模板", **{**TEMPLATE, "body": "【没有的项】"})
    assert (refused.status, "没有“没有的项”这个数据项" in refused.text) == (422, True)
    page.submit("保存模板", **TEMPLATE)
    draft = open_page("/notices-desk/new", "cz.drafter").click("样例月报")
    assert "澄州市市场监督管理局2026年1月1日至2026年9月22日接收投诉举报0件" in draft.html
    assert "罚款0.00元" in draft.html
    kept = draft.submit("保存草稿")
    assert ["接收投诉举报件数", "0"] in [row[:2] for row in kept.rows()]
    backwards = draft.submit("按这段时间重新取数", since="2026-09-01", until="2026-08-01")
    assert "统计止日不能早于统计起日。" in backwards.text
    assert open_page("/notices-desk/templates/new", "cz.drafter").status == 403
