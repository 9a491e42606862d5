"""What each person sees and does on the pages of mediations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.kernel import clock
from app.mediations.rules import MediationState
from tests.support.make import mediations as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]


def options_of(page: Page, name: str) -> list[str]:
    return [o.get("value") for o in page.one("select", name=name)]


def test_the_leader_leads_a_complaint_from_consent_to_the_notice(
    open_page: Open, app: Flask
) -> None:
    with app.app_context():
        tip = make.accepted()
    page = open_page(f"/tips/{tip}", "qs.unit_leader").click("组织调解").submit("征求双方意愿")
    assert page.status == 200, page.errors()
    for side in ("complainant", "trader"):
        page = page.submit(
            "确认记录意愿", **{"consent-side": side, "consent-answer": "yes"}
        )  # fmt: skip
        assert page.status == 200, page.errors()
    page = page.submit("确认开始调解", **{"begin-mediator": options_of(page, "begin-mediator")[0]})
    assert "调解中" in page.text
    page = page.submit(
        "确认通知双方", **{"invite-on": "2026-09-28", "invite-hour": "9:30",
        "invite-place": "样例调解室", "invite-complainant_way": "telephone",
        "invite-trader_way": "letter"},
    )  # fmt: skip
    assert "样例调解室" in page.text
    page = page.submit(
        "确认终止调解", **{"end-ending": "refused", "end-reason": "样例：店方拒绝。"}
    )  # fmt: skip
    assert "终止待告知" in page.text
    assert "7" in page.text
    page = page.submit(
        "确认登记告知", **{"tell-complainant_on": "2026-09-22",
        "tell-complainant_way": "telephone", "tell-trader_on": "2026-09-22",
        "tell-trader_way": "letter"},
    )  # fmt: skip
    assert "已终止" in page.text
    assert page.status == 200, page.errors()


def test_an_act_that_is_refused_keeps_what_was_typed(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.mediation()
    page = open_page(f"/mediations/{reference}", "qs.inspector")
    sent = page.submit(
        "确认通知双方", **{"invite-on": "2026-09-28", "invite-hour": "九点",
        "invite-place": "样例调解室", "invite-complainant_way": "telephone",
        "invite-trader_way": "letter"},
    )  # fmt: skip
    assert sent.status == 422
    assert any("9:30" in said for said in sent.errors())
    assert sent.one("input", name="invite-place").get("value") == "样例调解室"


@pytest.mark.parametrize("state", sorted(set(MediationState) - {"agreed", "told"}))
def test_every_state_has_a_sound_page_in_both_languages(
    open_page: Open, app: Flask, state: MediationState
) -> None:
    with app.app_context():
        reference = make.mediation(MediationState(state))
    page = open_page(f"/mediations/{reference}", "qs.unit_leader")
    assert page.status == 200
    assert page.buttons()
    page.client.set_cookie("language", "en")
    english = Page(page.client, page.client.get(f"/mediations/{reference}"))
    assert english.status == 200
    assert "Mediation" in english.text


def test_an_older_complaint_is_ended_by_the_older_law(open_page: Open, app: Flask) -> None:
    with app.app_context(), clock.frozen(datetime(2026, 4, 14, 4, tzinfo=UTC)):
        reference = make.mediation()
    page = open_page(f"/mediations/{reference}", "qs.unit_leader")
    offered = options_of(page, "end-ending")
    assert "party_gone" not in offered
    assert "四十五个工作日内未达成协议" in page.text
    page = page.submit("确认终止调解", **{"end-ending": "sixty_days", "end-reason": "样例"})
    assert page.status == 200, page.errors()
    assert "令20 第21条" in page.text


def test_the_city_reads_and_does_nothing(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.mediation()
    page = open_page(f"/mediations/{reference}", "cz.supervisor")
    assert not any("确认" in said for said in page.buttons())
    assert open_page(f"/mediations/{reference}", "bs.unit_leader").status == 404


def test_the_register_lists_by_view_and_word(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.mediation()
    page = open_page("/mediations/?view=open&q=样例五金店", "qs.auditor")
    assert [row[0] for row in page.rows()] == [reference]
    assert open_page("/mediations/?view=over", "qs.auditor").rows() == []
    assert open_page("/mediations/?q=没有这个词", "qs.auditor").rows() == []
