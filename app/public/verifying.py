"""Is this code or file one of ours, of whatever kind, and does it still hold?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from app.disclosures import publications as disclosures
from app.disclosures.batches import publications as batches
from app.disclosures.batches.publications import Bulletin
from app.disclosures.publications import Shown
from app.kernel import proof, publiclog, signature
from app.kernel.publiclog import Kind, LogEntry
from app.kernel.query_codes import read_code
from app.kernel.signature import Signature
from app.notices import publications as notices
from app.notices.publications import PublicNotice

Found = TypeVar("Found", Shown, PublicNotice, Bulletin)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A publication of ours, and how what the reader holds of it stands today."""

    kind: Kind
    reference: str
    #: ``genuine``, or what became of it since.
    standing: str
    title: str
    authority: str
    published_on: date
    ended_on: date | None
    #: What took its place, if anything did that may be read.
    successor: str = ""
    #: The entry it was published under, then everything said of it since.
    told: Sequence[LogEntry] = ()


def _told(entry: LogEntry | None) -> Sequence[LogEntry]:
    if entry is None:
        return ()
    told = publiclog.history(entry.reference, entry.kind)
    return [each for each in told if each.index >= entry.index]


def _penalty(shown: Shown, entry: LogEntry | None) -> Checked:
    return Checked(
        kind=Kind.DISCLOSURE,
        reference=shown.reference,
        standing=shown.standing,
        title=shown.number,
        authority=shown.authority,
        published_on=shown.display.published_on,
        ended_on=None if shown.value else shown.display.last_on,
        successor=shown.replaced_by,
        told=_told(entry),
    )


def _notice(notice: PublicNotice, entry: LogEntry | None) -> Checked:
    standing = "genuine"
    if notice.withdrawn_on:
        standing = "taken_back"
    elif notice.replaced_on:
        standing = "replaced"
    return Checked(
        kind=Kind.NOTICE,
        reference=notice.reference,
        standing=standing,
        title=notice.number,
        authority=notice.unit,
        published_on=notice.published_on,
        ended_on=notice.withdrawn_on or notice.replaced_on,
        successor=notice.replaced_by.reference if notice.replaced_by else "",
        told=_told(entry),
    )


def _bulletin(bulletin: Bulletin, entry: LogEntry | None) -> Checked:
    standing = "genuine"
    if bulletin.withdrawn_on:
        standing = "taken_back"
    elif entry is not None and entry.version < bulletin.revision:
        standing = "renewed"
    elif not bulletin.pdf_sha256:
        standing = "outdated"
    return Checked(
        kind=Kind.BATCH,
        reference=bulletin.reference,
        standing=standing,
        title=bulletin.title,
        authority=bulletin.authority,
        published_on=bulletin.published_on,
        ended_on=bulletin.withdrawn_on,
        told=_told(entry),
    )


@dataclass(frozen=True)
class _Shelf(Generic[Found]):
    """Where the publications of one kind are found, and what is said of one of them."""

    of_code: Callable[[str], Found | None]
    of_reference: Callable[[str], Found | None]
    checked: Callable[[Found, LogEntry | None], Checked]

    def by_code(self, code: str, kind: Kind) -> Checked | None:
        """Return the publication a code belongs to, under its newest version's first entry."""
        found = self.of_code(code)
        if found is None:
            return None
        told = publiclog.history(found.reference, kind)
        newest = (entry for entry in told if entry.version == told[-1].version)
        return self.checked(found, next(newest, None))

    def by_entry(self, entry: LogEntry) -> Checked | None:
        """Return the publication an entry speaks of, as that entry published it."""
        found = self.of_reference(entry.reference)
        return None if found is None else self.checked(found, entry)


_SHELVES: dict[Kind, _Shelf[Any]] = {
    Kind.DISCLOSURE: _Shelf(disclosures.by_check_code, disclosures.by_reference, _penalty),
    Kind.NOTICE: _Shelf(notices.by_check_code, notices.by_reference, _notice),
    Kind.BATCH: _Shelf(batches.by_check_code, batches.by_reference, _bulletin),
}


def by_code(typed: str) -> Checked | None:
    """Return the publication a typed check code belongs to."""
    code = read_code(typed)
    if code is None:
        return None
    found = (shelf.by_code(code, kind) for kind, shelf in _SHELVES.items())
    return next(filter(None, found), None)


def by_file(content: bytes) -> tuple[Checked | None, Signature]:
    """Return the publication that a file carries the entry of, or whose very bytes it has.

    And what its signature says, judged as of the publication; one that is doubtful makes the file
    so, were it otherwise genuine.
    """
    entry = proof.examined(content).entry
    sealed = signature.told(content, at=entry.at if entry else None)
    found = _SHELVES[entry.kind].by_entry(entry) if entry else None
    if found and found.standing == "genuine" and sealed.is_doubtful:
        found = replace(found, standing="unsealed")
    return found, sealed
