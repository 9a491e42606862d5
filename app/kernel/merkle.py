"""Which hashes prove an entry, or the growth of a log? Merkle trees as in RFC 9162, section 2.1.

A log keeps the hash of every complete subtree by its place; every proof is put together from a few
of them, however long the log is.  The checks stand in ``verify_publication``, which others run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from app.kernel.verify_publication import included, node

EMPTY = hashlib.sha256(b"").digest()


class Place(NamedTuple):
    """A complete subtree: of ``2 ** level`` leaves, the ``position``-th of its size."""

    level: int
    position: int

    @property
    def completed_by(self) -> int:
        """The index of its last leaf."""
        return ((self.position + 1) << self.level) - 1


class Stretch(NamedTuple):
    """Leaves ``begin`` up to, not including, ``end``, as the tree divides them."""

    begin: int
    end: int

    @property
    def half(self) -> int:
        """Where the tree divides it: the largest power of two below its size."""
        return self.begin + (1 << (self.end - self.begin - 1).bit_length() - 1)

    def places(self) -> list[Place]:
        """Return the complete subtrees it consists of, largest first."""
        found, at = [], self.begin
        while at < self.end:
            level = (self.end - at).bit_length() - 1
            found.append(Place(level, at >> level))
            at += 1 << level
        return found


#: Looks up the hashes of complete subtrees, all at once.
Reader = Callable[[Collection[Place]], Mapping[Place, bytes]]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry's canonical bytes."""
    return hashlib.sha256(b"\0" + entry).digest()


def completed(index: int) -> list[Place]:
    """Return the subtrees that the leaf ``index`` completes, itself first."""
    levels = ((index + 1) & -(index + 1)).bit_length()
    return [Place(level, index >> level) for level in range(levels)]


def root(size: int, read: Reader) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return _hashes([Stretch(0, size)], read)[0] if size else EMPTY


def inclusion(index: int, size: int, read: Reader) -> list[bytes]:
    """Return the proof that leaf ``index`` is in the log of ``size`` (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a log of {size} has no entry {index}")
    beside, whole = [], Stretch(0, size)
    while whole.end - whole.begin > 1:
        left, right = Stretch(whole.begin, whole.half), Stretch(whole.half, whole.end)
        whole, other = (left, right) if index < whole.half else (right, left)
        beside.append(other)
    return _hashes(beside[::-1], read)


def consistency(old: int, size: int, read: Reader) -> list[bytes]:
    """Return the proof that the log of ``size`` begins with that of ``old`` (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= size:
        raise ValueError(f"a log of {size} has no beginning of {old}")
    beside, whole = [], Stretch(0, size)
    while old < whole.end:
        left, right = Stretch(whole.begin, whole.half), Stretch(whole.half, whole.end)
        whole, other = (left, right) if old <= whole.half else (right, left)
        beside.append(other)
    if whole.begin:
        beside.append(whole)
    return _hashes(beside[::-1], read)


def _hashes(stretches: Sequence[Stretch], read: Reader) -> list[bytes]:
    known = read({place for stretch in stretches for place in stretch.places()})
    return [joined([known[place] for place in stretch.places()]) for stretch in stretches]


def joined(subtrees: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, largest first."""
    return reduce(lambda right, left: node(left, right), reversed(subtrees))


def is_included(index: int, size: int, leaf: bytes, path: list[bytes], head: bytes) -> bool:
    """Tell whether an inclusion proof leads to this root."""
    try:
        return included(index, size, leaf, path) == head
    except ValueError:
        return False


def is_grown(old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether a consistency proof leads to both roots; each is given as size and root."""
    if not 0 < old[0] <= new[0]:
        return False
    try:
        return _grown(old[0], new[0], (old[1],), path) == (old[1], new[1])
    except ValueError:
        return False


def _grown(
    old: int, size: int, known: tuple[bytes, ...], path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return both roots; ``known`` is the old one as long as it may be a subtree of the new."""
    if old == size:
        (same,) = (*known, *path)
        return same, same
    half, (*rest, other) = 1 << (size - 1).bit_length() - 1, path
    if old <= half:
        before, after = _grown(old, half, known, rest)
        return before, node(after, other)
    before, after = _grown(old - half, size - half, (), rest)
    return node(other, before), node(other, after)
