"""What has a visitor answered so far?"""

from __future__ import annotations

import json

from app.kernel import clock, vault
from app.kernel.db import db
from app.public.report.models import ReportDraft
from app.public.report.rules import DRAFT_KEPT

SEALED_AS = "report.draft"


def digest(token: str) -> str:
    """Return the keyed digest under which a token's answers lie."""
    return vault.blind_index(token, field=SEALED_AS)


def answers(token: str) -> dict[str, list[str]] | None:
    """Return what was answered under a token; None when nothing is there, or no longer."""
    draft = db.session.get(ReportDraft, digest(token)) if token else None
    if draft is None or draft.saved_at < clock.now() - DRAFT_KEPT:
        return None
    kept: dict[str, list[str]] = json.loads(vault.unseal(draft.sealed, field=SEALED_AS))
    return kept
