"""What may this person open from the rail, and how much waits there?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import lazy_pgettext as _p

from app.kernel import clock, permissions
from app.kernel.identity import Identity
from app.kernel.waiting import Waiting

GROUPS = {
    "desk": "",
    "intake": _p("rail", "受理"),
    "handling": _p("rail", "办理"),
    "supervision": _p("rail", "督办"),
    "publicity": _p("rail", "公开"),
    "archive": _p("rail", "档案"),
    "administration": _p("rail", "管理"),
}


@dataclass(frozen=True)
class Counts:
    """How many records wait, and how many of them are overdue."""

    waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Entry:
    """One line of the rail; ``sums`` counts what all the other lines count."""

    group: str
    order: int
    label: Any
    endpoint: str
    permission: str
    counts: Callable[[Identity], Counts] | None = None
    sums: bool = False


_entries: list[Entry] = []


def counting(
    waiting: Callable[[Identity, date], Sequence[Waiting]],
) -> Callable[[Identity], Counts]:
    """Return a rail line's counts from the lines that a slice says wait."""

    def counts(who: Identity) -> Counts:
        today = clock.today()
        lines = waiting(who, today)
        return Counts(len(lines), sum(line.is_overdue(today) for line in lines))

    return counts


def register(*entries: Entry) -> None:
    """Add a slice's lines to the rail."""
    known = {entry.endpoint for entry in _entries}
    _entries.extend(entry for entry in entries if entry.endpoint not in known)


def rail(who: Identity) -> Sequence[dict[str, Any]]:
    """Return the groups and lines this person may open, with their counts."""
    lines = {
        entry: _line(entry, entry.counts(who) if entry.counts else None)
        for entry in sorted(_entries, key=lambda e: e.order)
        if permissions.may(who, entry.permission)
    }
    for entry, line in lines.items():
        if entry.sums:
            line["count"] = sum(other["count"] or 0 for other in lines.values())
            line["overdue"] = sum(other["overdue"] for other in lines.values())
    _mark(list(lines.values()))
    groups = {code: [line for e, line in lines.items() if e.group == code] for code in GROUPS}
    return [{"title": GROUPS[code], "items": found} for code, found in groups.items() if found]


def _line(entry: Entry, counts: Counts | None) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": url_for(entry.endpoint),
        "overdue": counts.overdue if counts else 0,
        "count": counts.waiting if counts else None,
        "current": False,
        "group": entry.group,
    }


def _mark(lines: Sequence[dict[str, Any]]) -> None:
    """Mark the line under whose address the page lies: the longest that begins it."""
    here = f"{request.script_root}{request.path}".rstrip("/") + "/"
    above = [line for line in lines if here.startswith(line["url"].rstrip("/") + "/")]
    if above:
        max(above, key=lambda line: len(line["url"]))["current"] = True
