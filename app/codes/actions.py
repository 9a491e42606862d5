"""What does the system administrator do with code lists?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.codes import queries, rules
from app.codes.models import CodeEntry
from app.codes.rules import CodeList
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require

DEFAULTS = Path(__file__).parent / "defaults"
KIND = "code_entry"

INSTALLED = audit.declare("code_list.installed", "added")
ADDED = audit.declare("code_list.entry_added", "name_zh", "name_en", "parent")
AMENDED = audit.declare("code_list.entry_amended", "name_zh", "name_en", "former_zh", "former_en")
RETIRED = audit.declare("code_list.entry_retired", "last_day")
REINSTATED = audit.declare("code_list.entry_reinstated")


@dataclass(frozen=True)
class Names:
    """What an entry is called, and where it stands."""

    zh: str
    en: str
    position: int | None = None


def install_defaults() -> int:
    """Add the shipped entries that are not there yet; what an administrator changed stays.

    Returns how many were added. Runs inside the caller's write transaction.
    """
    added = sum(_install(name) for name in CodeList)
    if added:
        queries.forget()
        audit.record(INSTALLED, "code_list", "all", by=None, added=added)
    return added


def _install(name: CodeList) -> int:
    shipped = tomllib.loads((DEFAULTS / f"{name.value}.toml").read_text(encoding="utf-8"))
    known = {entry.code for entry in queries.entries(name)}
    missing = [
        CodeEntry(
            list_name=name, code=code, name_zh=zh, name_en=en, parent_code=parent, position=at * 10
        )
        for at, (code, (zh, en, parent)) in enumerate(shipped.items(), start=1)
        if code not in known
    ]
    db.session.add_all(missing)
    db.session.flush()
    return len(missing)


def add(list_name: str, code: str, names: Names, *, parent: str = "", by: Identity) -> CodeEntry:
    """Add an entry at the end of its list, or at a place of its own."""
    require(by, "code_list:keep")
    name = CodeList(list_name)
    rules.check_code(code)
    if queries.find(name, code) is not None:
        raise Refused("code_taken", field="code")
    _check_parent(name, parent)
    position = names.position if names.position is not None else queries.last_position(name) + 10
    entry = CodeEntry(
        list_name=name, code=code, name_zh=names.zh, name_en=names.en, parent_code=parent,
        position=position, valid_from=clock.today(),
    )  # fmt: skip
    db.session.add(entry)
    queries.forget()
    audit.record(
        ADDED, KIND, reference(entry), by=by, name_zh=names.zh, name_en=names.en, parent=parent
    )
    return entry


def amend(entry: CodeEntry, names: Names, *, by: Identity) -> None:
    """Rename or move an entry: records that carry its code show the new name."""
    require(by, "code_list:keep")
    former = Names(entry.name_zh, entry.name_en)
    entry.name_zh, entry.name_en = names.zh, names.en
    if names.position is not None:
        entry.position = names.position
    queries.forget()
    audit.record(
        AMENDED, KIND, reference(entry), by=by, name_zh=names.zh, name_en=names.en,
        former_zh=former.zh, former_en=former.en,
    )  # fmt: skip


def retire(entry: CodeEntry, last_day: date, *, by: Identity) -> None:
    """Say on which day an entry may be chosen for the last time; its records keep it."""
    require(by, "code_list:keep")
    rules.check_retirement(entry.valid_from, last_day)
    entry.valid_to = last_day
    audit.record(RETIRED, KIND, reference(entry), by=by, last_day=last_day.isoformat())


def reinstate(entry: CodeEntry, *, by: Identity) -> None:
    """Let a retired entry be chosen again."""
    require(by, "code_list:keep")
    entry.valid_to = None
    audit.record(REINSTATED, KIND, reference(entry), by=by)


def reference(entry: CodeEntry) -> str:
    """Return the name under which the audit trail knows an entry."""
    return f"{entry.list_name.value}/{entry.code}"


def _check_parent(name: CodeList, parent: str) -> None:
    levels = 0
    while parent:
        above = queries.find(name, parent)
        if above is None:
            raise Refused("code_parent_unknown", field="parent")
        levels += 1
        rules.check_depth(levels)
        parent = above.parent_code
