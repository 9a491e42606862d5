"""Any text through its page: recognised, corrected, typeset, seen by its owner alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import encode_multipart

from app.kernel import clock, jobs, plain
from app.kernel.db import db
from app.manuscripts import jobs as work
from app.manuscripts.models import Manuscript, ManuscriptFile
from tests.support import docx as word
from tests.support.make.manuscripts import TEXT, manuscript
from tests.support.page import Page, dict_of, upload, words
from tests.support.pdf import Pdf

pytestmark = pytest.mark.database
Open = Callable[..., Page]
START = "/manuscripts/"
NESTED = """样例局文件

样〔2026〕4号

关于转发示范通知的通知

各样例所：

现转发给你们，请照此办理。

样例局

2026年9月10日

特急

示范局文件

示〔2026〕8号

关于开展示范抽查的通知

各示范所：

一、抽查范围

请看下表。

|品种|批次|
|---|---|
|电线|20|

示范局

2026年9月1日

抄送：示范办公室。

示范局办公室　　　　2026年9月2日印发
"""


TABLE = "请看下表。\n\n|品种|批次|\n|---|---|\n|电线|21|\n|插座|7|"


@pytest.fixture
def brought(app: Flask) -> Callable[..., str]:
    def bring(**facts: Any) -> str:
        with app.app_context():
            return f"/manuscripts/{manuscript(**facts)}"

    return bring


def field(page: Page, name: str) -> str:
    values = dict_of(page.form("排版"))
    return str(values[name])


def hint(page: Page, name: str) -> str:
    return words(page.by_id(f"{name}-hint"))


def error(page: Page, name: str) -> str:
    return words(page.by_id(f"{name}-error"))


def pdf_of(page: Page, link: str = "下载 PDF") -> Pdf:
    answer = page.client.get(page.links()[link])
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    return Pdf(answer.data)


def test_a_pasted_text_is_recognised_corrected_and_typeset(open_page: Open) -> None:
    start = open_page("/manuscripts/", "qs.inspector")
    rail = {words(node): node.get("href") for node in start.all("a", href=START)}
    assert any(said.startswith("文稿排版") for said in rail)
    page = start.submit("识别", text=TEXT)
    assert page.heading == "关于开展样例检查的通知"
    for name, said in {
        "head": "样例局文件", "number": "样〔2026〕3号", "addressees": "各样例所",
        "attachments": "样例清单", "signed_by": "样例局", "signed_on": "2026年9月9日",
        "letter": "notice", "body": "一、示范目标\n请于9月底前完成样例检查。",
    }.items():  # fmt: skip
        assert field(page, name) == said
    assert "原文第 3 行" in hint(page, "number")
    assert "一级标题 一、示范目标" in page.text
    assert "还没有排版" in page.text
    page = page.submit("排版", number="样〔2026〕33号", signed_on="二〇二六年九月八日")
    assert "已排版 1 页" in page.text
    pdf = pdf_of(page)
    assert "样〔2026〕33号" in pdf.text()
    assert "二〇二六年九月八日" in pdf.text()
    assert pdf.faults() == []


def test_the_same_in_english(open_page: Open) -> None:
    client = open_page(START, "cz.unit_leader").client
    client.get("/language/en")
    page = Page(client, client.get(START)).submit("Recognise", text=TEXT)
    assert "Not typeset yet" in page.text
    assert "line 3 of the original" in hint(page, "number")
    page = page.submit("Typeset", number="")
    assert "1 pages" in page.text
    assert "关于开展样例检查的通知" in pdf_of(page, "Download PDF").text()


def test_guesses_are_marked_in_words_until_a_person_has_looked(open_page: Open) -> None:
    page = open_page(START, "qs.inspector").submit(
        "识别", text="样例工作杂谈\n\n一、示范\n\n样例内容。"
    )
    assert "推测，请核对" in hint(page, "title")
    page = page.submit("只保存更正")
    assert "推测" not in page.text
    assert page.heading == "样例工作杂谈"


def test_a_document_within_the_document_keeps_its_parts_and_its_table(open_page: Open) -> None:
    page = open_page(START, "qs.inspector").submit("识别", text=NESTED)
    assert "另附的公文 1" in page.text
    assert "特急" in [words(item) for item in page.all("li")]
    assert field(page, "annex1_number") == "示〔2026〕8号"
    assert field(page, "annex1_issued_by") == "示范局办公室"
    assert "|电线|20|" in field(page, "annex1_body")
    assert ["电线", "20"] in page.rows()
    page = page.submit(
        "排版", annex1_number="示〔2026〕88号", annex1_body=TABLE,
        new_title="样例增补", new_body="增补的内容。",
    )  # fmt: skip
    assert ["插座", "7"] in page.rows()
    text = pdf_of(page).text()
    for said in ("示〔2026〕88号", "插座", "样例增补", "示范办公室"):
        assert said in text
    page = page.submit("排版", annex2_title="", annex2_body="")
    assert "样例增补" not in pdf_of(page).text()


def test_the_letter_form_can_be_chosen(open_page: Open, brought: Any) -> None:
    page = open_page(brought(), "qs.drafter").submit("排版", letter="letter", head="样例局")
    assert field(page, "letter") == "letter"
    assert "样例局" in pdf_of(page).text()


def test_a_word_file_is_read_and_what_hides_in_it_is_listed(open_page: Open) -> None:
    body = word.paragraph(word.run("关于样例的通知")) + word.paragraph(
        word.run("请照办。"), word.run("藏起来的字", "<w:vanish/>")
    )
    page = open_page(START, "qs.inspector").submit(
        "识别", file=upload(word.docx(body), "样例.docx")
    )
    assert page.heading == "关于样例的通知"
    assert "没有放进公文的文字" in page.text
    assert "藏起来的字" in page.text
    assert "藏起来的字" not in field(page, "body")
    assert "藏起来的字" not in pdf_of(page.submit("排版")).text()


@pytest.mark.parametrize("name", ["样例.txt", "样例.md"])
def test_a_text_file_is_read(open_page: Open, name: str) -> None:
    content = TEXT.encode("gb18030" if name.endswith("txt") else "utf-8")
    page = open_page(START, "qs.inspector").submit("识别", file=upload(content, name))
    assert page.heading == "关于开展样例检查的通知"


# The wrong person ------------------------------------------------------------------------------


def test_nobody_else_sees_it_or_its_file(open_page: Open, brought: Any) -> None:
    address = brought()
    page = open_page(address, "qs.drafter").submit("排版")
    assert page.client.get(f"{address}/file.pdf").status_code == 200
    for other in ("qs.unit_leader", "qs.auditor", "cz.drafter"):
        assert open_page(address, other).status == 404
        client = open_page(START, other).client
        assert "关于开展样例检查的通知" not in client.get(START).get_data(as_text=True)
        assert client.get(f"{address}/file.pdf").status_code == 404
        assert client.post(address, data={}).status_code == 404
        assert client.post(f"{address}/drop", data={}).status_code == 404
    assert open_page(address, "lj.system_administrator").status == 403
    assert open_page(address).heading != "关于开展样例检查的通知"


def test_what_is_kept_is_sealed_and_no_file_lies_on_the_shelf(
    open_page: Open, brought: Any, app: Flask
) -> None:
    open_page(brought(), "qs.drafter").submit("排版")
    with app.app_context():
        row, file = db.session.query(Manuscript).one(), db.session.query(ManuscriptFile).one()
        assert "样例" not in row.title_sealed + row.content_sealed + str(file.content_sealed)
        assert file.content_sealed.startswith("v1.")
        assert "样例" not in str(db.session.query(jobs.Job.arguments).all())


def test_after_thirty_days_nothing_is_left(open_page: Open, brought: Any, app: Flask) -> None:
    address = brought()
    open_page(address, "qs.drafter").submit("排版")
    with app.app_context():
        work.forget()
        assert db.session.query(ManuscriptFile).count() == 1
        with clock.frozen(clock.now() + timedelta(days=30, minutes=1)):
            work.forget()
        assert db.session.query(Manuscript).count() == 0
        assert db.session.query(ManuscriptFile).count() == 0
    assert open_page(address, "qs.drafter").status == 404


def test_its_owner_may_throw_it_away(open_page: Open, brought: Any) -> None:
    address = brought()
    page = open_page(address, "qs.drafter").submit("排版").submit("确认删除")
    assert page.url == START
    assert open_page(address, "qs.drafter").status == 404


def test_a_correction_takes_the_old_file_away(open_page: Open, brought: Any) -> None:
    page = open_page(brought(), "qs.drafter").submit("排版")
    page = page.submit("只保存更正", title="关于改过的样例的通知")
    assert "下载 PDF" not in page.links()
    assert page.client.get(f"{page.url}/file.pdf").status_code == 404


def test_two_windows_do_not_overwrite_each_other(open_page: Open, brought: Any) -> None:
    first = open_page(brought(), "qs.drafter")
    first.submit("只保存更正", title="关于第一扇窗的通知")
    assert first.submit("只保存更正", title="关于第二扇窗的通知").status == 409


# Bad input -------------------------------------------------------------------------------------


def test_empty_text_and_both_at_once_are_said_at_the_field(open_page: Open) -> None:
    start = open_page(START, "qs.inspector")
    page = start.submit("识别", text=" \n ")
    assert (page.status, error(page, "text")) == (422, "请粘贴文稿，或者选择一个文件。")
    page = start.submit("识别", text=TEXT, file=upload(b"x", "a.txt"))
    assert error(page, "file").startswith("文字和文件只能选一样")
    assert "关于开展样例检查的通知" in page.html


def test_a_text_that_says_nothing_is_refused(open_page: Open) -> None:
    page = open_page(START, "qs.inspector").submit("识别", file=upload(b"\n\n", "a.txt"))
    assert error(page, "file") == "文稿里没有可以排版的文字。"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"PK\x03\x04 broken", "Word 文件已损坏，无法读取。"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧格式（.doc）"),
        ("a.pdf", b"%PDF-1.7", "只收 .txt、.md 和 .docx 文件，不收 .pdf。"),
        ("a.txt", b"\x00\x01\x02", "文本读不出来"),
        ("a.txt", "样".encode() * (plain.LONGEST + 1), "文本超过 100000 字"),
    ],
)
def test_a_bad_file_is_named_at_its_field(
    open_page: Open, name: str, content: bytes, said: str
) -> None:
    page = open_page(START, "qs.inspector").submit("识别", file=upload(content, name))
    assert page.status == 422
    assert error(page, "file").startswith(said)


def test_two_megabytes_are_refused_at_the_field_and_kept(open_page: Open) -> None:
    text = "样例文字" * 180_000  # 2.06 MiB in UTF-8
    client = open_page(START, "qs.inspector").client
    boundary, body = encode_multipart({"text": text})
    sent = client.post(START, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    page = Page(client, sent)
    assert page.status == 422
    assert "最多 100000 个字" in error(page, "text")
    assert text in page.html


def test_a_title_of_120_characters_is_set_whole(open_page: Open, brought: Any) -> None:
    title = "关于" + "样例" * 58 + "通知"
    assert len(title) == 120
    page = open_page(brought(), "qs.drafter").submit("排版", title=title)
    assert title in "".join(pdf_of(page).text().split())


def test_sixty_pages_are_set_and_far_too_many_are_refused_at_the_text(
    open_page: Open, brought: Any
) -> None:
    page = open_page(brought(), "qs.drafter").submit("排版", body="样例段落。\n" * 22 * 60)
    assert "已排版 6" in page.text
    page = page.submit("排版", body="样例。\n" * 22 * 104)
    assert error(page, "body") == "排出来超过 100 页，请拆成几份。"
    assert field(page, "body").count("样例。") == 22 * 104


def test_a_table_wider_than_the_page_is_said_at_the_text(open_page: Open, brought: Any) -> None:
    row = "|" + "|".join(["样例样例"] * 90) + "|"
    page = open_page(brought(), "qs.drafter").submit("排版", body=f"如下。\n{row}\n{row}")
    assert error(page, "body") == "有 90 列的表格横排也放不下，请拆成几个表格。"
    assert "没有排成" in page.text
    assert row in field(page, "body")


def test_missing_characters_are_named_with_their_code_points_where_they_are(
    open_page: Open, brought: Any
) -> None:
    page = open_page(brought(), "qs.drafter").submit("排版", number="样〔2026〕\U0001f600号")
    assert "\U0001f600（U+1F600）" in error(page, "number")
    assert field(page, "number") == "样〔2026〕\U0001f600号"
    assert not any(words(n) for n in page.all("p", class_="field-error", id="title-error"))


def test_markup_in_every_field_is_set_as_typed(open_page: Open, brought: Any) -> None:
    page = open_page(brought(text=NESTED), "qs.drafter")
    values = dict_of(page.form("排版"))
    kept = {"letter", "version", "form_key", "csrf_token", "then"}
    days = {name for name in values if name.endswith(("signed_on", "issued_on"))}
    said = {name: f"<b>{n}</b>" for n, name in enumerate(sorted(set(values) - kept - days))}
    page = page.submit("排版", **said)
    for name, text in said.items():
        assert field(page, name.replace("new_", "annex2_")) == text
    shown = "".join(pdf_of(page).text().split())
    assert [name for name, text in said.items() if text not in shown] == []
    page = page.submit("排版", body="样例</p><style>*{display:none}</style>{{ 7*7 }}")
    assert "</p><style>*{display:none}</style>{{7*7}}" in "".join(pdf_of(page).text().split())


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "", "请填写标题。"),
        ("body", "", "请填写正文。"),
        ("signed_on", "2026年2月30日", "这不是日期"),
        ("issued_on", "昨天", "这不是日期"),
        ("title", "样" * 301, "最多 300 个字"),
    ],
)
def test_a_correction_that_cannot_be_is_said_at_its_field_and_kept(
    open_page: Open, brought: Any, name: str, typed: str, said: str
) -> None:
    page = open_page(brought(), "qs.drafter").submit("排版", note="留下的附注", **{name: typed})
    assert page.status == 422
    assert error(page, name).startswith(said)
    assert field(page, name) == typed
    assert field(page, "note") == "留下的附注"
