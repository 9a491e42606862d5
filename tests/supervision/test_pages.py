"""What each bureau sees and does on the pages of listed supervision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cases.rules import CaseState
from app.kernel.db import unit_of_work
from app.people import queries as people
from app.supervision.actions import answer
from app.supervision.rules import ListingState
from tests.support.make import cases as make_cases
from tests.support.make import supervision as make
from tests.support.page import Page, upload, words
from tests.support.pdf import Pdf

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Made = Callable[..., str]
S = ListingState
PDF = b"%PDF-1.4\n%sample\n%%EOF\n"

LISTING = {
    "subject_kind": "case",
    "title": "测试线缆有限公司销售不合格电线案",
    "reason": "货值大，涉及多县。",
    "due_on": "2026-11-20",
    "demand_1": "查清上游铜杆来源",
    "due_1": "2026-10-15",
    "demand_2": "依法处理并公示",
    "due_2": "2026-11-20",
    "handling": "qs",
}


@pytest.fixture
def made(app: Flask) -> Made:
    def make_one(state: ListingState = S.LISTED, **over: Any) -> str:
        with app.app_context():
            return make.reference(state, **over)

    return make_one


@pytest.fixture
def case(app: Flask) -> str:
    with app.app_context():
        return make_cases.reference(CaseState.INVESTIGATING)


# The whole road, as two bureaus walk it ---------------------------------------------------------


def test_a_case_is_listed_reported_urged_and_delisted_through_pages(
    open_page: Open, case: str
) -> None:
    page = open_page(f"/supervision/new?kind=case&reference={case}", "cz.supervisor")
    assert page.one("input", name="subject_reference").get("value") == case
    listed = page.submit("挂牌督办", **LISTING)
    address = listed.url
    assert "澄市监督〔2026〕1号" in listed.text
    assert "0/2" in listed.text

    urged = open_page(address, "cz.supervisor").submit(
        "确认催办", text="请抓紧查清来源。", answer_due_on="2026-09-28"
    )
    assert "澄市监督函〔2026〕1号" in urged.text

    county = open_page(address, "qs.case_officer")
    assert "摘牌" not in " ".join(county.buttons()).replace("申请摘牌", "")
    county = county.submit("确认答复", text="三日内报送。")
    county = county.submit("确认报送", text="已查清来源。", files=[upload(PDF, "来源.pdf")])
    assert "来源.pdf" in county.links()
    assert "确认申请摘牌" not in county.buttons()  # the second demand is still open
    county = county.submit("确认补报", text="补上一份票据。")
    county = county.submit("确认报送", text="已依法处理。")
    county = county.submit("确认申请摘牌", text="两项均已办结。")
    assert "申请摘牌" in county.text

    city = open_page(address, "cz.supervisor")
    assert "确认摘牌" not in city.buttons()  # two demands are still to be judged
    city = city.submit("确认核验", verdict="met").submit("确认核验", verdict="met")
    assert "2/2" in city.text
    done = city.submit("确认摘牌")
    assert "澄市监督解〔2026〕1号" in done.text
    assert not [word for word in done.buttons() if word.startswith("确认")]


# Who may do what --------------------------------------------------------------------------------

CITY, COUNTY = "cz.supervisor", "qs.case_officer"
REASON = {"reason": "样例"}
#: state, address below the listing, fields, who may, who of the other side may not.
ACTS = [
    (S.LISTED, "urge", {"text": "样例", "answer_due_on": "2026-09-28"}, CITY, COUNTY),
    (S.LISTED, "extend", {**REASON, "new_due_on": "2027-01-15"}, "cz.unit_leader", COUNTY),
    (S.LISTED, "withdraw", REASON, "cz.unit_leader", "qs.unit_leader"),
    (S.LISTED, "announce", {"public_title": "样例"}, "cz.unit_leader", "qs.unit_leader"),
    (S.LISTED, "demands/1/report", {"text": "样例"}, COUNTY, CITY),
    (S.APPLIED, "demands/1/judge", {"verdict": "met"}, CITY, "qs.supervisor"),
    (S.APPLIED, "return", REASON, CITY, "qs.unit_leader"),
]


@pytest.mark.parametrize(("state", "act", "fields", "able", "other"), ACTS)
def test_every_act_has_its_side_and_its_people(
    sign_in: Callable[..., FlaskClient], made: Made, state: ListingState, act: str,
    fields: dict[str, str], able: str, other: str,
) -> None:  # fmt: skip
    address = f"/supervision/{made(state)}/{act}"

    def post(account: str) -> int:
        return sign_in(account).post(address, data=fields).status_code

    assert post(other) == 403
    assert post("qs.publisher") == 403
    assert post("lj.unit_leader") == 403  # above both, but not the one who listed
    for stranger in ("bs.unit_leader", "bs.supervisor", "dl.unit_leader"):
        assert post(stranger) in {403, 404}
        assert post(stranger) != 303
    assert post(able) == 303


@pytest.mark.parametrize("account", ["bs.supervisor", "dl.supervisor", "cy.unit_leader"])
def test_a_sibling_and_another_city_do_not_find_it(
    open_page: Open, sign_in: Callable[..., FlaskClient], made: Made, account: str
) -> None:
    address = f"/supervision/{made()}"
    assert open_page(address, account).status == 404
    fields = {"text": "样例", "answer_due_on": "2026-09-28"}
    assert sign_in(account).post(f"{address}/urge", data=fields).status_code == 404


def test_delisting_is_impossible_while_a_demand_is_open(
    sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    listed, applied = made(), made(S.APPLIED, with_case=False)
    city = sign_in(CITY)
    assert city.post(f"/supervision/{listed}/delist").status_code == 409
    answer = city.post(f"/supervision/{applied}/delist")
    assert answer.status_code == 422
    assert "还有 2 项要求没有销号" in answer.get_data(as_text=True)
    assert sign_in("qs.unit_leader").post(f"/supervision/{applied}/delist").status_code == 403


@pytest.mark.parametrize("account", ["qs.operator", "qs.publisher", "lj.system_administrator"])
def test_who_has_no_business_with_listings_sees_none(open_page: Open, account: str) -> None:
    assert open_page("/supervision/", account).status == 403


@pytest.mark.parametrize("account", ["cz.case_officer", "cz.inspector"])
def test_only_supervisors_and_leaders_list(open_page: Open, account: str) -> None:
    assert open_page("/supervision/new", account).status == 403


def test_nobody_can_choose_the_own_bureau_a_sibling_or_one_above(open_page: Open) -> None:
    page = open_page("/supervision/new", "qs.supervisor")
    answer = page.submit("挂牌督办", **{**LISTING, "subject_kind": "issue", "handling": "qs"})
    assert answer.status == 422
    city = open_page("/supervision/new", CITY)
    for code in ("cz", "lj", "dl"):
        refused = city.submit("挂牌督办", **{**LISTING, "subject_kind": "issue", "handling": code})
        assert refused.status == 422, code


# Mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": "2026-09-21"}, "期限在今天之前"),
        ({"due_on": "2026-02-30"}, "没有这一天"),
        ({"demand_1": "", "demand_2": ""}, "至少要有一项督办要求"),
        ({"demand_1": ""}, "请从第一行起"),
        ({"due_2": ""}, "请填写日期"),
        ({"due_2": "2026-12-31"}, "晚于督办期限"),
        ({"reason": ""}, "请填写这一项"),
        ({"title": "题" * 121}, "最多 120 个字"),
        ({"subject_kind": "area", "subject_reference": "999999"}, "行政区划代码"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(
    open_page: Open, changed: dict[str, str], sentence: str
) -> None:
    page = open_page("/supervision/new", CITY)
    refused = page.submit("挂牌督办", **{**LISTING, "subject_kind": "issue", **changed})
    assert refused.status == 422
    assert any(sentence in said for said in refused.errors()), refused.errors()
    assert "查清上游铜杆来源" in refused.html or changed.get("demand_1") == ""


def test_an_unknown_case_is_not_found(open_page: Open) -> None:
    page = open_page("/supervision/new", CITY)
    assert page.submit("挂牌督办", **LISTING, subject_reference="A2026-9999").status == 404


def test_not_met_needs_its_reason_at_the_field(open_page: Open, made: Made) -> None:
    page = open_page(f"/supervision/{made(S.APPLIED)}", CITY)
    refused = page.submit("确认核验", verdict="not_met")
    assert refused.status == 422
    assert any("请写明理由" in said for said in refused.errors())


# Two people at once -----------------------------------------------------------------------------


def test_the_second_of_two_supervisors_gets_a_conflict_page(open_page: Open, made: Made) -> None:
    address = f"/supervision/{made()}"
    one, two = open_page(address, CITY), open_page(address, "cz.unit_leader")
    one.submit("确认催办", text="第一函。", answer_due_on="2026-09-28")
    late = two.submit("确认催办", text="第二人写的催办内容。", answer_due_on="2026-09-28")
    assert late.status == 409
    assert "第二人写的催办内容。" in late.text
    assert "澄市监督函〔2026〕1号" in late.text


def test_a_double_click_lists_once(open_page: Open, case: str) -> None:
    page = open_page(f"/supervision/new?kind=case&reference={case}", CITY)
    first, second = (page.submit("挂牌督办", **LISTING) for _ in range(2))
    assert first.url == second.url
    assert len(open_page("/supervision/", CITY).rows()) == 1


# Board, panels, fragments, languages ------------------------------------------------------------


def test_the_board_shows_each_bureau_its_level(open_page: Open, made: Made) -> None:
    made()
    made(by="lj.supervisor", with_case=False, title="省局挂牌的样例问题")
    city = open_page("/supervision/", CITY)
    groups = {h for h in ("我局挂牌", "上级挂牌，我局承办或转承办", "下级挂牌") if h in city.text}
    assert len(groups) == 3
    assert len(city.rows()) == 2
    assert city.text.index("澄市监督〔2026〕1号") < city.text.index("上级挂牌，我局承办")
    assert city.text.index("临市监督〔2026〕1号") > city.text.index("上级挂牌，我局承办")
    province = open_page("/supervision/", "lj.supervisor")
    assert province.text.index("澄市监督〔2026〕1号") > province.text.index("下级挂牌")
    assert open_page("/supervision/", "bs.supervisor").rows() == []
    county = open_page("/supervision/", COUNTY)
    assert county.text.count("报送") >= 2


def test_the_board_is_narrowed_by_the_address(open_page: Open, made: Made) -> None:
    made()
    made(with_case=False, title="样例问题")
    made(S.DELISTED, with_case=False, title="已经摘牌的样例")
    assert len(open_page("/supervision/?kind=issue", CITY).rows()) == 1
    assert len(open_page("/supervision/?unit=bs", CITY).rows()) == 0
    assert len(open_page("/supervision/?view=ended", CITY).rows()) == 1
    assert len(open_page("/supervision/?view=stuck", CITY).rows()) == 0


def test_the_case_shows_its_listing_in_a_panel(open_page: Open, case: str) -> None:
    page = open_page(f"/cases/{case}", CITY)
    panel = page.by_id("case-supervision")
    link = next(node for node in panel.iter() if node.get("hx-get"))
    assert link.get("hx-trigger") == "load"
    empty = page._open(link.get("hx-get"))
    assert "没有挂牌督办" in empty.text
    empty.click("挂牌督办").submit("挂牌督办", **LISTING)
    full = page._open(link.get("hx-get"))
    assert "查清上游铜杆来源" in full.text
    county = open_page(link.get("hx-get"), COUNTY)
    assert "/supervision/new" not in county.html
    assert open_page(link.get("hx-get"), "bs.supervisor").status == 404
    assert open_page("/supervision/panel?kind=tip&reference=1", CITY).status == 404


def test_a_fragment_is_the_same_element_of_the_full_page(
    sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    reference = made()
    client = sign_in(CITY)
    places = {
        "/supervision/": "board",
        f"/supervision/{reference}": "record",
        "/supervision/panel?kind=case&reference=A2026-0001": "case-supervision",
    }
    for address, name in places.items():
        full = Page(client, client.get(address))
        part = client.get(address, headers={"HX-Request": "true"})
        fragment = Page(client, part, fragment=True)
        whole = " ".join("".join(full.by_id(name).itertext()).split())
        assert fragment.text == whole, address


def test_an_act_in_place_answers_with_the_records_new_block(open_page: Open, made: Made) -> None:
    page = open_page(f"/supervision/{made()}", CITY)
    answer = page.submit("确认催办", htmx=True, text="请报送。", answer_due_on="2026-09-28")
    assert answer.by_id("record") is not None
    assert "澄市监督函〔2026〕1号" in answer.text
    late = open_page(page.url, "cz.unit_leader")
    refused = late.submit("确认延期", htmx=True, new_due_on="2026-10-01", reason="样例")
    assert refused.status == 422
    assert "须晚于原期限" in refused.text


def test_a_report_is_downloaded_by_both_sides_only(
    open_page: Open, sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    page = open_page(f"/supervision/{made()}", COUNTY)
    page = page.submit("确认报送", text="样例", files=[upload(PDF, "样例.pdf")])
    file = page.links()["样例.pdf"]
    assert sign_in(CITY).get(file, buffered=True).status_code == 200
    assert sign_in("bs.supervisor").get(file).status_code == 404
    assert sign_in("qs.publisher").get(file).status_code == 403


def test_the_pages_of_a_listing_hold_at_every_state(open_page: Open, made: Made) -> None:
    for state in S:
        for account in (CITY, "cz.unit_leader", COUNTY, "lj.supervisor"):
            page = open_page(f"/supervision/{made(state)}", account)
            assert page.status == 200, (state, account)


def test_the_pages_speak_english_on_request(open_page: Open, made: Made) -> None:
    page = open_page(f"/supervision/{made()}", CITY)
    page.client.set_cookie("language", "en")
    english = page._open(page.url)
    assert "Demands of the listing" in english.text
    assert "Urge" in english.text


def test_a_letter_is_had_as_a_file_by_both_sides_and_by_nobody_else(
    app: Flask, open_page: Open, sign_in: Callable[[str], FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        listing = make.listing()
        numbers = [make.urge(listing)]
        answer(listing, text="样例：已阅。", by=people.today_identity("qs.unit_leader"))
        numbers.append(make.urge(listing))
        reference = listing.reference
    address = f"/supervision/{reference}"
    for account in ("cz.supervisor", "qs.case_officer"):
        page = open_page(address, account)
        links = [node.get("href") for node in page.all("a") if words(node) == "下载 PDF"]
        assert links == [f"{address}/letters/2.pdf", f"{address}/letters/1.pdf"]
        for number, link in zip(reversed(numbers), links, strict=True):
            sent = page.client.get(link)
            assert sent.mimetype == "application/pdf"
            text = Pdf(sent.data).text()
            assert number in text
            assert "青石县市场监督管理局" in text
            assert sent.headers["Content-Security-Policy"].startswith("sandbox")
    assert open_page(f"{address}/letters/3.pdf", "cz.supervisor").status == 404
    assert open_page(f"{address}/letters/0.pdf", "cz.supervisor").status == 404
    assert sign_in("bs.supervisor").get(links[0]).status_code == 404
    assert sign_in("qs.drafter").get(links[0]).status_code == 403
