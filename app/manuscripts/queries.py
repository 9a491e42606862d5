"""Which record does a word on the command line mean?"""

from __future__ import annotations

from sqlalchemy import or_, select

from app.disclosures.models import Publication
from app.kernel.db import db
from app.notices.models import Notice
from app.supervision.models import Urging


def publication(record: str | None) -> Publication | None:
    """Return the publication with this decision number or reference; the newest still shown."""
    query = select(Publication).where(
        Publication.withdrawn_on.is_(None), Publication.ended_on.is_(None)
    )
    if record is not None:
        query = query.where(or_(Publication.number == record, Publication.reference == record))
    return db.session.scalars(query.order_by(Publication.id.desc()).limit(1)).first()


def notice(record: str | None) -> Notice | None:
    """Return the notice with this number or reference; the newest that was set."""
    query = select(Notice).order_by(Notice.id.desc()).limit(1)
    if record is None:
        query = query.where(Notice.pdf_sha256.is_not(None))
    else:
        query = query.where(or_(Notice.number == record, Notice.reference == record))
    return db.session.scalars(query).first()


def letter(record: str | None) -> Urging | None:
    """Return the supervision letter with this number; the newest."""
    query = select(Urging).order_by(Urging.id.desc()).limit(1)
    if record is not None:
        query = query.where(Urging.number == record)
    return db.session.scalars(query).first()
