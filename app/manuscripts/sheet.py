"""Which parts of a manuscript are shown for correction, and which document do they make?

Every part is a text under a name of its own; the parts of what follows on new pages carry a prefix
(``annex1_title``), those of a document within the document all of it (``annex2_number``).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.typesetting import Annex, NoticeFacts, plain, restore
from app.typesetting.compose import date_in_characters, official_date
from app.typesetting.manuscript import Appended, Found, Recognised, notation, notice_of
from app.typesetting.manuscript.lines import NUMBERED, day_in

#: In the order in which they stand on paper (GB/T 9704-2012, 7.2 to 7.4).
DOCUMENT = (
    "serial", "secrecy", "urgency", "head", "number", "signer", "title", "addressees", "body",
    "attachments", "signed_by", "signed_on", "note", "keywords", "copies_to", "distribution",
    "issued_by", "issued_on", "proofread_by",
)  # fmt: skip
ANNEX = ("title", "body", "attachments")
#: Only the first page of the whole has a place for them.
FIRST_PAGE = ("serial", "secrecy", "urgency")
#: What the recogniser calls otherwise.
CALLED = {"organs": "signed_by", "day": "signed_on"}
LISTS = frozenset({"attachments", "distribution"})
DAYS = frozenset({"signed_on", "issued_on"})
#: The annex that is not there yet.
NEW = "new_"


@dataclass(frozen=True)
class Mark:
    """Where a part stood in the manuscript, whether it is a guess, which of its blocks are."""

    lines: tuple[int, ...]
    guessed: bool = False
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """A document or an annex on the sheet: its prefix and what is asked of it."""

    prefix: str
    names: tuple[str, ...]
    facts: NoticeFacts | Annex


@dataclass(frozen=True)
class Sheet:
    """A manuscript as it stands now; ``marks`` are gone once a person has looked it over."""

    facts: NoticeFacts
    letter: bool = False
    marks: Mapping[str, Mark] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def parts(self) -> list[Part]:
        """Return the document and all that follows on new pages."""
        return list(_parts(self.facts, ""))

    def texts(self) -> dict[str, str]:
        """Return every part as text."""
        return {
            f"{part.prefix}{name}": _text(part.facts, name)
            for part in self.parts()
            for name in part.names
        }

    def corrected(self, texts: Mapping[str, str], *, letter: bool) -> Sheet:
        """Return the sheet that the corrected texts mean; nothing on it is a guess any more."""
        facts = _document(texts, self.facts, "")
        if texts.get(f"{NEW}title") or texts.get(f"{NEW}body"):
            new = _annex(texts, Annex(title="", body=()), NEW)
            facts = dataclasses.replace(facts, annexes=(*facts.annexes, new))
        return Sheet(facts, letter=letter, left_out=self.left_out)

    def to_json(self) -> str:
        """Return the sheet as it is kept."""
        marks = {name: dataclasses.asdict(mark) for name, mark in self.marks.items()}
        return json.dumps(
            {
                "facts": plain(self.facts), "letter": self.letter, "marks": marks,
                "left_out": self.left_out,
            },
            ensure_ascii=False,
        )  # fmt: skip


def from_json(kept: str) -> Sheet:
    """Return the sheet that was kept."""
    values = json.loads(kept)
    return Sheet(
        restore(NoticeFacts, values["facts"]),
        letter=values["letter"],
        marks={
            name: Mark(tuple(mark["lines"]), mark["guessed"], tuple(mark["blocks"]))
            for name, mark in values["marks"].items()
        },
        left_out=tuple(values["left_out"]),
    )


def of(found: Recognised) -> Sheet:
    """Return the sheet of a manuscript that was just taken apart."""
    return Sheet(
        notice_of(found),
        letter=found.letter,
        marks=dict(_marks(found, "")),
        left_out=(*(line.text for line in found.left_out), *_without_place(found.appended)),
    )


def _without_place(appended: tuple[Appended | Recognised, ...]) -> Iterator[str]:
    """What a document within the document says where nothing can be set."""
    for item in appended:
        if isinstance(item, Recognised):
            yield from filter(None, (getattr(item, name).text for name in FIRST_PAGE))
            yield from _without_place(item.appended)


def _parts(facts: NoticeFacts | Annex, prefix: str) -> Iterator[Part]:
    if isinstance(facts, Annex):
        yield Part(prefix, ANNEX, facts)
        return
    names = DOCUMENT[len(FIRST_PAGE) :] if prefix else DOCUMENT
    yield Part(prefix, names, facts)
    for number, item in enumerate(facts.annexes, 1):
        yield from _parts(item, f"{prefix}annex{number}_")


def _text(facts: NoticeFacts | Annex, name: str) -> str:
    value = getattr(facts, name)
    if name == "body":
        return notation.written(value)
    if name in LISTS:
        return "\n".join(value)
    if name in DAYS:
        in_characters = name == "signed_on" and getattr(facts, "dated_in_characters", False)
        return _day(value, in_characters=in_characters)
    return str(value)


def _day(day: Any, *, in_characters: bool) -> str:
    if day is None:
        return ""
    return date_in_characters(day) if in_characters else official_date(day)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _names(text: str) -> tuple[str, ...]:
    """The names of attachments, without the numbers that are set before them anyway."""
    found = [(line, NUMBERED.fullmatch(line)) for line in _lines(text)]
    return tuple(match["name"] if match else line for line, match in found)


def _document(texts: Mapping[str, str], known: NoticeFacts, prefix: str) -> NoticeFacts:
    said = {name: texts.get(f"{prefix}{name}", "") for name in DOCUMENT}
    values: dict[str, Any] = {n: t for n, t in said.items() if n not in LISTS | DAYS | {"body"}}
    day = said["signed_on"]
    annexes = (
        _document(texts, item, f"{prefix}annex{number}_")
        if isinstance(item, NoticeFacts)
        else _annex(texts, item, f"{prefix}annex{number}_")
        for number, item in enumerate(known.annexes, 1)
    )
    return dataclasses.replace(
        known,
        **{**values, "addressees": said["addressees"].rstrip("：:")},
        body=notation.read(said["body"], known.body),
        attachments=_names(said["attachments"]),
        distribution=_lines(said["distribution"]),
        signed_on=day_in(day),
        dated_in_characters=bool(day) and not day[0].isdigit(),
        issued_on=day_in(said["issued_on"]),
        annexes=tuple(item for item in annexes if item.title or item.body),
    )


def _annex(texts: Mapping[str, str], known: Annex, prefix: str) -> Annex:
    return dataclasses.replace(
        known,
        title=texts.get(f"{prefix}title", ""),
        body=notation.read(texts.get(f"{prefix}body", ""), known.body),
        attachments=_names(texts.get(f"{prefix}attachments", "")),
    )


def _marks(found: Recognised | Appended, prefix: str) -> Iterator[tuple[str, Mark]]:
    names = (f.name for f in dataclasses.fields(found) if f.name not in {"left_out", "appended"})
    for name in names:
        value = getattr(found, name)
        items = value if isinstance(value, tuple) else (value,) if isinstance(value, Found) else ()
        lines = tuple(sorted(line for item in items for line in item.lines))
        if lines:
            guesses = tuple(at for at, item in enumerate(items) if item.guessed)
            blocks = guesses if name == "body" else ()
            yield f"{prefix}{CALLED.get(name, name)}", Mark(lines, bool(guesses), blocks)
    if isinstance(found, Recognised):
        for number, item in enumerate(found.appended, 1):
            yield from _marks(item, f"{prefix}annex{number}_")
