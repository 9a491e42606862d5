"""Builders of batches of typical cases."""

from __future__ import annotations

from app.disclosures.batches import actions, queries
from app.disclosures.batches import jobs as _work  # noqa: F401 - declares the work of the queue
from app.disclosures.batches.actions import Choice, Frame
from app.disclosures.batches.models import Batch
from app.disclosures.batches.rules import BatchState
from app.kernel import jobs
from app.kernel.db import db, unit_of_work
from app.people import queries as people

S = BatchState
ROOT = "https://example.test/verify"
FRAME = Frame("样例产品质量", "样例：现将一批案件通报如下。")


def batch(shown: str, state: BatchState = S.DRAFTING, *, more: tuple[str, ...] = ()) -> str:
    """Keep a batch of publications, carried to a state; returns its reference."""
    publisher = people.today_identity("qs.publisher")
    every = (shown, *more)
    with unit_of_work() as session:
        made = actions.start(FRAME, by=publisher)
        actions.amend(made, FRAME, Choice({}, {}, every), by=publisher)
        session.flush()
        comments = {one: f"样例：评析{place}。" for place, one in enumerate(every)}
        places = {one: place for place, one in enumerate(every)}
        actions.amend(made, FRAME, Choice(comments, places), by=publisher)
        if state is not S.DRAFTING:
            actions.submit(made, by=publisher)
        if state in {S.APPROVED, S.PUBLISHED}:
            actions.approve(made, verify_root=ROOT, by=people.today_identity("qs.reviewer"))
        reference, job = made.reference, made.job_id
    db.session.remove()
    if state is S.PUBLISHED:
        assert job is not None
        jobs.send(job)
    return reference


def found(reference: str, account: str = "qs.publisher") -> Batch:
    """Return a kept batch as an account sees it."""
    return queries.by_reference(reference, people.today_identity(account))
