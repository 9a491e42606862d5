"""What is found about cases, by whom, among the cases of other bureaus."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.cases import actions, queries
from app.cases.queries import Filter
from app.cases.rules import CaseState
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.people import queries as people
from tests.support.make import cases as make
from tests.support.make import enterprises as make_enterprises

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
S = CaseState
TODAY = date(2026, 9, 22)


def who(account: str) -> Identity:
    return people.today_identity(account)


def titles(found: queries.Listing) -> list[str]:
    return [row.case.title for row in found.rows]


def asks(account: str) -> list[tuple[str, str]]:
    return [(line.ask, line.reference) for line in queries.waiting(who(account), TODAY)]


def test_a_case_is_found_by_its_bureau_and_those_above_only() -> None:
    case = make.case(S.FILED)
    for account in ("qs.case_officer", "cz.supervisor", "lj.supervisor"):
        assert queries.by_reference(case.reference, who(account)) is case
    for account in ("bs.case_officer", "dl.case_officer", "cy.supervisor"):
        with pytest.raises(NotFound):
            queries.by_reference(case.reference, who(account))


def test_the_list_orders_by_the_nearest_last_day() -> None:
    far = make.case(S.FILED, title="样例：九十日")
    near = make.case(S.PROPOSED, title="样例：立案期限", clue_on=date(2026, 9, 1))
    make.case(S.FILED, place="bs", title="样例：邻县")
    found = queries.register(who("qs.case_officer"), Filter(), page=1, today=TODAY)
    assert titles(found) == [near.title, far.title]
    assert found.total == 2
    assert queries.register(who("lj.auditor"), Filter(), page=1, today=TODAY).total == 3


def test_the_list_is_found_by_number_title_party_and_decision() -> None:
    decided = make.case(S.DECIDED, title="样例电线案")
    make.case(S.FILED, title="样例水泥案", party_name="样例水泥厂")
    reader = who("qs.case_officer")
    for text, expected in (
        ("立〔2026〕1号", ["样例电线案"]),
        ("处罚〔2026〕1号", ["样例电线案"]),
        (decided.reference, ["样例电线案"]),
        ("水泥厂", ["样例水泥案"]),
        ("%", []),
    ):
        found = queries.register(reader, Filter(view="all", text=text), page=1, today=TODAY)
        assert titles(found) == expected, text
        assert found.total == len(expected)


def test_each_view_counts_its_own() -> None:
    make.case(S.FILED)
    make.case(S.DECIDED)
    make.case(S.CLOSED)
    make.case(S.FILED, place="bs")
    at = datetime(2026, 12, 31, 9, 0, tzinfo=clock.LEGAL_ZONE)
    later = clock.legal_day(at)
    counts = queries.view_counts(who("qs.case_officer"), later)
    assert counts == {
        "open": 2, "mine": 2, "overdue": 2, "decided": 2, "ended": 1, "all": 3,
    }  # fmt: skip
    assert queries.view_counts(who("qs.reviewer"), later)["mine"] == 0
    found = queries.register(who("qs.reviewer"), Filter(view="overdue"), page=1, today=later)
    assert found.total == 2


def test_decided_cases_are_those_of_the_own_bureau() -> None:
    case = make.case(S.DECIDED)
    make.case(S.INFORMED)
    make.case(S.DECIDED, place="bs")
    assert list(queries.decided(who("qs.publisher"))) == [case]


def test_cases_are_found_by_what_they_came_from() -> None:
    enterprise = make_enterprises.enterprise(who("qs.case_officer"))
    db.session.flush()
    case = make.case(S.FILED, enterprise=enterprise)
    make.case(S.FILED)
    assert list(queries.of_enterprise(enterprise.reference, who("qs.inspector"))) == [case]
    assert list(queries.of_enterprise(enterprise.reference, who("bs.inspector"))) == []


@pytest.mark.parametrize(
    ("state", "ask", "doer"),
    [
        (S.PROPOSED, "case.file", "qs.unit_leader"),
        (S.FILED, "case.begin", "qs.case_officer"),
        (S.INVESTIGATING, "case.investigate", "qs.case_officer2"),
        (S.REVIEWING, "case.review", "qs.reviewer"),
        (S.REVIEWED, "case.inform", "qs.case_officer"),
        (S.INFORMED, "case.write_decision", "qs.case_officer"),
        (S.DECIDED, "case.serve", "qs.case_officer"),
    ],
)
def test_each_state_waits_for_its_people_and_the_leader_sees_it(
    state: CaseState, ask: str, doer: str
) -> None:
    case = make.case(state)
    make.case(state, place="bs")
    expected = [(ask, case.reference)]
    assert asks(doer) == expected
    assert asks("qs.unit_leader") == expected
    for account in ("qs.inspector", "qs.publisher", "cz.unit_leader", "cz.case_officer"):
        assert asks(account) == [], account


def test_a_written_decision_waits_for_the_leader_once_the_statements_term_is_over() -> None:
    case = make.case(S.INFORMED)
    actions.draft(case, make.typed(), by=who("qs.case_officer"))
    db.session.flush()
    assert asks("qs.unit_leader") == []
    ripe = queries.waiting(who("qs.unit_leader"), date(2026, 10, 1))
    assert [line.ask for line in ripe] == ["case.decide"]
    assert queries.waiting(who("qs.case_officer"), date(2026, 10, 1)) == []


def test_a_waiting_line_says_when_it_is_due() -> None:
    make.case(S.FILED)
    line = queries.waiting(who("qs.case_officer"), TODAY)[0]
    assert line.due_on == date(2026, 12, 21)
    assert not line.is_overdue(TODAY)
    assert line.is_overdue(date(2026, 12, 22))


@pytest.mark.parametrize("state", [S.CLOSED, S.DROPPED, S.NOT_FILED])
def test_an_ended_case_waits_for_nobody(state: CaseState) -> None:
    make.case(state)
    assert asks("qs.unit_leader") == []


def test_the_stage_bar_marks_what_was_reached() -> None:
    marks = {s.state: s.mark for s in queries.stages(make.case(S.REVIEWING))}
    assert marks[S.INVESTIGATING] == "done"
    assert marks[S.REVIEWING] == "current"
    assert marks[S.INFORMED] == ""
    dropped = {s.state: s.mark for s in queries.stages(make.case(S.DROPPED))}
    assert dropped[S.FILED] == "done"
    assert dropped[S.INVESTIGATING] == ""
