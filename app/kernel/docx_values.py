"""Of what values is a Word document made, once it is read?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a text stands that is not plainly in the body."""

    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    TEXTBOX = "textbox"
    INSERTED = "inserted"  # also part of the body, as Word shows it
    DELETED = "deleted"
    HIDDEN = "hidden"
    FAINT = "faint"  # white or too small to read; also part of the body
    FIELD = "field"
    ALT_TEXT = "alt-text"
    PROPERTY = "property"
    LINK = "link"
    AUTHOR = "author"
    BOOKMARK = "bookmark"
    EMBEDDED = "embedded"  # a file within the file; ``text`` is its name
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """A text outside the plain body; ``where`` is the part of the archive that holds it."""

    place: Place
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it is read: ``label`` is the number Word draws, ``level`` 1 for a title."""

    text: str
    label: str = ""
    style: str = ""
    level: int | None = None
    align: str = ""
    new_page: bool = False

    @property
    def line(self) -> str:
        """Label and text together."""
        return self.label + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; it covers ``columns`` × ``rows`` places of the grid."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """The lines of the cell."""
        return "\n".join(lines_of(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """One row; places covered from above have no cell of their own."""

    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row."""

    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """How many places the widest row has, counting spans."""
        return max((sum(cell.columns for cell in row.cells) for row in self.rows), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document: what a reader sees, and what stands in it besides."""

    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The visible body, a line each paragraph and row; cells stand apart by tabs."""
        return "\n".join(lines_of(self.blocks))

    def hidden(self) -> tuple[Part, ...]:
        """The texts that are not in ``text`` at all."""
        return tuple(part for part in self.parts if part.place not in SHOWN)


#: What is listed and yet part of the body.
SHOWN = frozenset({Place.INSERTED, Place.FAINT})


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of blocks in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.line.split("\n")
        else:
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
