"""Builders of listings: a case of 青石县 under the eye of its city, by the acts people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.cases.models import Case
from app.cases.rules import CaseState
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.supervision import actions
from app.supervision.models import Listing
from app.supervision.rules import Asked, ListingState, SubjectKind
from app.units import queries as units
from tests.support.make import cases

TITLE = "测试线缆有限公司销售不合格电线案"


def demands(*, days: int = 10) -> list[Asked]:
    """Return two demands, due after so many days."""
    due_on = clock.today() + timedelta(days=days)
    return [Asked("查清上游铜杆来源", due_on), Asked("依法处理并公示", due_on)]


def order(case: Case | None = None, **over: Any) -> actions.Order:
    """Return what a supervisor writes; an issue of 青石县 where no case is given."""
    given = {
        "subject_kind": SubjectKind.CASE if case else SubjectKind.ISSUE,
        "subject_reference": case.reference if case else "",
        "handling": units.by_code("qs"),
        "title": TITLE,
        "reason": "样例：货值大，涉及多县。",
        "basis": "样例工作方案",
        "due_on": clock.today() + timedelta(days=60),
        "demands": demands(),
        **over,
    }
    return actions.Order(**given)


def listing(
    state: ListingState = ListingState.LISTED, *, by: str = "cz.supervisor", with_case: bool = True,
    **over: Any,
) -> Listing:  # fmt: skip
    """Carry a new listing to a state, inside the test's write transaction."""
    case = cases.case(CaseState.INVESTIGATING) if with_case else None
    db.session.flush()
    supervisor, handler = people.today_identity(by), people.today_identity("qs.unit_leader")
    made = actions.list_(order(case, **over), by=supervisor)
    db.session.flush()
    if state is ListingState.WITHDRAWN:
        leader = people.today_identity("cz.unit_leader")
        actions.withdraw(made, reason="样例：重复挂牌", by=leader)
    if state in {ListingState.APPLIED, ListingState.DELISTED}:
        report_all(made)
        actions.apply(made, text="样例：两项均已办结。", by=handler)
    if state is ListingState.DELISTED:
        judge_all(made)
        actions.delist(made, by=supervisor)
    db.session.flush()
    return made


def urge(made: Listing) -> str:
    """Send the next letter of the ladder; returns its number."""
    letter = actions.urge(
        made, text="样例：请抓紧办理。", answer_due_on=clock.today() + timedelta(days=7),
        by=people.today_identity("cz.supervisor"),
    )  # fmt: skip
    return letter.number


def report_all(made: Listing) -> None:
    """Report on every demand as the county would."""
    handler = people.today_identity("qs.case_officer")
    for demand in made.demands:
        actions.report(made, demand.position, text="样例：已办。", files=(), by=handler)


def judge_all(made: Listing, *, met: bool = True) -> None:
    """Judge every report as the city would."""
    supervisor = people.today_identity("cz.supervisor")
    for demand in made.demands:
        reason = "" if met else "样例：证据不足"
        actions.judge(made, demand.position, met=met, reason=reason, by=supervisor)


def reference(state: ListingState = ListingState.LISTED, **over: Any) -> str:
    """Keep a listing in a state; returns its reference."""
    with unit_of_work():
        made = listing(state, **over).reference
    db.session.remove()
    return made


def in_days(number: int) -> date:
    """Return the day after so many days."""
    return clock.today() + timedelta(days=number)
