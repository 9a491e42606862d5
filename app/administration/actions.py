"""What do administrators ask for: an examination of the trail, a copy of it?"""

from __future__ import annotations

from app.kernel import audit, jobs
from app.kernel.identity import Identity
from app.kernel.jobs import Job
from app.kernel.permissions import require

VERIFIED = audit.declare("audit.verified", "seq", "hash", "broken_at")
EXPORTED = audit.declare("audit.exported", "seq")
VERIFY = "audit.verify"


def ask_for_verification(*, by: Identity) -> Job:
    """Write down that the chain shall be examined from its first entry."""
    require(by, "audit:verify")
    seq, _hash = audit.head()
    return jobs.ask(
        VERIFY, by_id=by.person_id, total=max(seq, 1), person_id=by.person_id, unit_id=by.unit_id
    )


def note_export(*, by: Identity) -> None:
    """Write down that the trail leaves the house, before it does."""
    require(by, "audit:export")
    audit.record(EXPORTED, "audit", "chain", by=by, seq=audit.head()[0])
