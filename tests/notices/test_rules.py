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


def test_closing_a_notice_needs_its_basis() -> None:
    rules.check_openness(Openness.OPEN, "")
    with pytest.raises(Refused) as refused:
        rules.check_openness(Openness.CLOSED, "")
    assert refused.value.field == "basis"


@pytest.mark.parametrize(
    ("kind", "openness"),
    [(NoticeKind.NOTICE, Openness.CLOSED), (NoticeKind.LETTER, Openness.OPEN)],
)
def test_what_goes_to_somebody_needs_somebody(kind: NoticeKind, openness: Openness) -> None:
    rules.check_addressees(kind, openness, 1)
    with pytest.raises(Refused, match="addressees_needed"):
        rules.check_addressees(kind, openness, 0)


@pytest.mark.parametrize(
    ("paragraph", "level"),
    [
        ("一、抽查情况", 1),
        ("十二、其他", 1),
        ("（三）工作要求", 2),
        ("一、本次抽查共涉及二十家企业。", 0),
        ("第一、二批", 0),
        ("1.抽查", 0),
    ],
)
def test_headings_are_told_from_sentences(paragraph: str, level: int) -> None:
    assert rules.heading_level(paragraph) == level


def test_acknowledging_is_late_the_day_after() -> None:
    assert not rules.is_late(date(2026, 9, 22), date(2026, 9, 22))
    assert rules.is_late(date(2026, 9, 22), date(2026, 9, 23))
    assert not rules.is_late(None, date(2026, 9, 23))
