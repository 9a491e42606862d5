"""What does a visitor do with a report before it is sent: keep answers, destroy them?"""

from __future__ import annotations

import json
import secrets

from sqlalchemy import delete

from app.kernel import clock, vault
from app.kernel.db import db, unit_of_work
from app.kernel.jobs import every
from app.public.report import queries
from app.public.report.models import ReportDraft
from app.public.report.rules import DRAFT_KEPT, Answers


def new_token() -> str:
    """Return a token that nobody guesses: 192 bits."""
    return secrets.token_hex(24)


def keep(token: str, answers: Answers) -> None:
    """Keep the answers of a token, sealed."""
    sealed = vault.seal(json.dumps(answers, ensure_ascii=False), field=queries.SEALED_AS)
    key = queries.digest(token)
    draft = db.session.get(ReportDraft, key) or ReportDraft(token_digest=key)
    draft.sealed, draft.saved_at = sealed, clock.now()
    db.session.add(draft)
    db.session.flush()


def destroy(token: str) -> None:
    """Destroy the answers of a token: the report was sent, or thrown away."""
    db.session.execute(delete(ReportDraft).where(ReportDraft.token_digest == queries.digest(token)))


@every("forget_report_drafts", minute="25")
def forget() -> None:
    """Destroy the answers that nobody came back to."""
    with unit_of_work() as session:
        too_old = clock.now() - DRAFT_KEPT
        session.execute(delete(ReportDraft).where(ReportDraft.saved_at < too_old))
