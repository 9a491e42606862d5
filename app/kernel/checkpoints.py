"""Which heads of the audit chain were witnessed outside the database, signed by a key of ours?

Whoever can write the database can also write the whole chain anew; a signed line in a file that
leaves the house (printed, sent to the superior bureau) shows it.  One line of JSON a checkpoint:
``seq, hash, at, signature``; the signature is Ed25519 over the canonical bytes of the first three
(sorted keys, no spaces, UTF-8), in hex.  ``verify_audit.py`` reads the same file by itself.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.kernel import audit, clock
from app.kernel.audit import AuditEntry
from app.kernel.db import db
from app.kernel.jobs import every


@dataclass(frozen=True)
class Checkpoint:
    """A head of the chain as it stood at one instant."""

    seq: int
    hash: str
    at: str
    signature: str


@dataclass(frozen=True)
class Verdict:
    """What an examination found: ``seq`` and ``hash`` of the last entry that holds."""

    seq: int
    hash: str
    broken_at: int | None


class Book:
    """The file of checkpoints and the key that signs them."""

    def __init__(self, folder: Path, key: str) -> None:
        """Use (and make) the folder; the public key lies beside the checkpoints."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
        self.path = folder / "audit.jsonl"
        public = folder / "audit.pub"
        if not public.exists():
            public.write_text(self._key.public_key().public_bytes_raw().hex() + "\n", "ascii")

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Yield what was witnessed, oldest first."""
        if self.path.exists():
            for line in self.path.read_text("utf-8").splitlines():
                yield Checkpoint(**json.loads(line))

    def last(self) -> Checkpoint | None:
        """Return the newest checkpoint."""
        return max(self.checkpoints(), key=lambda point: point.seq, default=None)

    def is_genuine(self, point: Checkpoint) -> bool:
        """Tell whether a checkpoint was signed by our key."""
        try:
            self._key.public_key().verify(bytes.fromhex(point.signature), _signed(point))
        except (InvalidSignature, ValueError):
            return False
        return True

    def write(self, seq: int, digest: str) -> Checkpoint:
        """Sign a head and append it, safely on disk before this returns."""
        unsigned = Checkpoint(seq, digest, audit.instant(clock.now()), "")
        point = Checkpoint(seq, digest, unsigned.at, self._key.sign(_signed(unsigned)).hex())
        with self.path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(asdict(point), sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return point


def _signed(point: Checkpoint) -> bytes:
    return audit.canonical({"seq": point.seq, "hash": point.hash, "at": point.at})


_books: list[Book] = []


def install(book: Book) -> None:
    """Make this the house's book (the factory does it once)."""
    _books[:] = [book]


def book() -> Book:
    """Return the house's book."""
    return _books[0]


def first_denied(points: Iterable[Checkpoint]) -> int | None:
    """Return the first entry that a checkpoint denies: another hash, or no such entry; or None."""
    for point in points:
        entry = db.session.get(AuditEntry, point.seq)
        if not book().is_genuine(point) or entry is None or entry.hash != point.hash:
            return point.seq
    return None


def witness(seq: int, digest: str) -> None:
    """Write down a head that was just found to hold, once."""
    last = book().last()
    if seq and (last is None or last.seq < seq):
        book().write(seq, digest)


@every("audit_checkpoint", minute="0")
def witness_hourly() -> None:
    """Examine what was added since the last checkpoint and witness the new head if it holds."""
    last = book().last()
    is_as_witnessed = last is None or first_denied([last]) is None
    if is_as_witnessed and audit.first_broken(last.seq if last else 0) is None:
        witness(*audit.head())
