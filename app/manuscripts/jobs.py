"""What does the queue do with manuscripts: set them, and forget them after thirty days?"""

from __future__ import annotations

from datetime import timedelta

from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.manuscripts import actions, queries
from app.manuscripts.documents import typeset_manuscript
from app.manuscripts.models import Manuscript
from app.typesetting import Document, Fault, TypesettingError

KEPT = timedelta(days=30)
#: Another attempt may end well: the queue tries again by itself.
PASSING = frozenset({Fault.TIMED_OUT, Fault.WORKER_LOST})


@jobs.kind(actions.TYPESETTING)
def set_manuscript(*, number: int) -> None:
    """Set a manuscript outside any transaction; keep the PDF unless the text changed meanwhile."""
    found = queries.by_id(number)
    if found is None:
        return
    read, sheet = found.content_sealed, queries.sheet_of(found)
    db.session.rollback()
    made: Document | TypesettingError
    try:
        made = typeset_manuscript(sheet.facts, letter=sheet.letter)
    except TypesettingError as fault:
        if fault.fault in PASSING:
            raise
        made = fault
    with unit_of_work() as session:
        again = session.get(Manuscript, number, with_for_update=True)
        if again is not None and again.content_sealed == read:
            actions.note(again, made)


@jobs.every("forget_manuscripts", minute="25")
def forget() -> None:
    """Forget every manuscript thirty days after it was brought in."""
    with unit_of_work():
        actions.forget(queries.older_than(clock.now() - KEPT))
    db.session.remove()
