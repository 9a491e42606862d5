"""Which original files belong to a record, and who took one out of its seal, for what?"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from app.kernel import audit, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotFound
from app.kernel.storage import Attachment

TAKEN = audit.declare("storage.original_taken", "sha256", "reason")


def of(reference: str) -> list[Attachment]:
    """Return the files of a record, oldest first."""
    query = select(Attachment).where(Attachment.subject_reference == reference)
    return list(db.session.scalars(query.order_by(Attachment.id)))


def take(sha256: str, out: Path, *, reason: str) -> int:
    """Write a file as it was sent in; the trail says of which record and what for first.

    Returns its size in bytes. ``NotFound`` for a file no record names, ``ValueError`` where it was
    altered or the key is not here, ``FileExistsError`` rather than writing over anything.
    """
    with unit_of_work():
        query = select(Attachment).where(Attachment.sha256 == sha256).order_by(Attachment.id)
        found = db.session.scalars(query.limit(1)).one_or_none()
        if found is None:
            raise NotFound
        content = storage.shelf().original(sha256)
        audit.record(
            TAKEN, found.subject_kind, found.subject_reference, by=None,
            sha256=sha256, reason=reason,
        )  # fmt: skip
    with out.open("xb") as file:
        return file.write(content)
