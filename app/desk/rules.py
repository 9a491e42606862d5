"""How is what waits put in order: by the calendar, the law's urgency first?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.deadlines import DueWords, WordKind
from app.kernel.waiting import Waiting


class Urgency(StrEnum):
    """The groups of the list, the most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True)
class Group:
    """The lines of one urgency, nearest last day first."""

    urgency: Urgency
    lines: Sequence[Waiting]


def urgency_of(line: Waiting, today: date) -> Urgency:
    """Say how urgent a line is; "near" is what the deadline's own words call near."""
    if line.due_on is None:
        return Urgency.UNDATED
    if line.due_on < today:
        return Urgency.OVERDUE
    if line.due_on == today:
        return Urgency.TODAY
    is_near = isinstance(line.due, DueWords) and line.due.kind is WordKind.NEAR
    return Urgency.NEAR if is_near else Urgency.LATER


def grouped(lines: Iterable[Waiting], today: date) -> list[Group]:
    """Put lines that are already in order into their groups; empty groups are left out."""
    found: dict[Urgency, list[Waiting]] = {urgency: [] for urgency in Urgency}
    for line in lines:
        found[urgency_of(line, today)].append(line)
    return [Group(urgency, held) for urgency, held in found.items() if held]


def counted(lines: Iterable[Waiting]) -> dict[str, int]:
    """Return how many lines each ask has, the most frequent first."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.ask] = counts.get(line.ask, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
