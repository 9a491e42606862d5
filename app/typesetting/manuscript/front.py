"""Which of the first lines are head, number, signer, title and addressees?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.typesetting.manuscript import lines as look
from app.typesetting.manuscript.lines import Line
from app.typesetting.manuscript.values import Found

MOST_FRONT_LINES = 16
LONGEST_LINE = 150
LONGEST_UNMARKED_TITLE = 60
LONGEST_ADDRESSEES = 600
ADDRESSED = re.compile(
    r"(?=.*(?:局|厅|委|院|所|队|部|署|办|公司|单位|政府|机构|中心|企业|协会|同志|总会))[^。；]+[：:]"
)


@dataclass(frozen=True, slots=True)
class Front:
    """The recognised fields, the lines that are none, and the index of the first line after."""

    fields: dict[str, Any]
    left_out: tuple[Found, ...]
    end: int


def read_front(lines: Sequence[Line], start: int) -> Front:
    """Read the lines from ``start`` to the text."""
    end, addressees = _end_of_front(lines, start)
    given = [line for line in lines[start:end] if line.text]
    fields: dict[str, Any] = {}
    rest = [line for line in given if not _marked(fields, line)]
    title = _title_lines(rest)
    if title:
        fields["title"] = _title(fields, title)
        rest = [line for line in rest if line not in title]
    _head(fields, rest)
    used = {number for name in ("head",) if name in fields for number in fields[name].lines}
    left_out = tuple(
        Found(line.text, (line.number,), guessed=True) for line in rest if line.number not in used
    )
    if addressees is not None:
        fields["addressees"] = Found(addressees.text.rstrip("：:"), (addressees.number,))
        end += 1
    return Front(fields, left_out, end)


def _end_of_front(lines: Sequence[Line], start: int) -> tuple[int, Line | None]:
    """Where the front ends, and the line of the addressees if it ends with one."""
    seen = 0
    text_begins: int | None = None
    for place in range(start, len(lines)):
        line = lines[place]
        if not line.text:
            continue
        seen += 1
        if seen > MOST_FRONT_LINES:
            break
        if seen > 1 and _is_addressees(line.text):
            return place, line
        if text_begins is None and _is_text(line.text, first=seen == 1):
            text_begins = place
        if text_begins is not None and _closes(line.text):
            break
    if text_begins is not None:
        return text_begins, None
    return (start if start < len(lines) and seen > MOST_FRONT_LINES else len(lines)), None


def _is_addressees(text: str) -> bool:
    return (
        len(text) <= LONGEST_ADDRESSEES
        and ADDRESSED.fullmatch(text) is not None
        and not look.is_heading(text)
        and not look.is_foreign(text)
        and not look.ATTACHMENTS.fullmatch(text)
        and not re.search(r"(?:如下|以下|有关事项|通知)[：:]$", text)
    )


def _is_text(text: str, *, first: bool) -> bool:
    """Whether a line cannot be part of the front."""
    if look.is_foreign(text):
        return False
    if "\t" in text or look.is_heading(text) or text.startswith("|"):
        return True
    return (text[-1] in "。；;" and not first) or len(text) > LONGEST_LINE


def _closes(text: str) -> bool:
    """Whether the main text is over, so that no addressees can follow."""
    return bool(look.day_in(text) or look.NOTE.fullmatch(text) or look.is_annex_mark(text))


def _marked(fields: dict[str, Any], line: Line) -> bool:
    """Take a line that says what it is by its form."""
    where = (line.number,)
    text, _, signer = line.text.partition("签发人")
    names = look.SIGNER.fullmatch(f"签发人{signer}") if signer else None
    if names:
        fields["signer"] = Found(names["names"].strip(), where)
        text = text.strip()
    if names and not text:
        return True
    number = look.number_in(text)
    if number and "number" not in fields:
        fields["number"] = Found(number, where)
        return True
    for name, pattern in (
        ("serial", look.SERIAL), ("secrecy", look.SECRECY), ("urgency", look.URGENCY),
    ):  # fmt: skip
        if name not in fields and pattern.fullmatch(text):
            fields[name] = Found(text, where)
            return True
    return names is not None


def _title_lines(given: Sequence[Line]) -> list[Line]:
    """The lines of the title: those marked, those that end and begin like one, or a guess."""
    marked = [line for line in given if re.match(r"\s*#\s", line.raw)]
    if marked:
        return marked
    ends = [
        place
        for place, line in enumerate(given)
        if look.ENDS_AS_TITLE.search(line.text) and not look.is_foreign(line.text)
    ]
    if not ends:
        return _guessed(given)
    # The first that is complete: a page around a document may repeat its title further down.
    last = next((end for end in ends if _is_whole(_run(given, end))), ends[-1])
    return _run(given, last)


def _run(given: Sequence[Line], last: int) -> list[Line]:
    """The lines that end with line ``last``, upwards until they make a whole title."""
    taken = [given[last]]
    for line in reversed(given[:last]):
        if _is_whole(taken) or look.is_foreign(line.text) or line.text.endswith("文件"):
            break
        if look.is_organ(line.text) and line.number + 1 != taken[0].number:
            break
        taken.insert(0, line)
    return taken


def _is_whole(taken: Sequence[Line]) -> bool:
    text = "".join(line.text for line in taken)
    return text.count("《") == text.count("》") and look.TITLE_BEGINS.search(text) is not None


def _guessed(given: Sequence[Line]) -> list[Line]:
    """Nothing ends like a title: the last short line that is no organ, not even a word with ：."""
    for line in reversed(given):
        short = len(line.text) <= LONGEST_UNMARKED_TITLE and line.text[-1] not in "。；：:，,"
        head = look.is_organ(line.text) or line.text.endswith("文件")
        if short and not head and not look.is_foreign(line.text):
            return [line]
    return []


def _title(fields: dict[str, Any], taken: Sequence[Line]) -> Found:
    """The title; a number in brackets behind it becomes the document's if it has no other."""
    texts = [look.joined(line.text) for line in taken]
    where = tuple(line.number for line in taken)
    behind = re.search(r"[（(](?P<number>[^（()）]+号)[)）]$", texts[-1])
    number = look.number_in(behind["number"]) if behind else ""
    if behind and number:
        texts[-1] = texts[-1][: behind.start()]
        fields.setdefault("number", Found(number, (where[-1],), guessed=True))
    text = "\n".join(texts)
    return Found(text, where, guessed=look.ENDS_AS_TITLE.search(text) is None)


def _head(fields: dict[str, Any], rest: Sequence[Line]) -> None:
    """The organ's mark: a line that ends with 文件, or an organ's name above the number."""
    number = fields["number"].lines[0] if "number" in fields else 0
    for line in rest:
        text = look.joined(line.text)
        if text.endswith("文件") or (look.is_organ(text) and line.number < number):
            fields["head"] = Found(text, (line.number,))
            return
