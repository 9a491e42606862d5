"""What does a notice say when it is typeset, and so also on its pages?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from app.kernel import clock, storage
from app.kernel.query_codes import new_code, spoken
from app.kernel.storage import Attachment
from app.kernel.verify_publication import canonical
from app.notices.models import Notice
from app.notices.rules import FORMS, Openness
from app.notices.text import Grid, Part, parts
from app.typesetting import Annex, Document, LetterFacts, NoticeFacts, plain, typeset
from app.typesetting.drawn import Drawing, drawings
from app.typesetting.facts import Block, Cell, Table
from app.typesetting.logged import Manuscript

NOTES = {
    Openness.OPEN: "此件主动公开",
    Openness.ON_REQUEST: "此件依申请公开",
    Openness.CLOSED: "此件不予公开",
}
KIND = "notice"
#: As many pages as somebody looks at while writing.
MOST_DRAWN = 6


def template_of(notice: Notice) -> str:
    """Return the form it is set in: a letter, or a document under a red head."""
    return "letter" if FORMS[notice.kind].is_letter else "notice"


def typeset_notice(notice: Notice) -> Document:
    """Set a notice; one not yet signed has no number and today's day."""
    return typeset(
        template_of(notice), facts_of(notice), title=notice.title, author=notice.bureau.name
    )


def draw_notice(notice: Notice) -> tuple[list[Drawing], int]:
    """Draw the first pages of a notice as they would be printed; also how many there are."""
    document = typeset_notice(notice)
    return drawings(document.content, MOST_DRAWN), document.pages


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A notice as it goes out, taken once: page, file and record say the same."""

    facts: NoticeFacts | LetterFacts
    files: Sequence[dict[str, Any]]
    #: Only what is open to everybody has one.
    check_code: str | None = None


def issue_of(notice: Notice, verify_root: str) -> Issue:
    """Take a signed notice as it is to go out; ``verify_root`` is where readers check its code."""
    facts = facts_of(notice)
    files = [
        {"name": file.name, "sha256": file.view_sha256, "media_type": file.media_type}
        for file in files_of(notice)
    ]
    if notice.openness is not Openness.OPEN:
        return Issue(facts=facts, files=files)
    code = new_code()
    address = f"{verify_root}?code={code}" if verify_root else ""
    marked = replace(facts, check_code=spoken(code), verify_url=address)
    return Issue(facts=marked, files=files, check_code=code)


def manuscript_of(notice: Notice, issue: Issue) -> Manuscript:
    """Return what is set of a notice open to everybody, and its record for machines."""
    return Manuscript(
        template=template_of(notice),
        facts=issue.facts,
        title=notice.title,
        author=notice.bureau.name,
        record=_record(notice, issue),
    )


def _record(notice: Notice, issue: Issue) -> bytes:
    """Return the published notice as canonical JSON; its hash stands in the public log."""
    said = plain(replace(issue.facts, check_code="", verify_url=""))
    kept = {
        "schema": "lijian-notice-1",
        "reference": notice.reference,
        "check_code": issue.check_code,
        "kind": notice.kind.value,
        "number": notice.number,
        "title": notice.title,
        "authority": notice.bureau.name,
        "published_on": clock.today().isoformat(),
        "replaces": notice.replaces.number if notice.replaces else None,
        "files": list(issue.files),
        "text": {name: value for name, value in said.items() if value},
    }
    return canonical(kept)


def facts_of(notice: Notice) -> NoticeFacts | LetterFacts:
    """Return what a notice says: the one source of its PDF and of its pages."""
    main, *annexes = parts(notice.body)
    form, organ = FORMS[notice.kind], notice.bureau.name
    signed_on = notice.signed_on or clock.today()
    said: dict[str, Any] = {
        "number": notice.number or "",
        "title": notice.title,
        "body": _main_body(notice, main),
        "signed_by": organ,
        "signed_on": signed_on,
        "addressees": "、".join(line.unit.name for line in notice.addressees),
        "attachments": _attachments(annexes, files_of(notice)),
        "annexes": tuple(Annex(title=part.title, body=_body(part)) for part in annexes),
        "note": NOTES[notice.openness],
        "copies_to": notice.copies_to,
    }
    if form.is_letter:
        return LetterFacts(organ=organ, **said)
    return NoticeFacts(head=organ + form.mark, issued_by=organ, issued_on=signed_on, **said)


def files_of(notice: Notice) -> Sequence[Attachment]:
    """Return the files that go with a notice."""
    return storage.attachments_of(KIND, notice.reference)


def _attachments(annexes: Sequence[Part], files: Sequence[Attachment]) -> tuple[str, ...]:
    """Name the annexes, then the files without their endings (GB/T 9704-2012, 7.3.4)."""
    return (
        *(part.title for part in annexes),
        *(PurePosixPath(file.name).stem for file in files),
    )


def _main_body(notice: Notice, main: Part) -> tuple[Block, ...]:
    old = notice.replaces
    if old is None:
        return _body(main)
    return (*_body(main), f"自本文件印发之日起，《{old.title}》（{old.number}）同时废止。")


def _body(part: Part) -> tuple[Block, ...]:
    return tuple(_table(block) if isinstance(block, Grid) else block for block in part.blocks)


def _table(grid: Grid) -> Table:
    return Table(head=(_row(grid.head),), rows=tuple(_row(row) for row in grid.rows))


def _row(cells: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text=cell) for cell in cells)
