"""What kinds of units are there, and what may stand below what?"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused

MAX_DEPTH = 12
CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?", re.ASCII)
DIVISION = re.compile(r"[1-9][0-9]{5}", re.ASCII)


class UnitKind(StrEnum):
    """What a unit is."""

    BUREAU = "bureau"
    BRANCH = "branch"
    SECTION = "section"
    CORPS = "corps"
    STATION = "station"
    INSTITUTE = "institute"
    ASSOCIATION = "association"


class UnitLevel(StrEnum):
    """On which rung of government a unit stands."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class Business(StrEnum):
    """A line of business in which a unit may report to another superior than the tree's."""

    GENERAL = "general"
    TIPS = "tips"
    INSPECTIONS = "inspections"
    CAMPAIGNS = "campaigns"
    CASES = "cases"
    DISCLOSURES = "disclosures"


#: Units that hold records in their own name; sections, corps and stations act for their bureau.
RECORD_HOLDERS = frozenset(
    {UnitKind.BUREAU, UnitKind.BRANCH, UnitKind.INSTITUTE, UnitKind.ASSOCIATION}
)
ORDER = tuple(UnitLevel)


def holds_records(kind: UnitKind) -> bool:
    """Tell whether records lie with the unit itself."""
    return kind in RECORD_HOLDERS


def check_place(*, kind: UnitKind, level: UnitLevel, above: UnitLevel | None, depth: int) -> None:
    """Refuse a unit below a lower one, and a tree deeper than a path can hold."""
    if depth > MAX_DEPTH:
        raise Refused("unit_too_deep", field="parent")
    if above is not None and ORDER.index(level) < ORDER.index(above):
        raise Refused("unit_above_parent", field="level")
    if kind is UnitKind.BUREAU and above is level:
        raise Refused("bureau_beside_bureau", field="kind")


def check_above(
    *, kind: UnitKind, level: UnitLevel, below: list[tuple[UnitKind, UnitLevel]]
) -> None:
    """Refuse a kind or level under which one of the units already below could not stand."""
    for one, rung in below:
        if ORDER.index(rung) < ORDER.index(level):
            raise Refused("unit_below_child", field="level")
        if kind is one is UnitKind.BUREAU and rung is level:
            raise Refused("bureau_beside_bureau", field="kind")


def check_code(code: str) -> None:
    """Refuse a code that would not read well in an address."""
    if not CODE.fullmatch(code):
        raise Refused("unit_code_form", field="code")


def check_period(since: date, last_day: date | None) -> None:
    """Refuse a period that ends before it begins; the last day belongs to it."""
    if last_day is not None and last_day < since:
        raise Refused("ends_before_it_begins", field="last_day")


def overlap(since: date, last_day: date | None, *, other: tuple[date, date | None]) -> bool:
    """Tell whether two periods share a day; no last day means for ever."""
    begins, ends = other
    return (ends is None or since <= ends) and (last_day is None or begins <= last_day)


def covers(jurisdiction: str, division: str) -> bool:
    """Tell whether a GB/T 2260 jurisdiction covers a division (990100 covers 990121)."""
    stem = jurisdiction.rstrip("0")
    stem += "0" * (len(stem) % 2)
    return division.startswith(stem)
