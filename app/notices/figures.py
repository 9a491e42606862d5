"""Which named places may a template have, and what stands there for this unit and period?

A place is written 【受理举报】. Other slices declare theirs in the kernel's register, each with the
source it is counted from; the unit's name and the period are known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.errors import Refused
from app.kernel.figures import Period, declared
from app.kernel.identity import Identity
from app.kernel.text import day

PLACE = re.compile(r"【([^【】\n]{1,40})】")
UNIT, FROM, UNTIL = "单位名称", "统计起日", "统计止日"
GIVEN = (UNIT, FROM, UNTIL)


@dataclass(frozen=True)
class Filled:
    """A figure as it was put into a text: its place, what it is, where from, and when."""

    place: str
    value: str
    source: str
    since: date
    until: date
    taken_on: date

    def as_row(self) -> dict[str, str]:
        """Return it as the database keeps it."""
        return {
            "place": self.place, "value": self.value, "source": self.source,
            "since": self.since.isoformat(), "until": self.until.isoformat(),
            "taken_on": self.taken_on.isoformat(),
        }  # fmt: skip


def places() -> Sequence[str]:
    """Return every place a template may have."""
    return (*GIVEN, *declared())


def check(*texts: str) -> None:
    """Refuse a place that nobody fills, by its name."""
    for text in texts:
        for name in PLACE.findall(text):
            if name not in places():
                raise Refused("unknown_place", field="body", name=name)


def fill(
    texts: Sequence[str], who: Identity, period: Period, today: date
) -> tuple[list[str], list[Filled]]:
    """Return the texts with the viewer's own figures, and which figures those are."""
    check(*texts)
    if period.since > period.until:
        raise Refused("period_backwards", field="until")
    known = declared()
    used = dict.fromkeys(name for text in texts for name in PLACE.findall(text) if name in known)
    found = [
        Filled(
            place=name, value=known[name].count(who, period), source=known[name].source,
            since=period.since, until=period.until, taken_on=today,
        )
        for name in used
    ]  # fmt: skip
    values = {figure.place: figure.value for figure in found} | _given(who, period)
    return [_put(text, values) for text in texts], found


def _given(who: Identity, period: Period) -> dict[str, str]:
    return {UNIT: who.bureau_name, FROM: day(period.since), UNTIL: day(period.until)}


def _put(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda found: values[found[1]], text)
