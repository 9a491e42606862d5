"""What is handed on, what never is, and what becomes of the answers?"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask

from app.disclosures.exports import actions, documents, queries, rules
from app.disclosures.exports.models import Export
from app.disclosures.exports.rules import Answer, Format, Target
from app.disclosures.rules import DisclosureState
from app.kernel.db import unit_of_work
from app.kernel.errors import Refused
from app.kernel.text import neutral
from app.people import queries as people
from tests.support.make import disclosures as make
from tests.support.make import requests
from tests.support.page import Page

Open = Callable[..., Page]


def of(reference: str) -> Export:
    return queries.by_reference(reference, people.today_identity("qs.publisher"))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", "'\t=1"),
     ("样例=1", "样例=1"), ("", "")],
)  # fmt: skip
def test_no_cell_is_taken_for_a_formula(cell: str, safe: str) -> None:
    assert neutral(cell) == safe


def test_a_workbook_holds_text_only() -> None:
    made = documents.WRITERS[Format.XLSX][0]((["甲"], [["=cmd|' /C calc'!A0"]]))
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "'=cmd" in words


@pytest.mark.parametrize(
    ("amount", "said"),
    [("0", "0"), ("50000", "5"), ("12345.60", "1.23456"), ("100000000", "10000")],
)
def test_sums_are_told_in_ten_thousands_exactly(amount: str, said: str) -> None:
    assert rules.in_ten_thousands(Decimal(amount)) == said


@pytest.mark.database
def test_only_published_values_leave(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            make.private_draft()
        shown = make.reference(DisclosureState.PUBLISHED, title="样例公示案")
        for target in Target:
            made = of(requests.export(target))
            for write, _kind in documents.WRITERS.values():
                content = write(queries.table(made))
                assert "样例法人甲".encode() not in content
                assert b"11010519491231002X" not in content
        heads, rows = queries.table(of(requests.export()))
        line = dict(zip(heads, rows[0], strict=True))
        assert len(rows) == 1
        assert line["公示编号"] == shown
        assert line["数据状态"] == "正常"
        assert line["行政处罚决定书文号"].startswith("澄青市监处罚")
        assert "罚款" in line["处罚类别"]
        assert Decimal(line["罚款金额(万元)"]) > 0


@pytest.mark.database
def test_what_was_withdrawn_since_leaves_no_more_also_with_an_old_export(app: Flask) -> None:
    with app.app_context():
        shown = make.reference(DisclosureState.PUBLISHED)
        made = requests.export()
        make.withdraw(shown)
        content = documents.WRITERS[Format.JSON][0](queries.table(of(made)))
        (row,) = json.loads(content)
        assert row["数据状态"] == "撤销"
        assert (row["行政相对人名称"], row["处罚内容"], row["违法事实"]) == ("", "", "")
        assert "测试线缆".encode() not in content


@pytest.mark.database
def test_the_next_export_holds_what_changed_since_and_what_was_refused(app: Flask) -> None:
    with app.app_context():
        publisher = people.today_identity("qs.publisher")
        first = make.reference(DisclosureState.PUBLISHED, title="样例一案")
        made = requests.export()
        with pytest.raises(Refused, match="export_nothing_new"), unit_of_work():
            actions.make(Target.NATIONAL, everything=False, by=publisher)
        second = make.reference(DisclosureState.PUBLISHED, title="样例二案")
        with unit_of_work():
            actions.answer(of(made), f"{first},退回,样例：代码有误", by=publisher)
        with unit_of_work():
            again = actions.make(Target.NATIONAL, everything=False, by=publisher)
            assert {row.publication.reference for row in again.rows} == {first, second}
        make.withdraw(second)
        with unit_of_work():
            third = actions.make(Target.NATIONAL, everything=False, by=publisher)
            assert [row.publication.reference for row in third.rows] == [second]


@pytest.mark.parametrize(
    ("lines", "code"),
    [("", "receipts_none"), ("G2026-0001", "receipt_line"), ("G2026-0001,退回", "receipt_line"),
     ("G2026-0001,也许", "receipt_line")],
)  # fmt: skip
def test_receipts_are_read_strictly(lines: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rules.receipts_of(lines)


def test_receipts_come_by_comma_or_tab_in_either_language() -> None:
    text = "公示编号,回执\nG2026-0001,成功\nG2026-0002\trefused\t样例：重复\n\n"
    assert [(r.answer, r.message) for r in rules.receipts_of(text)] == [
        (Answer.ACCEPTED, ""), (Answer.REFUSED, "样例：重复"),
    ]  # fmt: skip


@pytest.mark.database
def test_an_export_by_the_page_its_file_and_its_receipts(app: Flask, open_page: Open) -> None:
    with app.app_context():
        shown = make.reference(DisclosureState.PUBLISHED)
    page = open_page("/publicity/exports/", "qs.publisher")
    made = page.submit("制作报送文件", target="province", scope="new")
    assert "等待回执" in made.text
    answer = made.client.get(made.links()["CSV"])
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["文号", "案件名称"]
    assert rows[1][-1] == shown
    assert answer.headers["Content-Disposition"].startswith("attachment")
    unknown = made.submit("登记回执", lines="G1999-0001,成功")
    assert any("没有 G1999-0001" in sentence for sentence in unknown.errors())
    done = unknown.submit("登记回执", lines=f"{shown},退回,样例：代码有误")
    assert "样例：代码有误" in done.text
    assert "被退回 1" in open_page("/publicity/exports/", "cz.supervisor").text
    assert open_page(made.url, "bs.publisher").status == 404
