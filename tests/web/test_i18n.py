"""Chinese from the source, English from the catalogues, per reader."""

from __future__ import annotations

import os

import pytest

from app.web import i18n
from tests.support.page import Page

pytestmark = pytest.mark.database


def _language(client, address="/sign-in"):
    return Page(client, client.get(address)).one("html").get("lang")


def test_a_visitor_reads_chinese_until_they_choose(visitor):
    assert _language(visitor) == "zh-CN"
    visitor.get("/language/en")
    assert _language(visitor) == "en"
    visitor.get("/language/zh")
    assert _language(visitor) == "zh-CN"


def test_the_browsers_own_wish_does_not_decide(visitor):
    page = Page(visitor, visitor.get("/sign-in", headers={"Accept-Language": "en"}))
    assert page.one("html").get("lang") == "zh-CN"


@pytest.mark.parametrize("code", ["xx", "EN", "..", "en%0d%0aSet-Cookie:a=b"])
def test_an_unknown_language_is_chinese(visitor, code):
    visitor.get("/language/en")
    visitor.get(f"/language/{code}")
    assert _language(visitor) == "zh-CN"


@pytest.mark.parametrize(
    ("target", "led"),
    [("/sign-in", "/sign-in"), ("https://example.org", "/"), ("//example.org", "/"), ("", "/")],
)
def test_choosing_a_language_leads_back_to_our_own_page(visitor, target, led):
    answer = visitor.get("/language/en", query_string={"next": target})
    assert (answer.status_code, answer.headers["Location"]) == (303, led)


def test_a_forged_cookie_is_chinese(visitor):
    visitor.set_cookie("language", "<script>")
    assert _language(visitor) == "zh-CN"


def test_dates_numbers_and_deadlines_follow_the_language(open_page, sign_in):
    client = sign_in("qs.inspector")
    assert "2020年1月1日" in Page(client, client.get("/account")).text
    client.get("/language/en")
    assert "1 January 2020" in Page(client, client.get("/account")).text


def test_a_catalogue_is_compiled_when_it_is_newer(tmp_path, monkeypatch):
    folder = tmp_path / "sample" / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po, mo = folder / "messages.po", folder / "messages.mo"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po.write_text(f'{head}msgid "电线"\nmsgstr "wire"\n', "utf-8")
    monkeypatch.setattr(i18n, "APP", tmp_path)
    i18n.compile_catalogues()
    first = mo.read_bytes()
    assert b"wire" in first
    po.write_text(f'{head}msgid "电线"\nmsgstr "cable"\n', "utf-8")
    os.utime(po, (mo.stat().st_mtime - 9, mo.stat().st_mtime - 9))
    i18n.compile_catalogues()
    assert mo.read_bytes() == first
    os.utime(po, (mo.stat().st_mtime + 9, mo.stat().st_mtime + 9))
    i18n.compile_catalogues()
    assert b"cable" in mo.read_bytes()
    assert list(folder.glob("*.new")) == []
