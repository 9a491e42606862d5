"""How is a list written as a workbook or as CSV, so that no spreadsheet computes what it says?"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from app.kernel.text import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Value = str | int | Decimal
Rows = Sequence[Sequence[Value]]


def workbook(name: str, heads: Sequence[str], rows: Rows) -> bytes:
    """Write numbers as numbers and everything else as text that no spreadsheet computes."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(name)
        money = book.add_format({"num_format": "#,##0.00"})
        for at, line in enumerate((heads, *rows)):
            for column, cell in enumerate(line):
                if isinstance(cell, Decimal):
                    sheet.write_number(at, column, float(cell), money)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, neutral(cell))
        sheet.freeze_panes(1, 0)
    return made.getvalue()


def comma_separated(heads: Sequence[str], rows: Rows) -> bytes:
    """Write CSV in UTF-8 with the mark by which spreadsheets know it."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows(
        [neutral(cell) if isinstance(cell, str) else cell for cell in line]
        for line in (heads, *rows)
    )
    return made.getvalue().encode("utf-8-sig")
