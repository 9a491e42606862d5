"""What each person sees and does on the pages of official documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import audit
from app.papers.rules import PaperKind, Recipient
from app.typesetting import Fault, TypesettingError
from app.typesetting.pool import Pool
from tests.support.make import mediations as make_mediations
from tests.support.make import papers as make
from tests.support.make import tips as make_tips
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
SignIn = Callable[..., FlaskClient]


def test_the_leader_issues_a_decision_and_notes_its_service(open_page: Open, app: Flask) -> None:
    with app.app_context():
        tip = make_mediations.accepted()
    page = open_page(f"/tips/{tip}", "qs.unit_leader").click("文书")
    page = page.submit("制作", **{"issue-paper": "acceptance/reporter"})
    assert page.status == 200, page.errors()
    assert page.rows()[0][:3] == ["澄青市监投受〔2026〕第1号", "投诉受理决定书", "来件人"]
    service = next(n.get("name") for n in page.all("select") if "delivery" in n.get("name"))
    page = page.submit("确认登记送达", **{service: "letter"})
    assert "信函" in page.rows()[0][4]


def test_a_demand_without_a_last_day_is_said_at_its_field(open_page: Open, app: Flask) -> None:
    with app.app_context():
        tip = make_mediations.accepted()
    page = open_page(f"/papers/tips/{tip}", "qs.inspector")
    sent = page.submit("制作", **{"issue-paper": "identity_demand/reporter"})
    assert sent.status == 422
    assert any("限期" in said for said in sent.errors())


def test_a_document_for_the_trader_is_a_plain_pdf(sign_in: SignIn, app: Flask) -> None:
    with app.app_context():
        number = make.paper()
    with sign_in("qs.auditor").get(f"/papers/{number}/file.pdf") as answer:
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF")
        assert "no-store" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_named_document_opens_only_by_its_purpose(sign_in: SignIn, app: Flask) -> None:
    with app.app_context():
        number = make.paper(PaperKind.ACCEPTANCE, Recipient.REPORTER)
    leader, auditor = sign_in("qs.unit_leader"), sign_in("qs.auditor")
    assert leader.get(f"/papers/{number}/file.pdf").status_code == 403
    path, field = f"/papers/{number}/named.pdf", f"purpose-{number}-purpose"
    assert auditor.post(path, data={field: "paper"}).status_code == 403
    assert leader.post(path, data={}).status_code == 422
    with leader.post(path, data={field: "paper"}) as answer:
        assert answer.data.startswith(b"%PDF")


def test_each_download_is_a_look_and_a_fault_of_the_typesetter_hides_none(
    sign_in: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        number = make.paper(PaperKind.ACCEPTANCE, Recipient.REPORTER)
    leader = sign_in("qs.unit_leader")
    path, field = f"/papers/{number}/named.pdf", f"purpose-{number}-purpose"
    sent = {field: "paper", f"purpose-{number}-form_key": "one-form"}
    for _time in range(2):
        with leader.post(path, data=sent) as answer:
            assert answer.data.startswith(b"%PDF")

    def lost(_pool: Pool, _job: bytes) -> None:
        raise TypesettingError(Fault.WORKER_LOST)

    monkeypatch.setattr(Pool, "ask", lost)
    refused = leader.post(path, data=sent)
    assert refused.status_code == 422
    assert make_tips.REPORTER not in refused.get_data(as_text=True)
    with app.app_context():
        looks = [one for one in audit.trail("tip", "260922-001") if "shown" in one.event]
    assert len(looks) == 3


def test_the_bureau_below_opens_the_notice_that_came_with_the_tip(
    open_page: Open, sign_in: SignIn, app: Flask
) -> None:
    with app.app_context():
        tip = make_tips.tip(routed_to="qs")
    page = open_page(f"/papers/tips/{tip}", "qs.inspector")
    assert page.rows()[0][:3] == ["澄市监分送〔2026〕第1号", "投诉/举报分送通知书", "承办单位"]
    (address,) = [link for link in page.links().values() if link.endswith("file.pdf")]
    with sign_in("qs.inspector").get(address) as answer:
        assert answer.data.startswith(b"%PDF")
    assert sign_in("bs.inspector").get(address).status_code == 404
    assert sign_in("qs.operator").get(address).status_code == 403


def test_who_only_reads_sees_no_name_and_no_form(open_page: Open, app: Flask) -> None:
    with app.app_context():
        make.paper(PaperKind.ACCEPTANCE, Recipient.REPORTER)
        tip = make_tips.tip(routed_to="qs")
    page = open_page("/papers/tips/260922-001", "cz.auditor")
    assert "含来件人身份" in page.text
    assert "制作文书" not in page.text
    assert make_tips.REPORTER not in page.html
    assert open_page(f"/papers/tips/{tip}", "bs.unit_leader").status == 404


def test_the_documents_are_read_in_english_too(sign_in: SignIn, app: Flask) -> None:
    with app.app_context():
        make.paper(PaperKind.ACCEPTANCE, Recipient.REPORTER)
    leader = sign_in("qs.unit_leader")
    leader.set_cookie("language", "en")
    page = Page(leader, leader.get("/papers/tips/260922-001"))
    assert (page.status, page.heading) == (200, "Documents")
    assert page.one("html").get("lang") == "en"
    assert "制作文书" not in page.text
