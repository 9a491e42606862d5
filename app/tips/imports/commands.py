"""How does an administrator bring a list in? ``./portal import tips FILE``."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.tips.imports import actions, labels, queries, rules, tables
from app.tips.imports.actions import Outcome
from app.tips.imports.rules import Fault, Field

DONE, REFUSED = 0, 1
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore


def add_commands(verbs: Verbs) -> None:
    """Declare ``import``."""
    acts = verbs.add_parser("import", help="bring foreign lists in").add_subparsers(
        metavar="WHAT", required=True
    )
    tips = acts.add_parser(
        "tips",
        help="a list of tips, XLSX or CSV: all of it, or nothing when a row is wrong",
        description="Each tip goes to the desk of its place, as one from the public does. A number"
        " that came in before is passed over, so the same list twice is the same as once.",
    )
    tips.add_argument("file", type=Path, metavar="FILE")
    tips.add_argument(
        "--mapping", metavar="M", default="",
        help="name of a saved mapping, or a JSON file: {column: heading}",
    )  # fmt: skip
    tips.add_argument("--source", default="", help="whose numbers these are (12315, say)")
    tips.add_argument("--dry-run", action="store_true", help="tell what is wrong, keep nothing")
    tips.add_argument("--json", action="store_true", help="answer as one JSON object")
    tips.set_defaults(act=_import)


def _import(asked: argparse.Namespace) -> int:
    try:
        content = asked.file.read_bytes()
    except OSError as fault:
        raise PortalError(f"{asked.file} cannot be read: {fault.strerror}") from fault
    table = tables.read(content)
    columns = _columns(asked.mapping, table)
    outcome = actions.read(table, columns, asked.source, _told)
    kept = 0
    if not outcome.faults and not asked.dry_run:
        reference = hashlib.sha256(content).hexdigest()[:12]
        arriving = actions.arrivals(outcome, by=None, told=_told)
        with unit_of_work():
            kept = actions.take_in(outcome, arriving, asked.source, reference, by=None)
        db.session.remove()
    _answer(asked, table, outcome, kept)
    return REFUSED if outcome.faults else DONE


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="", file=sys.stderr, flush=True)


def _columns(mapping: str, table: tables.Table) -> dict[Field, int]:
    """Return what the columns are: as recognised, or as the mapping says.

    Raises:
        PortalError: nobody saved such a mapping, or it names a column that the list has not.
    """
    if not mapping:
        return rules.recognised(table.headings)
    headings = _headings(mapping)
    missing = [word for word in headings.values() if word not in table.headings]
    if missing:
        raise PortalError(f"the list has no column {', '.join(missing)}")
    return {Field(each): table.headings.index(word) for each, word in headings.items()}


def _headings(mapping: str) -> dict[str, str]:
    kept = queries.mapping_named(mapping)
    if kept is not None:
        return kept.headings
    try:
        told = json.loads(Path(mapping).read_text("utf-8"))
        return {Field(each).value: str(word) for each, word in told.items()}
    except (OSError, ValueError, AttributeError) as fault:
        known = ", ".join(each.value for each in Field)
        raise PortalError(f"{mapping} is no mapping ({fault}); columns are {known}") from fault


def _answer(asked: argparse.Namespace, table: tables.Table, outcome: Outcome, kept: int) -> None:
    if asked.json:
        told = {
            "form": table.form, "rows": outcome.rows, "new": len(outcome.lines),
            "known": outcome.known, "kept_tips": kept, "wrong_rows": outcome.wrong_rows,
            "faults": [_fault(fault) for fault in outcome.faults],
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    for fault in outcome.faults:
        told_of = _fault(fault)
        print(f"{told_of['row']}\t{told_of['column']}\t{told_of['told']}\t{told_of['value']}")
    print(
        f"{outcome.rows} rows read as {table.form}: {len(outcome.lines)} new,"
        f" {outcome.known} known, {outcome.wrong_rows} wrong; {kept} tips kept"
    )


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "column": str(labels.FIELDS[fault.field]) if fault.field else "",
        "code": fault.code,
        "told": labels.sentence(fault),
        "value": fault.value,
    }
