"""What did the house say in public, in which order? A log that can only grow, and can prove it.

One entry for every publishing, correction, withdrawal and end of a display, appended in the act's
own transaction; entry N is leaf N of a Merkle tree (RFC 9162), and each entry carries a checkpoint
signed over the tree that ends with it.  Bytes, hashes and formats: docs/publiclog.md.

Order of locks: an act appends here before it takes an edition or calls ``audit.record``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import DDL, BigInteger, Index, Integer, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import audit, clock, merkle, notebook
from app.kernel.db import Model, StrEnumType, UtcDateTime, db
from app.kernel.merkle import Place
from app.kernel.numbering import NumberSeries, next_number
from app.kernel.verify_publication import canonical, node

#: The series whose row lock makes the entries one line without a gap on any database.
SERIES, SCOPE = "public-log", ""
HASH = 32


class Act(StrEnum):
    """What became different for the public."""

    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REPAIR = "repair"
    RESUME = "resume"


class Kind(StrEnum):
    """What it happened to."""

    DISCLOSURE = "disclosure"
    NOTICE = "notice"
    BATCH = "batch"


class LogEntry(Model):
    """One thing the house said in public; numbered from 0, as the tree counts its leaves."""

    __tablename__ = "public_log_entry"
    __table_args__ = (Index("ix_public_log_entry_subject", "reference", "kind", "index"),)
    append_only = True

    index: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[Act] = mapped_column(StrEnumType(Act))
    kind: Mapped[Kind] = mapped_column(StrEnumType(Kind))
    reference: Mapped[str]
    version: Mapped[int]
    #: SHA-256 of the machine-readable record, and of the file with the entry's place blank.
    record: Mapped[str | None]
    body: Mapped[str | None]
    #: A code, never a sentence: nothing of it can be taken back.
    reason: Mapped[str | None]
    #: Its own leaf hash and those of the subtrees it completes, in hex, one after the other.
    hashes: Mapped[str]
    #: The signed note over the tree that ends with this entry.
    note: Mapped[str]

    @property
    def leaf(self) -> dict[str, object]:
        """What is hashed, and what a file carries."""
        return {
            "index": self.index,
            "at": audit.instant(self.at),
            "act": self.act.value,
            "kind": self.kind.value,
            "number": self.reference,
            "version": self.version,
            "record": self.record,
            "body": self.body,
            "reason": self.reason,
        }


APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER public_log_entry_keep_{0} BEFORE {0} ON public_log_entry "
    "BEGIN SELECT RAISE(ABORT, 'public_log_entry is append-only'); END"
)
APPEND_ONLY_POSTGRESQL = (
    """CREATE FUNCTION public_log_entry_keep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'public_log_entry is append-only'; END $$""",
    """CREATE TRIGGER public_log_entry_keep BEFORE UPDATE OR DELETE ON public_log_entry
    FOR EACH ROW EXECUTE FUNCTION public_log_entry_keep()""",
)
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        LogEntry.__table__,
        "after_create",
        DDL(APPEND_ONLY_SQLITE.format(_verb)).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )
for _statement in APPEND_ONLY_POSTGRESQL:
    event.listen(
        LogEntry.__table__,
        "after_create",
        DDL(_statement).execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
    )


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What an act tells the log."""

    act: Act
    kind: Kind = Kind.DISCLOSURE
    reference: str
    version: int = 1
    record: str | None = None
    body: str | None = None
    reason: str | None = None


def append(deed: Deed) -> LogEntry:
    """Append an entry and sign the tree that ends with it, inside the act's transaction."""
    db.session.flush()
    index = next_number(SERIES, SCOPE) - 1
    entry = LogEntry(index=index, at=clock.now(), **vars(deed))
    hashes, root = _grown(index, merkle.leaf_hash(canonical(entry.leaf)))
    entry.hashes = b"".join(hashes).hex()
    entry.note = notebook.book().signed(index + 1, root)
    db.session.add(entry)
    db.session.flush()
    notebook.write_after_commit(db.session(), entry.note)
    return entry


def follow(
    act: Act, reference: str, *, reason: str | None = None, kind: Kind = Kind.DISCLOSURE
) -> LogEntry:
    """Append what happened later to something published: same version, record and file."""
    deed = Deed(act=act, kind=kind, reference=reference, reason=reason)
    last = latest(reference, kind)
    if last is not None:
        deed = replace(deed, version=last.version, record=last.record, body=last.body)
    return append(deed)


def _grown(index: int, leaf: bytes) -> tuple[list[bytes], bytes]:
    """Return the hashes that the leaf adds to the tree, and the tree's new root."""
    before = merkle.Stretch(0, index).places()
    known = _read(before)
    trees, made = [known[place] for place in before], [leaf]
    for _ in merkle.completed(index)[1:]:
        made.append(node(trees.pop(), made[-1]))
    return made, merkle.joined([*trees, made[-1]])


def _read(places: Collection[Place]) -> Mapping[Place, bytes]:
    """Return the hashes of complete subtrees, in one query however many entries there are."""
    if not places:
        return {}
    wanted = {place.completed_by for place in places}
    rows = db.session.execute(
        select(LogEntry.index, LogEntry.hashes).where(LogEntry.index.in_(wanted))
    )
    kept = {index: bytes.fromhex(hashes) for index, hashes in rows}
    return {place: kept[place.completed_by][place.level * HASH :][:HASH] for place in places}


# Reading ------------------------------------------------------------------------------------------


def size() -> int:
    """Return how many entries there are."""
    last = db.session.scalar(select(func.max(LogEntry.index)))
    return 0 if last is None else last + 1


def at(index: int) -> LogEntry | None:
    """Return an entry by its number."""
    return db.session.get(LogEntry, index)


def newest() -> LogEntry | None:
    """Return the newest entry, whose note is the checkpoint of the whole log."""
    return db.session.scalar(select(LogEntry).order_by(LogEntry.index.desc()).limit(1))


def latest(reference: str, kind: Kind = Kind.DISCLOSURE) -> LogEntry | None:
    """Return the newest entry about one publication."""
    query = select(LogEntry).where(LogEntry.reference == reference, LogEntry.kind == kind)
    return db.session.scalar(query.order_by(LogEntry.index.desc()).limit(1))


def history(reference: str, kind: Kind = Kind.DISCLOSURE) -> Sequence[LogEntry]:
    """Return everything that was said about one publication, oldest first."""
    query = select(LogEntry).where(LogEntry.reference == reference, LogEntry.kind == kind)
    return db.session.scalars(query.order_by(LogEntry.index)).all()


def published_as(body: str) -> LogEntry | None:
    """Return the entry that published a file without room for an entry: its hash is all it has."""
    query = select(LogEntry).where(LogEntry.body == body, LogEntry.act == Act.PUBLISH)
    return db.session.scalar(query.order_by(LogEntry.index).limit(1))


def page(number: int, per_page: int) -> Sequence[LogEntry]:
    """Return one page of the log, newest first."""
    query = select(LogEntry).order_by(LogEntry.index.desc())
    return db.session.scalars(query.limit(per_page).offset((number - 1) * per_page)).all()


def export() -> Iterator[str]:
    """Yield the entries as lines of canonical JSON, as the stand-alone verifier reads them."""
    query = select(LogEntry).order_by(LogEntry.index).execution_options(yield_per=1000)
    with db.session.scalars(query) as entries:
        for entry in entries:
            yield canonical(entry.leaf).decode() + "\n"


def inclusion(index: int, of: int) -> list[str]:
    """Return the proof that an entry is in the log of a size; ``ValueError`` if it cannot be."""
    _within(of)
    return [step.hex() for step in merkle.inclusion(index, of, _read)]


def consistency(old: int, new: int) -> list[str]:
    """Return the proof that the log of one size begins with that of another."""
    _within(new)
    return [step.hex() for step in merkle.consistency(old, new, _read)]


def _within(wanted: int) -> None:
    if wanted > size():
        raise ValueError(f"the log has not {wanted} entries")


def carried(entry: LogEntry) -> dict[str, object]:
    """Return what a file carries of its entry: leaf, proof and the checkpoint made with it."""
    path = [step.hex() for step in merkle.inclusion(entry.index, entry.index + 1, _read)]
    return {"leaf": entry.leaf, "note": entry.note, "path": path}


def counted() -> int:
    """Return how many entries were numbered, whether or not they are still there."""
    return db.session.scalar(select(NumberSeries.last).filter_by(series=SERIES, scope=SCOPE)) or 0
