"""Which record does a word on the command line mean, and which manuscripts are one's own?"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.disclosures.models import Publication
from app.kernel import vault
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.manuscripts import sheet
from app.manuscripts.models import Manuscript, ManuscriptFile
from app.manuscripts.sheet import Sheet
from app.notices.models import Notice
from app.supervision.models import Urging

SEALED_AS, TITLE_SEALED_AS = "manuscript.content", "manuscript.title"
FILE_SEALED_AS = "manuscript_file.content"
NEWEST = 20


def by_reference(reference: str, who: Identity) -> Manuscript:
    """Return a manuscript of the viewer's own, or refuse (404)."""
    query = select(Manuscript).where(
        Manuscript.reference == reference, Manuscript.owner_id == who.person_id
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def by_id(number: int) -> Manuscript | None:
    """Return a manuscript, for the job that sets it."""
    return db.session.get(Manuscript, number)


def newest(who: Identity) -> Sequence[tuple[Manuscript, str]]:
    """Return the viewer's own manuscripts with their titles, newest first."""
    query = select(Manuscript).where(Manuscript.owner_id == who.person_id)
    found = db.session.scalars(query.order_by(Manuscript.id.desc()).limit(NEWEST))
    return [(each, vault.unseal(each.title_sealed, field=TITLE_SEALED_AS)) for each in found]


def sheet_of(manuscript: Manuscript) -> Sheet:
    """Open a manuscript."""
    return sheet.from_json(vault.unseal(manuscript.content_sealed, field=SEALED_AS))


def file_of(manuscript: Manuscript) -> ManuscriptFile | None:
    """Return what became of a manuscript as it stands now."""
    return db.session.get(ManuscriptFile, manuscript.id)


def content_of(manuscript: Manuscript) -> bytes:
    """Open the PDF of a manuscript, or refuse (404) when there is none."""
    kept = file_of(manuscript)
    if kept is None or kept.content_sealed is None:
        raise NotFound
    return base64.b64decode(vault.unseal(kept.content_sealed, field=FILE_SEALED_AS))


def older_than(at: datetime) -> Sequence[int]:
    """Return the manuscripts that were brought in before an instant."""
    return db.session.scalars(select(Manuscript.id).where(Manuscript.taken_at < at)).all()


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
