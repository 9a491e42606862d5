"""Which manuscripts can be read from a file: plain text, Markdown, Word?"""

from __future__ import annotations

import dataclasses
from pathlib import PurePath

from app.kernel import docx, plain
from app.kernel.docx import Place
from app.kernel.errors import Refused
from app.typesetting.facts import Cell, Table
from app.typesetting.manuscript.headings import marked
from app.typesetting.manuscript.lines import Line, tidy
from app.typesetting.manuscript.reading import recognise, recognise_lines
from app.typesetting.manuscript.values import Found, Recognised

SUFFIXES = (".txt", ".md", ".docx")
#: Words of the file that its text does not hold; the rest of what hides is no text.
BESIDE_THE_TEXT = frozenset(
    {
        Place.HEADER, Place.FOOTER, Place.FOOTNOTE, Place.ENDNOTE, Place.TEXTBOX, Place.COMMENT,
        Place.HIDDEN, Place.DELETED,
    }
)  # fmt: skip


def recognise_file(content: bytes, name: str) -> Recognised:
    """Take a file apart.

    Refuses ``manuscript_type``, ``manuscript_empty`` and what ``docx.read`` or ``plain.decode``
    refuses.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused("manuscript_type", suffix=suffix or name)
    found = _word(content) if suffix == ".docx" else recognise(plain.decode(content))
    if not (found.title.text or found.body):
        raise Refused("manuscript_empty")
    return found


def _word(content: bytes) -> Recognised:
    manuscript = docx.read(content)
    lines: list[Line] = []
    levels: dict[int, int] = {}
    for block in manuscript.blocks:
        if isinstance(block, docx.Table):
            lines.append(Line(len(lines) + 1, "|", _text(block), _table(block)))
            continue
        for text in block.line.split("\n"):
            raw = f"# {text}" if block.style == "Title" else text
            if block.level is not None and block.style != "Title":
                levels[len(lines) + 1] = block.level
            lines.append(Line(len(lines) + 1, tidy(text), raw))
    beside = tuple(
        Found(part.text, guessed=True)
        for part in manuscript.hidden()
        if part.place in BESIDE_THE_TEXT and part.text.strip()
    )
    found = recognise_lines(marked(lines, levels))
    return dataclasses.replace(found, left_out=(*found.left_out, *beside))


def _text(table: docx.Table) -> str:
    return " ".join(docx.lines_of((table,)))


def _table(table: docx.Table) -> Table:
    """The same table; without marked rows the first one, as far as it reaches down, is the head."""
    rows = tuple(
        tuple(Cell(cell.text, cell.columns, cell.rows) for cell in row.cells) for row in table.rows
    )
    head = next((n for n, row in enumerate(table.rows) if not row.is_head), len(rows) - 1)
    if not head and rows:
        head = max((cell.rows for cell in rows[0]), default=1)
    return Table(head=rows[:head], rows=rows[head:])
