"""How does an administrator bring a list in? ``./portal import tips FILE``."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.tips.imports import actions, headings, labels, queries, tables
from app.tips.imports.actions import Outcome
from app.tips.imports.headings import Field
from app.tips.imports.rules import Fault

DONE, REFUSED = 0, 1
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore


#: What ``--json`` answers, and what a mapping may name.
ENDING = f"""\
a mapping names a heading of the list for each column it has; the columns are
{fill(", ".join(Field), initial_indent="  ", subsequent_indent="  ", width=96)};
  {", ".join(headings.REQUIRED)} and one of {Field.SUBJECT}, {Field.SUBJECT_ADDRESS} are needed.
  Without a mapping the usual headings are recognised.

--json answers {{form, rows, new, known, kept_tips, wrong_rows, faults: [{{row, field, column,
  code, told, value}}]}}: row as a spreadsheet numbers it, column as the list heads it, value
  empty where it would show who told; a file that cannot be read answers {{error}}.

exit codes: 0 every row is right · 1 something is wrong, nothing was kept · 2 wrong usage
"""


def add_commands(verbs: Verbs) -> None:
    """Declare ``import``."""
    acts = verbs.add_parser("import", help="bring foreign lists in").add_subparsers(
        metavar="WHAT", required=True
    )
    tips = acts.add_parser(
        "tips",
        help="a list of tips, XLSX or CSV: all of it, or nothing when a row is wrong",
        description="Each tip goes to the desk of its place, as one from the public does.\nA number"
        " that came in before is passed over, so the same list twice is the same as once.",
        epilog=ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
    _check_columns(columns, table)
    outcome = actions.read(table, columns, asked.source, _told)
    kept = 0
    if not outcome.faults and not asked.dry_run:
        reference = hashlib.sha256(content).hexdigest()[:12]
        arriving = actions.arrivals(outcome, by=None, told=_told)
        with unit_of_work():
            kept = actions.take_in(outcome, arriving, asked.source, reference, by=None)
        db.session.remove()
    heads = {each: table.headings[at] for each, at in columns.items()}
    faults = [_fault(fault, heads) for fault in outcome.faults]
    if asked.json:
        print(json.dumps(_whole(table, outcome, kept) | {"faults": faults}, ensure_ascii=False))
    else:
        _print(table, outcome, kept, faults)
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
        return headings.recognised(table.headings)
    named = _headings(mapping)
    missing = [word for word in named.values() if word not in table.headings]
    if missing:
        raise PortalError(f"the list has no column {', '.join(missing)}")
    return {Field(each): table.headings.index(word) for each, word in named.items()}


def _check_columns(columns: Mapping[Field, int], table: tables.Table) -> None:
    if wanting := headings.wanting(columns):
        named = ", ".join(f"{labels.FIELDS[each]} ({each})" for each in wanting)
        has = ", ".join(filter(None, table.headings))
        raise PortalError(f"no column is known as {named}; see --mapping; the list has {has}")


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


def _whole(table: tables.Table, outcome: Outcome, kept: int) -> dict[str, Any]:
    return {
        "form": table.form, "rows": outcome.rows, "new": len(outcome.lines),
        "known": outcome.known, "kept_tips": kept, "wrong_rows": outcome.wrong_rows,
    }  # fmt: skip


def _print(
    table: tables.Table, outcome: Outcome, kept: int, faults: Sequence[dict[str, Any]]
) -> None:
    for fault in faults:
        shown = " ".join(fault["value"].split())
        print(f"{fault['row']}\t{fault['column']}\t{fault['told']}\t{shown}")
    print(
        f"{outcome.rows} rows read as {table.form}: {len(outcome.lines)} new,"
        f" {outcome.known} known, {outcome.wrong_rows} wrong; {kept} tips kept"
    )


def _fault(fault: Fault, heads: Mapping[Field, str]) -> dict[str, Any]:
    own = str(labels.FIELDS[fault.field]) if fault.field else ""
    return {
        "row": fault.row,
        "field": fault.field or "",
        "column": heads.get(fault.field, own) if fault.field else "",
        "code": fault.code,
        "told": labels.sentence(fault),
        "value": fault.value,
    }
