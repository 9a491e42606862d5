"""What of a batch may leave the house? What its cases show today, and the marks of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from app.disclosures import publications
from app.disclosures.batches.models import Batch, BatchCase
from app.disclosures.batches.rules import BatchState
from app.disclosures.publications import Shown
from app.kernel import clock
from app.kernel.db import db
from app.kernel.storage import clean_name

PUBLIC = (BatchState.PUBLISHED, BatchState.WITHDRAWN)


@dataclass(frozen=True)
class Case:
    """One case of a batch; of one that is shown no longer the mark, and no comment."""

    place: int
    shown: Shown
    comment: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said about a case that is shown, paragraph by paragraph."""
        value = self.shown.value
        if value is None:
            return ()
        return (
            f"当事人：{value.party_name}",
            f"违法行为：{value.violation}",
            f"处罚：{value.outcome}",
            f"{value.authority}　{value.number}　{value.decided_day}",
        )


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """A batch as readers meet it; a withdrawn one has neither words nor cases nor file."""

    reference: str
    title: str
    authority: str
    published_on: date
    foreword: tuple[str, ...]
    cases: tuple[Case, ...]
    revision: int
    check_code: str
    #: Where a reader verifies it, as the square code in the file names it; empty before codes.
    verify_url: str
    #: The digest of the file, empty while it still shows what has gone meanwhile.
    pdf_sha256: str
    pdf_size: int
    withdrawn_on: date | None
    reason: str

    @property
    def held(self) -> tuple[str, ...]:
        """The publications whose words it shows."""
        return tuple(one.shown.reference for one in self.cases if one.shown.value is not None)

    @property
    def file_name(self) -> str:
        """The name under which the file is saved."""
        return clean_name(f"{self.title}.pdf")

    def texts(self) -> Iterator[str]:
        """Yield every text of its own that a reader will see."""
        yield from (self.title, *self.foreword, self.file_name)
        for case in self.cases:
            yield from (*case.comment, *case.lines)


def bulletin_of(batch: Batch) -> Bulletin:
    """Return what a batch shows today."""
    is_gone = batch.state is BatchState.WITHDRAWN
    cases = () if is_gone else tuple(map(_case, batch.cases, _shown(batch)))
    held = [one.shown.reference for one in cases if one.shown.value is not None]
    is_true = batch.pdf_sha256 is not None and held == batch.held and not is_gone
    return Bulletin(
        reference=batch.reference,
        title=batch.title,
        authority=batch.bureau.name,
        published_on=clock.legal_day(batch.published_at or clock.now()),
        foreword=() if is_gone else _paragraphs(batch.foreword),
        cases=cases,
        revision=batch.revision,
        check_code=batch.check_code or "",
        verify_url=f"{batch.verify_root}?code={batch.check_code}" if batch.verify_root else "",
        pdf_sha256=batch.pdf_sha256 or "" if is_true else "",
        pdf_size=batch.pdf_size,
        withdrawn_on=batch.withdrawn_on,
        reason=batch.reason if is_gone else "",
    )


def _shown(batch: Batch) -> list[Shown]:
    return [publications.by_reference(one.publication.reference) for one in batch.cases]


def _case(one: BatchCase, shown: Shown) -> Case:
    comment = _paragraphs(one.comment) if shown.value is not None else ()
    return Case(one.place, shown, comment)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _public() -> Select[Batch]:
    return select(Batch).where(Batch.state.in_(PUBLIC))


def by_reference(reference: str) -> Bulletin | None:
    """Return one published batch, also one that was withdrawn."""
    found = db.session.scalar(_public().where(Batch.reference == reference))
    return None if found is None else bulletin_of(found)


def by_check_code(code: str) -> Bulletin | None:
    """Return the published batch that a check code belongs to."""
    found = db.session.scalar(_public().where(Batch.check_code == code))
    return None if found is None else bulletin_of(found)


@dataclass(frozen=True)
class Line:
    """One batch in a list."""

    reference: str
    title: str
    authority: str
    published_on: date
    withdrawn_on: date | None


def latest(limit: int) -> Sequence[Line]:
    """Return the newest batches that stand."""
    query = _public().where(Batch.withdrawn_on.is_(None))
    return _lines(query.order_by(Batch.published_at.desc()).limit(limit))


def page(number: int, per_page: int) -> tuple[Sequence[Line], int]:
    """Return a page of published batches, newest first, and how many there are."""
    total = db.session.scalar(select(func.count()).select_from(_public().subquery())) or 0
    ordered = _public().order_by(Batch.published_at.desc(), Batch.id.desc())
    return _lines(ordered.limit(per_page).offset((number - 1) * per_page)), total


def _lines(query: Select[Batch]) -> list[Line]:
    return [
        Line(
            one.reference,
            one.title,
            one.bureau.name,
            clock.legal_day(one.published_at or one.moved_at),
            one.withdrawn_on,
        )
        for one in db.session.scalars(query)
    ]
