"""How does a document go out so that its file proves itself? Set with room, logged, filled.

Every publication of the house goes this way, whatever its kind: outside any transaction it is set
with its record and a blank place (``prepared``); inside the transaction of the act it becomes an
entry of the public log, which is written into that place (``entered``).  Never loaded by the
worker that draws the pages.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from app.kernel import logged_file, publiclog
from app.kernel.publiclog import Deed
from app.typesetting import Attached, DisclosureFacts, LetterFacts, NoticeFacts, typeset

RECORD = "record.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What is to be set, and the record of it for machines: canonical JSON without secrets."""

    template: str
    facts: DisclosureFacts | NoticeFacts | LetterFacts
    title: str
    author: str
    record: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose log entry is still blank, and what the log will be told of it."""

    content: bytes
    pages: int
    deed: Deed


@dataclass(frozen=True, slots=True)
class Finished:
    """A file with its log entry in place: to be checked, kept and shown."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """The digest under which the file is kept."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes a reader loads."""
        return len(self.content)


def prepared(manuscript: Manuscript, deed: Deed) -> Prepared:
    """Set a document with room for its entry; the deed gets the digests of record and file."""
    made = typeset(
        manuscript.template,
        manuscript.facts,
        title=manuscript.title,
        author=manuscript.author,
        attachments=(
            Attached(RECORD, manuscript.record, "公示内容（机器可读）"),
            Attached(logged_file.NAME, logged_file.BLANK, "公开日志条目"),
        ),
    )
    told = replace(
        deed,
        record=hashlib.sha256(manuscript.record).hexdigest(),
        body=hashlib.sha256(made.content).hexdigest(),
    )
    return Prepared(made.content, made.pages, told)


def entered(file: Prepared) -> Finished:
    """Append the deed to the public log and write the entry into the file, in one transaction."""
    entry = publiclog.append(file.deed)
    return Finished(logged_file.filled(file.content, publiclog.carried(entry)), file.pages)
