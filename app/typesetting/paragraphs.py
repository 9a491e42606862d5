"""Which paragraphs of a plain text are headings, and of which level?

The four marks are those of GB/T 9704-2012, 7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in
仿宋. A short paragraph that is nothing but its mark and a title is a heading; where the text runs
on after the title ("（一）加强检查。各地要……") only the title is set apart.
"""

import re
from dataclasses import dataclass

from app.typesetting.facts import Block, Table

NUMERALS = "一二三四五六七八九十百零〇"
FIRST = re.compile(rf"[{NUMERALS}]{{1,4}}、")
SECOND = re.compile(rf"[（(][{NUMERALS}]{{1,4}}[）)]")
THIRD = re.compile(r"\d{1,2}[.．、](?!\d)")
FOURTH = re.compile(r"[（(]\d{1,2}[）)]")
MARKS = ((FIRST, "first"), (SECOND, "second"), (THIRD, "third"), (FOURTH, "fourth"))
LONGEST_TITLE = 40  # characters; a longer "heading" is a sentence that happens to be numbered
NO_TITLE_HAS = "。；！？：，"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the class it is set in; ``level`` is its bookmark depth, 0 for body text."""

    style: str
    level: int
    lead: str
    rest: str


def paragraphs(texts: tuple[Block, ...]) -> list[Paragraph | Table]:
    """Classify ``texts`` (empty ones are dropped), with levels that never skip one going down.

    Tables are handed through.
    """
    found: list[Paragraph | Table] = []
    depth = 1  # the document's title
    for text in texts:
        if isinstance(text, Table):
            found.append(text)
            continue
        if not text.strip():
            continue
        style, rank, lead, rest = _parts(text.strip())
        level = 0
        if rank and not rest:
            level = depth = min(rank + 1, depth + 1)
        found.append(Paragraph(style, level, lead, rest))
    return found


def _parts(text: str) -> tuple[str, int, str, str]:
    """Style, rank 1–4 of a heading (0 for text), the part set as heading, the part that runs on."""
    for rank, (mark, style) in enumerate(MARKS, start=1):
        if not mark.match(text):
            continue
        if _is_title(text):
            return style, rank, text, ""
        title, end, rest = text.partition("。")
        if rank <= 2 and end and rest and _is_title(title):
            return style, rank, title + end, rest
        break
    return "body", 0, "", text


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not any(sign in text for sign in NO_TITLE_HAS)
