"""On which grounds a complaint is refused, by the law of the day it came; what art. 17 hints at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import actions, consumer, labels, rules
from app.tips.consumer import Factor
from app.tips.models import Tip
from app.tips.rules import ORDER_20, ORDER_121, Ground, TipKind
from app.units import queries as units
from tests.support.make import enterprises
from tests.support.make.tips import receipt
from tests.support.page import Page

Open = Callable[..., Page]
Who = Callable[..., Identity]
LAST_OLD = datetime(2026, 4, 14, 15, 59, tzinfo=UTC)  # 23:59 in China
FIRST_NEW = LAST_OLD + timedelta(minutes=1)


def complaint(at: datetime | None = None, **facts: object) -> Tip:
    """Receive a complaint at an instant and route it, inside the test's write transaction."""
    with clock.frozen(at or clock.now()):
        tip = receipt(kinds=(TipKind.COMPLAINT,), **facts).tips[0]
        actions.route(tip, units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    return tip


def test_the_law_changed_on_the_fifteenth_of_april() -> None:
    assert rules.order_at(date(2026, 4, 14)) is ORDER_20
    assert rules.order_at(date(2026, 4, 15)) is ORDER_121
    assert len(ORDER_20.grounds) == 6
    assert len(ORDER_121.grounds) == 7
    assert Ground.IDENTITY_FALSE not in ORDER_20.grounds


def test_each_version_has_its_own_words() -> None:
    old, new = labels.grounds_of(ORDER_20), labels.grounds_of(ORDER_121)
    assert tuple(old) == ORDER_20.grounds
    assert tuple(new) == tuple(Ground)
    assert str(old[Ground.PAPERS_MISSING]) == "缺少规定材料"
    assert "虚假" in str(new[Ground.PAPERS_MISSING])
    assert "调解组织" in str(old[Ground.HANDLED_ELSEWHERE])


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [(TipKind.COMPLAINT, "令20 第12条", "令121 第13条"),
     (TipKind.REPORT, "令20 第25条", "令121 第29条")],
)  # fmt: skip
def test_a_bureau_is_competent_by_the_article_of_the_day(kind: TipKind, old: str, new: str) -> None:
    assert rules.competence(kind, date(2026, 4, 14)) == old
    assert rules.competence(kind, date(2026, 4, 15)) == new


@pytest.mark.database
@pytest.mark.parametrize(("at", "is_known"), [(LAST_OLD, False), (FIRST_NEW, True)])
def test_a_false_name_is_a_ground_only_for_what_came_under_the_new_law(
    writing: None, identity: Who, at: datetime, *, is_known: bool
) -> None:
    tip, leader = complaint(at), identity("qs.unit_leader")
    refusal = actions.Refusal(Ground.IDENTITY_FALSE, shown_by="样例：机主不符")
    if is_known:
        actions.decline(tip, refusal, reason="样例：不予受理。", by=leader)
        assert tip.ground is Ground.IDENTITY_FALSE
        return
    with pytest.raises(Refused, match="ground_not_law"):
        actions.decline(tip, refusal, reason="样例：不予受理。", by=leader)
    other = actions.Refusal(Ground.PAPERS_MISSING, shown_by="样例：购买凭证")
    actions.decline(tip, other, reason="样例：不予受理。", by=leader)
    assert tip.ground is Ground.PAPERS_MISSING


@pytest.fixture
def kept(app: Flask) -> Callable[..., str]:
    """Keep a complaint; returns its number."""

    def keep(at: datetime | None = None, **facts: object) -> str:
        with app.app_context():
            with unit_of_work():
                number = complaint(at, **facts).reference
            db.session.remove()
        return number

    return keep


def grounds(page: Page) -> list[str]:
    return [o.get("value") for o in page.one("select", name="decline-ground") if o.get("value")]


@pytest.mark.database
def test_the_page_offers_the_grounds_of_the_day_and_shows_them_afterwards(
    open_page: Open, kept: Callable[..., str]
) -> None:
    number = kept(LAST_OLD)
    assert "令20 第12条" in open_page(f"/tips/{number}", "qs.triage_officer").text
    page = open_page(f"/tips/{number}", "qs.unit_leader")
    assert grounds(page) == [ground.value for ground in ORDER_20.grounds]
    assert "令20 第15条" in page.text
    assert "第17条" not in page.text
    page = page.submit(
        "确认不予受理", **{"decline-ground": "papers_missing", "decline-shown_by": "样例凭证",
        "decline-reason": "样例：缺少凭证。"},
    )  # fmt: skip
    assert "缺少规定材料（样例凭证）" in page.text
    newer = open_page(f"/tips/{kept(FIRST_NEW)}", "qs.unit_leader")
    assert grounds(newer) == [ground.value for ground in Ground]
    assert "令121 第16条" in newer.text


@pytest.mark.database
def test_a_ground_that_was_not_law_is_not_taken_from_a_forged_form(
    kept: Callable[..., str], sign_in: Callable[..., FlaskClient], app: Flask
) -> None:
    number = kept(LAST_OLD)
    answer = sign_in("qs.unit_leader").post(
        f"/tips/{number}/decline",
        data={"decline-ground": "identity_false", "decline-shown_by": "样例",
              "decline-reason": "样例"},
    )  # fmt: skip
    assert answer.status_code == 422
    with app.app_context():
        tip = db.session.scalars(db.select(Tip).where(Tip.reference == number)).one()
        assert tip.ground is None


def said(tip: Tip) -> dict[Factor, list[tuple[str, int]]]:
    return {
        factor: [(hint.code, hint.count) for hint in hints]
        for factor, hints in consumer.weighed(tip)
    }


@pytest.mark.database
def test_the_record_hints_at_what_it_knows_and_no_more(writing: None) -> None:
    firm = enterprises.enterprise(people.today_identity("qs.triage_officer"), "样例五金有限公司")
    days = (31, 29, 0)
    long_ago, before, tip = (
        complaint(clock.now() - timedelta(days=ago), is_for_trade=not ago) for ago in days
    )
    report = receipt(kinds=(TipKind.REPORT,)).tips[0]
    for one in (long_ago, before, tip, report):
        one.enterprise_id = firm.id
    db.session.flush()
    assert said(long_ago)[Factor.CONCENTRATED] == []
    assert said(tip) == {
        Factor.FREQUENCY: [("same_number", 2), ("for_trade", 0)],
        Factor.CONCENTRATED: [("same_firm", 2)],
        Factor.NO_PROOF: [("no_papers", 0)],
        Factor.SHARED: [("other_names", 1)],
        Factor.OTHER: [],
    }
    proved = complaint(bought_on=clock.today())
    assert said(proved)[Factor.NO_PROOF] == []


@pytest.mark.database
def test_under_the_old_law_there_is_no_such_list(writing: None) -> None:
    assert consumer.weighed(complaint(LAST_OLD, is_for_trade=True)) == []


@pytest.mark.database
def test_the_hints_stand_beside_the_choice_for_whoever_chooses(
    open_page: Open, kept: Callable[..., str]
) -> None:
    kept()
    number = kept(is_for_trade=True, bought_on=date(2023, 1, 1))
    page = open_page(f"/tips/{number}", "qs.triage_officer")
    for hint in ("同一号码三十天内投诉 2 件", "登记时说买来经营用", "按购买日期已超过三年",
                 "多人共用同一电话号码或者地址"):  # fmt: skip
        assert hint in page.text
    for account in ("qs.auditor", "qs.inspector", "cz.supervisor"):
        assert "同一号码" not in open_page(f"/tips/{number}", account).text
