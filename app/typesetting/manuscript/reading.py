"""How is a manuscript taken apart into the elements of an official document?

One pass from top to bottom: the front (head, number, title), the addressees, the text, attachments,
signature and day, note, then whatever follows on new pages, then the colophon. What cannot be told
for sure is marked as a guess; nothing is lost: lines that fit nowhere are listed as left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.typesetting.facts import Table
from app.typesetting.manuscript import lines as look
from app.typesetting.manuscript.front import Front, read_front
from app.typesetting.manuscript.grids import table_at
from app.typesetting.manuscript.headings import marked
from app.typesetting.manuscript.lines import Line, lines_of
from app.typesetting.manuscript.values import Appended, Found, Piece, Recognised

LOOK_AHEAD = 4  # lines with text between the beginning of a second document and its number
LONGEST_TITLE_LINE = 60
MOST_TITLE_LINES = 4
LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,6}[：:]")  # 电话： begins a line of its own
Fields = dict[str, Any]


def recognise(text: str) -> Recognised:
    """Take ``text`` apart; the result of an empty text is empty."""
    lines = lines_of(text)
    levels = {line.number: level for line in lines if (level := look.markdown_level(line.raw))}
    return recognise_lines(marked(lines, levels))


def recognise_lines(lines: Sequence[Line]) -> Recognised:
    """Take lines apart that are already told, some of them tables."""
    return Reader(lines).document(inner=False)


class Reader:
    """Reads lines from the top; ``place`` is where it is."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.place = 0
        self.left_out: list[Found] = []

    def document(self, *, inner: bool) -> Recognised:
        """A whole document; one inside another ends with its colophon."""
        front = self._front()
        fields = dict(front.fields)
        self.left_out += front.left_out
        fields["body"] = self._body(fields, open_end=False)
        self._closing(fields)
        appended: list[Appended | Recognised] = []
        while self._skip_blank():
            if self._colophon(fields):
                if inner:
                    break
            elif inner and self._is_outer_annex(fields):
                break
            elif self._begins_document():
                appended.append(self.document(inner=True))
            else:
                self._append(appended)
        fields["appended"] = tuple(appended)
        fields["letter"] = _is_letter(fields)
        if not inner:
            fields["left_out"] = tuple(self.left_out)
        return Recognised(**fields)

    def _skip_blank(self) -> bool:
        """Go to the next line with text; false at the end."""
        while self.place < len(self.lines) and not self.lines[self.place].text:
            self.place += 1
        return self.place < len(self.lines)

    def _ahead(self, count: int) -> list[Line]:
        rest = (line for line in self.lines[self.place :] if line.text)
        return [line for line, _ in zip(rest, range(count), strict=False)]

    def _front(self) -> Front:
        front = read_front(self.lines, self.place)
        self.place = front.end
        return front

    def _begins_document(self) -> bool:
        """Whether a document with its own number begins here."""
        for line in self._ahead(LOOK_AHEAD):
            if look.number_in(line.text):
                return True
            if len(line.text) > LONGEST_TITLE_LINE or look.is_annex_mark(line.text):
                return False
        return False

    def _is_outer_annex(self, fields: Fields) -> bool:
        """Whether an annex mark here belongs to the document around this one."""
        return look.is_annex_mark(self.lines[self.place].text) and not fields.get("attachments")

    # The text.

    def _body(self, fields: Fields, *, open_end: bool) -> tuple[Piece, ...]:
        """Paragraphs and tables up to where the text ends; attachments go into ``fields``."""
        pieces: list[Piece] = []
        while self._skip_blank():
            line = self.lines[self.place]
            grid = table_at(self.lines, self.place)
            if grid is not None:
                table, end = grid
                pieces.append(Piece(table, tuple(self._numbers(self.place, end))))
                self.place = end
            elif look.ATTACHMENTS.fullmatch(line.text) and not look.is_annex_mark(line.text):
                self._attachments(fields)
            elif self._ends_text(line, open_end=open_end):
                break
            elif look.is_foreign(line.text):
                self._leave_out(line)
            else:
                self._paragraph(pieces, line)
        return tuple(pieces)

    def _numbers(self, start: int, end: int) -> list[int]:
        return [line.number for line in self.lines[start:end] if line.raw.strip()]

    def _leave_out(self, line: Line) -> None:
        self.left_out.append(Found(line.text, (line.number,), guessed=True))
        self.place += 1

    def _ends_text(self, line: Line, *, open_end: bool) -> bool:
        text = line.text
        if look.is_annex_mark(text) or look.is_colophon(text) or self._is_issued():
            return True
        if open_end:
            return False
        return (
            bool(look.NOTE.fullmatch(text) or look.day_in(text) or _organ_and_day(text))
            or self._is_signature()
        )

    def _is_signature(self) -> bool:
        """Whether names of organs, and a day after them, stand here."""
        for line in self._ahead(MOST_TITLE_LINES + 6):
            if look.day_in(line.text):
                return True
            if not look.is_organ(line.text):
                return False
        return False

    def _is_issued(self) -> bool:
        """Whether an organ stands here and the day of issue on the next line."""
        ahead = self._ahead(2)
        return (
            len(ahead) == 2
            and look.is_organ(ahead[0].text)
            and look.ISSUED.fullmatch(ahead[1].text) is not None
        )

    def _paragraph(self, pieces: list[Piece], line: Line) -> None:
        """Add a paragraph, or the rest of one that a page or a line broke in two."""
        before = pieces[-1] if pieces else None
        self.place += 1
        if before is not None and isinstance(before.block, str) and _runs_on(before, line.text):
            text = before.block + line.text
            pieces[-1] = Piece(text, (*before.lines, line.number), guessed=True)
        else:
            pieces.append(Piece(line.text, (line.number,)))

    def _attachments(self, fields: Fields) -> None:
        """The list behind 附件：, one name or several with numbers."""
        line = self.lines[self.place]
        match = look.ATTACHMENTS.fullmatch(line.text)
        first = match["first"].strip() if match else ""
        names = [Found(_name(first), (line.number,))] if first else []
        self.place += 1
        numbered = not first or look.NUMBERED.fullmatch(first) is not None
        while numbered and self._skip_blank():
            line = self.lines[self.place]
            if not look.NUMBERED.fullmatch(line.text):
                break
            names.append(Found(_name(line.text), (line.number,)))
            self.place += 1
        fields["attachments"] = (*fields.get("attachments", ()), *names)

    # Signature, day, note.

    def _closing(self, fields: Fields) -> None:
        organs: list[Found] = []
        while self._skip_blank():
            line = self.lines[self.place]
            both = _organ_and_day(line.text)
            day = both[1] if both else look.day_in(line.text)
            note = look.NOTE.fullmatch(line.text)
            if day and "signed_on" not in fields and not self._is_issued():
                if both:
                    organs.append(Found(both[0], (line.number,)))
                fields["signed_on"] = day
                written = line.text[len(both[0]) :] if both else line.text
                fields["day"] = Found(re.sub(r"\s", "", written), (line.number,))
            elif note and "note" not in fields:
                fields["note"] = Found(note["text"], (line.number,))
            elif look.ATTACHMENTS.fullmatch(line.text) and not look.is_annex_mark(line.text):
                self._attachments(fields)
                continue
            elif "signed_on" not in fields and self._is_signature():
                organs.append(Found(re.sub(r"\s", "", line.text), (line.number,)))
            else:
                break
            self.place += 1
        fields["organs"] = tuple(organs)

    # What follows on new pages.

    def _append(self, appended: list[Appended | Recognised]) -> None:
        line = self.lines[self.place]
        marked = look.is_annex_mark(line.text)
        if marked:
            self.place += 1
            self._skip_blank()
        elif look.is_foreign(line.text):
            self._leave_out(line)
            return
        title = self._annex_title()
        fields: Fields = {}
        body = self._body(fields, open_end=True)
        only_tables = bool(body) and isinstance(body[0].block, Table)
        if title.text or body or fields:
            appended.append(
                Appended(
                    title=title,
                    body=body,
                    attachments=fields.get("attachments", ()),
                    marked=marked or only_tables,
                )
            )
        elif self.place < len(self.lines) and not marked:
            self._leave_out(self.lines[self.place])

    def _annex_title(self) -> Found:
        """The short lines before the first paragraph or table."""
        taken: list[Line] = []
        while self._skip_blank() and len(taken) < MOST_TITLE_LINES:
            line = self.lines[self.place]
            if (
                len(line.text) > LONGEST_TITLE_LINE
                or line.text[-1] in "。；：:，"
                or look.is_heading(line.text)
                or self._ends_text(line, open_end=True)
                or table_at(self.lines, self.place)
                or (taken and look.ENDS_AS_TITLE.search(taken[-1].text))
            ):
                break
            taken.append(line)
            self.place += 1
        text = "\n".join(look.joined(line.text) for line in taken)
        sure = bool(taken) and look.ENDS_AS_TITLE.search(text) is not None
        return Found(text, tuple(line.number for line in taken), guessed=bool(taken) and not sure)

    # The colophon.

    def _colophon(self, fields: Fields) -> bool:
        """Read the colophon if it stands here."""
        begun = self.place
        while self._skip_blank():
            line = self.lines[self.place]
            if self._is_issued():
                self.place += 1
                self._skip_blank()
                self._issued(fields, look.joined(line.text), (line, self.lines[self.place]))
            elif look.ISSUED.fullmatch(line.text):
                self._issued(fields, "", (line,))
            elif not _colophon_line(fields, line):
                break
            self.place += 1
        return self.place > begun

    def _issued(self, fields: Fields, organ: str, lines: tuple[Line, ...]) -> None:
        match = look.ISSUED.fullmatch(lines[-1].text)
        if match is None:
            return
        name = organ or look.joined(match["organ"])
        fields["issued_by"] = Found(name, tuple(line.number for line in lines))
        fields["issued_on"] = look.day_in(match["day"])


def _colophon_line(fields: Fields, line: Line) -> bool:
    """Take one line of the colophon into ``fields``; false if it is none."""
    where = (line.number,)
    keywords, copies = look.KEYWORDS.fullmatch(line.text), look.COPIES.fullmatch(line.text)
    if keywords:
        fields["keywords"] = Found(re.sub(r"\s+", " ", keywords["text"]), where)
    elif copies:
        fields["copies_to"] = Found(copies["text"].rstrip("。"), where)
    elif look.DISTRIBUTION.fullmatch(line.text):
        fields["distribution"] = (*fields.get("distribution", ()), Found(line.text, where))
    elif look.PROOFREAD.fullmatch(line.text) and "issued_by" in fields:
        fields["proofread_by"] = Found(_names_together(line.text), where)
    else:
        return False
    return True


def _names_together(text: str) -> str:
    """录入：王　甲    校对：… with each name in one piece and one space between the two."""
    parts = re.split(r"\s+(?=[^\s：:]{2,3}[：:])", text)
    return " ".join(re.sub(r"\s", "", part) for part in parts)


def _name(text: str) -> str:
    """The name of an attachment without its number and without the stop after it."""
    match = look.NUMBERED.fullmatch(text)
    return (match["name"] if match else text).rstrip("。；;，,").strip()


def _organ_and_day(text: str) -> tuple[str, date] | None:
    """Signature and day on one line."""
    if look.is_colophon(text):
        return None
    organ, _, rest = re.sub(r"\s{2,}", "\t", text).partition("\t")
    day = look.day_in(rest)
    return (organ, day) if day and look.is_organ(organ) else None


def _runs_on(before: Piece, text: str) -> bool:
    """Whether a paragraph was broken off: no stop at its end, too long to be a heading."""
    block = before.block
    if not isinstance(block, str) or len(block) <= look.WRAPPED or look.is_heading(text):
        return False
    if block[-1] in look.STOPS or LABEL.match(text):
        return False
    return not (look.is_heading(block) and len(before.lines) == 1 and _is_title(block))


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE_LINE // 2 and not re.search(r"[，。；：]", text)


def _is_letter(fields: Fields) -> bool:
    """A head without 文件 over a number with 函 is the letter form."""
    head, number = fields.get("head"), fields.get("number")
    return bool(
        head
        and number
        and not head.text.endswith("文件")
        and "函" in number.text.partition("〔")[0]
    )
