"""Which places of its grid does each cell of a Word table cover?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from app.kernel.docx_styles import value
from app.kernel.docx_values import Block, Cell, Row, Table

WIDEST = 63  # columns; more than Word itself allows


def _span(text: str, least: int) -> int:
    return max(least, min(int(text), WIDEST)) if text.isdigit() and len(text) < 4 else least


@dataclass
class Grid:
    """A table while it is read; a cell that goes on downwards is remembered by its column."""

    _rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)
    _open: dict[int, tuple[int, int]] = field(default_factory=dict)
    _column: int = 0

    def row(self, *, is_head: bool) -> None:
        """Begin a row."""
        self._rows.append((is_head, []))
        self._column = 0

    def skip(self, columns: str) -> None:
        """Leave places at the beginning of a row empty."""
        if width := _span(columns, 0):
            self.place(Cell((), columns=width))

    def cell(self, properties: ET.Element | None, blocks: tuple[Block, ...]) -> bool:
        """Add a cell; False if its place is covered by the one above."""
        merge = None if properties is None else properties.find("vMerge")
        width = _span(value(properties, "gridSpan"), 1)
        at, column = (len(self._rows) - 1, len(self._rows[-1][1])), self._column
        if (
            merge is not None
            and merge.get("val", "continue") == "continue"
            and column in self._open
        ):
            row, place = self._open[column]
            cells = self._rows[row][1]
            cells[place] = replace(cells[place], rows=len(self._rows) - row)
            self._column += width
            return False
        self._open.pop(column, None)
        if merge is not None:
            self._open[column] = at
        self.place(Cell(blocks, columns=width))
        return True

    def place(self, cell: Cell) -> None:
        """Set a cell at the next free place."""
        self._rows[-1][1].append(cell)
        self._column += cell.columns

    def table(self) -> Table:
        """The finished table."""
        return Table(tuple(Row(tuple(cells), is_head) for is_head, cells in self._rows))
