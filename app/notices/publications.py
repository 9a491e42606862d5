"""What of a notice may leave the house? Frozen values that hold public fields only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape
from sqlalchemy import func, select

from app.kernel import clock
from app.kernel.db import db
from app.notices.models import NoticePublication
from app.notices.rules import NoticeKind, heading_level


@dataclass(frozen=True)
class PublicNotice:
    """A notice as the world reads it."""

    reference: str
    number: str
    kind: NoticeKind
    title: str
    unit: str
    body: tuple[str, ...]
    published_at: datetime
    pdf_sha256: str
    pdf_size: int
    withdrawn_on: date | None
    withdrawn_reason: str

    @property
    def published_on(self) -> date:
        """The legal day of publication."""
        return clock.legal_day(self.published_at)

    @property
    def html_body(self) -> Markup:
        """The body as HTML: every word escaped, numbered headings as headings."""
        return Markup("\n").join(_element(paragraph) for paragraph in self.body)


def _element(paragraph: str) -> Markup:
    tag = {0: "p", 1: "h2", 2: "h3"}[heading_level(paragraph)]
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), escape(paragraph))  # noqa: S704 - a fixed tag


def _public(row: NoticePublication) -> PublicNotice:
    withdrawn = row.withdrawn_at
    return PublicNotice(
        reference=row.reference,
        number=row.number,
        kind=row.kind,
        title=row.title,
        unit=row.unit,
        body=() if withdrawn else tuple(row.body),
        published_at=row.published_at,
        pdf_sha256="" if withdrawn else row.pdf_sha256,
        pdf_size=row.pdf_size,
        withdrawn_on=clock.legal_day(withdrawn) if withdrawn else None,
        withdrawn_reason=row.withdrawn_reason,
    )


def latest(limit: int) -> Sequence[PublicNotice]:
    """Return the newest notices still standing."""
    query = (
        select(NoticePublication)
        .where(NoticePublication.withdrawn_at.is_(None))
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
    row = db.session.scalar(
        select(NoticePublication).where(NoticePublication.reference == reference)
    )
    return _public(row) if row else None
