"""What can be looked up about batches of typical cases?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from app.disclosures.batches.models import Batch
from app.disclosures.batches.rules import BatchState
from app.disclosures.models import Disclosure, Publication
from app.disclosures.redacting import Redaction
from app.kernel import clock, jobs
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.jobs import JobState
from app.kernel.permissions import allows
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.units import queries as units

PER_PAGE = 30
#: As many of the newest publications as can be looked over when choosing.
MOST_OFFERED = 60


def visible_to(who: Identity) -> Select[Batch]:
    """Return the batches in the viewer's scope: own bureau and everything below it."""
    return select(Batch).where(units.within(Batch.unit_path, who))


def by_reference(reference: str, who: Identity) -> Batch:
    """Return a batch in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Batch.reference == reference))
    if found is None:
        raise NotFound
    return found


def any_by_reference(reference: str) -> Batch | None:
    """Return a batch for a job."""
    return db.session.scalar(select(Batch).where(Batch.reference == reference))


def register(who: Identity, *, page: int) -> tuple[Sequence[Batch], int]:
    """Return a page of batches, the latest first, and how many there are."""
    query = visible_to(who)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Batch.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return db.session.scalars(ordered).all(), total


def _offered(who: Identity) -> Select[Publication]:
    """Select what is shown today of the bureau itself and of those below it."""
    return (
        select(Publication)
        .join(Disclosure, Disclosure.id == Publication.disclosure_id)
        .where(
            units.within(Disclosure.unit_path, who),
            Publication.withdrawn_on.is_(None),
            Publication.ended_on.is_(None),
            Publication.displayed_until >= clock.today(),
        )
    )


def offered(who: Identity, batch: Batch) -> Sequence[Publication]:
    """Return the newest publications that may still be chosen."""
    chosen = [case.publication_id for case in batch.cases]
    query = _offered(who).where(Publication.id.not_in(chosen))
    return db.session.scalars(query.order_by(Publication.id.desc()).limit(MOST_OFFERED)).all()


def choosable(who: Identity, references: Sequence[str]) -> Sequence[Publication]:
    """Return those of the named publications that this person may choose, oldest first."""
    query = _offered(who).where(Publication.reference.in_(references))
    return db.session.scalars(query.order_by(Publication.id)).all()


def removed_by_case(batch: Batch) -> list[list[str]]:
    """Return, case by case, the strings that nothing public may hold."""
    return [Redaction.of(case.publication.disclosure).removed() for case in batch.cases]


def published() -> Sequence[str]:
    """Return the batches that stand, for the queue."""
    query = select(Batch.reference).where(Batch.state == BatchState.PUBLISHED)
    return db.session.scalars(query.order_by(Batch.id)).all()


def may_retry(batch: Batch) -> bool:
    """Whether an approved batch waits for nobody any more: its job failed."""
    is_approved = batch.state is BatchState.APPROVED
    return is_approved and jobs.state_of(batch.job_id) is JobState.FAILED


def waiting(who: Identity, _today: date) -> list[Waiting]:
    """Return the batches that wait for this person; a leader sees those of the whole bureau."""
    query = select(Batch).where(
        Batch.unit_path == who.bureau_path,
        Batch.state.in_([BatchState.DRAFTING, BatchState.SUBMITTED, BatchState.APPROVED]),
    )
    lines = []
    for one in db.session.scalars(query.order_by(Batch.id)):
        ask = _ask(one, who)
        if ask is not None:
            lines.append(
                Waiting(
                    ask=ask,
                    kind="batch",
                    reference=one.reference,
                    title=one.title,
                    endpoint="batches.show",
                    since=one.moved_at,
                )
            )
    return lines


def _ask(one: Batch, who: Identity) -> str | None:
    """Return what a batch asks of this person: only who has no hand in it may release it."""
    watches, has_hand = who.has(Role.UNIT_LEADER), who.person_id in one.hands
    if one.state is BatchState.DRAFTING:
        asked = has_hand and allows(who, "batch:draft", one)
        return "batch.submit" if asked or watches else None
    asked = not has_hand and allows(who, "batch:approve", one)
    if one.state is BatchState.SUBMITTED:
        return "batch.approve" if asked or watches else None
    return "batch.retry" if (asked or watches) and may_retry(one) else None
