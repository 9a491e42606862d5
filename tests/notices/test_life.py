"""What happens to a notice besides its straight way: replaced, urged, with files, in collision."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.kernel import clock, storage
from app.notices import publications
from app.notices.rules import NoticeKind, Openness
from tests.conftest import NOW
from tests.support.make import notices as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Made = Callable[..., str]
DESK = "/notices-desk"


@pytest.fixture
def made(app: Flask) -> Made:
    def make_one(**facts: Any) -> str:
        with app.app_context():
            return make.notice(**facts)

    return make_one


def carry(open_page: Open, page: Page) -> Page:
    """Take a draft through review and signature."""
    page.submit("送核")
    open_page(page.url, "cz.reviewer").submit("核稿通过")
    return open_page(page.url, "cz.unit_leader").submit("签发")


# The way to the signature ----------------------------------------------------------------


def test_a_reviewer_or_the_leader_returns_with_a_reason(open_page: Open, made: Made) -> None:
    address = f"{DESK}/{made()}"
    page = open_page(address, "cz.drafter").submit("送核")
    refused = open_page(address, "cz.reviewer").submit("确认退回修改")
    assert (refused.status, refused.errors()[0]) == (422, "请写明理由。")
    open_page(address, "cz.reviewer").submit("确认退回修改", **{"return-reason": "请补数据"})
    assert "请补数据" in open_page(address, "cz.drafter").text
    page = open_page(address, "cz.drafter").submit("送核")
    open_page(address, "cz.reviewer").submit("核稿通过")
    open_page(address, "cz.unit_leader").submit("确认退回修改", **{"return-reason": "再核一次"})
    assert "送核" in open_page(page.url, "cz.drafter").buttons()


@pytest.mark.parametrize("account", ["cz.drafter", "cz.unit_leader", "qs.reviewer"])
def test_only_a_reviewer_of_the_bureau_reviews(open_page: Open, made: Made, account: str) -> None:
    address = f"{DESK}/{made()}"
    open_page(address, "cz.drafter").submit("送核")
    client = open_page("/", account).client
    answer = client.post(f"{address}/review", data={"review-version": "2"})
    assert answer.status_code in {403, 404}


def test_wrong_numbers_are_told_and_stop_the_way_to_review(open_page: Open, made: Made) -> None:
    page = open_page(f"{DESK}/" + made(body="一、甲\n三、乙"), "cz.drafter")
    sentence = "第 2 行的编号“三、”跳号了，应为“二、”。"
    assert sentence in page.text
    refused = page.submit("送核")
    assert (refused.status, sentence in refused.text) == (422, True)
    edit = open_page(f"{page.url}/edit", "cz.drafter").submit("整理编号")
    assert "一、甲\n二、乙" in edit.html
    assert "三、乙" in open_page(page.url, "cz.drafter").text, "nothing is kept yet"
    assert edit.submit("保存草稿").submit("送核").status == 200


def test_two_editors_at_once_lose_nothing(open_page: Open, made: Made) -> None:
    address = f"{DESK}/{made()}"
    mine = open_page(f"{address}/edit", "cz.drafter")
    other = open_page(f"{address}/edit", "cz.publisher")
    other.submit("保存草稿", body="另一位写的正文。")
    collided = mine.submit("保存草稿", body="我写的正文。")
    assert collided.status == 409
    assert "另一位写的正文。" in collided.text
    assert "我写的正文。" in collided.text
    kept = collided.submit("保存草稿")
    assert (kept.status, "我写的正文。" in kept.text) == (200, True)


def test_the_pages_can_be_seen_before_they_are_signed(open_page: Open, made: Made) -> None:
    address = f"{DESK}/{made()}"
    page = open_page(address, "cz.drafter")
    answer = page.client.get(page.links()["预览版面"])
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "预览版面" in open_page(address, "cz.unit_leader").links()
    assert open_page(f"{address}/preview.pdf", "qs.drafter").status == 404


# Kinds and openness ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "notice"}, "请选择主送单位。"),
        ({"kind": "letter"}, "请选择主送单位。"),
        (
            {"kind": "circular", "addressees": ["qs"], "openness": "closed"},
            "不主动公开的，请写明依据。",
        ),
        ({"kind": "announcement", "openness": "closed", "basis": "样例"}, "这一文种面向公众"),
    ],
)
def test_what_a_kind_needs_is_asked_for(
    open_page: Open, fields: dict[str, Any], sentence: str
) -> None:
    page = open_page(f"{DESK}/new", "cz.drafter").submit(
        "保存草稿", title="样例标题", body="样例正文。", **fields
    )
    assert page.status == 422
    assert sentence in page.errors()[0]


@pytest.mark.parametrize(("kind", "openness"), [("circular", "closed"), ("announcement", "open")])
def test_a_kind_brings_its_openness(open_page: Open, kind: str, openness: str) -> None:
    page = open_page(f"{DESK}/new?kind={kind}", "cz.drafter")
    assert [
        n.get("value") for n in page.all("input", name="openness") if n.get("checked") is not None
    ] == [openness]
    assert open_page(f"{DESK}/new?kind=strange", "cz.drafter").status == 200


# Replaced and withdrawn ------------------------------------------------------------------


def test_a_new_notice_takes_an_old_one_s_place(open_page: Open, made: Made, app: Flask) -> None:
    old = made(published=True)
    page = (
        open_page(f"{DESK}/{old}", "cz.drafter")
        .click("拟文替代")
        .submit("保存草稿", title="样例新通告")
    )
    carry(open_page, page)
    assert "已被替代" in open_page(f"{DESK}/{old}", "cz.drafter").text
    public = open_page(f"/notices/{old}")
    assert "已被替代" in public.text
    new = public.click("澄市监通告〔2026〕2号 样例新通告")
    assert "《关于样例电线抽查情况的通告》（澄市监通告〔2026〕1号）同时废止" in new.text
    with app.app_context():
        assert [notice.number for notice in publications.latest(5)] == ["澄市监通告〔2026〕2号"]
    leader = open_page(f"{DESK}/{old}", "cz.unit_leader")
    assert "确认撤下" not in leader.buttons()


def test_another_bureau_s_notice_cannot_be_replaced(open_page: Open, made: Made) -> None:
    foreign = made(place="qs", published=True)
    page = open_page(f"{DESK}/new", "cz.drafter")
    answer = page.client.post(
        f"{DESK}/new",
        data={"kind": "announcement", "title": "样例", "body": "样例", "openness": "open",
              "replaces": foreign},
    )  # fmt: skip
    assert answer.status_code == 422


# Addressees ------------------------------------------------------------------------------


def test_who_has_not_taken_it_in_is_urged_once_a_day(open_page: Open, made: Made) -> None:
    reference = made(
        to=("qs", "bs"), published=True, kind=NoticeKind.NOTICE, openness=Openness.CLOSED,
        basis="内部工作部署",
    )  # fmt: skip
    address = f"{DESK}/{reference}"
    open_page(address, "qs.unit_leader").submit("签收")
    page = open_page(address, "cz.drafter").submit("催收")
    assert (
        "未签收已催 1 次" in page.rows()[1][1].replace(" ", "") or "已催 1 次" in page.rows()[1][1]
    )
    assert "已催" not in page.rows()[0][1]
    again = page.submit("催收")
    assert (again.status, "今天都已催过" in again.text) == (422, True)
    assert "签收通知（已催收）" in open_page("/desk", "bs.unit_leader").text
    with clock.frozen(NOW + timedelta(days=1)):
        assert "已催 2 次" in open_page(address, "cz.drafter").submit("催收").text
    assert open_page(address, "bs.unit_leader").client.post(f"{address}/urge").status_code == 403


# Files -----------------------------------------------------------------------------------


def picture() -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (40, 30), "navy").save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_files_are_listed_in_the_notice_and_offered_clean(
    open_page: Open, made: Made, app: Flask
) -> None:
    page = open_page(f"{DESK}/{made()}", "cz.drafter")
    page = page.submit("加附件", **{"files-files": upload(picture(), "样例现场照片.jpg")})
    page = page.submit("加附件", **{"files-files": upload(picture(), "多余.jpg")})
    page = page.submit("去掉“多余.jpg”")
    assert "附件：样例现场照片" in page.text
    carry(open_page, page)
    public = open_page(f"/notices/{page.url.rpartition('/')[2]}")
    assert "附件：样例现场照片" in public.text
    answer = public.client.get(public.links()["样例现场照片.jpg"])
    assert answer.mimetype == "image/jpeg"
    assert b"secret place" not in answer.data
    assert public.client.get(f"{public.url}/files/2").status_code == 404
    answer.close()
    with app.app_context(), storage.shelf().open(publications.latest(1)[0].pdf_sha256) as pdf:
        assert pdf.read(5) == b"%PDF-"


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ\x90\x00", "样例.exe"), (b"<html></html>", "样例.pdf")]
)
def test_a_wrong_file_is_refused(open_page: Open, made: Made, content: bytes, name: str) -> None:
    page = open_page(f"{DESK}/{made()}", "cz.drafter")
    assert page.submit("加附件", **{"files-files": upload(content, name)}).status == 422


def test_more_than_ten_files_are_refused(open_page: Open, made: Made) -> None:
    page = open_page(f"{DESK}/{made()}", "cz.drafter")
    many = [upload(picture(), f"样例{n}.jpg") for n in range(11)]
    answer = page.client.post(
        f"{page.url}/files", data={"files-files": many}, content_type="multipart/form-data"
    )
    assert (answer.status_code, "最多带 10 个附件" in answer.text) == (422, True)


# What somebody may type ------------------------------------------------------------------


def test_markup_stays_what_was_typed_in_every_field(open_page: Open, made: Made) -> None:
    evil = "<b onclick=x>粗</b>{{7*7}}<style>p{display:none}</style>"
    reference = made(
        to=("qs",), published=True, kind=NoticeKind.NOTICE, title=f"样例{evil}",
        body=f"{evil}\n# {evil}\n| {evil} |", copies_to=evil,
    )  # fmt: skip
    for address, account in (
        (f"{DESK}/{reference}", "cz.drafter"),
        (f"/notices/{reference}", None),
    ):
        page = open_page(address, account)
        assert page.text.count("<b onclick=x>粗</b>{{7*7}}") >= 5
        assert not list(page.all("b", onclick="x"))


def test_a_title_of_120_characters_goes_all_the_way(open_page: Open) -> None:
    title = "关于样例产品质量安全专项整治行动的通告" * 6
    page = open_page(f"{DESK}/new", "cz.drafter").submit(
        "保存草稿", kind="public_notice", title=title[:120], body="样例正文。"
    )
    assert "已印发" in carry(open_page, page).text
    refused = open_page(f"{DESK}/new", "cz.drafter").submit(
        "保存草稿", kind="public_notice", title="长" * 121, body="样例正文。"
    )
    assert refused.status == 422
