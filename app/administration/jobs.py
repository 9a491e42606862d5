"""What does the queue do for the administrators?"""

from __future__ import annotations

from app.administration import actions, queries
from app.administration import sweeping as _by_night  # noqa: F401 - declares the night's work
from app.kernel import audit, checkpoints, clock, jobs
from app.kernel.db import unit_of_work
from app.people import queries as people

PIECE = 5_000


@jobs.kind(actions.VERIFY)
def verify(*, person_id: int, unit_id: int) -> None:
    """Examine the whole chain against itself and the checkpoints; witness it when it holds."""
    seq, digest = audit.head()
    broken = _first_broken(seq)
    if broken is None:
        broken = checkpoints.first_denied(checkpoints.book().checkpoints())
    if broken is None:
        checkpoints.witness(seq, digest)
    else:
        seq, digest = broken - 1, queries.hash_at(broken - 1)
    with unit_of_work():
        by = people.identity_of(people.by_id(person_id), unit_id, clock.today())
        audit.record(
            actions.VERIFIED, "audit", "chain", by=by,
            seq=seq, hash=digest, broken_at=broken or 0,
        )  # fmt: skip


def _first_broken(seq: int) -> int | None:
    for start in range(0, seq, PIECE):
        end = min(start + PIECE, seq)
        broken = audit.first_broken(start, end)
        if broken is not None:
            return broken
        jobs.advance(end)
    return audit.first_broken(seq)  # what came meanwhile, and whether the head agrees
