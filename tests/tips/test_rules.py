"""What the regulation says about tips, as a table of cases."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.errors import IllegalTransition, Refused
from app.tips import rules
from app.tips.rules import Standing, TipAction, TipKind, TipState, Told, Wish

TODAY = date(2026, 9, 22)


def told(**changes: object) -> Told:
    facts = {
        "kinds": frozenset({TipKind.COMPLAINT}),
        "standing": Standing.REAL_NAME,
        "name": "样例来件人",
        "phone": "13800000148",
        "facts": "电线铜芯发黑",
        "subject": "样例五金店",
        "address": "",
        "wishes": frozenset({Wish.RETURN}),
        "bought_on": None,
    }
    return Told(**{**facts, **changes})


def test_a_complete_complaint_is_taken() -> None:
    rules.check_contents(told(), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kinds": frozenset()}, "kind_needed", "kinds"),
        ({"facts": ""}, "facts_needed", "facts"),
        ({"subject": "", "address": ""}, "subject_needed", "subject_name"),
        ({"bought_on": date(2026, 9, 23)}, "bought_in_future", "bought_on"),
        ({"standing": Standing.ANONYMOUS}, "complaint_not_anonymous", "standing"),
        ({"name": ""}, "complaint_needs_name", "caller_name"),
        ({"phone": ""}, "complaint_needs_phone", "phone"),
        ({"wishes": frozenset()}, "complaint_needs_wish", "wishes"),
    ],
)
def test_required_contents_of_a_complaint(changes: dict, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_contents(told(**changes), today=TODAY)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_report_may_be_anonymous_and_needs_no_wish() -> None:
    anonymous = told(
        kinds=frozenset({TipKind.REPORT}), standing=Standing.ANONYMOUS, name="", phone="",
        wishes=frozenset(),
    )  # fmt: skip
    rules.check_contents(anonymous, today=TODAY)


def test_an_address_alone_names_whom_a_report_is_about() -> None:
    rules.check_contents(told(subject="", address="青石县人民路 218 号"), today=TODAY)


@pytest.mark.parametrize(
    ("bought_on", "too_old"),
    [
        (date(2023, 9, 22), False),
        (date(2023, 9, 21), True),
        (date(2024, 2, 29), False),
        (None, False),
    ],
)
def test_three_years_end_with_the_anniversary(bought_on: date | None, *, too_old: bool) -> None:
    assert rules.is_too_old(bought_on, TODAY) is too_old


def test_a_complaint_and_a_report_start_different_clocks() -> None:
    assert rules.clock_of(TipKind.COMPLAINT) == "tip.acceptance"
    assert rules.clock_of(TipKind.REPORT) == "tip.verification"


def test_a_declined_tip_cannot_be_accepted() -> None:
    with pytest.raises(IllegalTransition):
        rules.WORKFLOW.step(TipState.DECLINED, TipAction.ACCEPT)


def test_only_a_dispute_is_accepted_and_only_a_report_ends_without_a_case() -> None:
    assert rules.fits(TipAction.ACCEPT, TipKind.COMPLAINT)
    assert not rules.fits(TipAction.ACCEPT, TipKind.REPORT)
    assert not rules.fits(TipAction.DECIDE_NOT_TO_FILE, TipKind.COMPLAINT)
    assert rules.fits(TipAction.RETURN, TipKind.COMPLAINT)
