"""What does the queue do with a foreign list: try it, take it in, forget what nobody wanted?"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips.imports import actions, queries, tables
from app.tips.imports.actions import Outcome
from app.tips.imports.headings import Field
from app.tips.imports.models import ImportState, TipImport, TipImportFile

#: A list that lay about this long is not taken in any more.
FORGOTTEN_AFTER = timedelta(days=7)


@jobs.kind(actions.CHECK)
def check(*, number: int, person_id: int, unit_id: int) -> None:  # noqa: ARG001 - as both jobs
    """Do the dry run: read all, keep nothing but what is wrong."""
    run = queries.in_state(number, ImportState.CHECKING)
    if run is None:
        return
    outcome = _outcome(run)
    with unit_of_work() as session:
        actions.note_outcome(session.get_one(TipImport, number, with_for_update=True), outcome)


@jobs.kind(actions.KEEP)
def keep(*, number: int, person_id: int, unit_id: int) -> None:
    """Take a list in: look up first, then keep all of it in one transaction."""
    run = queries.in_state(number, ImportState.KEEPING)
    if run is None:
        return
    by = _importer(person_id, unit_id)
    source = run.source
    outcome = _outcome(run)
    # What came in since the dry run may have changed it: then the person decides again.
    arriving = [] if outcome.faults else actions.arrivals(outcome, by=by, told=jobs.advance)
    with unit_of_work() as session:
        locked = session.get_one(TipImport, number, with_for_update=True)
        if locked.state is not ImportState.KEEPING:
            return
        if outcome.faults:
            actions.note_outcome(locked, outcome)
            return
        actions.take_in(outcome, arriving, source, str(number), by=by)
        actions.note_kept(locked)


def _outcome(run: TipImport) -> Outcome:
    columns = {Field(each): column for each, column in run.columns.items()}
    source, table = run.source, tables.read(queries.content_of(run))
    return actions.read(table, columns, source, jobs.advance)


def _importer(person_id: int, unit_id: int) -> Identity:
    """Return who asked, as of now: rights that were taken away meanwhile count no more."""
    person = people.by_id(person_id)
    who = people.identity_of(person, unit_id, clock.today()) if person.is_active else None
    if who is None or who.unit_id != unit_id:
        raise NotAllowed("tip:import")
    return who


@jobs.every("forget_imports", minute="20")
def forget() -> None:
    """Drop the files of lists that nobody took in."""
    with unit_of_work() as session:
        old = select(TipImport.id).where(TipImport.at < clock.now() - FORGOTTEN_AFTER)
        session.execute(delete(TipImportFile).where(TipImportFile.import_id.in_(old)))
    db.session.remove()
