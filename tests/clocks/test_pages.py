"""What does each reader see of the calendar, the legal terms and a count?"""

from __future__ import annotations

import pytest

from app.clocks import actions, queries
from app.kernel.db import unit_of_work

pytestmark = pytest.mark.database

NOTICE = {
    "title": "测试用放假安排",
    "number": "测试发〔2026〕1号",
    "holidays": "元旦 2027-01-01..2027-01-03\n春节 2027-02-05..2027-02-11",
    "make_up_days": "元旦 2027-01-09",
}
ADMINISTRATOR = "lj.system_administrator"


# --- the calendar --------------------------------------------------------------------------


def test_everybody_reads_the_years_and_their_notices(open_page) -> None:
    page = open_page("/calendar", "qs.inspector")
    assert page.rows()[0][:2] == ["2027", "未公布，日期暂定"]
    assert page.rows()[1][2:5] == ["国办发明电〔2025〕7号", "33", "6"]
    assert len(page.rows()) == 24
    assert "录入" not in page.links()


def test_a_year_shows_what_is_off_and_what_is_worked(open_page) -> None:
    page = open_page("/calendar/2026", "qs.inspector")
    assert page.rows()[8] == ["9月", "9月25日至9月27日 中秋节", "9月20日 国庆节", "22"]
    assert "全年 248 个工作日" in page.text
    assert "国办发明电〔2025〕7号" in page.text


def test_a_year_without_its_notice_says_what_is_assumed(open_page) -> None:
    page = open_page("/calendar/2027", "qs.inspector")
    assert "尚未公布" in page.text
    assert "元旦、劳动节、国庆节" in page.text


@pytest.mark.parametrize("year", ["1999", "2101", "99999"])
def test_years_out_of_reach_are_not_found(open_page, year: str) -> None:
    assert open_page(f"/calendar/{year}", "qs.inspector").status == 404


def test_visitors_are_sent_to_sign_in(visitor) -> None:
    for address in ("/calendar", "/calendar/2026", "/legal-terms", "/count"):
        answer = visitor.get(address)
        assert answer.status_code == 303
        assert "/sign-in" in answer.location


def test_the_administrator_enters_a_year_and_running_clocks_move(open_page, identity, app) -> None:
    officer = identity("qs.case_officer")
    with app.app_context(), unit_of_work():
        actions.start("tip", "261228-901", "tip.acceptance", day("2026-12-28"), by=officer)
    page = open_page("/calendar/2027", ADMINISTRATOR).click("录入放假安排")
    done = page.submit("保存并重算期限", **NOTICE)
    assert done.url == "/calendar/2027"
    assert "测试发〔2026〕1号" in done.text
    with app.app_context():
        clock = queries.running_clock("tip", "261228-901", "tip.acceptance")
        assert not clock.is_provisional


def test_a_notice_is_corrected_from_what_was_kept(open_page) -> None:
    open_page("/calendar/2027/notice", ADMINISTRATOR).submit("保存并重算期限", **NOTICE)
    page = open_page("/calendar/2027/notice", ADMINISTRATOR)
    done = page.submit("保存并重算期限", title="测试用放假安排（更正）")
    assert "测试用放假安排（更正）" in done.text
    assert "2月5日至2月11日 春节" in done.text


def test_two_administrators_at_once_cannot_both_win(open_page) -> None:
    open_page("/calendar/2027/notice", ADMINISTRATOR).submit("保存并重算期限", **NOTICE)
    first = open_page("/calendar/2027/notice", ADMINISTRATOR)
    second = open_page("/calendar/2027/notice", ADMINISTRATOR)
    first.submit("保存并重算期限", title="测试用放假安排甲")
    refused = second.submit("保存并重算期限", title="测试用放假安排乙")
    assert refused.status == 409
    assert "测试用放假安排甲" in open_page("/calendar/2027", ADMINISTRATOR).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"holidays": "元旦 2027-02-30"}, "第 1 行有不存在的日期。"),
        ({"holidays": "元旦 2028-01-01"}, "2028-01-01 不在这一年（或上一年 12 月）。"),
        ({"make_up_days": "元旦 2027-01-04"}, "2027-01-04 不是周六或周日，不能是调休上班日。"),
        ({"title": ""}, "请填写这一项。"),
    ],
)
def test_a_wrong_notice_is_refused_at_its_field_and_kept_as_typed(
    open_page,
    typed: dict,
    sentence: str,
) -> None:
    page = open_page("/calendar/2027/notice", ADMINISTRATOR)
    refused = page.submit("保存并重算期限", **(NOTICE | typed))
    assert refused.status == 422
    assert any(sentence in said for said in refused.errors())
    assert "测试发〔2026〕1号" in refused.html
    assert "尚未公布" in open_page("/calendar/2027", ADMINISTRATOR).text


def test_a_refused_notice_answers_htmx_with_the_form_alone(open_page) -> None:
    page = open_page("/calendar/2027/notice", ADMINISTRATOR)
    refused = page.submit("保存并重算期限", htmx=True, **(NOTICE | {"holidays": "元旦"}))
    assert refused.status == 422
    assert refused.html.strip().startswith("<form")


@pytest.mark.parametrize(
    "account", ["qs.unit_leader", "lj.security_administrator", "lj.audit_administrator"]
)
def test_nobody_else_may_enter_a_year(open_page, sign_in, account: str) -> None:
    assert open_page("/calendar/2027/notice", account).status == 403
    assert sign_in(account).post("/calendar/2027/notice", data=NOTICE).status_code == 403
    assert "录入放假安排" not in open_page("/calendar/2027", account).links()


# --- legal terms ---------------------------------------------------------------------------


def test_every_term_stands_under_its_law_with_its_article(open_page) -> None:
    page = open_page("/legal-terms", "qs.case_officer")
    rows = [row for row in page.rows() if row[0] == "作出处理决定"]
    assert [row[1:4] for row in rows] == [["立案", "90 日", "第64条"]]


def test_terms_are_found_by_a_word(open_page) -> None:
    page = open_page("/legal-terms?q=公示处罚", "qs.case_officer")
    assert [row[0] for row in page.rows() if len(row) == 5] == ["公示处罚信息"]
    none = open_page("/legal-terms?q=没有这样的期限", "qs.case_officer")
    assert "没有符合条件的期限" in none.text


def test_the_list_fragment_is_the_list_of_the_page(open_page, sign_in) -> None:
    whole = open_page("/legal-terms?q=mediation", "qs.case_officer")
    part = sign_in("qs.case_officer").get(
        "/legal-terms?q=mediation", headers={"HX-Request": "true"}
    )
    assert part.get_data(as_text=True).strip() in whole.html


def test_a_term_shows_all_its_versions_newest_first(open_page) -> None:
    page = open_page("/legal-terms/tip.mediation", "qs.case_officer")
    headings = ["".join(node.itertext()).split() for node in page.all("h2", class_="section-head")]
    assert headings[0][0] == "令121"
    assert headings[0][-1] == "现行"
    assert headings[1][0] == "令20"
    assert "60 日" in page.text
    assert "45 个工作日" in page.text
    assert open_page("/legal-terms/no.such", "qs.case_officer").status == 404


def test_what_is_general_knowledge_is_marked_on_its_page(open_page) -> None:
    page = open_page("/legal-terms/hearing.report", "qs.case_officer")
    assert "条号未核实" in page.text


# --- how it is counted ---------------------------------------------------------------------


def test_a_count_is_explained_step_by_step(open_page) -> None:
    address = "/count?code=case.decision&start=2026-07-13&suspend=2026-08-03..2026-08-14"
    page = open_page(address, "qs.case_officer")
    assert "2026年10月23日" in page.text
    assert "剩 31 日" in page.text
    assert page.rows()[1] == ["2026年8月3日", "2026年8月14日", "暂停", "12"]


def test_a_count_is_asked_for_without_script(open_page) -> None:
    page = open_page("/count?code=tip.acceptance", "qs.operator")
    done = page.submit("计算", start="2026-09-18")
    assert "9月25日至9月27日 中秋节放假，不计" in done.text
    assert "2026年9月29日 届满" in done.text


def test_the_old_version_is_counted_when_the_record_is_under_it(open_page) -> None:
    address = "/count?code=tip.mediation&start=2026-04-20&under=2020-01-01"
    page = open_page(address, "qs.operator")
    assert "2026年6月25日" in page.text
    again = page.submit("计算", start="2026-04-21")
    assert "令20" in again.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("code=case.decision&start=2026-02-30", "没有这一天"),
        ("code=case.decision&start=2026-07-13&suspend=2026-08-03", "请把暂停的起止日写成"),
        ("code=tip.acceptance&start=2026-07-13&extend=1", "不允许再延长"),
        ("code=case.decision&start=2026-07-13&extend=2", "请填写决定的届满日"),
        ("code=no.such&start=2026-07-13", "没有这一期限的规定"),
        ("code=tip.named_reply&start=2026-07-13", "没有这一期限的规定"),
        ("start=2026-07-13", "没有这一期限的规定"),
        (
            "code=case.decision&start=2026-07-13&extend=2&until=2026-08-01",
            "按这些条件算不出届满日",
        ),
    ],
)
def test_what_cannot_be_counted_is_said_at_its_field(open_page, query: str, sentence: str) -> None:
    page = open_page(f"/count?{query}", "qs.operator")
    assert page.status == 422
    assert sentence in page.text


def test_a_clock_that_stands_still_has_no_last_day(open_page) -> None:
    address = "/count?code=case.decision&start=2026-07-13&suspend=2026-08-03.."
    assert "暂停中，恢复后才有届满日" in open_page(address, "qs.operator").text


def test_pages_speak_english(sign_in) -> None:
    client = sign_in("qs.inspector")
    client.set_cookie("language", "en")
    text = client.get("/count?code=case.decision&start=2026-07-06").get_data(as_text=True)
    assert "SAMR Order 2, Art. 64" in text
    assert "4 Oct is not a working day; moved to 8 Oct" in text
    assert "Working calendar" in client.get("/calendar").get_data(as_text=True)


def day(text: str):
    from datetime import date  # noqa: PLC0415 - one builder

    return date.fromisoformat(text)
