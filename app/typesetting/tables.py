"""How is a table set: upright or on a landscape page, in which type size, with which columns?

The type area is 156 mm wide, 225 mm on a landscape page (GB/T 9704-2012, 5.2.3 and 11). A table is
set in the largest type in which every column holds its longest short text, upright if it can be.
Nothing is ever cut off: a cell wraps wherever it must.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.facts import Annex, Block, Cell, NoticeFacts, Table
from app.typesetting.titles import columns

UPRIGHT, LANDSCAPE = 156.0, 225.0  # millimetres
SIZES = (12.0, 10.5, 9.0, 7.5)  # points; 小五 is the smallest that is read without effort
MILLIMETRES = 25.4 / 72
PADDING = 1.8  # millimetres, both sides of a cell and its rule
COMFORTABLE, TIGHT = 4.0, 2.0  # characters in a column before its text wraps


@dataclass(frozen=True, slots=True)
class Layout:
    """Type size in points, column widths in millimetres."""

    landscape: bool
    size: float
    widths: tuple[float, ...]


def width_in_columns(table: Table) -> int:
    """How many columns the widest row covers when those reaching down from above are counted."""
    return max((column + cell.columns for _, column, cell in _placed(table)), default=0)


def layout(table: Table) -> Layout:
    """The largest comfortable setting of ``table``; ``TypesettingError`` if there is none."""
    weights, longest = _texts(table)
    for landscape, sizes, least in (
        (False, SIZES[:2], COMFORTABLE),
        (True, SIZES[:3], COMFORTABLE),
        (True, SIZES[2:], TIGHT),
        (True, SIZES[3:], 1.0),
    ):
        for size in sizes:
            room = LANDSCAPE if landscape else UPRIGHT
            needed = [min(text, least) * size * MILLIMETRES + PADDING for text in longest]
            if sum(needed) <= room:
                return Layout(landscape, size, _widths(needed, weights, room))
    raise TypesettingError(Fault.TABLE_TOO_WIDE, str(len(longest)))


def is_landscape(body: tuple[Block, ...]) -> bool:
    """Whether a document begins with a table that needs a landscape page."""
    first = body[0] if body else ""
    return isinstance(first, Table) and layout(first).landscape


def ends_landscape(facts: NoticeFacts | Annex) -> bool:
    """Whether the last page before the colophon is a landscape one."""
    if isinstance(facts, Annex):
        return is_landscape(facts.body)
    return bool(facts.annexes) and ends_landscape(facts.annexes[-1])


def _widths(needed: list[float], weights: list[float], room: float) -> tuple[float, ...]:
    """What each column needs, and of what is left a share by the length of its texts."""
    spare = room - sum(needed)
    total = sum(weights) or 1.0
    return tuple(
        round(width + spare * weight / total, 3)
        for width, weight in zip(needed, weights, strict=True)
    )


def _texts(table: Table) -> tuple[list[float], list[float]]:
    """For each column the weight of its texts and the longest of them, in characters."""
    count = width_in_columns(table)
    weights, longest = [1.0] * count, [1.0] * count
    for _, column, cell in _placed(table):
        length = columns(cell.text) / cell.columns
        for place in range(column, column + cell.columns):
            longest[place] = max(longest[place], length)
            weights[place] = max(weights[place], length**0.85)
    return weights, longest


def _placed(table: Table) -> list[tuple[int, int, Cell]]:
    """Row and first column of each cell, past the cells that reach down from above."""
    found = []
    for rows in (table.head, table.rows):
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                taken |= {
                    (row + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }
                found.append((row, column, cell))
    return found
