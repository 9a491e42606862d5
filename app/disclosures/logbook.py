"""What was published before there was a public log?"""

from __future__ import annotations

from sqlalchemy import exists, select

from app.disclosures.models import Publication
from app.kernel import publiclog
from app.kernel.db import db
from app.kernel.publiclog import Act, Deed, Kind, LogEntry


def log_what_was_published() -> int:
    """Append what the log does not know yet, in the order of publication; returns how many.

    Such a file carries no entry: its hash is that of the whole file, and a record was not attached.
    """
    is_logged = exists().where(
        LogEntry.reference == Publication.reference, LogEntry.kind == Kind.DISCLOSURE
    )
    query = select(Publication).where(~is_logged).order_by(Publication.id)
    rows = db.session.scalars(query).all()
    for row in rows:
        deed = Deed(
            act=Act.PUBLISH, reference=row.reference, version=row.revision, body=row.pdf_sha256
        )
        publiclog.append(deed)
        if row.withdrawn_ground is not None:
            ground = row.withdrawn_ground.value
            publiclog.follow(Act.WITHDRAW, row.reference, reason=ground)
    return len(rows)
