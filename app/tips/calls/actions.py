"""What does an operator do during a call: keep what is typed, throw it away, register it?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from app.kernel import clock, storage, vault
from app.kernel.db import db, unit_of_work
from app.kernel.identity import Identity
from app.kernel.jobs import every
from app.kernel.permissions import require
from app.tips import intake
from app.tips.calls import queries, rules
from app.tips.calls.models import CallDraft, CallRecord
from app.tips.calls.rules import Line


def save(key: str, typed: Mapping[str, Sequence[str]], *, began_at: datetime, by: Identity) -> None:
    """Keep what is typed so far; the whole is sealed, for it holds who is calling."""
    require(by, "tip:register")
    sealed = vault.seal(json.dumps(typed, ensure_ascii=False), field=queries.SEALED_AS)
    draft = queries.draft(key, by)
    if draft is None:
        _put(CallDraft(key=key, operator_id=by.person_id, began_at=began_at), sealed)
    elif draft.sealed:
        _put(draft, sealed)


def finish(key: str, *, by: Identity) -> None:
    """Destroy a draft of one's own: it was registered, or thrown away.

    The empty row stays for a while: a saving that was under way must not bring the draft back.
    """
    require(by, "tip:register")
    now = clock.now()
    _put(queries.draft(key, by) or CallDraft(key=key, operator_id=by.person_id, began_at=now), "")


def _put(draft: CallDraft, sealed: str) -> None:
    draft.sealed, draft.saved_at = sealed, clock.now()
    db.session.add(draft)
    db.session.flush()


def register(
    account: intake.Account,
    caller: intake.Caller,
    line: Line,
    *,
    by: Identity,
    files: Sequence[storage.Stored] = (),
) -> intake.Receipt:
    """Make a call a tip; its draft goes in the same transaction."""
    receipt = intake.receive(account, caller, channel=line.channel, by=by, files=files)
    for tip in receipt.tips:
        db.session.add(
            CallRecord(
                tip_reference=tip.reference,
                operator_id=by.person_id,
                began_at=line.began_at,
                seconds=rules.seconds(line.began_at, tip.received_at),
                recording=line.recording,
                language=line.language,
                reply=line.reply,
            )
        )
    finish(line.draft, by=by)
    return receipt


@every("forget_call_drafts", minute="20")
def forget() -> None:
    """Destroy the drafts that nobody came back to."""
    with unit_of_work() as session:
        too_old = clock.now() - rules.DRAFT_KEPT
        session.execute(delete(CallDraft).where(CallDraft.saved_at < too_old))
