"""What does each person see and do on the pages of disclosures, with script and without?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.disclosures import queries
from app.disclosures.rules import DisclosureState
from app.kernel.db import db, unit_of_work
from app.typesetting import Fault, TypesettingError, logged
from tests.support.make import cases, enterprises
from tests.support.make import disclosures as make
from tests.support.page import Page, words

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState


@pytest.fixture
def private(app: Flask) -> str:
    with app.app_context():
        with unit_of_work():
            kept = make.private_draft().reference
        db.session.remove()
        return kept


def kept_open(page: Page, reason: str = "样例：依法公开") -> dict[str, str]:
    """Rulings that keep every mark which is still undecided."""
    names = [
        node.get("name")
        for node in page.all("input", type="radio")
        if node.get("value") == "open" and node.get("checked") is not None
    ]
    reasons = {name.replace("ruling", "reason"): reason for name in names}
    asked = {node.get("name") for node in page.all("select")}
    grounds = {name.replace("ruling", "ground"): "unit_address" for name in names}
    return {
        **dict.fromkeys(names, "kept"),
        **reasons,
        **{name: ground for name, ground in grounds.items() if name in asked},
    }


# The road -----------------------------------------------------------------------------------------


def test_two_persons_carry_a_case_to_the_public(open_page: Open, decided: Any) -> None:
    decided()
    listed = open_page("/publicity/", "qs.publisher")
    assert listed.rows()[0][0].startswith(cases.PARTY)
    draft = listed.submit("起草公示")
    assert draft.heading == "测试线缆有限公司销售不合格电线案"
    draft = draft.submit("确定的全部隐去")
    draft = draft.submit("保存裁定", **kept_open(draft))
    submitted = draft.submit("提交审核")
    assert "待审核" in submitted.text
    assert "批准公示" not in submitted.buttons()
    reviewer = open_page(submitted.url, "qs.reviewer")
    published = reviewer.submit("批准公示")
    assert "已公示" in published.text
    assert "2027年9月22日" in published.text


def test_the_case_page_leads_to_its_disclosures(open_page: Open, decided: Any, made: Any) -> None:
    case = decided()
    panel = open_page(f"/publicity/panel/case/{case}", "qs.publisher")
    started = panel.submit("起草公示")
    assert started.url.startswith("/publicity/G2026-")
    again = open_page(f"/publicity/panel/case/{case}", "qs.case_officer")
    assert "G2026-0001" in again.links()


def test_an_enterprises_page_leads_to_its_disclosures(app: Flask, open_page: Open) -> None:
    with app.app_context():
        with unit_of_work():
            operator = cases.who("qs", "case_officer")
            firm = enterprises.enterprise(operator, name="样例电器厂")
            kept = make.draft(enterprise=firm).reference
            where = firm.reference
        db.session.remove()
    address = f"/publicity/panel/enterprise/{where}"
    assert kept in open_page(address, "qs.case_officer").links()
    assert kept not in open_page(address, "bs.case_officer").links()


def test_the_original_shows_what_is_hidden_and_the_result_does_not(
    open_page: Open, private: str
) -> None:
    page = open_page(f"/publicity/{private}", "qs.publisher").submit("确定的全部隐去")
    hidden = {words(node) for node in page.all("span", class_="mark")}
    shown = {words(node) for node in page.all("span", class_="mark-new")}
    assert {"11010519491231002X", "13800000148", "样例法人甲"} <= hidden
    assert "（电话略）" in shown
    assert not hidden & shown


def test_a_rejected_mark_needs_its_reason_and_keeps_what_was_typed(
    open_page: Open, private: str
) -> None:
    page = open_page(f"/publicity/{private}", "qs.publisher")
    offers = {
        node.get("name"): [option.get("value") for option in node] for node in page.all("select")
    }
    address = next(name for name, values in offers.items() if "unit_address" in values)
    first = address.replace("ground", "ruling")
    second = next(
        name for name in kept_open(page) if name.startswith("reason_") and name[7:] != first[7:]
    )
    refused = page.submit("保存裁定", **{first: "kept", second: "样例：先记在这里"})
    assert refused.status == 422
    assert any("请写明理由" in sentence for sentence in refused.errors())
    assert "样例：先记在这里" in refused.html
    reasoned = {first.replace("ruling", "reason"): "样例：依法公开"}
    groundless = refused.submit("保存裁定", **reasoned)
    assert any("依列出的依据保留" in sentence for sentence in groundless.errors())
    ground = {first.replace("ruling", "ground"): "unit_address"}
    mended = groundless.submit("保存裁定", **ground)
    assert mended.status == 200
    assert "样例：依法公开" in mended.html


def test_words_that_were_not_proposed_are_added(open_page: Open, private: str) -> None:
    page = open_page(f"/publicity/{private}", "qs.publisher")
    added = page.submit("全文隐去", text="样例证人乙", kind="person", reason="样例：证人")
    assert "样某乙" in added.text
    missing = added.submit("全文隐去", text="没有这句", kind="other", reason="样例")
    assert missing.status == 422
    assert any("原文里没有这段文字" in sentence for sentence in missing.errors())
    assert "没有这句" in missing.html


def test_an_undecided_draft_is_not_handed_over(open_page: Open, private: str) -> None:
    refused = open_page(f"/publicity/{private}", "qs.publisher").submit("提交审核")
    assert refused.status == 422
    assert any("没有决定隐去还是保留" in sentence for sentence in refused.errors())


def test_the_summary_is_worded_but_not_its_number(open_page: Open, made: Any) -> None:
    reference = made(S.DRAFTING)
    page = open_page(f"/publicity/{reference}", "qs.publisher").click("修改摘要")
    shown = page.submit("保存摘要", title="样例改过的案名", penalty="违反样例法：\n1. 罚款 1 元。")
    assert shown.heading == "样例改过的案名"
    assert not list(page.all("input", name="number"))
    empty = open_page(f"/publicity/{reference}/summary", "qs.publisher").submit(
        "保存摘要", title="", violation="样例违法"
    )
    assert empty.status == 422
    assert "样例违法" in empty.html


# Refusals -----------------------------------------------------------------------------------------


def test_a_page_read_before_a_change_cannot_release(
    open_page: Open, sign_in: Any, app: Flask, made: Any
) -> None:
    reference = made(S.SUBMITTED)
    page = open_page(f"/publicity/{reference}", "qs.reviewer")
    with app.app_context(), unit_of_work():
        found = queries.any_by_reference(reference)
        found.original = found.original.replace("不合格", "不合恪")
    stale = page.submit("批准公示")
    assert stale.status == 409
    with app.app_context():
        assert queries.any_by_reference(reference).state is S.SUBMITTED


def test_a_stale_reason_is_shown_to_copy(open_page: Open, made: Any) -> None:
    reference = made(S.SUBMITTED)
    first = open_page(f"/publicity/{reference}", "qs.reviewer")
    open_page(f"/publicity/{reference}", "qs.reviewer2").submit("确认退回修改", reason="样例甲")
    stale = first.submit("确认退回修改", reason="样例乙的长理由")
    assert stale.status == 409
    assert "样例乙的长理由" in stale.text


def test_an_empty_reason_is_said_at_its_field(open_page: Open, made: Any) -> None:
    page = open_page(f"/publicity/{made(S.SUBMITTED)}", "qs.reviewer").submit("确认退回修改")
    assert page.status == 422
    assert any("请写明理由" in sentence for sentence in page.errors())


def test_a_leader_declines_a_warned_case_from_the_list(open_page: Open, decided: Any) -> None:
    decided(items=(cases.WARNING,))
    listed = open_page("/publicity/", "qs.unit_leader")
    assert "起草公示" not in listed.buttons()
    form = listed.click("不予公示")
    empty = form.submit("决定不予公示")
    assert empty.status == 422
    done = form.submit("决定不予公示", reason="样例：仅受到警告")
    assert "不予公示" in done.text
    closed = open_page("/publicity/?view=closed", "qs.unit_leader")
    assert ["不予公示：仅受到警告（令45 第2条）", "1"] in closed.rows()


# The file -----------------------------------------------------------------------------------------


def test_a_failed_file_says_why_and_can_be_made_again(
    open_page: Open, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = made(S.SUBMITTED)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise TypesettingError(Fault.MISSING_GLYPHS, "U+2FFF")

    monkeypatch.setattr(logged, "typeset", fail)
    page = open_page(f"/publicity/{reference}", "qs.reviewer").submit("批准公示")
    assert "没有发布" in page.text
    assert "排版没有完成" in page.text
    monkeypatch.undo()
    assert "已公示" in page.submit("重新生成").text


def test_a_waiting_file_asks_again_by_itself(open_page: Open, made: Any) -> None:
    reference = made(S.APPROVED)
    page = open_page(f"/publicity/{reference}", "qs.reviewer")
    link = next(a for a in page.all("a") if a.get("hx-trigger"))
    assert link.get("href") == link.get("hx-get") == f"/publicity/{reference}/job"
    done = made(S.PUBLISHED, title="样例另案")
    quiet = open_page(f"/publicity/{done}", "qs.reviewer")
    assert not any(a.get("hx-trigger") for a in quiet.all("a") if "job" in (a.get("hx-get") or ""))


def test_a_withdrawn_publication_is_gone_for_readers(open_page: Open, made: Any) -> None:
    reference = made(S.PUBLISHED)
    page = open_page(f"/publicity/{reference}", "qs.unit_leader")
    done = page.submit(
        "确认撤下", ground="revoked", reason="样例：复议撤销", overturned_on="2026-09-22"
    )
    assert "已撤下" in done.text
    public = open_page(f"/disclosures/{reference}")
    assert "样例：复议撤销" in public.text
    assert "测试线缆" not in public.text


# Fragments ----------------------------------------------------------------------------------------


def block_of(page: Page, name: str) -> str:
    found = re.search(rf'<(\w+)[^>]*\bid="{name}".*', page.html, re.DOTALL)
    assert found, name
    return words(page.by_id(name))


@pytest.mark.parametrize(
    ("address", "name", "account"),
    [
        ("/publicity/", "register", "qs.publisher"),
        ("/publicity/?view=open", "register", "qs.publisher"),
        ("/publicity/{0}", "record", "qs.reviewer"),
        ("/publicity/{0}", "record", "qs.publisher"),
        ("/publicity/{0}/job", "job", "qs.reviewer"),
        ("/publicity/panel/case/{1}", "case-disclosures", "qs.case_officer"),
        ("/publicity/panel/enterprise/Q000001", "enterprise-disclosures", "qs.case_officer"),
    ],
)
def test_a_fragment_is_the_same_element_of_the_page(
    sign_in: Any, app: Flask, made: Any, address: str, name: str, account: str
) -> None:
    reference = made(S.SUBMITTED)
    with app.app_context():
        case = queries.any_by_reference(reference).case_reference
    client, where = sign_in(account), address.format(reference, case)
    whole = Page(client, client.get(where))
    part = Page(client, client.get(where, headers={"HX-Request": "true"}), fragment=True)
    assert words(part.by_id(name)) == block_of(whole, name)
    assert "<html" not in part.html


@pytest.mark.parametrize(
    ("address", "name", "account", "state"),
    [
        ("/publicity/{0}/return", "record", "qs.reviewer", S.SUBMITTED),
        ("/publicity/{0}/mark", "record", "qs.publisher", S.DRAFTING),
        ("/publicity/{0}/summary", "draft", "qs.publisher", S.DRAFTING),
    ],
)
def test_a_refused_fragment_is_its_own_element(
    sign_in: Any, made: Any, address: str, name: str, account: str, state: DisclosureState
) -> None:
    reference = made(state)
    client = sign_in(account)
    where = address.format(reference)
    answer = client.post(where, data={"title": "样" * 300}, headers={"HX-Request": "true"})
    part = Page(client, answer, fragment=True)
    assert part.status == 422
    assert part.by_id(name) is not None
    assert "<html" not in part.html


def test_pages_are_there_in_english(open_page: Open, sign_in: Any, made: Any) -> None:
    reference = made(S.SUBMITTED)
    client = sign_in("qs.reviewer")
    client.set_cookie("language", "en")
    page = Page(client, client.get(f"/publicity/{reference}"))
    assert "Approve for publication" in page.buttons()
    listed = Page(client, client.get("/publicity/"))
    assert listed.heading.startswith("Published penalties")


def test_reading_changes_nothing(app: Flask, open_page: Open, made: Any) -> None:
    reference = made(S.SUBMITTED)

    def version() -> int:
        with app.app_context():
            return queries.any_by_reference(reference).version

    before = version()
    for address in ("/publicity/", f"/publicity/{reference}", f"/publicity/{reference}/job"):
        open_page(address, "qs.reviewer")
    assert version() == before
