"""What does each person see and do on the pages of cases, with script and without?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cases.rules import CaseState
from tests.support.make import cases as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Made = Callable[..., str]
S = CaseState
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8"
    "cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def officers(app: Flask) -> dict[str, str]:
    """Return the choices of the two officers' fields."""
    with app.app_context():
        one, two = make.who("qs", "case_officer"), make.second_officer("qs")
        return {"officer_one": str(one.person_id), "officer_two": str(two)}


PROPOSAL = {
    "title": "样例五金店销售不合格电线案",
    "source": "inspection",
    "violation": "below_standard",
    "clue_on": "2026-09-18",
    "summary": "现场发现电线二十卷，无合格证明。",
    "party_name": "样例五金店",
    "goods_value": "1 240.50",
}
DECISION = {
    "party_kind": "person",
    "party_name": "样例某甲",
    "credit_code": "",
    "violation_title": "销售不符合国家标准的产品",
    "laws_broken": "《产品质量法》第十三条",
    "laws_applied": "《产品质量法》第四十九条",
    "facts": "经查，当事人销售不合格电线。",
    "evidence": "笔录、检验报告。",
    "statement": "当事人放弃陈述申辩。",
    "reasons": "违法事实清楚。",
    "kind_1": "fine",
    "text_1": "罚款 6000 元",
    "amount_1": "6000",
}


# The whole road, as people walk it --------------------------------------------------------------


def informed(open_page: Open, officers: dict[str, str]) -> str:
    """Carry a case to its notice through pages; returns its address."""
    page = open_page("/cases/new", "qs.case_officer")
    proposed = page.submit("提请立案", **PROPOSAL, **officers)
    address = proposed.url
    assert "立案待批" in proposed.text
    assert "1\u202f240.50" in proposed.html
    filed = open_page(address, "qs.unit_leader").submit("确认批准立案")
    assert "澄青市监立〔2026〕1号" in filed.text
    assert "令2" in filed.text
    page = open_page(address, "qs.case_officer")
    page = page.submit("确认开始调查", no_ground_for_recusal="y")
    page = page.submit("确认提交审核", report="调查终结，建议处罚。")
    assert "案件审核" in page.text
    open_page(address, "qs.reviewer").submit("确认审核通过", opinion="事实清楚，同意。")
    page = open_page(address, "qs.case_officer")
    page.submit("确认登记处罚告知", served_on="2026-09-22", notice="拟罚款 6000 元。")
    return address


def test_a_case_goes_from_proposal_to_closing_through_pages(
    open_page: Open, officers: dict[str, str]
) -> None:
    address = informed(open_page, officers)
    page = open_page(address, "qs.case_officer")
    page = page.submit("确认登记陈述申辩", kind="waived", on="2026-09-22")
    text = page.click("填写处罚决定").submit("保存并生成正文", **DECISION)
    assert "【文号】" in text.html
    amended = text.submit("保存正文", text=text.by_id("text").text.strip() + "\n附：样例清单。")
    assert "草稿" in amended.text

    decided = open_page(address, "qs.unit_leader").submit("确认作出决定", decided_on="2026-09-22")
    assert "澄青市监处罚〔2026〕1号" in decided.text
    full = decided.click("决定书全文")
    assert "附：样例清单。" in full.text
    assert "2026年9月22日" in full.text
    assert "【" not in full.text

    open_page(address, "qs.case_officer").submit("确认登记送达", served_on="2026-09-22")
    closed = open_page(address, "qs.unit_leader").submit(
        "确认结案", ground="performed", arisen_on="2026-09-22"
    )
    assert "已结案" in closed.text
    assert not [word for word in closed.buttons() if word.startswith("确认")]


# Mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("clue_on", "2026-09-23", "在今天之后"),
        ("clue_on", "2026-02-30", "没有这一天"),
        ("goods_value", "12.345", "最多到分"),
        ("title", "", "请填写这一项"),
        ("title", "案" * 121, "最多 120 个字"),
        ("party_name", "样例\x07店", "控制字符"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(
    open_page: Open, officers: dict[str, str], field: str, value: str, sentence: str
) -> None:
    page = open_page("/cases/new", "qs.case_officer").submit(
        "提请立案", **{**PROPOSAL, **officers, field: value}
    )
    assert page.status == 422
    assert any(sentence in said for said in page.errors()), page.errors()
    assert "现场发现电线二十卷" in page.html


def test_one_officer_twice_is_refused_at_the_second_field(
    open_page: Open, officers: dict[str, str]
) -> None:
    same = {**officers, "officer_two": officers["officer_one"]}
    page = open_page("/cases/new", "qs.case_officer").submit("提请立案", **PROPOSAL, **same)
    assert page.status == 422
    assert "令2 第22条" in " ".join(page.errors())


def test_an_unknown_enterprise_is_not_found(open_page: Open, officers: dict[str, str]) -> None:
    page = open_page("/cases/new", "qs.case_officer").submit(
        "提请立案", **PROPOSAL, **officers, enterprise="Q999999"
    )
    assert page.status == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind_1": "", "text_1": "", "amount_1": ""}, "至少要有一项行政处罚"),
        ({"amount_1": ""}, "须有大于零的金额"),
        ({"amount_1": "0.005"}, "最多到分"),
        ({"kind_1": "", "kind_2": "fine"}, "请从第一行起"),
        ({"kind_1": "warning"}, "种类没有金额"),
        ({"party_kind": "unit"}, "请填写统一社会信用代码"),
        (
            {
                "party_kind": "unit", "credit_code": "91990121MA00000000",
                "legal_representative": "样例法人",
            },
            "校验不通过",
        ),
        ({"reasons": ""}, "请填写这一项"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_refused_with_its_reason(
    open_page: Open, made: Made, changed: dict[str, str], sentence: str
) -> None:
    page = open_page(f"/cases/{made(S.INFORMED)}/decision", "qs.case_officer")
    refused = page.submit("保存并生成正文", **{**DECISION, **changed})
    assert refused.status == 422
    assert any(sentence in said for said in refused.errors()), refused.errors()
    assert "经查，当事人销售不合格电线。" in refused.html


def test_a_text_without_its_places_is_refused_and_kept(open_page: Open, made: Made) -> None:
    page = open_page(f"/cases/{made(S.INFORMED)}/decision", "qs.case_officer")
    text = page.submit("保存并生成正文", **DECISION)
    refused = text.submit("保存正文", text="样例正文，没有文号的位置。")
    assert refused.status == 422
    assert any("【文号】" in said for said in refused.errors())
    assert "样例正文，没有文号的位置。" in refused.html


def test_an_early_decision_names_the_last_day_of_the_statement(open_page: Open, made: Made) -> None:
    reference = made(S.INFORMED)
    page = open_page(f"/cases/{reference}/decision", "qs.case_officer")
    page.submit("保存并生成正文", **DECISION)
    refused = open_page(f"/cases/{reference}", "qs.unit_leader").submit(
        "确认作出决定", decided_on="2026-09-22"
    )
    assert refused.status == 422
    assert any("2026-09-30" in said for said in refused.errors())
    assert "处罚告知" in refused.text


def test_a_draft_may_be_changed_and_shows_what_it_holds(open_page: Open, made: Made) -> None:
    address = f"/cases/{made(S.INFORMED)}/decision"
    open_page(address, "qs.case_officer").submit("保存并生成正文", **DECISION)
    again = open_page(address, "qs.case_officer")
    assert again.one("input", name="amount_1").get("value") == "6000.00"
    text = again.submit("保存并生成正文", amount_1="7000", text_1="罚款")
    assert "7000.00元（大写：柒仟元整）" in text.html


# Two people at once -----------------------------------------------------------------------------


def test_the_second_of_two_people_gets_a_conflict_page_with_what_happened(
    open_page: Open, made: Made
) -> None:
    address = f"/cases/{made(S.REVIEWING)}"
    first, second = open_page(address, "qs.reviewer"), open_page(address, "qs.reviewer2")
    first.submit("确认审核通过", opinion="同意。")
    late = second.submit("确认退回补充", reason="请补充检验报告原件。")
    assert late.status == 409
    assert "请补充检验报告原件。" in late.text
    assert "审核通过" in late.text


def test_two_officers_writing_the_same_draft_do_not_overwrite_each_other(
    open_page: Open, made: Made
) -> None:
    address = f"/cases/{made(S.INFORMED)}/decision"
    open_page(address, "qs.case_officer").submit("保存并生成正文", **DECISION)
    one, two = open_page(address, "qs.case_officer"), open_page(address, "qs.case_officer2")
    one.submit("保存并生成正文", reasons="第一人写的理由。")
    late = two.submit("保存并生成正文", reasons="第二人写的理由。")
    assert late.status == 409
    assert "第二人写的理由。" in late.text


def test_a_double_click_files_one_case(open_page: Open, officers: dict[str, str]) -> None:
    page = open_page("/cases/new", "qs.case_officer")
    first = page.submit("提请立案", **PROPOSAL, **officers)
    second = page.submit("提请立案", **PROPOSAL, **officers)
    assert first.url == second.url
    assert len(open_page("/cases/", "qs.case_officer").rows()) == 1


# Evidence ---------------------------------------------------------------------------------------


def test_evidence_is_uploaded_listed_with_its_digest_and_downloaded(
    open_page: Open, sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    address = f"/cases/{made()}"
    page = open_page(address, "qs.case_officer").submit(
        "确认补充证据", files=[upload(PNG, "现场.png")]
    )
    assert "现场.png" in page.links()
    file = page.links()["现场.png"]
    assert sign_in("cz.supervisor").get(file, buffered=True).status_code == 200
    assert sign_in("bs.case_officer").get(file).status_code == 404
    assert sign_in("qs.operator").get(file).status_code == 403
    other = f"/cases/{made()}/files/{file.rpartition('/')[2]}"
    assert sign_in("qs.case_officer").get(other).status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused(open_page: Open, made: Made) -> None:
    page = open_page(f"/cases/{made()}", "qs.case_officer").submit(
        "确认补充证据", files=[upload(b"MZ\x90\x00 none", "现场.png")]
    )
    assert page.status == 422
    assert any("现场.png" in said for said in page.errors())


# Lists, fragments, languages --------------------------------------------------------------------


def test_the_list_shows_the_scope_and_is_narrowed_by_the_address(
    open_page: Open, made: Made
) -> None:
    made(S.FILED)
    made(S.FILED, place="bs", title="白沙样例案")
    assert len(open_page("/cases/", "qs.case_officer").rows()) == 1
    assert len(open_page("/cases/", "cz.supervisor").rows()) == 2
    assert len(open_page("/cases/?unit=bs", "cz.supervisor").rows()) == 1
    assert len(open_page("/cases/?q=白沙样例", "cz.supervisor").rows()) == 1
    assert len(open_page("/cases/?state=proposed", "cz.supervisor").rows()) == 0
    assert "这里没有案件" in open_page("/cases/", "dl.case_officer").text


def test_a_fragment_is_the_same_element_of_the_full_page(
    open_page: Open, sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    reference = made(S.DECIDED)
    client = sign_in("qs.case_officer")
    places = {
        "/cases/": "register",
        f"/cases/{reference}": "record",
        "/cases/panel/enterprise/Q000001": "enterprise-cases",
    }
    for address, name in places.items():
        full = Page(client, client.get(address))
        part = client.get(address, headers={"HX-Request": "true"})
        fragment = Page(client, part, fragment=True)
        whole = " ".join("".join(full.by_id(name).itertext()).split())
        assert fragment.text == whole, address


def test_an_act_in_place_answers_with_the_records_new_block(open_page: Open, made: Made) -> None:
    page = open_page(f"/cases/{made(S.PROPOSED)}", "qs.unit_leader")
    answer = page.submit("确认批准立案", htmx=True)
    assert answer.by_id("record") is not None
    assert "已立案" in answer.text
    refused = open_page(f"/cases/{made(S.FILED)}", "qs.case_officer").submit(
        "确认开始调查", htmx=True
    )
    assert refused.status == 422
    assert "回避情形" in refused.text


def test_the_pages_speak_english_on_request(open_page: Open, made: Made) -> None:
    page = open_page(f"/cases/{made(S.FILED)}", "qs.case_officer", headers={"Cookie": ""})
    page.client.set_cookie("language", "en")
    english = page._open(page.url)
    assert "Begin investigation" in english.text
    assert "Investigation" in english.text


def test_the_pages_of_a_case_hold_at_every_state(open_page: Open, made: Made) -> None:
    for state in S:
        for account in ("qs.case_officer", "qs.unit_leader", "qs.reviewer"):
            page = open_page(f"/cases/{made(state)}", account)
            assert page.status == 200, (state, account)
