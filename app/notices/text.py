"""What does the text of a notice consist of: paragraphs, tables and annexes?

Written in Markdown as far as an official document has use for it: a line is a paragraph, ``|`` a
table, ``#`` the title of an annex. All else, markup too, stays the characters that were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.notices.numbering import ANNEX

ROW = re.compile(r"\|.*\|")
RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")
#: A bar that belongs to a cell is written \|.
BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Grid:
    """A table: one row of heads, rows of the same length."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Grid


@dataclass(frozen=True)
class Part:
    """The main text (without title) or one annex."""

    title: str
    blocks: tuple[Block, ...]


def parts(body: str) -> tuple[Part, ...]:
    """Return the main text and then its annexes."""
    titles, lines = [""], [[]]  # type: tuple[list[str], list[list[str]]]
    for line in (line.strip() for line in body.splitlines()):
        if found := ANNEX.match(line):
            titles.append(line[found.end() :])
            lines.append([])
        elif line:
            lines[-1].append(line)
    return tuple(Part(title, _blocks(part)) for title, part in zip(titles, lines, strict=True))


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and ROW.fullmatch(lines[end]):
            end += 1
        if end - at > 2 and RULE.fullmatch(lines[at + 1]):
            found.append(_grid(lines[at], lines[at + 2 : end]))
            at = end
        else:
            found.append(lines[at])
            at += 1
    return tuple(found)


def _grid(head: str, rows: list[str]) -> Grid:
    heads = _cells(head)
    filled = (_cells(row)[: len(heads)] for row in rows)
    return Grid(heads, tuple(row + ("",) * (len(heads) - len(row)) for row in filled))


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in BAR.split(row[1:-1]))
