"""What does the world see, and what does it never see?"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask

from app.disclosures.rules import DisclosureState
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.supervision import actions as listings
from tests.support.apps import another
from tests.support.make import cases, supervision
from tests.support.make import disclosures as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState
READERS = (
    "/", "/disclosures", "/disclosures?q=线缆", "/disclosures?q=没有", "/disclosures?q=！",
    "/verify", "/verify?code=AAAA", "/notices", "/track", "/about", "/accessibility", "/privacy",
    "/robots.txt", "/disclosures.atom", "/report",
)  # fmt: skip


# Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", READERS)
def test_readers_get_no_cookie(app: Flask, published: Any, address: str) -> None:
    with app.test_client().get(address) as answer:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_published_pages_get_no_cookie_either(app: Flask, published: Any) -> None:
    base = f"/disclosures/{published.reference}"
    for address in (base, f"{base}/file.pdf", f"{base}/qr.svg"):
        with app.test_client().get(address) as answer:
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "public, no-cache"
            assert answer.headers["ETag"]


def test_no_page_needs_a_script(open_page: Open, published: Any) -> None:
    for address in (*READERS[:8], f"/disclosures/{published.reference}"):
        assert list(open_page(address).all("script")) == []


def test_the_front_page_shows_what_is_new(open_page: Open, published: Any) -> None:
    page = open_page("/")
    assert page.heading == "查企业的产品质量处罚"
    assert page.links()[cases.PARTY] == f"/disclosures/{published.reference}"
    assert "全部 1 件" in page.links()
    assert {"投诉举报", "查进度", "核验文书"} <= set(page.links())


def test_an_empty_site_says_so(open_page: Open) -> None:
    assert "现在没有公示中的处罚" in open_page("/").text
    assert "现在没有公示中的处罚" in open_page("/disclosures").text


def test_two_characters_find_a_party_from_the_front_page(open_page: Open, published: Any) -> None:
    found = open_page("/").submit("查询", q="线缆")
    assert "查到 1 件" in found.text
    shown = found.click(cases.PARTY)
    assert shown.heading == "测试线缆有限公司销售不合格电线案"


def test_a_search_keeps_its_words_and_helps_when_nothing_is_found(
    open_page: Open, published: Any
) -> None:
    page = open_page("/disclosures?q=" + "没有这家厂" * 30)
    assert "查询最多 100 个字" in page.text
    assert "可以只输入名称中连续的两个字" in page.text
    assert page.one("input", name="q").get("value").startswith("没有这家厂")
    assert "请输入汉字、字母或者数字" in open_page("/disclosures?q=%22%28").text


@pytest.mark.parametrize(
    "typed",
    [
        '" OR 1=1 --',
        "NEAR(",
        "线缆*",
        "<script>alert(1)</script>",
        "\x00",
        "%F0%9F%98%80",
        "a" * 10_000,
    ],
)
def test_hostile_searches_are_answered_quietly(open_page: Open, published: Any, typed: str) -> None:
    page = open_page("/disclosures", query_string={"q": typed})
    assert page.status == 200
    assert "<script" not in page.html


@pytest.mark.parametrize("number", ["1000000000", "-1", "x", "0", "²"])
def test_impossible_pages_are_answered_quietly(
    open_page: Open, published: Any, number: str
) -> None:
    assert open_page("/disclosures", query_string={"page": number}).status == 200


def test_a_disclosure_has_summary_text_file_and_code(open_page: Open, published: Any) -> None:
    page = open_page(f"/disclosures/{published.reference}")
    rows = {row[-2]: row[-1] for row in page.rows()}
    assert rows["行政处罚决定书文号"] == published.number
    assert rows["名称"] == cases.PARTY
    assert rows["法定代表人（负责人）姓名"] == "样某某"
    assert rows["作出行政处罚决定日期"] == "2026年9月22日"
    assert "公示至 2027年9月22日" in page.text
    assert "2026年12月22日后可申请提前停止" in page.text
    assert re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", page.text)
    assert "样例法人甲" not in page.html


def test_the_file_has_a_good_name_and_never_runs(app: Flask, published: Any) -> None:
    with app.test_client().get(f"/disclosures/{published.reference}/file.pdf") as answer:
        assert answer.data.startswith(b"%PDF-")
        name = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
        assert name == "澄青市监处罚〔2026〕1号 测试线缆有限公司.pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_unchanged_pages_are_not_sent_again(app: Flask, published: Any) -> None:
    client, address = app.test_client(), f"/disclosures/{published.reference}"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    client.set_cookie("language", "en")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    with app.app_context():
        make.withdraw(published.reference)
    client.delete_cookie("language")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_unknown_addresses_are_not_found(open_page: Open) -> None:
    for address in ("/disclosures/G2026-9999", "/notices/T2026-9999", "/disclosures/x/file.pdf"):
        assert open_page(address).status == 404


def test_the_site_speaks_english_too(app: Flask, published: Any) -> None:
    client = app.test_client()
    client.set_cookie("language", "en")
    page = Page(client, client.get("/"))
    assert page.heading == "Look up a company's product penalties"
    shown = Page(client, client.get(f"/disclosures/{published.reference}"))
    assert "Shown until 22 September 2027" in shown.text
    assert "行政处罚决定书" in shown.text


def test_the_feed_names_each_publication(app: Flask, published: Any) -> None:
    answer = app.test_client().get("/disclosures.atom")
    assert answer.mimetype == "application/atom+xml"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(answer.data)  # noqa: S314 - our own feed
    entry = feed.find(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == "测试线缆有限公司销售不合格电线案"
    assert entry.findtext(f"{atom}id").endswith(f"/disclosures/{published.reference}")


def test_nobody_reads_what_was_not_released(app: Flask, open_page: Open) -> None:
    with app.app_context():
        kept = [
            make.reference(s, title=f"样例{s}案") for s in (S.DRAFTING, S.SUBMITTED, S.APPROVED)
        ]
    for reference in kept:
        assert open_page(f"/disclosures/{reference}").status == 404
        assert open_page(f"/disclosures/{reference}/file.pdf").status == 404
    assert "样例" not in open_page("/disclosures").text


# Withdrawn ----------------------------------------------------------------------------------------


def test_a_withdrawal_leaves_nothing_but_its_mark(
    app: Flask, open_page: Open, withdrawn: tuple[str, bytes]
) -> None:
    reference, _content = withdrawn
    page = open_page(f"/disclosures/{reference}")
    assert page.status == 200
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert "2026年9月22日撤下" in page.text
    assert "处罚决定被撤销" in page.text
    lists = ("/", "/disclosures", "/disclosures?q=线缆", "/disclosures.atom")
    for address in (f"/disclosures/{reference}", *lists):
        with app.test_client().get(address) as answer:
            body = answer.get_data(as_text=True)
            assert "测试线缆" not in body, address
            assert "6903.70" not in body, address
    with app.test_client().get(f"/disclosures/{reference}/file.pdf") as answer:
        assert answer.status_code == 303
        assert b"%PDF" not in answer.data


# Verify -------------------------------------------------------------------------------------------


def test_a_check_code_is_answered_however_it_is_typed(open_page: Open, published: Any) -> None:
    code = published.check_code
    wide = "".join(chr(ord(ch) + 0xFEE0) for ch in code)
    for typed in (
        code,
        code.lower(),
        f"{code[:4]} {code[4:8]} {code[8:]}",
        f" {code[:6]}-{code[6:]} ",
        wide,
    ):
        assert "真实有效" in open_page("/verify", query_string={"code": typed}).text, typed


def test_unknown_and_mistyped_codes_look_alike(open_page: Open, published: Any) -> None:
    code = published.check_code
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    answers = {
        open_page("/verify", query_string={"code": typed}).text.replace(typed, "")
        for typed in (wrong, "AAAAAAAAAAAA", "短")
    }
    assert len(answers) == 1
    assert "没有查到" in answers.pop()


def test_a_file_is_compared_byte_by_byte(app: Flask, published: Any) -> None:
    client = app.test_client()
    with client.get(f"/disclosures/{published.reference}/file.pdf") as answer:
        content = answer.data
    page = Page(client, client.get("/verify"))
    assert "真实有效" in page.submit("比对文件", file=upload(content, "a.pdf")).text
    changed = content[:-2] + b"\n\n"
    assert "没有查到" in page.submit("比对文件", file=upload(changed, "a.pdf")).text
    missing = page.submit("比对文件")
    assert missing.status == 422
    assert any("请选择要核验的文件" in sentence for sentence in missing.errors())


def test_a_withdrawn_file_is_known_as_such(open_page: Open, withdrawn: tuple[str, bytes]) -> None:
    page = open_page("/verify").submit("比对文件", file=upload(withdrawn[1], "a.pdf"))
    assert "曾经公示，已经撤下" in page.text


def test_the_codes_picture_leads_to_its_verification(app: Flask, published: Any) -> None:
    answer = app.test_client().get(f"/disclosures/{published.reference}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert b"<script" not in answer.data


# The face -----------------------------------------------------------------------------------------


def test_the_public_face_shows_no_staff_page(app: Flask) -> None:
    with another(app, face="public") as face:
        rules = {rule.rule for rule in face.url_map.iter_rules()}
        assert "/disclosures" in rules
        staff = ("/publicity", "/cases", "/tips", "/sign-in", "/notices-desk")
        assert not any(rule.startswith(staff) for rule in rules)
        assert face.test_client().get("/").status_code == 200
        page = Page(face.test_client(), face.test_client().get("/report"))
        assert page.submit("提交", facts="样例").status == 422


def test_the_front_page_names_what_is_publicly_supervised(app: Flask, open_page: Open) -> None:
    with app.app_context():
        with unit_of_work():
            shown, _hidden = supervision.listing(), supervision.listing()
            leader = people.today_identity("cz.unit_leader")
            listings.announce(shown, public_title="样例公开督办事项", by=leader)
        db.session.remove()
    page = open_page("/")
    assert "样例公开督办事项" in page.text
    assert "督办中" in page.text
    assert page.text.count("承办，限") == 1
