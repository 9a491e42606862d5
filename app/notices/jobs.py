"""What does the queue do for notices? It typesets what was signed and lets it go out."""

from __future__ import annotations

import io

from app.kernel import jobs, storage
from app.kernel.db import db, unit_of_work
from app.kernel.publiclog import Act, Deed, Kind
from app.notices import actions, documents, queries
from app.notices.documents import Issue
from app.notices.models import Notice
from app.typesetting.logged import Finished, Prepared, entered, prepared


@jobs.kind(actions.PUBLISHING)
def publish(reference: str, verify_root: str = "") -> None:
    """Typeset a signed notice outside any transaction, then publish it in one."""
    notice = queries.signed(reference)
    if notice is None:
        return
    issue = documents.issue_of(notice, verify_root)
    version, made = notice.version, _set(notice, issue)
    db.session.rollback()
    with unit_of_work():
        again = queries.signed(reference)
        if again is None or again.version != version:
            return
        final = entered(made) if isinstance(made, Prepared) else made
        actions.publish(again, issue, final)
        storage.shelf().put(io.BytesIO(final.content))  # last: what is refused leaves no file


def _set(notice: Notice, issue: Issue) -> Prepared | Finished:
    """Set what is open to everybody with room for its log entry; the rest is in no log."""
    if issue.check_code is None:
        document = documents.typeset_notice(notice)
        return Finished(document.content, document.pages)
    deed = Deed(act=Act.PUBLISH, kind=Kind.NOTICE, reference=notice.reference)
    return prepared(documents.manuscript_of(notice, issue), deed)
