"""Does every awkward thing that people bring have a way through and a sentence that helps?

Of a foreign list with 2,000 wrong rows and of a photo at the public door's steps the tests of
their own slices tell.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.kernel import storage
from app.kernel.db import db
from app.tips.models import Tip
from tests.support import docx
from tests.support.make import inspections as make_inspections
from tests.support.page import Page, dict_of, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
MEGABYTE = 1024 * 1024
#: 40 MB that begin like a telephone's video: within what may be sent at all, yet no photo.
VIDEO = b"\0\0\0\x18ftypisom" + bytes(40 * MEGABYTE)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
LETTER = docx.docx(docx.paragraph(docx.run("样例")))
REPORT: dict[str, Any] = {
    "kinds": ["report"], "facts": "样例：水壶漏电。", "subject_name": "样例电器店",
    "standing": "anonymous",
}  # fmt: skip
AWKWARD = {"heic": (HEIC, "样例.heic", "HEIC"), "docx as jpg": (LETTER, "样例.jpg", "扩展名不符")}


def tips(app: Flask) -> list[Tip]:
    with app.app_context():
        return list(db.session.scalars(select(Tip).order_by(Tip.id)))


def kept() -> int:
    return sum(1 for path in storage.shelf().folder.rglob("*") if path.is_file())


def video() -> FileStorage:
    return FileStorage(io.BytesIO(VIDEO), "样例.mp4")


def send(page: Page, button: str, **fields: Any) -> Page:
    """Send a form with a file so large that the usual client would leave it lying about."""
    form = page.form(button)
    boundary, body = encode_multipart({**dict_of(form), **fields})
    answer = page.client.post(
        form.get("action"), data=body, follow_redirects=True,
        content_type=f"multipart/form-data; boundary={boundary}",
    )  # fmt: skip
    return Page(page.client, answer)


# Files --------------------------------------------------------------------------------------------


def test_a_video_of_forty_megabytes_is_no_photo_and_may_be_added_afterwards(
    app: Flask, open_page: Open
) -> None:
    before, page = kept(), open_page("/report")
    refused = send(page, "提交", **REPORT, photos=video())
    assert refused.status == 422
    assert any("只收照片" in said for said in refused.errors())
    assert "样例：水壶漏电。" in refused.text
    assert kept() == before
    receipt = refused.submit("提交")
    assert receipt.heading == "已经收到"
    told = {name: receipt.by_id(name).text for name in ("number", "code")}
    progress = open_page("/track").submit("查询", **told)
    added = send(progress, "交给承办单位", **{"add-files": video()})
    assert added.status == 200
    assert "文件 1 个" in added.text


def test_a_video_of_forty_megabytes_goes_with_a_call(app: Flask, open_page: Open) -> None:
    page = open_page("/tips/new", "cz.operator")
    done = send(page, "登记", **REPORT, files=video())
    assert done.heading.startswith("受理号")
    shown = open_page(f"/tips/{tips(app)[0].reference}", "cz.triage_officer")
    assert "样例.mp4" in shown.links()


def test_more_than_may_be_sent_at_once_says_how_much_may(
    app: Flask, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("/report")
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)  # as if it were the 48 MB
    refused = page.submit("提交", **REPORT, photos=upload(bytes(2000), "样例.mp4"))
    assert refused.status == 413
    assert refused.heading == "文件太大，没有收下"
    assert "48 MB" in refused.text


@pytest.mark.parametrize("sent", AWKWARD)
def test_a_photo_that_is_none_is_said_at_every_desk(app: Flask, open_page: Open, sent: str) -> None:
    content, name, said = AWKWARD[sent]
    with app.app_context():
        task = make_inspections.task(started=True)
    visit = {"has_problem": "no", "findings": "样例：没有发现问题。"}
    before = kept()
    for address, account, button, field, given in (
        ("/report", None, "提交", "photos", REPORT),
        ("/tips/new", "cz.operator", "登记", "files", REPORT),
        (f"/inspections/{task}", "qs.inspector", "完成检查", "photos", visit),
    ):
        page = open_page(address, account)
        refused = page.submit(button, **given, **{field: upload(content, name)})
        assert refused.status == 422
        assert any(said in sentence for sentence in refused.errors()), address
        assert kept() == before
    assert tips(app) == []


# Callers ------------------------------------------------------------------------------------------


def test_a_foreign_caller_s_number_is_taken_at_the_public_door_too(
    app: Flask, open_page: Open
) -> None:
    who = {"standing": "real_name", "caller_name": "Sample Caller", "phone": "+44 20 7946 0000"}
    page = open_page("/report?lang=en")
    assert page.status == 200
    receipt = open_page("/report").submit("提交", **{**REPORT, **who})
    assert receipt.heading == "已经收到", receipt.errors()
    refused = open_page("/report").submit("提交", **{**REPORT, **who, "phone": "+44 abc"})
    assert refused.status == 422
    assert len(tips(app)) == 1


def test_a_firm_that_complains_reads_who_may_and_is_declined_on_its_ground(
    app: Flask, open_page: Open
) -> None:
    assert "生活消费" in open_page("/report").text
    call = {**REPORT, "kinds": ["complaint"], "wishes": ["refund"], "is_for_trade": "y",
            "standing": "real_name", "caller_name": "样例采购部", "phone": "010-62340000",
            "subject_address": "青石县人民路 218 号"}  # fmt: skip
    open_page("/tips/new", "cz.operator").submit("登记", **call)
    reference = tips(app)[0].reference
    page = open_page(f"/tips/{reference}", "cz.triage_officer")
    assert "买来经营用" in page.text
    page.submit("分办")
    page = open_page(f"/tips/{reference}", "qs.triage_officer")
    given = {"decline-ground": "not_a_consumer", "decline-reason": "样例：采购部批量买来转卖。"}
    refused = page.submit("确认不予受理", **given)
    assert refused.status == 422, "the ground wants what shows it"
    done = refused.submit("确认不予受理", **given, **{"decline-shown_by": "样例：发票抬头为公司"})
    assert "不予受理" in done.text


def test_a_repeat_of_a_closed_report_is_a_record_of_its_own_that_says_where_it_is_handled(
    app: Flask, open_page: Open
) -> None:
    open_page("/report").submit("提交", **REPORT)
    first = tips(app)[0].reference
    open_page(f"/tips/{first}", "lj.triage_officer")
    again = open_page("/report").submit("提交", **REPORT)
    assert again.heading == "已经收到"
    assert [tip.merged_into for tip in tips(app)] == [None, first]
