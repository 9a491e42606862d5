"""Which verbs redact a text and look for what leaked, without a database and without a case?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kernel import docx, plain, redaction
from app.kernel.errors import Refused
from app.kernel.redaction import ASKING, Person, Source, Span
from app.typesetting.leaks import Leak, Unusable, leakcheck_file

DONE, FOUND, UNUSABLE = 0, 1, 2
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore


def add_commands(verbs: Verbs) -> None:
    """Declare the verbs; both run without the application."""
    redact = verbs.add_parser(
        "redact",
        help="what a text says that must not be published, and the text without it",
        description="Mark what is private in a .txt (UTF-8, UTF-16, GB 18030) or .docx, and print"
        " the text with it replaced. Questions (a name within a firm's name, a number that a batch"
        " or an order may own) are listed and left standing. Of a .docx every text that is not"
        " plainly in its body is listed too; none of it is taken over.",
        epilog="Exit code: 0 done, 2 the file cannot be used.",
    )
    redact.add_argument("file", type=Path, metavar="FILE.txt|FILE.docx")
    redact.add_argument(
        "--person", action="append", default=[], metavar="NAME", help="a natural person it names"
    )
    redact.add_argument("--json", action="store_true", help="answer as one JSON object")
    redact.set_defaults(run=_redact)
    check = verbs.add_parser(
        "leakcheck",
        help="is a removed string still anywhere in a finished file, seen or unseen?",
        description="Read a PDF by every reader we have (text as drawn, by place and as pypdf"
        " tells it; titles, bookmarks, links, metadata, layers, attachments; each decoded object;"
        " raw bytes; the file's name) and look for each line of the file of terms in every"
        " spelling. HTML, Atom, JSON, text and .docx are read too.",
        epilog="Exit code: 0 clean, 1 found, 2 a file cannot be used.",
    )
    check.add_argument("file", type=Path, metavar="FILE.pdf")
    check.add_argument(
        "--terms", type=Path, required=True, metavar="FILE", help="one removed string a line"
    )
    check.add_argument("--json", action="store_true", help="answer as one JSON object")
    check.set_defaults(run=_leakcheck)


# --- redact --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Redacted:
    """A text with its marks, and what its file holds besides."""

    original: str
    spans: Sequence[Span]
    hidden: Sequence[docx.Part]

    @property
    def text(self) -> str:
        """The text with everything replaced but the questions."""
        ruled = [span for span in self.spans if span.source is not Source.QUESTION]
        return redaction.apply(self.original, ruled)


def _redact(asked: argparse.Namespace) -> int:
    try:
        content = asked.file.read_bytes()
        found = redacted(content, asked.file.suffix, map(Person, asked.person))
    except OSError as fault:
        return _unusable(f"{asked.file}: {fault.strerror}", as_json=asked.json)
    except Refused as refusal:
        return _unusable(f"{asked.file}: {refusal.code}", as_json=asked.json)
    if asked.json:
        print(json.dumps(_as_json(asked.file, found), ensure_ascii=False))
    else:
        print("\n".join(_lines(found)))
    return DONE


def redacted(content: bytes, suffix: str, people: Iterable[Person] = ()) -> Redacted:
    """Mark a file's text. Refuses a type we do not read (``file_type``) and what a reader does."""
    hidden: Sequence[docx.Part] = ()
    if suffix.lower() == ".docx":
        read = docx.read(content)
        text, hidden = read.text, read.parts
    elif suffix.lower() in {".txt", ".md"}:
        text = plain.decode(content)
    else:
        raise Refused("file_type", name=suffix)
    if len(text) > plain.LONGEST:
        raise Refused("text_too_long", limit=plain.LONGEST)
    return Redacted(text, redaction.find(text, people=list(people)), hidden)


def _as_json(file: Path, found: Redacted) -> dict[str, Any]:
    return {
        "file": str(file),
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "kind": span.kind.value,
                "text": span.text,
                "replacement": span.replacement,
                "source": span.source.value,
                "asks": span.source in ASKING,
                "replaced": span.source is not Source.QUESTION,
            }
            for span in found.spans
        ],
        "text": found.text,
        "hidden": [
            {"place": part.place.value, "text": part.text, "where": part.where}
            for part in found.hidden
        ],
    }


def _lines(found: Redacted) -> list[str]:
    lines = [
        f"{span.start:>6}–{span.end:<6} {span.kind.value:<14} {span.source.value:<12}"
        f" {' '.join(span.text.split())} → "
        + ("?" if span.source is Source.QUESTION else span.replacement)
        for span in found.spans
    ]
    lines += [
        f"hidden: {part.place.value:<10} {part.where}: {' '.join(part.text.split())}"
        for part in found.hidden
    ]
    return [*lines, "", found.text]


# --- leakcheck -----------------------------------------------------------------------------------


def _leakcheck(asked: argparse.Namespace) -> int:
    try:
        terms = [line.strip() for line in plain.decode(asked.terms.read_bytes()).split("\n")]
        sought = [term for term in terms if len(term) > 1]
        if not sought:
            return _unusable(f"{asked.terms}: no term of two characters", as_json=asked.json)
        found = leakcheck_file(asked.file.read_bytes(), sought, filename=asked.file.name)
    except OSError as fault:
        return _unusable(f"{fault.filename}: {fault.strerror}", as_json=asked.json)
    except Refused as refusal:
        return _unusable(f"{asked.terms}: {refusal.code}", as_json=asked.json)
    except Unusable as fault:
        return _unusable(f"{asked.file}: {fault}", as_json=asked.json)
    if asked.json:
        print(json.dumps(_report(asked.file, len(sought), found), ensure_ascii=False))
    else:
        for leak in found:
            print(f"{leak.term}: {leak.reader}, {leak.where}")
        print(f"{len(found)} places" if found else f"clean: none of {len(sought)} terms found")
    return FOUND if found else DONE


def _report(file: Path, sought: int, found: Sequence[Leak]) -> dict[str, Any]:
    places = [{"term": leak.term, "reader": leak.reader, "where": leak.where} for leak in found]
    return {"file": str(file), "terms": sought, "clean": not found, "found": places}


def _unusable(told: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": told}, ensure_ascii=False))
    print(f"portal: {told}", file=sys.stderr)
    return UNUSABLE
