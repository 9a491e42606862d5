"""What makes a notice sound?"""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.errors import Refused
from app.notices import rules
from app.notices.rules import NoticeKind, Openness


def test_nobody_signs_what_they_drafted() -> None:
    rules.check_signer(drafted_by=1, signer=2)
    with pytest.raises(Refused, match="signer_is_drafter"):
        rules.check_signer(drafted_by=1, signer=1)


def test_nobody_reviews_what_they_drafted() -> None:
    rules.check_reviewer(drafted_by=1, reviewer=2)
    with pytest.raises(Refused, match="reviewer_is_drafter"):
        rules.check_reviewer(drafted_by=1, reviewer=1)


@pytest.mark.parametrize("openness", [Openness.CLOSED, Openness.ON_REQUEST])
def test_closing_a_notice_needs_its_basis(openness: Openness) -> None:
    rules.check_openness(NoticeKind.NOTICE, Openness.OPEN, "")
    rules.check_openness(NoticeKind.NOTICE, openness, "内部工作部署")
    with pytest.raises(Refused) as refused:
        rules.check_openness(NoticeKind.NOTICE, openness, "")
    assert refused.value.field == "basis"


PUBLIC = [kind for kind, form in rules.FORMS.items() if form.is_public]


@pytest.mark.parametrize("kind", PUBLIC)
def test_what_is_addressed_to_everybody_is_open(kind: NoticeKind) -> None:
    with pytest.raises(Refused, match="kind_is_public"):
        rules.check_openness(kind, Openness.CLOSED, "内部工作部署")
    assert rules.DEFAULT_OPENNESS[kind] is Openness.OPEN


@pytest.mark.parametrize("kind", NoticeKind)
def test_what_goes_to_somebody_needs_somebody(kind: NoticeKind) -> None:
    rules.check_addressees(kind, 1)
    if kind in PUBLIC:
        rules.check_addressees(kind, 0)
        return
    with pytest.raises(Refused, match="addressees_needed"):
        rules.check_addressees(kind, 0)


def test_every_kind_has_its_form_and_counts_by_itself() -> None:
    assert set(rules.FORMS) == set(NoticeKind)
    assert len({form.number_word for form in rules.FORMS.values()}) == len(NoticeKind)


def test_acknowledging_is_late_the_day_after() -> None:
    assert not rules.is_late(date(2026, 9, 22), date(2026, 9, 22))
    assert rules.is_late(date(2026, 9, 22), date(2026, 9, 23))
    assert not rules.is_late(None, date(2026, 9, 23))
