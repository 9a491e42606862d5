"""Listed supervision as tables: what may be demanded, urged, judged, delisted."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.errors import IllegalTransition, Refused
from app.supervision import rules
from app.supervision.rules import (
    WORKFLOW,
    Asked,
    DemandState,
    ListingAction,
    ListingState,
    Rung,
    Sent,
)

S, A, D = ListingState, ListingAction, DemandState
TODAY = date(2026, 9, 22)
YESTERDAY, TOMORROW = date(2026, 9, 21), date(2026, 9, 23)
END = date(2026, 11, 20)


def refused(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}$")


def test_the_road_from_the_list_and_off_it() -> None:
    assert WORKFLOW.step(S.LISTED, A.APPLY).target is S.APPLIED
    assert WORKFLOW.step(S.APPLIED, A.RETURN).target is S.LISTED
    assert WORKFLOW.step(S.APPLIED, A.DELIST).target is S.DELISTED
    assert WORKFLOW.step(S.LISTED, A.WITHDRAW).target is S.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (S.LISTED, A.DELIST), (S.LISTED, A.RETURN), (S.APPLIED, A.REPORT), (S.APPLIED, A.URGE),
        (S.APPLIED, A.EXTEND), (S.APPLIED, A.WITHDRAW), (S.DELISTED, A.URGE),
        (S.DELISTED, A.REPORT), (S.DELISTED, A.DELIST), (S.WITHDRAWN, A.APPLY),
    ],
)  # fmt: skip
def test_no_step_is_skipped_and_an_ended_listing_stays_ended(
    state: ListingState, action: ListingAction
) -> None:
    with pytest.raises(IllegalTransition):
        WORKFLOW.step(state, action)


@pytest.mark.parametrize(
    ("due_on", "demands", "code", "field"),
    [
        (YESTERDAY, [Asked("查清来源", TODAY)], "day_in_past", "due_on"),
        (END, [], "demand_needed", "demand_1"),
        (END, [Asked("查清来源", TODAY)] * 7, "too_many_demands", "demand_1"),
        (END, [Asked("甲", TODAY), Asked("乙", YESTERDAY)], "day_in_past", "due_2"),
        (END, [Asked("甲", date(2026, 11, 21))], "demand_after_listing", "due_1"),
    ],
)
def test_a_listing_that_cannot_be_kept_is_refused_at_its_field(
    due_on: date, demands: list[Asked], code: str, field: str
) -> None:
    with refused(code) as caught:
        rules.check_listing(due_on, demands, today=TODAY)
    assert caught.value.field == field


def test_a_demand_may_be_due_today_and_with_the_listing() -> None:
    rules.check_listing(END, [Asked("甲", TODAY), Asked("乙", END)], today=TODAY)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ([], Rung.REMINDER),
        ([Sent(Rung.REMINDER, YESTERDAY, answered=False)], Rung.ASSIGNMENT),
        ([Sent(Rung.REMINDER, YESTERDAY, answered=True)], Rung.REMINDER),
        (
            [
                Sent(Rung.REMINDER, YESTERDAY, answered=False),
                Sent(Rung.ASSIGNMENT, YESTERDAY, answered=False),
            ],
            Rung.SUPERVISION,
        ),
        ([Sent(Rung.SUPERVISION, YESTERDAY, answered=False)], Rung.SUPERVISION),
        ([Sent(Rung.ASSIGNMENT, YESTERDAY, answered=True)], Rung.ASSIGNMENT),
    ],
)
def test_the_ladder_rises_only_when_a_letter_stays_unanswered(
    letters: list[Sent], expected: Rung
) -> None:
    assert rules.next_rung(letters, today=TODAY) is expected


@pytest.mark.parametrize("due_on", [TODAY, TOMORROW])
def test_nobody_urges_while_the_last_letter_may_still_be_answered(due_on: date) -> None:
    with refused("urging_pending"):
        rules.next_rung([Sent(Rung.REMINDER, due_on, answered=False)], today=TODAY)


def test_urging_needs_something_open_and_a_day_to_come() -> None:
    rules.check_urging([D.MET, D.OPEN], answer_due_on=TODAY, today=TODAY)
    with refused("nothing_open"):
        rules.check_urging([D.MET, D.REPORTED], answer_due_on=TOMORROW, today=TODAY)
    with refused("day_in_past"):
        rules.check_urging([D.OPEN], answer_due_on=YESTERDAY, today=TODAY)


def test_an_extension_lengthens_and_ends_in_the_future() -> None:
    rules.check_extension(TOMORROW, old_due_on=TODAY, today=TODAY)
    with refused("extension_shortens"):
        rules.check_extension(TODAY, old_due_on=TODAY, today=TODAY)
    with refused("day_in_past"):
        rules.check_extension(YESTERDAY, old_due_on=date(2026, 9, 1), today=TODAY)


def test_what_is_met_is_not_reported_again_and_only_reports_are_judged() -> None:
    rules.check_report(D.OPEN)
    rules.check_report(D.REPORTED)
    with refused("demand_met"):
        rules.check_report(D.MET)
    rules.check_verdict(D.REPORTED, met=True, reason="")
    for state in (D.OPEN, D.MET):
        with refused("demand_not_reported"):
            rules.check_verdict(state, met=True, reason="")
    with refused("reason_needed"):
        rules.check_verdict(D.REPORTED, met=False, reason="")


@pytest.mark.parametrize(
    ("states", "may_apply", "may_delist"),
    [
        ([D.OPEN, D.MET], False, False),
        ([D.REPORTED, D.MET], True, False),
        ([D.MET, D.MET], True, True),
        ([D.OPEN], False, False),
    ],
)
def test_nothing_is_delisted_while_a_demand_is_open(
    states: list[DemandState], *, may_apply: bool, may_delist: bool
) -> None:
    for check, allowed, code in (
        (rules.check_application, may_apply, "demands_unreported"),
        (rules.check_delisting, may_delist, "demands_open"),
    ):
        if allowed:
            check(states)
        else:
            with refused(code):
                check(states)
