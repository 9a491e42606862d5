"""Kinds, levels, codes and periods of units."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.errors import Refused
from app.units import rules
from app.units.rules import UnitKind, UnitLevel

D = date


@pytest.mark.parametrize(
    ("jurisdiction", "division", "covered"),
    [
        ("990100", "990121", True),
        ("990100", "990100", True),
        ("990100", "990200", False),
        ("990000", "990121", True),
        ("990121", "990100", False),
        ("990121", "990121", True),
        ("110000", "110101", True),
        ("440100", "441900", False),
        ("100000", "100000", True),
    ],
)
def test_a_jurisdiction_covers_what_lies_below_it(jurisdiction, division, covered):
    assert rules.covers(jurisdiction, division) is covered


@pytest.mark.parametrize(
    ("kind", "level", "above", "depth", "code"),
    [
        (UnitKind.BUREAU, UnitLevel.CITY, UnitLevel.COUNTY, 3, "unit_above_parent"),
        (UnitKind.BUREAU, UnitLevel.CITY, UnitLevel.CITY, 3, "bureau_beside_bureau"),
        (UnitKind.SECTION, UnitLevel.CITY, UnitLevel.CITY, 13, "unit_too_deep"),
        (UnitKind.SECTION, UnitLevel.CITY, UnitLevel.CITY, 12, None),
        (UnitKind.BUREAU, UnitLevel.NATION, None, 0, None),
        (UnitKind.STATION, UnitLevel.TOWN, UnitLevel.COUNTY, 3, None),
    ],
)
def test_what_may_stand_below_what(kind, level, above, depth, code):
    if code is None:
        rules.check_place(kind=kind, level=level, above=above, depth=depth)
        return
    with pytest.raises(Refused) as refused:
        rules.check_place(kind=kind, level=level, above=above, depth=depth)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "level", "below", "code"),
    [
        (
            UnitKind.BUREAU,
            UnitLevel.COUNTY,
            [(UnitKind.BUREAU, UnitLevel.CITY)],
            "unit_below_child",
        ),
        (
            UnitKind.BUREAU,
            UnitLevel.CITY,
            [(UnitKind.BUREAU, UnitLevel.CITY)],
            "bureau_beside_bureau",
        ),
        (UnitKind.BUREAU, UnitLevel.CITY, [(UnitKind.SECTION, UnitLevel.CITY)], None),
    ],
)
def test_a_unit_is_not_lowered_below_its_parts(kind, level, below, code):
    if code is None:
        rules.check_above(kind=kind, level=level, below=below)
        return
    with pytest.raises(Refused) as refused:
        rules.check_above(kind=kind, level=level, below=below)
    assert refused.value.code == code


@pytest.mark.parametrize("code", ["", "-a", "a-", "A", "qs_jc", "青石", "a" * 31, "a/b", "qs jc"])
def test_a_code_that_reads_badly_in_an_address_is_refused(code):
    with pytest.raises(Refused):
        rules.check_code(code)


@pytest.mark.parametrize("code", ["a", "qs", "qs-jc", "9", "a" * 30])
def test_a_plain_code_is_taken(code):
    rules.check_code(code)


@pytest.mark.parametrize(
    ("since", "last", "other", "meet"),
    [
        (D(2026, 1, 1), None, (D(2020, 1, 1), None), True),
        (D(2026, 1, 1), None, (D(2020, 1, 1), D(2025, 12, 31)), False),
        (D(2026, 1, 1), None, (D(2020, 1, 1), D(2026, 1, 1)), True),
        (D(2020, 1, 1), D(2020, 6, 30), (D(2020, 7, 1), None), False),
        (D(2020, 1, 1), D(2020, 7, 1), (D(2020, 7, 1), None), True),
    ],
)
def test_periods_meet_when_they_share_a_day(since, last, other, meet):
    assert rules.overlap(since, last, other=other) is meet


def test_a_period_does_not_end_before_it_begins():
    rules.check_period(D(2026, 1, 1), D(2026, 1, 1))
    with pytest.raises(Refused):
        rules.check_period(D(2026, 1, 2), D(2026, 1, 1))
