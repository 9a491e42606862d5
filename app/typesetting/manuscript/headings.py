"""Which marks do headings get whose level is told by the file and not by their words?

Word and Markdown know the level of a heading without a number; an official document shows it by
its mark (GB/T 9704-2012, 7.3.3). Who numbers one heading numbers all: then nothing is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.typesetting.manuscript.lines import ENDS_AS_TITLE, Line, is_annex_mark, is_heading
from app.typesetting.paragraphs import LONGEST_TITLE

DIGITS = "〇一二三四五六七八九"
DEEPEST = 4


def marked(lines: Sequence[Line], levels: Mapping[int, int]) -> list[Line]:
    """The lines, with marks before the headings among them; ``levels`` by a line's number."""
    headings = _headings(lines, levels)
    if any(is_heading(line.text) for line in headings.values()):
        return list(lines)
    ranks = {level: rank for rank, level in enumerate(sorted({levels[at] for at in headings}))}
    counts = [0] * DEEPEST
    found: list[Line] = []
    for line in lines:
        if is_annex_mark(line.text):
            counts = [0] * DEEPEST
        if line.number not in headings:
            found.append(line)
            continue
        rank = min(ranks[levels[line.number]], DEEPEST - 1)
        counts[rank:] = [counts[rank] + 1, *[0] * (DEEPEST - 1 - rank)]
        text = _mark(rank, counts[rank]) + line.text
        found.append(replace(line, text=text, raw=text))
    return found


def _headings(lines: Sequence[Line], levels: Mapping[int, int]) -> dict[int, Line]:
    """The headings of sections: not the document's title, nor that of an annex."""
    found: dict[int, Line] = {}
    before: Line | None = None
    for line in lines:
        if not line.text:
            continue
        is_title = before is not None and is_annex_mark(before.text)
        is_long = len(line.text) > LONGEST_TITLE or "。" in line.text
        if line.number in levels and not (is_title or is_long or is_annex_mark(line.text)):
            found[line.number] = line
        before = line
    first = next(iter(found.values()), None)
    if first is not None and _is_title(first, found, levels) and not _is_begun(lines, first):
        del found[first.number]
    return found


def _is_title(first: Line, found: Mapping[int, Line], levels: Mapping[int, int]) -> bool:
    """Whether the first heading is the document's own: alone on the highest level, or called so."""
    level = levels[first.number]
    others = [levels[at] for at in found if at != first.number]
    is_alone = bool(others) and level < min(others)
    return is_alone or not others or ENDS_AS_TITLE.search(first.text) is not None


def _is_begun(lines: Sequence[Line], first: Line) -> bool:
    """Whether the addressees, and so the title, stand before a heading."""
    return any(line.text.endswith(("：", ":")) for line in lines if line.number < first.number)


def _mark(rank: int, number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    words = ten + (DIGITS[ones] if ones or not tens else "")
    return (f"{words}、", f"（{words}）", f"{number}.", f"（{number}）")[rank]
