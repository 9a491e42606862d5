"""Is a publication whose decision fell taken back in time, and by whom?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.disclosures import actions, life, queries, rules
from app.disclosures.rules import (
    DisclosureState,
    WithdrawalGround,
)
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.people import queries as people
from tests.support.days import morning
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Who = Callable[..., Identity]
S = DisclosureState
TODAY = date(2026, 9, 22)


def overturn(reference: str, on: date) -> None:
    with unit_of_work():
        life.overturn(
            queries.any_by_reference(reference), ground=WithdrawalGround.REVOKED, on=on,
            by=people.today_identity("qs.case_officer"),
        )  # fmt: skip
    db.session.remove()


def test_an_overturned_decision_starts_three_working_days_on_the_leaders_desk(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        overturn(reference, TODAY)
        running = clocks.running_clock("disclosure", reference, rules.WITHDRAWAL)
        assert running is not None
        # 23, 24 September, then the Mid-Autumn holiday until the 27th.
        assert running.due_on == date(2026, 9, 28)
        asked = queries.waiting(people.today_identity("qs.unit_leader"), TODAY)
        assert [(w.ask, w.due_on) for w in asked] == [("disclosure.take_back", date(2026, 9, 28))]
        assert not queries.waiting(people.today_identity("bs.unit_leader"), TODAY)
        make.withdraw(reference)
        stopped = clocks.clocks_of("disclosure", reference)
        assert [c.outcome for c in stopped] == [Outcome.MET]


def test_late_is_late(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with morning(date(2026, 10, 20)):
            overturn(reference, TODAY)
            leader = people.today_identity("qs.unit_leader")
            assert queries.waiting(leader, clock.today())[0].is_overdue(clock.today())
            make.withdraw(reference)
        assert clocks.clocks_of("disclosure", reference)[0].outcome is Outcome.LATE


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2026, 9, 1)])
def test_a_decision_is_overturned_after_it_was_made_and_not_in_future(app: Flask, on: date) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with pytest.raises(Refused, match="overturned_day_impossible"):
            overturn(reference, on)


def test_taking_back_for_a_mistake_needs_no_day_and_any_other_does(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        leader = people.today_identity("qs.unit_leader")
        found = queries.any_by_reference(reference)
        with pytest.raises(Refused, match="overturned_day_needed"), unit_of_work():
            actions.withdraw(found, ground=WithdrawalGround.VOID, reason="样例", by=leader)
        with unit_of_work():
            found = queries.any_by_reference(reference)
            actions.withdraw(found, ground=WithdrawalGround.MISTAKE, reason="样例", by=leader)
        assert not clocks.clocks_of("disclosure", reference)


def test_the_register_counts_who_was_late(app: Flask, open_page: Open) -> None:
    with app.app_context():
        make.reference(S.PUBLISHED)
        with unit_of_work():
            make.decided(title="样例未公示案")
        with morning(date(2026, 12, 1)):
            page = open_page("/publicity/?view=all", "qs.unit_leader")
    assert ["按期公示", "1"] in page.rows()
    assert ["已超期，尚未公示", "1"] in page.rows()
    assert ["逾期公示", "0"] in page.rows()
    with morning(date(2026, 12, 1)):
        city = open_page("/publicity/?view=all", "cz.supervisor")
        other = open_page("/publicity/?view=all", "bs.publisher")
    assert ["按期公示", "1"] in city.rows()
    assert ["按期公示", "0"] in other.rows()


@pytest.mark.parametrize("account", ["qs.supervisor", "bs.publisher", "cz.publisher"])
def test_others_neither_correct_nor_overturn(writing: None, identity: Who, account: str) -> None:
    found = make.disclosure(S.SUBMITTED)
    with pytest.raises(NotAllowed):
        life.correct(found, reason="样例", by=identity(account))
    with pytest.raises(NotAllowed):
        life.overturn(found, ground=WithdrawalGround.VOID, on=TODAY, by=identity(account))
