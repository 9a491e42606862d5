"""How are paragraphs and tables written for correction, and which does a corrected text mean?

A line is a paragraph; a row of a table is a line of cells between bars, and ``|---|`` ends the
head. What was not touched is read as it was, merged cells of the table's body included.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.typesetting.facts import Block, Cell, Table
from app.typesetting.manuscript.grids import BAR, table_at
from app.typesetting.manuscript.lines import Line, tidy


def written(blocks: Sequence[Block]) -> str:
    """Write paragraphs and tables as lines."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *rows_of(block), "", ""] if isinstance(block, Table) else [block]
    return "\n".join(lines).strip("\n")


def rows_of(table: Table) -> list[str]:
    """Write a table; the place that a merged cell covers stays empty."""
    grid: dict[tuple[int, int], str] = {}
    rows = (*table.head, *table.rows)
    for at, row in enumerate(rows):
        _place(grid, at, row)
    width = max((column for _, column in grid), default=-1) + 1
    lines = [
        "|" + "|".join(grid.get((at, column), "") for column in range(width)) + "|"
        for at in range(len(rows))
    ]
    lines.insert(len(table.head), "|" + "---|" * max(width, 1))
    return lines


def _place(grid: dict[tuple[int, int], str], at: int, row: Sequence[Cell]) -> None:
    column = 0
    for cell in row:
        while (at, column) in grid:
            column += 1
        text = " ".join(cell.text.split("\n")).replace("|", "\\|")
        for down in range(cell.rows):
            for right in range(cell.columns):
                grid[at + down, column + right] = "" if down or right else text


def read(text: str, known: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Read lines as paragraphs and tables; what is written as one of ``known`` is that one."""
    tables = {tuple(rows_of(block)): block for block in known if isinstance(block, Table)}
    texts = {block for block in known if isinstance(block, str)}
    lines = [
        Line(number, raw if raw in texts else tidy(raw), raw)
        for number, raw in enumerate(text.split("\n"), 1)
    ]
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        rows = _rows_at(lines, place)
        grid = table_at(lines, place)
        if rows in tables:
            blocks.append(tables[rows])
            place += len(rows)
        elif grid is not None:
            blocks.append(grid[0])
            place = grid[1]
        else:
            blocks += [lines[place].text] if lines[place].text else []
            place += 1
    return tuple(blocks)


def _rows_at(lines: Sequence[Line], start: int) -> tuple[str, ...]:
    end = start
    while end < len(lines) and BAR.fullmatch(lines[end].raw):
        end += 1
    return tuple(line.raw for line in lines[start:end])
