"""Does the editor show the real pages of what is typed, and keep nothing of it?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import storage
from app.kernel.db import db
from app.notices import documents, publications, queries
from app.notices.models import Notice
from app.people import queries as people
from app.typesetting.drawn import drawings
from tests.support.make import notices as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
DESK = "/notices-desk"
TYPED = {
    "kind": "announcement",
    "title": "样例公告",
    "body": "一、样例\n样例正文。",
    "openness": "open",
}
HTMX = {"HX-Request": "true"}


def pages(html: str) -> list[str]:
    return re.findall(r"<svg viewBox.*?</svg>", html, re.DOTALL)


def glyphs(drawing: str) -> int:
    return drawing.count("<use ")


def test_the_button_shows_the_pages_below_the_form(open_page: Open, app: Flask) -> None:
    page = open_page(f"{DESK}/new", "cz.drafter")
    assert not pages(page.html)
    looked = page.submit("预览版面", **TYPED)
    assert looked.status == 200
    assert len(pages(looked.html)) == 2
    assert "共 2 页" in looked.text
    # 澄州市市场监督管理局公告, 样例公告, 一、样例, 样例正文。, organ, day, note and page number
    assert glyphs(pages(looked.html)[0]) > 40
    assert "样例公告" in looked.html
    with app.app_context():
        assert db.session.query(Notice).count() == 0
    longer = looked.submit("预览版面", **{**TYPED, "body": "样例正文。\n" * 200})
    assert len(pages(longer.html)) == documents.MOST_DRAWN
    assert f"这里只画前 {documents.MOST_DRAWN} 页" in longer.text


def test_the_panel_follows_the_typing(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("cz.drafter")
    with app.app_context():
        reference = make.notice()
    for address in (f"{DESK}/new", f"{DESK}/{reference}/edit"):
        answer = client.post(address, data={**TYPED, "act": "preview"}, headers=HTMX)
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith('<section class="section" id="preview">')
        assert len(pages(answer.text)) == 2
    with app.app_context():
        kept = queries.by_reference(reference, people.today_identity("cz.drafter"))
        assert kept.title != TYPED["title"]
        assert kept.version == 1


def test_what_is_half_typed_or_cannot_be_set_is_no_fault(
    sign_in: Callable[[str], FlaskClient],
) -> None:
    client = sign_in("cz.drafter")
    for typed, said in (
        ({}, "先选文种和公开属性"),
        ({"kind": "notice", "openness": "open"}, ""),
        ({**TYPED, "body": "\u2fff样例"}, "现在排不出版面：U+2FFF"),
        ({**TYPED, "title": "<script>样例</script>"}, ""),
    ):
        answer = client.post(f"{DESK}/new", data={**typed, "act": "preview"}, headers=HTMX)
        assert answer.status_code == 200
        assert said in answer.text
        assert "<script>样例" not in answer.text


@pytest.mark.parametrize(("account", "status"), [("qs.drafter", 404), ("cz.unit_leader", 403)])
def test_others_see_no_preview(
    app: Flask, sign_in: Callable[[str], FlaskClient], account: str, status: int
) -> None:
    with app.app_context():
        reference = make.notice()
    data = {**TYPED, "act": "preview"}
    answer = sign_in(account).post(f"{DESK}/{reference}/edit", data=data, headers=HTMX)
    assert answer.status_code == status


def test_a_drawing_has_every_glyph_and_nothing_that_runs(app: Flask) -> None:
    with app.app_context():
        reference = make.notice(published=True)
        public = publications.by_reference(reference)
        assert public is not None
        with storage.shelf().open(public.pdf_sha256) as file:
            first, second = drawings(file.read(), 9)
    assert (round(first.width), round(first.height)) == (595, 842)
    for drawing in (first, second):
        assert not re.search(
            r"<(?!/?(defs|path|use|rect|g)\b)|style|on\w+=|url\(|http", drawing.inside
        )
    used = set(re.findall(r'href="#([\w-]+)"', first.inside + second.inside))
    kept = set(re.findall(r'<path id="([\w-]+)" d="M', first.inside))
    spaces = set(re.findall(r'<path id="([\w-]+)" d=""', first.inside))
    assert used == kept | spaces
    assert len(kept) > 30
