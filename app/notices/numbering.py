"""Are the headings of a text numbered in order, and what would the right numbers be?

Four levels in this order: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3). The third may stand under
any of the upper two, or alone as a list: short texts leave levels out. ``##`` to ``#####`` begin
a heading of these levels that has no number yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = "零一二三四五六七八九"
CHINESE = r"[一二三四五六七八九十百零〇]{1,4}"
MARKS = (
    re.compile(rf"({CHINESE})、\s*"),
    re.compile(rf"[（(]({CHINESE})[）)]\s*"),
    re.compile(r"(\d{1,2})[.．、](?!\d)\s*"),
    re.compile(r"[（(](\d{1,2})[）)]\s*"),
)
UNNUMBERED = re.compile(r"(#{2,5})\s+")
#: An annex begins with a line of its own and counts by itself.
ANNEX = re.compile(r"#\s+(?=\S)")
#: Under which levels a level may stand; 0 is the text itself.
PARENTS = {1: {0}, 2: {1}, 3: {0, 1, 2}, 4: {3}}


def chinese(number: int) -> str:
    """Write a number below a hundred: 3 is 三, 12 十二, 20 二十."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return ten + (DIGITS[ones] if ones or not tens else "")


READ = {chinese(number): number for number in range(1, 100)}


def mark(level: int, number: int) -> str:
    """Return how a number of a level is written."""
    forms = {
        1: f"{chinese(number)}、",
        2: f"（{chinese(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }
    return forms[level]


@dataclass(frozen=True)
class Fault:
    """One wrong number: where it stands, what is wrong, what was found and what should be there."""

    line: int
    code: str
    found: str
    wanted: str


@dataclass(frozen=True)
class _Item:
    line: int
    level: int
    number: int | None
    written: str
    rest: str


def _items(lines: list[str]) -> Iterator[_Item | None]:
    """Yield the numbered lines in order, and None where an annex begins to count anew."""
    for line, text in enumerate((line.strip() for line in lines), 1):
        if ANNEX.match(text):
            yield None
        elif found := UNNUMBERED.match(text):
            yield _Item(line, len(found[1]) - 1, None, found[1], text[found.end() :])
        else:
            for level, pattern in enumerate(MARKS, 1):
                if found := pattern.match(text):
                    said = found[1]
                    number = int(said) if said.isdigit() else READ.get(said, 0)
                    yield _Item(line, level, number, found[0].strip(), text[found.end() :])
                    break


class _Count:
    """The last number of each level on the way down to here."""

    def __init__(self) -> None:
        self.path: list[tuple[int, int]] = []

    def parent_of(self, level: int) -> int:
        return next((above for above, _ in reversed(self.path) if above < level), 0)

    def next_at(self, level: int) -> int:
        return next((last for at, last in self.path if at == level), 0) + 1

    def take(self, level: int, number: int) -> None:
        self.path = [pair for pair in self.path if pair[0] < level] + [(level, number)]


def faults(body: str) -> tuple[Fault, ...]:
    """Return what is wrong with the numbers of a text, in its order."""
    found: list[Fault] = []
    count = _Count()
    for item in _items(body.splitlines()):
        if item is None:
            count = _Count()
            continue
        wanted = count.next_at(item.level)
        code = _code(item, wanted, count.parent_of(item.level))
        if code:
            found.append(Fault(item.line, code, item.written, mark(item.level, wanted)))
        count.take(item.level, wanted if item.number is None else item.number)
    return tuple(found)


def _code(item: _Item, wanted: int, parent: int) -> str:
    if item.number is None:
        return "unnumbered"
    if parent not in PARENTS[item.level]:
        return "level"
    if item.number == wanted:
        return ""
    return "double" if 0 < item.number < wanted else "gap"


def renumbered(body: str) -> str:
    """Return the text with every number right; a heading too deep comes up to where it may be."""
    lines = body.splitlines()
    count = _Count()
    for item in _items(lines):
        if item is None:
            count = _Count()
            continue
        level = item.level
        while count.parent_of(level) not in PARENTS[level]:
            level -= 1
        number = count.next_at(level)
        count.take(level, number)
        lines[item.line - 1] = mark(level, number) + item.rest
    return "\n".join(lines)
