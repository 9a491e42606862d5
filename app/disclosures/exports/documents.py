"""How is an export written as a workbook, as CSV and as JSON?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

import xlsxwriter

from app.disclosures.exports.rules import LONGEST, Format
from app.kernel.text import neutral

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def _workbook(table: Table) -> bytes:
    """Write every cell as text: nothing in it is computed or followed."""
    heads, rows = table
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("公示")
        for at, line in enumerate((heads, *rows)):
            for column, cell in enumerate(line):
                sheet.write_string(at, column, neutral(cell[:LONGEST]))
        sheet.freeze_panes(1, 0)
    return made.getvalue()


def _csv(table: Table) -> bytes:
    heads, rows = table
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([neutral(cell[:LONGEST]) for cell in line] for line in (heads, *rows))
    return made.getvalue().encode("utf-8-sig")


def _json(table: Table) -> bytes:
    """JSON computes nothing, so its values stand as published."""
    heads, rows = table
    found = [dict(zip(heads, (c[:LONGEST] for c in row), strict=True)) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


WRITERS: dict[Format, tuple[Callable[[Table], bytes], str]] = {
    Format.XLSX: (
        _workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Format.CSV: (_csv, "text/csv; charset=utf-8"),
    Format.JSON: (_json, "application/json"),
}  # fmt: skip
