"""Which kept files does no record name any more, and how do they go?

A refused form, a letter set anew, an upload that never ended leave files behind.  What is younger
than a week is not touched: the record that names it may still be on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kernel import audit, clock, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.kernel.jobs import every
from app.kernel.storage import Kept

SWEPT = audit.declare("storage.swept", "files", "bytes", "unfinished")
YOUNGEST = timedelta(days=7)
#: So many at a time: nobody else writes while they go.
PIECE = 200
#: The hour of the day, in the legal zone, at which the queue sweeps by itself.
HOUR = 4


@dataclass(frozen=True)
class Swept:
    """What went, or would go."""

    files: int
    bytes: int
    unfinished: int


def sweep(older_than: timedelta = YOUNGEST, *, is_trial: bool = False) -> Swept:
    """Remove every old file that no record names; the trail says how many.

    Raises:
        PortalError: for an age at which an upload may still be on its way.
    """
    if older_than < YOUNGEST:
        raise PortalError(f"files younger than {YOUNGEST.days} days are never swept")
    before = clock.now() - older_than
    found, unfinished = orphans(before), storage.shelf().left_aside_before(before)
    db.session.rollback()
    if not is_trial:
        found = [one for piece in _pieces(found) for one in remove(piece, before)]
        _remove_unfinished(before, len(unfinished))
    return Swept(len(found), _bytes(found), len(unfinished))


def orphans(before: datetime) -> list[Kept]:
    """Return each old file that no record names, as things stand."""
    return [
        one
        for piece in _pieces(list(storage.shelf().written_before(before)))
        for one in _unnamed(piece)
    ]


def remove(piece: Sequence[Kept], before: datetime) -> list[Kept]:
    """Remove what is still old and still named by nobody, now that nobody else can write.

    Uploads and jobs ask for the shelf after the write lock, if they hold that; so does this.
    """
    with unit_of_work(), storage.shelf().alone():
        going = [one for one in _unnamed(piece) if storage.shelf().is_older(one.path, before)]
        if going:
            audit.record(
                SWEPT, "storage", "shelf", by=None,
                files=len(going), bytes=_bytes(going), unfinished=0,
            )  # fmt: skip
        for one in going:
            one.path.unlink()
    return going


def _remove_unfinished(before: datetime, expected: int) -> None:
    if not expected:
        return
    with unit_of_work():
        audit.record(
            SWEPT, "storage", "shelf", by=None, files=0, bytes=0, unfinished=expected
        )  # fmt: skip
        for path in storage.shelf().left_aside_before(before):
            path.unlink(missing_ok=True)


def _unnamed(piece: Sequence[Kept]) -> list[Kept]:
    named = storage.named_among([one.sha256 for one in piece])
    return [one for one in piece if one.sha256 not in named]


def _pieces(files: Sequence[Kept]) -> list[Sequence[Kept]]:
    return [files[at : at + PIECE] for at in range(0, len(files), PIECE)]


def _bytes(files: Sequence[Kept]) -> int:
    return sum(one.size for one in files)


@every("sweep_shelf", minute="45")
def sweep_by_night() -> None:
    """Sweep once a day, when few people work."""
    if clock.now().astimezone(clock.LEGAL_ZONE).hour == HOUR:
        sweep()
