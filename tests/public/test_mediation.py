"""What a complainant reads of the mediation with number and query code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.identity import Identity
from app.mediations import actions
from app.mediations import queries as mediations
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, Side, Way
from app.people import queries as people
from app.tips import actions as tip_actions
from app.tips import queries as tips
from app.tips.rules import TipKind
from app.units import queries as units
from tests.support.make.mediations import call
from tests.support.make.tips import receipt
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
#: What officers note for themselves; nobody outside reads it.
INSIDE = "样例内部备注"
LAST_OLD = datetime(2026, 4, 14, 15, 59, tzinfo=UTC)  # 23:59 in China


@pytest.fixture
def opened(app: Flask) -> tuple[str, str, str]:
    """Lay an accepted complaint on the table; returns table, number and query code."""
    with app.app_context():
        with unit_of_work():
            given = receipt(kinds=(TipKind.COMPLAINT,))
            tip = given.tips[0]
            desk = people.today_identity("cz.triage_officer")
            tip_actions.route(tip, units.by_code("qs"), by=desk)
            leader = people.today_identity("qs.unit_leader")
            tip_actions.accept(tip, by=leader)
            table = actions.open_(tips.by_reference(tip.reference, leader), by=leader)
            made = table.reference, tip.reference, given.code
        db.session.remove()
    return made


@pytest.fixture
def act(app: Flask, opened: tuple[str, str, str]) -> Callable[..., None]:
    """Do something at the table as the county's leader."""

    def do(what: Callable[..., object], *given: object, **named: object) -> None:
        with app.app_context():
            with unit_of_work():
                leader = people.today_identity("qs.unit_leader")
                what(_table(opened[0]), *given, **named, by=leader)
            db.session.remove()

    return do


def _table(reference: str) -> Mediation:
    return mediations.by_reference(reference, people.today_identity("qs.unit_leader"))


@pytest.fixture
def read(open_page: Open, visitor: FlaskClient, opened: tuple[str, str, str]) -> Callable[..., str]:
    """Read the page of progress as the complainant."""

    def page(language: str = "zh") -> str:
        visitor.set_cookie("language", language)
        word = {"zh": "查询", "en": "Search"}[language]
        shown = open_page("/track").submit(word, number=opened[1], code=opened[2])
        assert shown.status == 200
        assert INSIDE not in shown.text
        return shown.text

    return page


def begin(act: Callable[..., None]) -> None:
    for side in Side:
        act(actions.note_consent, side, agrees=True)

    def with_somebody(table: Mediation, *, by: Identity) -> None:
        actions.begin(table, mediations.mediators(by)[0], by=by)

    act(with_somebody)


def test_before_a_table_nothing_is_said(open_page: Open, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        given = receipt(kinds=(TipKind.COMPLAINT,))
        number, code = given.tips[0].reference, given.code
    page = open_page("/track").submit("查询", number=number, code=code)
    assert "征求双方" not in page.text


@pytest.mark.parametrize(
    ("received_at", "term", "english"),
    [
        (LAST_OLD, "四十五个工作日内完成", "forty-five working days"),
        (LAST_OLD + timedelta(minutes=1), "六十日内完成", "sixty days"),
    ],
)
def test_the_term_of_a_mediation_is_that_of_the_day_it_came(
    visitor: FlaskClient,
    open_page: Open,
    app: Flask,
    received_at: datetime,
    term: str,
    english: str,
) -> None:
    with app.app_context(), clock.frozen(received_at), unit_of_work():
        given = receipt(kinds=(TipKind.COMPLAINT,))
        number, code = given.tips[0].reference, given.code
    page = open_page("/track").submit("查询", number=number, code=code)
    assert [one for one in ("四十五个工作日内完成", "六十日内完成") if one in page.text] == [term]
    visitor.set_cookie("language", "en")
    page = open_page("/track").submit("Search", number=number, code=code)
    assert english in page.text


def test_it_is_told_from_consent_to_the_agreement(
    act: Callable[..., None], read: Callable[..., str]
) -> None:
    assert "双方都同意才能调解" in read()
    begin(act)
    assert "正在约定时间和地点" in read()
    act(actions.invite, call())
    on = clock.today() + timedelta(days=3)
    assert f"请您于{on.year}年{on.month}月{on.day}日 09:30到样例县局调解室参加调解" in read()
    assert "Please come to the mediation on" in read("en")
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert "约定的调解时间是" in read()
        act(actions.note_session, complainant_came=True, trader_came=True, notes=INSIDE)
        assert "还在继续" in read()
        act(actions.begin_test, tested_by="样例检测所", reason=INSIDE)
        assert "不计入调解期限" in read()
        act(actions.take_result, result=INSIDE)
        act(actions.entrust, to="样例消费者协会")
        assert "受承办单位委托调解的是样例消费者协会" in read()
        terms = {"terms": INSIDE, "letter": Letter.MADE, "are_represented_agreeing": False}
        act(actions.agree, **terms)
        text = read()
        assert "双方达成协议" in text
        assert "调解书由承办单位交给双方" in text


@pytest.mark.parametrize("ending", set(Ending) - {Ending.SIXTY_DAYS, Ending.TEST_COSTS})
def test_why_it_ended_is_told_in_the_words_of_the_law(
    act: Callable[..., None], read: Callable[..., str], ending: Ending
) -> None:
    act(actions.end, ending, reason=INSIDE)
    text = read()
    assert "调解终止，没有达成协议。" in text
    assert "向法院起诉" in text
    told = actions.Notice(clock.today(), Way.TELEPHONE)
    act(actions.tell, complainant=told, trader=told)
    assert "调解终止，没有达成协议。" in read()
    assert "ended without an agreement" in read("en")


def test_a_request_for_another_mediator_pauses_without_saying_whose(
    act: Callable[..., None], read: Callable[..., str]
) -> None:
    begin(act)
    act(actions.ask_recusal, Side.TRADER, reason=INSIDE)
    text = read()
    assert "有一方申请更换调解人员" in text
    assert "被投诉人" not in text


def test_a_step_is_told_with_the_signs_of_its_language(read: Callable[..., str]) -> None:
    assert "2026年9月22日。" in read("zh")
    assert "22 September 2026. " in read("en")
