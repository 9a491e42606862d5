"""Campaigns through their pages: drafted above, binding below, tasks sent by the county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.support.make import campaigns as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    def make_one(**facts: Any) -> str:
        with app.app_context():
            return make.campaign(**facts)

    return make_one


def test_a_campaign_is_drafted_filled_and_issued_through_its_pages(open_page: Open) -> None:
    page = open_page("/campaigns/new", "lj.drafter").submit(
        "保存草稿", title="样例燃气具整治", starts_on="2026-09-01", ends_on="2026-11-30",
        products=["gas_appliance"],
    )  # fmt: skip
    assert "拟定中" in page.text
    page = page.submit(
        "加入任务分解表", **{"special-name": "燃气灶", "special-content": "查熄火保护"}
    )
    page = page.submit(
        "加入报送日历",
        **{"duty-deliverable": "小结", "duty-kind": "once", "duty-due_on": "2026-10-10"},
    )
    assert "燃气灶" in page.text
    issued = open_page(page.url, "lj.unit_leader").submit("部署")
    assert "进行中" in issued.text
    assert "10月10日" in issued.text


def test_reminders_aim_at_the_working_saturday_of_the_seed(open_page: Open, made: Any) -> None:
    """The day after a holiday week that only the real calendar gets right: Sunday 10 Oct 2021."""

    reference = made(starts_on=date(2021, 6, 22), ends_on=date(2021, 10, 31))
    page = open_page(f"/campaigns/{reference}", "lj.drafter").submit(
        "加入报送日历",
        **{"duty-deliverable": "综合总结", "duty-kind": "once", "duty-due_on": "2021-10-10"},
    )
    row = next(r for r in page.rows() if "综合总结" in r[0])
    assert "2021年10月9日" in row[2]


def test_nothing_of_a_campaign_that_ended_is_overdue(open_page: Open, made: Any) -> None:
    reference = made(starts_on=date(2021, 6, 22), ends_on=date(2021, 10, 31))
    open_page(f"/campaigns/{reference}", "lj.drafter").submit(
        "加入报送日历",
        **{"duty-deliverable": "综合总结", "duty-kind": "once", "duty-due_on": "2021-10-10"},
    )
    page = open_page(f"/campaigns/{reference}", "lj.unit_leader")
    assert any("超期" in cell for row in page.rows() for cell in row)
    ended = page.submit("结束行动")
    assert not any("超期" in cell for row in ended.rows() for cell in row)
    assert any("2021年10月10日" in cell for row in ended.rows() for cell in row)


def test_mistakes_are_said_at_their_fields(open_page: Open) -> None:
    page = open_page("/campaigns/new", "lj.drafter").submit(
        "保存草稿", title="样例行动", starts_on="2026-11-30", ends_on="2026-09-01"
    )
    assert page.status == 422
    assert any("结束日期早于开始日期" in said for said in page.errors())
    assert page.one("input", name="title").get("value") == "样例行动"


def test_a_county_leader_sends_inspectors_under_a_campaign_of_the_province(
    open_page: Open, made: Callable[..., str]
) -> None:
    page = open_page(f"/campaigns/{made()}", "qs.unit_leader")
    people = [o.get("value") for o in page.one("select", name="assign-officer")]
    task = page.submit(
        "派出", **{"assign-title": "排查样例电缆店", "assign-place_name": "样例电缆店",
                 "assign-officer": people[0], "assign-companion": people[1]},
    )  # fmt: skip
    assert "待检查" in task.text
    assert any(
        "样例电缆店" in " ".join(row) for row in open_page(page.url, "cz.unit_leader").rows()
    )
    assert not any(
        "样例电缆店" in " ".join(row) for row in open_page(page.url, "bs.unit_leader").rows()
    )


def test_a_campaign_of_another_city_concerns_nobody_here(
    open_page: Open, made: Callable[..., str]
) -> None:
    reference = made(place="cy")
    assert open_page(f"/campaigns/{reference}", "qs.unit_leader").status == 404
    assert open_page(f"/campaigns/{reference}", "dl.unit_leader").status == 200
    assert open_page(f"/campaigns/{reference}", "lj.unit_leader").status == 200


@pytest.mark.parametrize("account", ["qs.inspector", "cz.triage_officer"])
def test_whoever_drafts_nothing_is_refused(open_page: Open, account: str) -> None:
    assert open_page("/campaigns/new", account).status == 403


def test_a_county_cannot_issue_the_province_s_draft(
    open_page: Open, made: Callable[..., str]
) -> None:
    page = open_page(f"/campaigns/{made(issued=False)}", "qs.unit_leader")
    assert "部署" not in page.buttons()
    answer = page.client.post(f"{page.url}/issue", data={})
    assert answer.status_code == 403
