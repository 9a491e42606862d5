"""Is the trail append-only, chained, complete and free of personal data?"""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kernel import audit
from app.kernel.audit import AuditEntry
from app.kernel.db import db

pytestmark = pytest.mark.database
EVENT = audit.declare("test.happened", "n")


def happen(times: int) -> None:
    for n in range(times):
        audit.record(EVENT, "test", f"x-{n}", by=None, n=n)


def test_the_chain_holds_and_numbers_without_gap(writing: None) -> None:
    happen(5)
    seqs = db.session.scalars(db.select(AuditEntry.seq).order_by(AuditEntry.seq)).all()
    assert list(seqs) == list(range(1, len(seqs) + 1))
    assert audit.first_broken() is None


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_trail(writing: None, verb: str) -> None:
    happen(1)
    with pytest.raises(DBAPIError):
        db.session.execute(text(verb))
    db.session.rollback()


def test_the_mapper_refuses_too(writing: None) -> None:
    happen(1)
    entry = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    entry.event = "other"
    with pytest.raises(PermissionError):
        db.session.flush()
    db.session.rollback()


def test_an_event_carries_exactly_its_declared_keys(writing: None) -> None:
    with pytest.raises(ValueError, match="carries"):
        audit.record(EVENT, "test", "x", by=None, n=1, phone="138")
    with pytest.raises(KeyError):
        audit.record("never.declared", "test", "x", by=None)
