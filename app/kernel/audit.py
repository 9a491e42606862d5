"""Who did what, when, to which record? Append-only and hash-chained, in the act's transaction.

Canonical bytes of an entry (so that another program can check the chain): the JSON object of
``seq, at, event, subject_kind, subject_reference, by, unit, facts, previous`` with keys sorted,
no spaces, UTF-8, ``at`` as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, absent values as ``null``.  ``hash``
is the SHA-256 of those bytes in hex; ``previous`` is the hash of the entry before, 64 zeros for
the first.  Facts carry no personal data: persons appear as the numbers of their accounts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Model, UtcDateTime, db
from app.kernel.identity import Identity

FIRST = "0" * 64
Fact = str | int | bool | None

_events: dict[str, frozenset[str]] = {}


class AuditHead(Model):
    """The chain's one head: its row lock makes sequence and hashes one line on any database."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]


class AuditEntry(Model):
    """One thing that happened."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_reference", "seq"),
        Index("ix_audit_entry_by_id", "by_id"),
    )
    append_only = True

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    event: Mapped[str]
    subject_kind: Mapped[str]
    subject_reference: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    facts: Mapped[dict[str, Fact]] = mapped_column(JSON)
    previous: Mapped[str]
    hash: Mapped[str]


# Built once, and below the mapper: both stand in the way of every act.
_HEAD = select(AuditHead.seq, AuditHead.hash).with_for_update()
_ADVANCE = update(cast("Table", AuditHead.__table__)).values(
    seq=bindparam("new_seq"), hash=bindparam("new_hash")
)

APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER audit_entry_keep_{0} BEFORE {0} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
)
APPEND_ONLY_POSTGRESQL = (
    """CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$""",
    """CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_keep()""",
)
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        AuditEntry.__table__,
        "after_create",
        DDL(APPEND_ONLY_SQLITE.format(_verb)).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )
for _statement in APPEND_ONLY_POSTGRESQL:
    event.listen(
        AuditEntry.__table__,
        "after_create",
        DDL(_statement).execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
    )


def declare(event_name: str, *keys: str) -> str:
    """Declare an event with exactly the fact keys it carries; returns its name."""
    if event_name in _events and _events[event_name] != frozenset(keys):
        raise ValueError(f"audit event {event_name} is declared twice")
    _events[event_name] = frozenset(keys)
    return event_name


def declared() -> Mapping[str, frozenset[str]]:
    """Return every declared event with its keys."""
    return dict(_events)


def canonical(values: Mapping[str, object]) -> bytes:
    """Return the canonical bytes of an entry's values (see the module's head)."""
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def instant(at: datetime) -> str:
    """Write an instant as the canonical form has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record(
    event_name: str,
    subject_kind: str,
    subject_reference: str,
    *,
    by: Identity | None,
    **facts: Fact,
) -> AuditEntry:
    """Append what just happened; flushes first, so a lost race is refused before the entry."""
    if frozenset(facts) != _events[event_name]:
        raise ValueError(f"{event_name} carries {sorted(_events[event_name])}")
    db.session.flush()
    seq, previous = _advance_head()
    entry = AuditEntry(
        seq=seq,
        at=clock.now(),
        event=event_name,
        subject_kind=subject_kind,
        subject_reference=subject_reference,
        by_id=by.person_id if by else None,
        unit_id=by.unit_id if by else None,
        facts=dict(facts),
        previous=previous,
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()
    db.session.execute(_ADVANCE, {"new_seq": seq, "new_hash": entry.hash})
    return entry


def record_all(
    event_name: str,
    subject_kind: str,
    happened: Iterable[tuple[str, Mapping[str, Fact]]],
    *,
    by: Identity | None,
) -> None:
    """Append one entry for each record of a great number, exactly as ``record`` would."""
    db.session.flush()
    seq, previous = _advance_head()
    at, rows = clock.now(), []
    for seq, (reference, facts) in enumerate(happened, seq):  # noqa: B020 - the head moves on
        if frozenset(facts) != _events[event_name]:
            raise ValueError(f"{event_name} carries {sorted(_events[event_name])}")
        row = {
            "seq": seq, "at": at, "event": event_name, "subject_kind": subject_kind,
            "subject_reference": reference, "by_id": by.person_id if by else None,
            "unit_id": by.unit_id if by else None, "facts": dict(facts), "previous": previous,
        }  # fmt: skip
        row["hash"] = previous = digest(AuditEntry(**row))
        rows.append(row)
    if rows:
        db.session.execute(insert(cast("Table", AuditEntry.__table__)), rows)
        db.session.execute(_ADVANCE, {"new_seq": rows[-1]["seq"], "new_hash": previous})


def _advance_head() -> tuple[int, str]:
    head = db.session.execute(_HEAD).one_or_none()
    if head is None:
        db.session.add(AuditHead(id=1, seq=0, hash=FIRST))
        db.session.flush()
        return 1, FIRST
    return head.seq + 1, head.hash


def values_of(entry: AuditEntry) -> dict[str, object]:
    """Return what an entry's hash is taken of."""
    return {
        "seq": entry.seq,
        "at": instant(entry.at),
        "event": entry.event,
        "subject_kind": entry.subject_kind,
        "subject_reference": entry.subject_reference,
        "by": entry.by_id,
        "unit": entry.unit_id,
        "facts": entry.facts,
        "previous": entry.previous,
    }


def digest(entry: AuditEntry) -> str:
    """Return the hash an entry must carry."""
    return hashlib.sha256(canonical(values_of(entry))).hexdigest()


def trail(subject_kind: str, subject_reference: str, *, limit: int = 200) -> Sequence[AuditEntry]:
    """Return what happened to one record, newest first."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == subject_kind,
            AuditEntry.subject_reference == subject_reference,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def head() -> tuple[int, str]:
    """Return the number and hash of the newest entry; (0, zeros) while there is none."""
    kept = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    return (kept.seq, kept.hash) if kept else (0, FIRST)


def first_broken(after: int = 0, up_to: int | None = None) -> int | None:
    """Return the first sequence number at which the chain does not hold; None when it does.

    ``after`` is an entry already trusted; ``up_to`` ends early, so that long chains can be
    examined in pieces.  Only an examination to the end also compares the head.
    """
    previous, expected = FIRST, after + 1
    if after:
        trusted = db.session.get(AuditEntry, after)
        if trusted is None:
            return after
        previous = trusted.hash
    query = select(AuditEntry).where(AuditEntry.seq >= expected).order_by(AuditEntry.seq)
    if up_to is not None:
        query = query.where(AuditEntry.seq <= up_to)
    with db.session.scalars(query.execution_options(yield_per=1000)) as entries:
        for entry in entries:
            if entry.seq != expected or entry.previous != previous or entry.hash != digest(entry):
                return expected
            previous, expected = entry.hash, expected + 1
    found = (expected - 1, previous)
    whole = expected > up_to if up_to is not None else found == head()
    return None if whole else expected


def export(after: int = 0) -> Iterator[str]:
    """Yield the trail as JSON lines that the stand-alone verifier reads."""
    query = select(AuditEntry).where(AuditEntry.seq > after).order_by(AuditEntry.seq)
    # Closed with the generator: who breaks off a download leaves no cursor open on the server.
    with db.session.scalars(query.execution_options(yield_per=1000)) as entries:
        for entry in entries:
            yield canonical({**values_of(entry), "hash": entry.hash}).decode() + "\n"
