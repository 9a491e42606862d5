"""Which states of the public log did this house sign, and where are they kept beside the database?

Signed notes in the form of C2SP (signed-note, tlog-checkpoint): name of the log, size, root, an
empty line, the Ed25519 signature.  Every note is also written to a file outside the database, once
the act is committed: whoever rewrites the log must forge what lies there, in the files that readers
took home, and in every copy of the checkpoint that somebody kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event
from sqlalchemy.orm import Session

LOG = logging.getLogger(__name__)
_WAITING = "public-log notes"
LINES = 5


class Notebook:
    """The key of the public log, and the file of what was signed with it."""

    def __init__(self, folder: Path, key: str) -> None:
        """Use (and make) the folder; the public key lies beside the notes."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
        public = b"\1" + self._key.public_key().public_bytes_raw()
        #: One name a key, so that notes of two installations are never mistaken for each other.
        self.name = f"lijian-public-log/{hashlib.sha256(public).hexdigest()[:12]}"
        self._id = hashlib.sha256(f"{self.name}\n".encode() + public).digest()[:4]
        #: The public key as verifiers take it.
        self.public = f"{self.name}+{self._id.hex()}+{b64encode(public).decode()}"
        self.path = folder / "public-log.notes"
        (folder / "public-log.pub").write_text(self.public + "\n", "ascii")

    def signed(self, size: int, root: bytes) -> str:
        """Return the signed note over a size and its root."""
        body = f"{self.name}\n{size}\n{b64encode(root).decode()}\n"
        seal = self._id + self._key.sign(body.encode())
        return f"{body}\n— {self.name} {b64encode(seal).decode()}\n"

    def notes(self) -> Iterator[str]:
        """Yield what was written down outside the database, in the order it was."""
        if self.path.exists():
            lines = self.path.read_text("utf-8").splitlines(keepends=True)
            for start in range(0, len(lines), LINES):
                yield "".join(lines[start : start + LINES])

    def write(self, note: str) -> None:
        """Append a note, safely on disk before this returns."""
        with self.path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(note)
            file.flush()
            os.fsync(file.fileno())


_books: list[Notebook] = []


def install(book: Notebook) -> None:
    """Make this the house's notebook (the factory does it once)."""
    _books[:] = [book]


def book() -> Notebook:
    """Return the house's notebook."""
    return _books[0]


def write_after_commit(session: Session, note: str) -> None:
    """Have a note written down once the running transaction is kept."""
    session.info.setdefault(_WAITING, []).append(note)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: nothing is kept yet
    for note in session.info.pop(_WAITING, ()):
        try:
            book().write(note)
        except OSError:  # the act is kept; the note still lies in the database and in the file
            LOG.exception("a checkpoint of the public log was not written down")


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    session.info.pop(_WAITING, None)
