"""What is found about listings, by whom, and what the board makes of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.people import queries as people
from app.supervision import actions, board, queries
from app.supervision.board import Filter
from app.supervision.models import Listing
from app.supervision.rules import Asked, ListingState, Rung, SubjectKind
from app.units import queries as units
from tests.support.make import supervision as make

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
S = ListingState
TODAY = date(2026, 9, 22)
LATE = date(2026, 12, 31)


def who(account: str) -> Identity:
    return people.today_identity(account)


def issue(by: str = "cz.supervisor", on: str = "qs", **over: object) -> Listing:
    listing = actions.list_(make.order(handling=units.by_code(on), **over), by=who(by))
    db.session.flush()
    return listing


def asks(account: str, today: date = TODAY) -> list[str]:
    return [line.ask for line in queries.waiting(who(account), today)]


def test_both_bureaus_and_those_above_and_between_find_a_listing() -> None:
    listing = issue("lj.supervisor")
    for account in ("lj.supervisor", "cz.supervisor", "qs.case_officer"):
        assert queries.by_reference(listing.reference, who(account)) is listing
    for account in ("bs.supervisor", "cy.supervisor", "dl.supervisor"):
        with pytest.raises(NotFound):
            queries.by_reference(listing.reference, who(account))


def test_the_board_has_three_levels() -> None:
    mine, above, below = issue(), issue("lj.supervisor"), issue("cy.supervisor", "dl")

    def levels(account: str) -> dict[str, list[Listing]]:
        shown = board.board(who(account), Filter(), today=TODAY)
        return {g.code: [row.listing for row in g.rows] for g in shown.groups}

    assert levels("cz.supervisor") == {"mine": [mine], "above": [above], "below": []}
    assert levels("lj.supervisor") == {"mine": [above], "above": [], "below": [mine, below]}
    assert levels("qs.supervisor") == {"mine": [], "above": [mine, above], "below": []}
    assert levels("bs.supervisor") == {"mine": [], "above": [], "below": []}


def test_the_stuck_come_first_and_alone_on_request() -> None:
    early = issue(due_on=date(2026, 10, 10), demands=[Asked("甲", date(2026, 10, 10))])
    late = issue(due_on=date(2026, 11, 1), demands=[Asked("乙", date(2026, 11, 1))])
    silent = issue(due_on=date(2026, 12, 30), demands=[Asked("丙", date(2026, 12, 30))])
    actions.urge(silent, text="样例", answer_due_on=TODAY, by=who("cz.supervisor"))
    db.session.flush()

    def shown(view: str, today: date) -> list[Listing]:
        groups = board.board(who("cz.supervisor"), Filter(view=view), today=today).groups
        return [row.listing for row in groups[0].rows]

    assert shown("live", TODAY) == [early, late, silent]
    assert shown("live", date(2026, 9, 23)) == [silent, early, late]
    assert shown("stuck", date(2026, 9, 23)) == [silent]
    assert shown("stuck", date(2026, 10, 11)) == [early, silent]


def test_an_answered_letter_is_no_longer_stuck() -> None:
    listing = issue()
    actions.urge(listing, text="样例", answer_due_on=TODAY, by=who("cz.supervisor"))
    actions.answer(listing, text="样例", by=who("qs.case_officer"))
    db.session.flush()
    shown = board.board(who("cz.supervisor"), Filter(view="stuck"), today=date(2026, 9, 30))
    assert [group.total for group in shown.groups] == [0, 0, 0]
    assert shown.figures["unanswered"] == 0


def test_an_unanswered_letter_that_a_later_one_replaced_sticks_no_more() -> None:
    listing = issue()
    supervisor = who("cz.supervisor")
    actions.urge(listing, text="样例", answer_due_on=TODAY, by=supervisor)
    at = datetime(2026, 9, 23, 9, 0, tzinfo=clock.LEGAL_ZONE)
    with clock.frozen(at):
        actions.urge(listing, text="样例", answer_due_on=date(2026, 9, 24), by=supervisor)
        actions.answer(listing, text="样例", by=who("qs.case_officer"))
        db.session.flush()
    assert board.figures(supervisor, date(2026, 9, 30))["unanswered"] == 0


def test_squares_and_ladder_tell_how_it_stands() -> None:
    listing = issue(
        demands=[Asked("甲", TODAY), Asked("乙", date(2026, 10, 30)), Asked("丙", TODAY)]
    )
    actions.urge(listing, text="样例", answer_due_on=TODAY, by=who("cz.supervisor"))
    actions.report(listing, 3, text="样例", files=(), by=who("qs.case_officer"))
    actions.judge(listing, 3, met=True, reason="", by=who("cz.supervisor"))
    row = board.row_of(listing, date(2026, 9, 24), board.clocks.calendar())
    assert [square.state for square in row.squares] == ["overdue", "open", "met"]
    assert [(step.rung, step.state) for step in row.ladder] == [
        (Rung.REMINDER, "late"), (Rung.ASSIGNMENT, ""), (Rung.SUPERVISION, ""),
    ]  # fmt: skip
    assert row.is_stuck


def test_the_figures_count_the_scope() -> None:
    issue()
    issue("lj.supervisor")
    make.listing(S.APPLIED, with_case=False)
    make.listing(S.DELISTED, with_case=False)
    figures = board.figures(who("cz.supervisor"), LATE)
    assert figures == {"live": 3, "overdue": 3, "unanswered": 0, "applied": 1}
    assert board.figures(who("bs.supervisor"), LATE)["live"] == 0


def test_a_line_offers_the_one_act_that_waits_for_its_reader() -> None:
    listing = issue()

    def offered(account: str, today: date = TODAY) -> str:
        row = board.row_of(listing, today, board.clocks.calendar())
        return board.offer(row, who(account))

    assert offered("cz.supervisor") == "urge"
    assert offered("qs.case_officer") == "report"
    assert offered("lj.supervisor") == "show"
    actions.urge(listing, text="样例", answer_due_on=TODAY, by=who("cz.supervisor"))
    assert offered("qs.case_officer") == "answer"
    assert offered("cz.supervisor") == "show"
    assert offered("cz.supervisor", date(2026, 9, 23)) == "rise"


def test_the_listings_of_a_subject_are_found_in_scope() -> None:
    listing = make.listing()
    found = queries.of_subject(SubjectKind.CASE, listing.subject_reference, who("qs.case_officer"))
    assert list(found) == [listing]
    elsewhere = queries.of_subject(
        SubjectKind.CASE, listing.subject_reference, who("bs.case_officer")
    )
    assert list(elsewhere) == []


def test_what_waits_is_told_to_its_side_only() -> None:
    listing = issue()
    issue("cy.supervisor", "dl")
    assert asks("qs.case_officer") == ["listing.report"]
    assert asks("cz.supervisor") == []
    actions.urge(listing, text="样例", answer_due_on=TODAY, by=who("cz.supervisor"))
    db.session.flush()
    assert asks("qs.supervisor") == ["listing.answer", "listing.report"]
    actions.report(listing, 1, text="样例", files=(), by=who("qs.case_officer"))
    db.session.flush()
    assert asks("cz.supervisor") == ["listing.judge"]
    assert asks("cz.unit_leader") == ["listing.judge"]
    for account in ("bs.supervisor", "qs.inspector", "lj.supervisor", "cz.case_officer"):
        assert asks(account) == [], account


def test_a_late_demand_asks_the_supervisor_to_urge() -> None:
    issue()
    assert asks("cz.supervisor", date(2026, 10, 3)) == ["listing.urge"]


def test_reported_and_applied_listings_ask_the_next_one() -> None:
    listing = issue()
    make.report_all(listing)
    db.session.flush()
    assert asks("qs.unit_leader") == ["listing.apply"]
    actions.apply(listing, text="样例", by=who("qs.unit_leader"))
    db.session.flush()
    assert asks("qs.unit_leader") == []
    assert asks("cz.supervisor") == ["listing.judge", "listing.delist"]


@pytest.mark.parametrize("state", [S.DELISTED, S.WITHDRAWN])
def test_an_ended_listing_waits_for_nobody(state: ListingState) -> None:
    make.listing(state, with_case=False)
    assert asks("cz.unit_leader") == []
    assert asks("qs.supervisor") == []
