"""How is the ledger of leads written as a workbook?"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from app.kernel.text import neutral

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, heads: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """Write numbers as numbers and everything else as text that no spreadsheet computes."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(name)
        for at, line in enumerate((heads, *rows)):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, neutral(cell))
        sheet.freeze_panes(1, 0)
    return made.getvalue()
