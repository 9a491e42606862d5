"""What do people do with a manuscript: bring it in, correct it, have it set, throw it away?"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sqlalchemy import delete

from app.kernel import audit, clock, jobs, vault
from app.kernel.db import db
from app.kernel.errors import IllegalTransition
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.manuscripts import access as _policy  # noqa: F401 - declares the permission
from app.manuscripts import queries
from app.manuscripts.models import Manuscript, ManuscriptFile
from app.manuscripts.sheet import Sheet
from app.typesetting import Document, TypesettingError

TAKEN = audit.declare("manuscript.taken")
CORRECTED = audit.declare("manuscript.corrected")
TYPESET = audit.declare("manuscript.typeset")
DROPPED = audit.declare("manuscript.dropped")

TYPESETTING = "manuscript.typeset"
UNDER_WAY = frozenset({jobs.JobState.WAITING, jobs.JobState.RUNNING})


def take(sheet: Sheet, *, by: Identity) -> Manuscript:
    """Keep a manuscript that was taken apart, sealed."""
    require(by, "manuscript:typeset")
    year = str(clock.today().year)
    manuscript = Manuscript(
        reference=f"W{year}-{next_number('manuscript', year):05d}",
        owner_id=by.person_id,
        taken_at=clock.now(),
    )
    _write(manuscript, sheet)
    db.session.add(manuscript)
    audit.record(TAKEN, "manuscript", manuscript.reference, by=by)
    return manuscript


def _write(manuscript: Manuscript, sheet: Sheet) -> None:
    title = sheet.facts.title.replace("\n", "")
    manuscript.title_sealed = vault.seal(title, field=queries.TITLE_SEALED_AS)
    manuscript.content_sealed = vault.seal(sheet.to_json(), field=queries.SEALED_AS)


def correct(manuscript: Manuscript, sheet: Sheet, *, by: Identity) -> None:
    """Put corrected parts in place of the recognised; what was set before goes."""
    require(by, "manuscript:typeset", manuscript)
    _write(manuscript, sheet)
    manuscript.job_id = None
    _forget_files([manuscript.id])
    audit.record(CORRECTED, "manuscript", manuscript.reference, by=by)


def ask(manuscript: Manuscript, *, by: Identity) -> jobs.Job:
    """Ask for the PDF of a manuscript as it stands."""
    require(by, "manuscript:typeset", manuscript)
    if jobs.state_of(manuscript.job_id) in UNDER_WAY:
        raise IllegalTransition("waiting", "typeset")
    job = jobs.ask(TYPESETTING, by_id=by.person_id, number=manuscript.id)
    manuscript.job_id = job.id
    audit.record(TYPESET, "manuscript", manuscript.reference, by=by)
    return job


def note(manuscript: Manuscript, made: Document | TypesettingError) -> None:
    """Keep what the queue made of a manuscript: the PDF, sealed, or why there is none."""
    _forget_files([manuscript.id])
    row = ManuscriptFile(manuscript_id=manuscript.id)
    if isinstance(made, Document):
        encoded = base64.b64encode(made.content).decode()
        row.content_sealed = vault.seal(encoded, field=queries.FILE_SEALED_AS)
        row.size, row.pages = len(made.content), made.pages
    else:
        row.fault, row.details = made.fault.value, list(made.details)
    db.session.add(row)


def drop(manuscript: Manuscript, *, by: Identity) -> None:
    """Throw a manuscript away; nothing of it stays."""
    require(by, "manuscript:typeset", manuscript)
    audit.record(DROPPED, "manuscript", manuscript.reference, by=by)
    forget([manuscript.id])


def forget(numbers: Sequence[int]) -> None:
    """Remove manuscripts and what was made of them."""
    _forget_files(numbers)
    db.session.execute(delete(Manuscript).where(Manuscript.id.in_(numbers)))


def _forget_files(numbers: Sequence[int]) -> None:
    db.session.execute(delete(ManuscriptFile).where(ManuscriptFile.manuscript_id.in_(numbers)))
