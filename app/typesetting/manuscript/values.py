"""What was recognised in a manuscript, from which lines of it, and how surely?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.typesetting.facts import Annex, LetterFacts, NoticeFacts, Table, plain


@dataclass(frozen=True, slots=True)
class Found:
    """A recognised text, the lines it stood in (from 1), whether it is a guess."""

    text: str
    lines: tuple[int, ...] = ()
    guessed: bool = False


NOTHING = Found("")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a table of the text."""

    block: str | Table
    lines: tuple[int, ...]
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What follows the text on new pages: an annex, or what the document issues (not marked)."""

    title: Found
    body: tuple[Piece, ...]
    attachments: tuple[Found, ...] = ()
    marked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A manuscript taken apart; what was not found is empty, and ``signed_on`` is none.

    ``letter`` is whether the letter form fits (GB/T 9704-2012, 10.1). ``left_out`` are lines that
    do not belong to the document, such as the frame of a web page.
    """

    letter: bool = False
    head: Found = NOTHING
    number: Found = NOTHING
    signer: Found = NOTHING
    serial: Found = NOTHING
    secrecy: Found = NOTHING
    urgency: Found = NOTHING
    title: Found = NOTHING
    addressees: Found = NOTHING
    body: tuple[Piece, ...] = ()
    attachments: tuple[Found, ...] = ()
    organs: tuple[Found, ...] = ()
    day: Found = NOTHING
    signed_on: date | None = None
    note: Found = NOTHING
    appended: tuple[Appended | Recognised, ...] = ()
    keywords: Found = NOTHING
    copies_to: Found = NOTHING
    distribution: tuple[Found, ...] = ()
    issued_by: Found = NOTHING
    issued_on: date | None = None
    proofread_by: Found = NOTHING
    left_out: tuple[Found, ...] = ()

    @property
    def one_line_title(self) -> str:
        """The title without the line breaks it had in the manuscript."""
        return self.title.text.replace("\n", "")


def facts_of(found: Recognised) -> NoticeFacts | LetterFacts:
    """The facts to be typeset, in the letter form where that was recognised."""
    return in_form(notice_of(found), letter=found.letter)


def in_form(notice: NoticeFacts, *, letter: bool) -> NoticeFacts | LetterFacts:
    """The same facts, in the letter form if it is wanted."""
    if not letter:
        return notice
    return LetterFacts(
        organ=notice.head,
        number=notice.number,
        title=notice.title,
        body=notice.body,
        signed_by=notice.signed_by,
        signed_on=notice.signed_on,
        dated_in_characters=notice.dated_in_characters,
        addressees=notice.addressees,
        attachments=notice.attachments,
        annexes=notice.annexes,
        note=notice.note,
        copies_to=notice.copies_to,
    )


def notice_of(found: Recognised) -> NoticeFacts:
    """The facts under a red head, whatever form was recognised."""
    return NoticeFacts(
        head=found.head.text,
        number=found.number.text,
        signer=found.signer.text,
        serial=found.serial.text,
        secrecy=found.secrecy.text,
        urgency=found.urgency.text,
        title=found.title.text,
        addressees=found.addressees.text,
        body=tuple(piece.block for piece in found.body),
        attachments=tuple(name.text for name in found.attachments),
        signed_by="\n".join(organ.text for organ in found.organs),
        signed_on=found.signed_on,
        dated_in_characters=bool(found.day.text) and not found.day.text[0].isdigit(),
        note=found.note.text,
        annexes=tuple(
            notice_of(item) if isinstance(item, Recognised) else _annex(item)
            for item in found.appended
        ),
        keywords=found.keywords.text,
        copies_to=found.copies_to.text,
        distribution=tuple(line.text for line in found.distribution),
        issued_by=found.issued_by.text,
        issued_on=found.issued_on,
        proofread_by=found.proofread_by.text,
    )


def _annex(item: Appended) -> Annex:
    return Annex(
        title=item.title.text,
        body=tuple(piece.block for piece in item.body),
        attachments=tuple(name.text for name in item.attachments),
        marked=item.marked,
    )


def as_json(found: Recognised) -> dict[str, Any]:
    """What was recognised, as JSON values: texts first, then where each stood (``sources``)."""
    facts = plain(notice_of(found))
    return {
        "form": "letter" if found.letter else "notice",
        **facts,
        "title": found.one_line_title,
        "title_lines": found.title.text.splitlines(),
        "date": found.signed_on.isoformat() if found.signed_on else None,
        "organs": [organ.text for organ in found.organs],
        "left_out": [line.text for line in found.left_out],
        "sources": sources(found),
    }


PARTS = (
    "serial", "secrecy", "urgency", "head", "number", "signer", "title", "addressees", "body",
    "attachments", "organs", "day", "note", "keywords", "copies_to", "distribution", "issued_by",
    "proofread_by", "left_out",
)  # fmt: skip


def sources(found: Recognised) -> list[dict[str, Any]]:
    """Each recognised part with its lines and whether it is a guess, in the order of the form."""
    return [
        {"part": name, "lines": list(item.lines), "guessed": item.guessed}
        for name in PARTS
        for item in _items(getattr(found, name))
        if item.lines
    ]


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
