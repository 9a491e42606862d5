"""Which lines of a manuscript are a table, and which cells of its head cover others?

Three ways to type a table are known: cells between bars (Markdown; the line |---| ends the head),
cells between tabulators, and columns set under each other with two or more spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.typesetting.facts import Cell, Table
from app.typesetting.manuscript.lines import SPACES, Line

BAR = re.compile(r"\s*\|.*\|\s*")
SEPARATOR = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
GAP = re.compile(r" {2,}")
MOST_HEAD_ROWS = 4
Grid = list[list[str]]


def table_at(lines: Sequence[Line], start: int) -> tuple[Table, int] | None:
    """The table that begins with line ``start`` and the index after it; none if there is none."""
    given = lines[start].table
    if given is not None:
        return given, start + 1
    for split in (_bars, _tabs, _spaced):
        grid, head, end = _collected(lines, start, split)
        if len(grid) >= 2 and max(map(len, grid)) >= 2:
            return _table(grid, head), end
    return None


def _bars(raw: str) -> list[str] | None:
    if not BAR.fullmatch(raw):
        return None
    cells = re.split(r"(?<!\\)\|", raw.strip()[1:-1])
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _tabs(raw: str) -> list[str] | None:
    return [cell.strip() for cell in raw.split("\t")] if "\t" in raw.strip("\n") else None


def _spaced(raw: str) -> list[str] | None:
    cells = GAP.split(raw.translate(SPACES).strip())
    return cells if len(cells) >= 3 and all(len(cell) <= 30 for cell in cells) else None


def _collected(lines: Sequence[Line], start: int, split: object) -> tuple[Grid, int, int]:
    """The rows from ``start`` on, how many of them a separator says are the head, the end."""
    grid: Grid = []
    head = end = 0
    place = start
    while place < len(lines):
        raw = lines[place].raw
        cells = split(raw)  # type: ignore[operator]
        if cells is None and raw.strip():
            break
        if cells is not None and any(cells):
            if split is _spaced and grid and len(cells) != len(grid[0]):
                break
            if split is _bars and SEPARATOR.fullmatch(raw):
                head = len(grid)
            else:
                grid.append(cells)
            end = place + 1
        elif place > end:  # one blank line may stand within a table, not two
            break
        place += 1
    return grid, head, end


def _table(grid: Grid, head: int) -> Table:
    count = max(map(len, grid))
    full = [row + [""] * (count - len(row)) for row in grid]
    head = head or _rows_of_head(full)
    return Table(
        head=_covering(full[:head]),
        rows=tuple(tuple(Cell(text) for text in row) for row in full[head:]),
    )


def _rows_of_head(grid: Grid) -> int:
    """The first row, and those below it that only divide what it left open."""
    rows = 1
    if "" not in grid[0][1:]:
        return rows
    while rows < min(len(grid) - 1, MOST_HEAD_ROWS) and not grid[rows][0] and any(grid[rows]):
        rows += 1
    return rows


def _covering(head: Grid) -> tuple[tuple[Cell, ...], ...]:
    """The cells of a head; an empty place belongs to the cell on its left or above it."""
    if len(head) < 2:
        return tuple(tuple(Cell(text) for text in row) for row in head)
    groups = [0] * len(head[0])  # where the group of each column begins, as the row above has it
    taken: set[tuple[int, int]] = set()
    made = []
    for row, texts in enumerate(head):
        cells, begins = [], list(groups)
        column = 0
        while column < len(texts):
            if (row, column) in taken:
                column += 1
                continue
            right = _end_of_cell(texts, column, groups, {c for r, c in taken if r == row})
            down = _height(head, row, column, right)
            taken |= {(row + y, x) for y in range(down) for x in range(column, right)}
            begins[column:right] = [column + 1] * (right - column)
            cells.append(Cell(texts[column], right - column, down))
            column = right
        groups = begins
        made.append(tuple(cells))
    return tuple(made)


def _end_of_cell(texts: list[str], column: int, groups: list[int], taken: set[int]) -> int:
    right = column + 1
    while (
        right < len(texts)
        and not texts[right]
        and groups[right] == groups[column]
        and right not in taken
    ):
        right += 1
    return right


def _height(head: Grid, row: int, column: int, right: int) -> int:
    down = 1
    while row + down < len(head) and not any(head[row + down][column:right]):
        down += 1
    return down
