"""Does the public log hold, and is this file one of its own?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.kernel import merkle, notebook, publiclog
from app.kernel.db import db
from app.kernel.publiclog import Act, LogEntry
from app.kernel.verify_publication import FAULTS, canonical, examine, node, opened

#: After these what a file says is no longer in force.
ENDING = frozenset({Act.CORRECT, Act.WITHDRAW, Act.EXPIRE, Act.REPAIR})


@dataclass(frozen=True)
class Finding:
    """What a file turned out to be; ``entry`` is None when it is none of ours."""

    entry: LogEntry | None
    #: Everything the log says of the same publication after the entry, oldest first.
    later: Sequence[LogEntry] = ()
    #: The file carries its own proof, not only bytes that the log knows.
    has_proof: bool = False

    @property
    def standing(self) -> str:
        """``unknown``, ``genuine``, or the last act that ended what the file says."""
        if self.entry is None:
            return "unknown"
        acts = [entry.act for entry in self.later]
        return acts[-1].value if acts and acts[-1] in ENDING else "genuine"


def examined(content: bytes) -> Finding:
    """Compare a file with its own proof and with the log here; nothing of it is kept."""
    try:
        leaf: Any = examine(content, notebook.book().public, {})["leaf"]
    except FAULTS:
        entry = publiclog.published_as(hashlib.sha256(content).hexdigest())
        return _found(entry, has_proof=False)
    entry = publiclog.at(leaf["index"])
    # Signed by us, but in another history than this one: after a restore, say.
    is_here = entry is not None and entry.leaf == leaf
    return _found(entry if is_here else None, has_proof=True)


def _found(entry: LogEntry | None, *, has_proof: bool) -> Finding:
    if entry is None:
        return Finding(None)
    told = publiclog.history(entry.reference, entry.kind)
    return Finding(entry, [each for each in told if each.index > entry.index], has_proof)


def first_fault() -> int | None:
    """Return the first entry at which the log does not hold; None when all of it does.

    Every entry is hashed anew and compared with its stored hashes, with the tree, with its own
    signed note, and with every note that was written down outside the database.
    """
    outside, denied = _outside()
    numbered, expected = publiclog.counted(), 0
    trees: list[bytes] = []
    query = select(LogEntry).order_by(LogEntry.index).execution_options(yield_per=1000)
    with db.session.scalars(query) as entries:
        for entry in entries:
            if entry.index != expected or not _holds(entry, trees, outside):
                return expected
            expected += 1
    last = publiclog.counted()
    faults = [denied, *(expected for size in outside if size > expected)]
    if not numbered <= expected <= last:
        faults.append(min(expected, last))
    return min((fault for fault in faults if fault is not None), default=None)


def _holds(entry: LogEntry, trees: list[bytes], outside: Mapping[int, set[bytes]]) -> bool:
    """Add an entry to the tree so far and compare everything that was kept of it."""
    made = [merkle.leaf_hash(canonical(entry.leaf))]
    for _ in merkle.completed(entry.index)[1:]:
        made.append(node(trees.pop(), made[-1]))
    trees.append(made[-1])
    head = (entry.index + 1, merkle.joined(trees))
    if entry.hashes != b"".join(made).hex() or outside.get(head[0], {head[1]}) != {head[1]}:
        return False
    try:
        return opened(entry.note, notebook.book().public) == head
    except FAULTS:
        return False


def _outside() -> tuple[dict[int, set[bytes]], int | None]:
    """Return the roots written down outside, by size; and 0 if one of them is not ours."""
    found: dict[int, set[bytes]] = {}
    try:
        for note in notebook.book().notes():
            size, root = opened(note, notebook.book().public)
            found.setdefault(size, set()).add(root)
    except FAULTS:
        return found, 0
    return found, None
