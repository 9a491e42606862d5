"""Which kinds of document does the portal make from its records, and what is one's file?

What was made public or sent is handed out byte for byte as it was kept; the rest is set anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.kernel import storage
from app.kernel.errors import Refused
from app.manuscripts import queries
from app.notices.documents import typeset_notice
from app.supervision.documents import typeset_letter


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is made of, and how its file is got."""

    told: str
    file_of: Callable[[str | None], tuple[str, bytes] | None]


def _decision(record: str | None) -> tuple[str, bytes] | None:
    found = queries.publication(record)
    return None if found is None else (found.number, _kept(found.pdf_sha256))


def _notice(record: str | None) -> tuple[str, bytes] | None:
    found = queries.notice(record)
    if found is None:
        return None
    number = found.number or found.reference
    kept = found.pdf_sha256
    return number, _kept(kept) if kept else typeset_notice(found).content


def _letter(record: str | None) -> tuple[str, bytes] | None:
    found = queries.letter(record)
    return None if found is None else (found.number, typeset_letter(found).content)


def _kept(sha256: str) -> bytes:
    try:
        with storage.shelf().open(sha256) as file:
            return file.read()
    except FileNotFoundError as fault:
        raise Refused("file_gone", sha256=sha256) from fault


KINDS = {
    "decision": Kind("published penalty decisions, by decision number or reference", _decision),
    "notice": Kind("notices, by number or reference", _notice),
    "letter": Kind("supervision letters, by number", _letter),
}


def file_of(kind: str, record: str | None) -> tuple[str, bytes]:
    """Return number and PDF of a record, the newest without ``record``; refuses ``no_record``."""
    found = KINDS[kind].file_of(record)
    if found is None:
        raise Refused("no_record", kind=kind, record=record or "—")
    return found
