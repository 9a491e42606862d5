"""What does the queue do for batches: set, re-read, release, and set anew when a case is gone?"""

from __future__ import annotations

import io

from app.disclosures.batches import actions, documents, publications, queries
from app.disclosures.batches.actions import Made
from app.disclosures.batches.models import Batch
from app.disclosures.batches.publications import Bulletin
from app.disclosures.batches.rules import BatchState
from app.disclosures.jobs import Checked, approver_of, insist
from app.kernel import jobs, redaction, storage
from app.kernel.db import db, unit_of_work
from app.kernel.publiclog import Act, Deed, Kind
from app.typesetting.leaks import Reread
from app.typesetting.logged import Finished, prepared


@jobs.kind(actions.PUBLISHING)
def publish(reference: str, approver_id: int, unit: int) -> None:
    """Make the bulletin outside any transaction, re-read it case by case, release it in one."""
    batch = queries.any_by_reference(reference)
    if batch is None or batch.state is not BatchState.APPROVED:
        return  # asked twice, or given back meanwhile
    row, bulletin = batch.id, publications.bulletin_of(batch)
    file = _checked(batch, bulletin, Act.PUBLISH, is_job=True)
    with unit_of_work() as session:
        locked = session.get_one(Batch, row, with_for_update=True)
        by = approver_of(approver_id, unit, "batch:approve")
        final = file.entered()
        actions.publish(locked, bulletin, _made(final, bulletin), by=by)
        storage.shelf().put(io.BytesIO(final.content))  # last: what is refused leaves no file


def _checked(batch: Batch, bulletin: Bulletin, act: Act, *, is_job: bool) -> Checked:
    """Set the file and look for whatever was removed, case by case."""
    removed, before = _removed(batch, bulletin), batch.revision
    db.session.rollback()  # typesetting takes a while; nobody waits for our reading
    deed = Deed(act=act, kind=Kind.BATCH, reference=bulletin.reference, version=before + 1)
    made = prepared(documents.manuscript_of(bulletin), deed)
    read = Reread(made.content, filename=bulletin.file_name)
    for done, words in enumerate(removed, start=1):
        insist(len(read.leaks(words)))
        if is_job:
            jobs.advance(done)
    return Checked(made, read, [word for words in removed for word in words])


def _removed(batch: Batch, bulletin: Bulletin) -> list[list[str]]:
    """Return what may not be found, case by case.

    What is public of another case (a place, say) stands there rightly; no comment may hold it, as
    the approval saw to.
    """
    lines = [line for case in bulletin.cases for line in case.lines]
    return [
        [word for word in words if not redaction.leaks(lines, [word])]
        for words in queries.removed_by_case(batch)
    ]


def _made(file: Finished, bulletin: Bulletin) -> Made:
    return Made(file.sha256, file.size, bulletin.held)


@jobs.every("renew_batches", minute="*/10")
def renew_batches() -> None:
    """Set the bulletins anew that show what was withdrawn, corrected or ended meanwhile."""
    for reference in queries.published():
        batch = queries.any_by_reference(reference)
        if batch is not None and not publications.bulletin_of(batch).pdf_sha256:
            _renew(batch)
        db.session.rollback()


def _renew(batch: Batch) -> None:
    row, bulletin = batch.id, publications.bulletin_of(batch)
    file = _checked(batch, bulletin, Act.CORRECT, is_job=False)
    with unit_of_work() as session:
        locked = session.get_one(Batch, row, with_for_update=True)
        if (
            locked.state is not BatchState.PUBLISHED
            or locked.revision + 1 != file.made.deed.version
        ):
            return
        final = file.entered()
        actions.renew(locked, bulletin, _made(final, bulletin))
        storage.shelf().put(io.BytesIO(final.content))
