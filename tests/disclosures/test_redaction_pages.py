"""Does the redaction page take a file in, rule a person at once, and say what disagrees?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.disclosures import drafting, queries, texts
from app.disclosures.rules import Ruling
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from tests.conftest import NOW
from tests.support.docx import docx, paragraph, part, run
from tests.support.make import disclosures as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SECRET, AUTHOR = "王样例", "赵测试"


@pytest.fixture
def draft(app: Flask) -> str:
    with app.app_context():
        with unit_of_work():
            kept = make.private_draft().reference
        db.session.remove()
        return kept


def page_of(open_page: Open, reference: str) -> Page:
    return open_page(f"/publicity/{reference}", "qs.publisher")


def original(app: Flask, reference: str) -> str:
    with app.app_context():
        return queries.any_by_reference(reference).original


def hiding(text: str) -> bytes:
    lines = "".join(paragraph(line) for line in text.split("\n"))
    comment = f"<w:comment>{paragraph(f'举报人{SECRET}')}</w:comment>"
    return docx(
        lines + paragraph(run("本案由抽样人员钱示范经手", "<w:vanish/>")),
        word__comments_xml=part("comments", comment),
        docProps__core_xml=f"<coreProperties><creator>{AUTHOR}</creator></coreProperties>",
    )  # fmt: skip


def test_a_document_becomes_the_text_and_what_it_hides_is_listed(
    app: Flask, open_page: Open, draft: str
) -> None:
    text = original(app, draft).replace("卖给客户", f"卖给客户{SECRET}")
    sent = page_of(open_page, draft).submit("取正文", file=upload(hiding(text), "决定书.docx"))
    assert sent.status == 200
    assert all(place in sent.text for place in ("批注", "隐藏文字", "作者"))
    kept = original(app, draft)
    assert f"卖给客户{SECRET}" in kept
    assert "钱示范" not in kept
    with app.app_context():
        names = {row["name"] for row in queries.any_by_reference(draft).people}
        assert {SECRET, AUTHOR, "钱示范"} <= names
        marked = {mark.text for mark in queries.any_by_reference(draft).marks}
        assert SECRET in marked


def test_a_name_that_only_the_file_hides_may_not_appear_in_the_summary(
    app: Flask, draft: str
) -> None:
    with app.app_context(), unit_of_work():
        made, who = queries.any_by_reference(draft), people.today_identity("qs.publisher")
        texts.take_text(made, hiding(made.original), "决定书.docx", by=who)
        removed = drafting.Redaction.of(made).removed()
        assert {SECRET, AUTHOR, "钱示范"} <= set(removed)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_is_taken_in_either_encoding(
    app: Flask, open_page: Open, draft: str, encoding: str
) -> None:
    before = original(app, draft)
    text = before.replace("二十卷", "三十卷")
    page_of(open_page, draft).submit("取正文", file=upload(text.encode(encoding), "决定书.txt"))
    assert original(app, draft) == "\n".join(line for line in text.split("\n") if line.strip())


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"PK\x03\x04", "a.docx", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "旧格式"),
        (b"\xff\x00\x01", "a.txt", "读不出来"),
        (b" \n ", "a.txt", "是空的"),
        (b"MZ", "a.exe", "只收 .docx 和 .txt"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(
    app: Flask, open_page: Open, draft: str, content: bytes, name: str, sentence: str
) -> None:
    before = original(app, draft)
    refused = page_of(open_page, draft).submit("取正文", file=upload(content, name))
    assert refused.status == 422
    assert any(sentence in error for error in refused.errors())
    assert original(app, draft) == before


def test_all_marks_of_a_person_are_ruled_by_one_press(
    app: Flask, open_page: Open, draft: str
) -> None:
    page = page_of(open_page, draft)
    with app.app_context():
        marks = queries.any_by_reference(draft).marks
        first = next(mark for mark in marks if mark.text == "样例法人甲")
        same = [mark.id for mark in marks if mark.replacement == first.replacement]
        assert len(same) > 1
        others = {mark.id: mark.ruling for mark in marks if mark.id not in same}
    button = f"此人全部照此（{len(same)} 处）"
    ruled = page.submit(button, **{f"ruling_{first.id}": "hidden"})
    assert ruled.status == 200
    with app.app_context():
        now = {mark.id: mark.ruling for mark in queries.any_by_reference(draft).marks}
        assert {now[one] for one in same} == {Ruling.HIDDEN}
        assert {one: now[one] for one in others} == others
    again = ruled.submit(button, **{f"ruling_{first.id}": "open"})
    assert again.status == 200
    with app.app_context():
        now = {mark.id: mark.ruling for mark in queries.any_by_reference(draft).marks}
        assert {now[one] for one in same} == {Ruling.OPEN}


def test_a_text_that_disagrees_is_shown_and_not_handed_on(
    app: Flask, open_page: Open, draft: str
) -> None:
    text = original(app, draft)
    with app.app_context():
        number = queries.decision_of(queries.any_by_reference(draft)).number
    wrong = text.replace(number, number.replace("号", "9号"))
    assert wrong != text
    page = page_of(open_page, draft).submit("取正文", file=upload(wrong.encode(), "a.txt"))
    assert f"决定书文号是 {number}" in page.text
    with app.app_context(), unit_of_work():
        made = queries.any_by_reference(draft)
        make.settle(made, by=people.today_identity("qs.publisher"))
    refused = page_of(open_page, draft).submit("提交审核")
    assert refused.status == 422
    assert any("前后不一致" in error for error in refused.errors())


def test_rulings_that_came_too_late_are_told_in_words(
    app: Flask, open_page: Open, draft: str
) -> None:
    mine = page_of(open_page, draft)
    with app.app_context():
        first = queries.any_by_reference(draft).marks[0].id
    with clock.frozen(NOW + timedelta(minutes=1)):
        page_of(open_page, draft).submit("保存裁定", **{f"ruling_{first}": "hidden"})
    late = mine.submit("保存裁定")
    assert late.status == 409
    typed = ["".join(p.itertext()) for p in late.all("p", class_="typed")]
    assert typed
    assert all(told.endswith(("：隐去", "：保留", "：待定")) for told in typed)
