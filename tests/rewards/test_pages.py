"""What each person sees and does on the pages of rewards, and what the reporter reads."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.rewards.rules import RewardState
from app.tips import intake
from app.tips.rules import Standing
from tests.support.make import rewards as make
from tests.support.page import Page
from tests.support.pdf import Pdf

pytestmark = pytest.mark.database
Open = Callable[..., Page]
#: A reporter whose words occur nowhere else.
SECRET = ("样例秘奖匿", "13987654321", "样例秘密里 99 号")


def workbook(content: bytes) -> str:
    """Return the cells and the words of a workbook, as they are written in it."""
    book = zipfile.ZipFile(io.BytesIO(content))
    return "".join(
        book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "sharedStrings")
    )


@pytest.fixture
def kept(app: Flask) -> Callable[..., tuple[str, str, str, str]]:
    """Keep a reward in a state; returns reward, case, report number and query code."""

    def keep(state: RewardState | None) -> tuple[str, str, str, str]:
        caller = intake.Caller(Standing.REAL_NAME, *SECRET)
        with app.app_context():
            with unit_of_work():
                found = make.led(caller)
                made = make.carried(found, state).reference if state else ""
                told = made, found.case.reference, found.tip.reference, found.code
            db.session.remove()
        return told

    return keep


def test_from_the_reports_page_to_the_payment(
    open_page: Open, kept: Callable[..., tuple[str, ...]]
) -> None:
    _, case, tip, code = kept(None)
    panel = open_page(f"/rewards/panel/tip/{tip}", "qs.triage_officer")
    page = panel.click("提出奖励")
    assert "6 903.70" in page.text.replace("\u202f", " ")
    refused = page.submit("提出奖励", grade="second", basis="")
    assert refused.status == 422
    page = refused.submit("提出奖励", basis="样例：批次属实。", is_natural_person="y")
    assert page.status == 200, page.errors()
    address = page.url
    page = open_page(address, "qs.reviewer").submit(
        "确认审核同意", **{"review-opinion": "样例：同意。"}
    )  # fmt: skip
    page = open_page(address, "qs.unit_leader").submit("确认批准")
    assert "待告知" in page.text
    until = (clock.today() + timedelta(days=30)).isoformat()
    page = open_page(address, "qs.triage_officer").submit(
        "确认登记告知", **{"tell-way": "telephone", "tell-contact": make.CONTACT,
        "tell-claim_until": until},
    )  # fmt: skip
    assert page.status == 200, page.errors()
    wrong = page.submit("确认登记领取", **{"claim-code": "ABCDEFGHJKLM"})
    assert wrong.status == 422
    assert "查询码不对" in wrong.text
    page = wrong.submit("确认登记领取", **{"claim-code": code})
    assert "凭受理号和查询码" in page.text
    assert code not in page.text
    page = page.submit("确认登记发放", **{"pay-voucher": "样例 001"})
    assert "已发放" in page.text
    assert "已发放" in open_page(f"/rewards/panel/case/{case}", "qs.auditor").text


@pytest.mark.parametrize("state", sorted(RewardState))
def test_every_state_has_a_sound_page_in_both_languages(
    open_page: Open, kept: Callable[..., tuple[str, ...]], state: str
) -> None:
    reference = kept(RewardState(state))[0]
    page = open_page(f"/rewards/{reference}", "qs.unit_leader")
    assert page.status == 200
    page.client.set_cookie("language", "en")
    english = Page(page.client, page.client.get(f"/rewards/{reference}"))
    assert "How it is counted" in english.text


def test_the_list_shows_rewards_by_view_and_their_sums(
    open_page: Open, kept: Callable[..., tuple[str, ...]]
) -> None:
    open_one, paid = kept(RewardState.TOLD)[0], kept(RewardState.PAID)[0]
    _, _, could, _ = kept(None)
    rows = {
        view: [row[0] for row in open_page(f"/rewards/?view={view}", "qs.auditor").rows()]
        for view in ("open", "paid", "stopped", "all")
    }
    assert rows["open"][0] == open_one
    assert rows["paid"][0] == paid
    assert paid not in rows["open"]
    assert open_one not in rows["stopped"]
    assert {open_one, paid} <= set(rows["all"])
    possible = open_page("/rewards/?view=possible", "qs.triage_officer")
    assert could in [row[0] for row in possible.rows()]
    assert "按状态合计" in open_page("/rewards/", "cz.supervisor").text
    assert "按状态合计" not in open_page("/rewards/", "bs.auditor").text
    found = open_page(f"/rewards/?view=all&q={paid}", "qs.auditor").rows()
    assert found[0][0] == paid


def test_a_report_and_a_case_load_their_panel(
    open_page: Open, kept: Callable[..., tuple[str, ...]]
) -> None:
    _, case, tip, _ = kept(RewardState.PROPOSED)
    for address in (f"/tips/{tip}", f"/cases/{case}"):
        page = open_page(address, "qs.unit_leader")
        assert any("/rewards/panel/" in (a.get("hx-get") or "") for a in page.all("a"))
    operator = open_page(f"/tips/{tip}", "qs.operator")
    assert not any("/rewards/" in (a.get("hx-get") or "") for a in operator.all("a"))


def test_the_list_leaves_as_workbook_and_as_csv(
    open_page: Open, kept: Callable[..., tuple[str, ...]], sign_in: Callable[..., FlaskClient]
) -> None:
    reference, _, tip, _ = kept(RewardState.PAID)
    client = sign_in("qs.auditor")
    told = workbook(client.get("/rewards/list.xlsx?view=paid").data)
    for said in (reference, tip, "<v>6903.7</v>", "<v>5000</v>"):
        assert said in told
    assert "<f>" not in told
    answer = client.get("/rewards/list.csv?view=paid")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert lines[1][:2] == [reference, tip]
    assert lines[1][5:7] == ["6903.70", "5000.00"]


def test_the_sheet_names_number_and_sum_in_figures_and_capitals(
    kept: Callable[..., tuple[str, ...]], sign_in: Callable[..., FlaskClient]
) -> None:
    reference, _, tip, _ = kept(RewardState.TOLD)
    answer = sign_in("qs.auditor").get(f"/rewards/{reference}/sheet.pdf")
    made = Pdf(answer.data)
    text = "".join(made.text().split())
    for said in (reference, tip, "5000.00元", "伍仟元整", "举报奖励发放单"):
        assert said in text
    assert not any("".join(word.split()) in text for word in SECRET)
    assert not made.faults()
    early = kept(RewardState.REVIEWED)[0]
    assert sign_in("qs.auditor").get(f"/rewards/{early}/sheet.pdf").status_code == 404


@pytest.mark.parametrize("state", ["proposed", "approved", "paid"])
def test_no_page_of_rewards_tells_who_reported(
    kept: Callable[..., tuple[str, ...]], sign_in: Callable[..., FlaskClient], state: str
) -> None:
    reference, case, tip, _ = kept(RewardState(state))
    _, _, could, _ = kept(None)
    roles = ("triage_officer", "inspector", "reviewer", "unit_leader", "auditor")
    for account in (*(f"qs.{role}" for role in roles), "cz.supervisor"):
        client = sign_in(account)
        for address in (
            "/rewards/?view=all", "/rewards/?view=possible", f"/rewards/{reference}",
            f"/rewards/panel/tip/{tip}", f"/rewards/panel/case/{case}",
            f"/rewards/new?tip={could}", "/rewards/list.csv?view=all", "/desk",
            f"/desk?q={reference}", f"/cases/{case}",
        ):  # fmt: skip
            said = client.get(address).get_data(as_text=True)
            assert not [word for word in SECRET if word in said], (account, address)
        book = client.get("/rewards/list.xlsx?view=all").data
        assert not [word for word in SECRET if word in workbook(book)]


def test_a_planted_leak_would_be_met(
    app: Flask, kept: Callable[..., tuple[str, ...]], sign_in: Callable[..., FlaskClient]
) -> None:
    """The control: a name that an officer wrote into the reasons does show."""
    reference = kept(RewardState.PROPOSED)[0]
    with app.app_context(), unit_of_work() as session:
        session.execute(db.text("UPDATE reward SET basis = :name"), {"name": SECRET[0]})
    said = sign_in("qs.auditor").get(f"/rewards/{reference}").get_data(as_text=True)
    assert SECRET[0] in said


def test_the_reporter_reads_on_the_page_of_progress_how_to_claim_it(
    open_page: Open, visitor: FlaskClient, kept: Callable[..., tuple[str, ...]]
) -> None:
    def read(state: RewardState, language: str = "zh") -> str:
        _, case, tip, code = kept(state)
        visitor.set_cookie("language", language)
        word = {"zh": "查询", "en": "Search"}[language]
        page = open_page("/track").submit(word, number=tip, code=code)
        assert page.status == 200
        assert case not in page.text
        assert "5000" not in page.text.replace("\u202f", "")
        return page.text

    assert "奖励" not in read(RewardState.REVIEWED)
    assert "怎样领取，由青石县市场监督管理局告诉您" in read(RewardState.APPROVED)
    told = read(RewardState.TOLD)
    assert make.CONTACT in told
    assert "带上受理号和查询码" in told
    assert "A reward for you has been approved." in read(RewardState.TOLD, "en")
    assert "奖励" not in read(RewardState.REFUSED)


def test_a_stranger_meets_nothing(
    kept: Callable[..., tuple[str, ...]], sign_in: Callable[..., FlaskClient]
) -> None:
    reference, case, tip, _ = kept(RewardState.PROPOSED)
    county, city = sign_in("bs.unit_leader"), sign_in("cz.unit_leader")
    for address in (f"/rewards/{reference}", f"/rewards/panel/tip/{tip}",
                    f"/rewards/panel/case/{case}", f"/rewards/{reference}/sheet.pdf"):  # fmt: skip
        assert county.get(address).status_code == 404
    assert city.get(f"/rewards/{reference}").status_code == 200
    assert city.post(f"/rewards/{reference}/refuse", data={}).status_code == 403
