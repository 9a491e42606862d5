"""Which rows does an uploaded list hold, whatever program wrote it?

XLSX is read by values: of a formula only its last result is seen.  CSV is read as the mark at its
head says, else as UTF-8, else as GB18030; a file that is neither is refused, none is guessed at.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from app.kernel.errors import Refused
from app.tips.imports import headings, rules

#: What an XLSX may unpack to; two hundred times its size is no list.
MOST_UNPACKED = 200 * 1024 * 1024
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)  # fmt: skip
ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
SEPARATORS = ",\t;|"
#: By so many lines is told what separates the cells.
LOOKED_AT = 20
LONGEST_CELL = 131_072


@dataclass(frozen=True)
class Table:
    """Headings and rows as words; ``first`` is the number of the first row in the file."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    first: int
    form: str


def read(content: bytes) -> Table:
    """Read a list.

    Raises:
        Refused: ``import_too_large``, ``import_unreadable``, ``import_empty``,
            ``import_two_lists`` or ``import_too_many``.
    """
    if len(content) > rules.MOST_BYTES:
        raise Refused("import_too_large", field="file")
    is_book = content.startswith(b"PK\x03\x04")
    rows, form = _book(content) if is_book else _text(content)
    head = headings.head_row(rows)
    body = rows[head + 1 :]
    while body and not any(body[-1]):
        body.pop()
    if not body:
        raise Refused("import_empty", field="file")
    if len(body) > rules.MOST_ROWS:
        raise Refused("import_too_many", field="file", most=rules.MOST_ROWS)
    return Table(rows[head], body, head + 2, form)


def _book(content: bytes) -> tuple[list[list[str]], str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Refused("import_too_large", field="file")
            if "xl/workbook.xml" not in packed.namelist():
                raise Refused("import_unreadable", field="file")
        return _list_of(CalamineWorkbook.from_filelike(io.BytesIO(content))), "XLSX"
    except (zipfile.BadZipFile, CalamineError, ValueError) as fault:
        raise Refused("import_unreadable", field="file") from fault


def _list_of(book: CalamineWorkbook) -> list[list[str]]:
    """Return the rows of the one sheet that is a list, else of the first; no second is dropped."""
    names = [each.name for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    sheets = [
        [[_written(cell) for cell in row] for row in sheet]
        for sheet in (book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names)
    ]
    lists = [rows for rows in sheets if _headings_known(rows) >= headings.SURE and len(rows) > 1]
    if len(lists) > 1:
        raise Refused("import_two_lists", field="file")
    return next(iter([*lists, *sheets]), [])


def _headings_known(rows: Sequence[Sequence[str]]) -> int:
    return max((len(headings.recognised(row)) for row in rows[: headings.HEAD_WITHIN]), default=0)


def _written(cell: object) -> str:
    """Write a cell's value as a person would have typed it."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        # As a spreadsheet shows it: 19.9 times 3 is 59.7 there, 59.699999999999996 here.
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    return str(cell).strip()


def _text(content: bytes) -> tuple[list[list[str]], str]:
    written, form = _decoded(content)
    if "\0" in written:
        raise Refused("import_unreadable", field="file")
    head = "\n".join(written.splitlines()[:LOOKED_AT])
    csv.field_size_limit(LONGEST_CELL)
    try:
        # The headings tell; where none is known, what stands there most often.
        separator = max(
            SEPARATORS, key=lambda each: (_headings_known(_cells(head, each)), head.count(each))
        )
        return _cells(written, separator), form
    except csv.Error as fault:
        raise Refused("import_unreadable", field="file") from fault


def _cells(written: str, separator: str) -> list[list[str]]:
    lines = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
    return [[cell.strip() for cell in row] for row in lines]


def _decoded(content: bytes) -> tuple[str, str]:
    tried = [(e, name) for mark, e, name in MARKS if content.startswith(mark)] or ENCODINGS
    for encoding, name in tried:
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Refused("import_unreadable", field="file")
