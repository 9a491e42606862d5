"""What of a notice may leave the house? Frozen values that hold public fields only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import func, select

from app.kernel import clock
from app.kernel.db import db
from app.notices.models import NoticePublication
from app.notices.reading import Facts, as_html
from app.notices.rules import NoticeKind
from app.typesetting import LetterFacts, NoticeFacts, restore


@dataclass(frozen=True)
class PublicFile:
    """A file that goes with a public notice: its clean copy."""

    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Other:
    """Another public notice that this one names."""

    reference: str
    number: str
    title: str


@dataclass(frozen=True)
class PublicNotice:
    """A notice as the world reads it."""

    reference: str
    number: str
    kind: NoticeKind
    title: str
    unit: str
    facts: Facts | None
    files: tuple[PublicFile, ...]
    published_at: datetime
    check_code: str
    pdf_sha256: str
    pdf_size: int
    withdrawn_on: date | None
    withdrawn_reason: str
    replaces: Other | None
    replaced_by: Other | None
    replaced_on: date | None

    @property
    def published_on(self) -> date:
        """The legal day of publication."""
        return clock.legal_day(self.published_at)

    @property
    def html_body(self) -> Markup:
        """What was typeset, as HTML; nothing once it is withdrawn."""
        return as_html(self.facts) if self.facts else Markup()


def _facts(row: NoticePublication) -> Facts:
    if row.template == "letter":
        return restore(LetterFacts, row.facts)
    return restore(NoticeFacts, row.facts)


def _other(reference: str) -> Other | None:
    row = _row(reference) if reference else None
    return Other(row.reference, row.number, row.title) if row else None


def _public(row: NoticePublication) -> PublicNotice:
    withdrawn = row.withdrawn_at
    return PublicNotice(
        reference=row.reference,
        number=row.number,
        kind=row.kind,
        title=row.title,
        unit=row.unit,
        facts=None if withdrawn else _facts(row),
        files=() if withdrawn else tuple(PublicFile(**file) for file in row.files),
        published_at=row.published_at,
        check_code=row.check_code or "",
        pdf_sha256="" if withdrawn else row.pdf_sha256,
        pdf_size=row.pdf_size,
        withdrawn_on=clock.legal_day(withdrawn) if withdrawn else None,
        withdrawn_reason=row.withdrawn_reason,
        replaces=_other(row.replaces),
        replaced_by=_other(row.replaced_by),
        replaced_on=clock.legal_day(row.replaced_at) if row.replaced_at else None,
    )


def latest(limit: int) -> Sequence[PublicNotice]:
    """Return the newest notices still standing."""
    query = (
        select(NoticePublication)
        .where(NoticePublication.withdrawn_at.is_(None), NoticePublication.replaced_at.is_(None))
        .order_by(NoticePublication.published_at.desc(), NoticePublication.id.desc())
    )
    return [_public(row) for row in db.session.scalars(query.limit(limit))]


def page(number: int, per_page: int) -> tuple[Sequence[PublicNotice], int]:
    """Return a page of all notices, withdrawn ones with their mark, and how many there are."""
    query = select(NoticePublication).order_by(
        NoticePublication.published_at.desc(), NoticePublication.id.desc()
    )
    total = db.session.scalar(select(func.count()).select_from(NoticePublication)) or 0
    rows = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page))
    return [_public(row) for row in rows], total


def by_reference(reference: str) -> PublicNotice | None:
    """Return one notice, or nothing."""
    row = _row(reference)
    return _public(row) if row else None


def by_check_code(code: str) -> PublicNotice | None:
    """Return the notice that a check code belongs to."""
    row = db.session.scalar(select(NoticePublication).where(NoticePublication.check_code == code))
    return _public(row) if row else None


def _row(reference: str) -> NoticePublication | None:
    query = select(NoticePublication).where(NoticePublication.reference == reference)
    return db.session.scalar(query)
