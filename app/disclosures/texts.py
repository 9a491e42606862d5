"""How does a served decision come in from a file, and what does that file hide?

The body alone becomes the text. What else the file says (comments, deletions, headers, authors …)
is kept with it and listed, never taken over; the people and numbers it names count as private.
"""

from __future__ import annotations

import io
from difflib import SequenceMatcher
from itertools import starmap, takewhile, zip_longest

from app.disclosures import drafting, queries, rules
from app.disclosures.models import Disclosure
from app.disclosures.rules import DisclosureAction
from app.disclosures.steps import KIND, take, touch
from app.kernel import audit, docx, plain, redaction, storage
from app.kernel.db import db
from app.kernel.docx import Part, Place
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.redaction import Kind
from app.kernel.redaction_names import suggested
from app.kernel.storage import Stored

TEXT_TAKEN = audit.declare("disclosure.text_taken", "file", "hidden")
REWORDED = audit.declare("disclosure.reworded", "begin", "further")
#: Characters that are shown on each side of a changed stretch.
CONTEXT = 8
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Names of programs and accounts that Word itself writes where an author stands.
_NO_PERSON = frozenset(
    {"administrator", "admin", "user", "microsoft", "windows用户", "python-docx"}
)
SHORTEST_NAME = 2


def take_text(disclosure: Disclosure, content: bytes, name: str, *, by: Identity) -> None:
    """Draft from a file: .docx, or .txt in UTF-8 or GB 18030. All marks are proposed anew."""
    take(disclosure, DisclosureAction.AMEND, by)
    text, hidden = _read(content, name)
    if not text.strip():
        raise Refused("file_empty", field="file", name=storage.clean_name(name))
    sha256, size = storage.shelf().put(io.BytesIO(content))
    media_type = DOCX_TYPE if _is_docx(name) else "text/plain"
    stored = Stored(sha256, size, media_type, storage.clean_name(name), sha256)
    storage.attach(KIND, disclosure.reference, stored, by_id=by.person_id)
    disclosure.original = text
    _add_private(disclosure, hidden)
    disclosure.marks = []
    db.session.flush()
    drafting.propose(disclosure)
    touch(disclosure, by)
    audit.record(
        TEXT_TAKEN, KIND, disclosure.reference, by=by, file=stored.name, hidden=len(hidden)
    )


def reword(disclosure: Disclosure, old: str, new: str, *, by: Identity) -> None:
    """Put right some words of a text that is being corrected; what was ruled elsewhere stays.

    A mark on the words themselves is proposed anew and asks again.
    """
    take(disclosure, DisclosureAction.AMEND, by)
    before, places = disclosure.original, disclosure.original.count(old)
    rules.check_rewording(old, new, places=places, is_later=disclosure.corrects is not None)
    begin = before.index(old)
    end, further = begin + len(old), len(new) - len(old)
    kept = [mark for mark in disclosure.marks if mark.end <= begin or mark.start >= end]
    for mark in kept:
        if mark.start >= end:
            mark.start, mark.end = mark.start + further, mark.end + further
    disclosure.original = before[:begin] + new + before[end:]
    disclosure.marks = kept
    db.session.flush()
    drafting.propose(disclosure)
    touch(disclosure, by)
    audit.record(REWORDED, KIND, disclosure.reference, by=by, begin=begin, further=further)


def changes(disclosure: Disclosure) -> list[tuple[str, str]]:
    """What a later version's text says otherwise than the one before it: old words, new words."""
    if disclosure.corrects is None:
        return []
    old = queries.any_by_reference(disclosure.corrects).original.split("\n")
    new = disclosure.original.split("\n")
    found: list[tuple[str, str]] = []
    for kind, *(a, b, c, d) in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += starmap(_around, zip_longest(old[a:b], new[c:d], fillvalue=""))
    return found


def _around(old: str, new: str) -> tuple[str, str]:
    """Cut two lines down to where they differ, with a few characters on each side."""
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    begin, rest = max(head - CONTEXT, 0), max(tail - CONTEXT, 0)
    return old[begin : len(old) - rest], new[begin : len(new) - rest]


def _same(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_docx(name: str) -> bool:
    return name.lower().endswith(".docx")


def _read(content: bytes, name: str) -> tuple[str, tuple[Part, ...]]:
    if not name.lower().endswith((".docx", ".txt")):
        raise Refused("decision_file_type", field="file")
    try:
        read = docx.read(content) if _is_docx(name) else None
        text = read.text if read else plain.decode(content)
    except Refused as refused:
        raise Refused(refused.code, field="file", **refused.facts) from refused
    if len(text) > plain.LONGEST:
        raise Refused("text_too_long", field="file", limit=plain.LONGEST)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line), read.parts if read else ()


def _add_private(disclosure: Disclosure, hidden: tuple[Part, ...]) -> None:
    """Count the people and numbers in what a file hides as private, wherever they stand."""
    names = {row["name"] for row in disclosure.people}
    terms = {row["text"] for row in disclosure.terms}
    people, more = list(disclosure.people), list(disclosure.terms)
    for part in hidden:
        for name in _people(part):
            if name not in names and len(name) >= SHORTEST_NAME:
                names.add(name)
                people.append({"name": name, "role": "hidden"})
        for span in redaction.find(part.text[: plain.LONGEST]):
            if span.kind is not Kind.PERSON and span.text not in terms:
                terms.add(span.text)
                more.append({"text": span.text, "kind": span.kind.value})
    disclosure.people, disclosure.terms = people, more


def _people(part: Part) -> list[str]:
    if part.place is Place.AUTHOR:
        name = part.text.strip()
        return [] if name.lower().replace(" ", "") in _NO_PERSON else [name]
    return list(suggested(part.text))


def hidden_in(disclosure: Disclosure) -> tuple[str, tuple[Part, ...]]:
    """The name of the file the text came from, and what it hides; empty if from the case."""
    files = storage.attachments_of(KIND, disclosure.reference)
    if not files:
        return "", ()
    last = files[-1]
    if last.media_type != DOCX_TYPE:
        return last.name, ()
    with storage.shelf().open(last.sha256) as source:
        return last.name, docx.read(source.read()).parts
