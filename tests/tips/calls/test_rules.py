"""How are numbers read aloud, and what does a call's clock believe?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.kernel.errors import Refused
from app.tips.calls import rules

AT = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)


def test_a_number_is_read_figure_by_figure_and_one_is_yao() -> None:
    assert rules.aloud("260921-017") == "二六零九二幺，零幺七"
    assert rules.aloud("7K4M 92AC") == "七K四M 九二AC"


@pytest.mark.parametrize(
    ("lasted", "kept"),
    [(timedelta(seconds=47), 47), (timedelta(hours=5), 0), (timedelta(seconds=-3), 0)],
)
def test_a_page_left_open_overnight_is_no_long_call(lasted: timedelta, kept: int) -> None:
    assert rules.seconds(AT, AT + lasted) == kept


def test_a_consultation_stands_alone() -> None:
    rules.check_alone({"consultation"}, "consultation")
    rules.check_alone({"complaint", "report"}, "consultation")
    with pytest.raises(Refused, match="consultation_alone"):
        rules.check_alone({"complaint", "consultation"}, "consultation")


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("13800000148", "13800000148"), ("+86 138 0000 0148", "13800000148"),
        ("0086-13800000148", "13800000148"), (" 8613800000148", "13800000148"),
        ("tel:+8613800000148;ext=12", "13800000148"), ("sip:13800000148@pbx", "13800000148"),
        ("＋８６１３８０００００１４８", "13800000148"), ("138-0000-0148转23", "13800000148"),
        ("+12125550100", "+12125550100"), ("anonymous", ""), ("", ""), ("8801", "8801"),
        ("1" * 40, "1" * 30),
    ],
)  # fmt: skip
def test_a_number_is_taken_over_from_any_telephone_system(given: str, number: str) -> None:
    assert rules.handed_over(given) == number
