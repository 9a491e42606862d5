"""What do the code lists say?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.codes import rules
from app.codes.models import CodeEntry
from app.codes.rules import CodeList
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import NotFound

_KEPT = "code_names"


def entries(list_name: str, on: date | None = None) -> Sequence[CodeEntry]:
    """Return a list's entries of a day (all of them without one), groups before their members."""
    query = select(CodeEntry).where(CodeEntry.list_name == _known(list_name))
    rows = db.session.scalars(query.order_by(CodeEntry.position, CodeEntry.id)).all()
    return [
        entry
        for entry in _in_tree_order(rows)
        if on is None or rules.is_valid(entry.valid_from, entry.valid_to, on)
    ]


def _in_tree_order(rows: Sequence[CodeEntry]) -> list[CodeEntry]:
    below: dict[str, list[CodeEntry]] = {}
    for row in rows:
        below.setdefault(row.parent_code, []).append(row)
    ordered: list[CodeEntry] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        entry = waiting.pop()
        ordered.append(entry)
        waiting += reversed(below.get(entry.code, []))
    return ordered


def choices(list_name: str, locale: str = "zh", on: date | None = None) -> list[tuple[str, str]]:
    """Return what may be chosen on a day (today): codes with names, groups before their members."""
    day = on or clock.today()
    return [(entry.code, entry.name(locale)) for entry in entries(list_name, day)]


def label(list_name: str, code: str, locale: str = "zh") -> str:
    """Return the name of a code, retired or not; the code itself when the list does not know it."""
    names = _names(list_name).get(code)
    if names is None:
        return code
    return names[1] if locale == "en" else names[0]


def _names(list_name: str) -> dict[str, tuple[str, str]]:
    """Return a list's names, read once in a session."""
    kept: dict[str, dict[str, tuple[str, str]]] = db.session().info.setdefault(_KEPT, {})
    if list_name not in kept:
        query = select(CodeEntry.code, CodeEntry.name_zh, CodeEntry.name_en)
        found = db.session.execute(query.where(CodeEntry.list_name == _known(list_name)))
        kept[list_name] = {row.code: (row.name_zh, row.name_en) for row in found}
    return kept[list_name]


def forget() -> None:
    """Read the names anew: somebody changed them in this session."""
    db.session().info.pop(_KEPT, None)


def is_choice(list_name: str, code: str, on: date) -> bool:
    """Tell whether a code may be chosen on a day."""
    return any(entry.code == code for entry in entries(list_name, on))


def below(list_name: str, code: str) -> set[str]:
    """Return a code with everything in its group: what a filter or a statistic counts."""
    found = {code}
    for entry in entries(list_name):
        if entry.parent_code in found:
            found.add(entry.code)
    return found


def entry(list_name: str, code: str) -> CodeEntry:
    """Return one entry, or refuse (404)."""
    found = find(_known(list_name), code)
    if found is None:
        raise NotFound
    return found


def find(list_name: CodeList, code: str) -> CodeEntry | None:
    """Return one entry, or nothing."""
    query = select(CodeEntry).where(CodeEntry.list_name == list_name, CodeEntry.code == code)
    return db.session.scalar(query)


def last_position(list_name: CodeList) -> int:
    """Return the highest position in a list, 0 in an empty one."""
    query = select(func.max(CodeEntry.position)).where(CodeEntry.list_name == list_name)
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Summary:
    """How many entries a list has, and how many of them may still be chosen."""

    name: CodeList
    total: int
    current: int


def summaries(on: date) -> list[Summary]:
    """Return every list with its size."""
    found = []
    for name in CodeList:
        rows = entries(name)
        current = sum(rules.is_valid(row.valid_from, row.valid_to, on) for row in rows)
        found.append(Summary(name, len(rows), current))
    return found


def _known(list_name: str) -> CodeList:
    try:
        return CodeList(list_name)
    except ValueError:
        raise NotFound from None
