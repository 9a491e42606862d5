"""What does the queue do for notices? It typesets what was signed and lets it go out."""

from __future__ import annotations

from app.kernel import jobs
from app.kernel.db import db, unit_of_work
from app.notices import actions, queries
from app.notices.documents import typeset_notice


@jobs.kind(actions.PUBLISHING)
def publish(reference: str) -> None:
    """Typeset a signed notice outside any transaction, then publish it in one."""
    notice = queries.signed(reference)
    if notice is None:
        return
    document = typeset_notice(notice)
    db.session.rollback()
    with unit_of_work():
        again = queries.signed(reference)
        if again is not None:
            actions.publish(again, document)
