"""Is every change of the past found, at every position of a log of ten thousand entries?

The verifier reads entry by entry and compares the root after each one with the checkpoint of that
size, so it stops at the first entry that is not the old one.  At each position it is let loose
there, with the state it really has after all the entries before (the complete subtrees), on the
tampered rest; nothing of what it does is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from app.kernel.verify_publication import canonical, roots

SIZE = 10_000
Log = list[bytes]
Tampering = Callable[[list[bytes], int], Iterator[bytes]]


def leaf(index: int, number: int) -> bytes:
    """The canonical bytes of an invented entry."""
    return canonical(
        {
            "index": index, "at": "2026-09-22T02:42:00.000000Z", "act": "publish",
            "kind": "disclosure", "number": f"G2026-{number:05}", "version": 1,
            "record": None, "body": None, "reason": None,
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def log() -> Log:
    return [leaf(index, index) for index in range(SIZE)]


@pytest.fixture(scope="module")
def known(log: Log) -> list[bytes]:
    """What the checkpoints vouch for, from the first entry to the last."""
    return list(roots(log, []))


@pytest.fixture(scope="module")
def before(log: Log) -> list[list[bytes]]:
    """The state of the verifier in front of each entry."""
    trees: list[bytes] = []
    return [[], *(list(trees) for _ in roots(log, trees))]


def altered(log: Log, at: int) -> Iterator[bytes]:
    yield leaf(at, 77_777)
    yield from islice(log, at + 1, None)


def deleted(log: Log, at: int) -> Iterator[bytes]:
    yield from islice(log, at + 1, None)


def deleted_and_renumbered(log: Log, at: int) -> Iterator[bytes]:
    for index in range(at, len(log) - 1):
        yield leaf(index, index + 1)


def inserted(log: Log, at: int) -> Iterator[bytes]:
    yield leaf(at, 77_777)
    yield from islice(log, at, None)


def inserted_and_renumbered(log: Log, at: int) -> Iterator[bytes]:
    yield leaf(at, 77_777)
    for index in range(at, len(log)):
        yield leaf(index + 1, index)


def exchanged(log: Log, at: int) -> Iterator[bytes]:
    other = at + 1 if at + 1 < len(log) else at - 1
    yield log[other]
    yield from (log[at] if index == other else log[index] for index in range(at + 1, len(log)))


def exchanged_and_renumbered(log: Log, at: int) -> Iterator[bytes]:
    other = at + 1 if at + 1 < len(log) else at - 1
    yield leaf(at, other)
    yield from (
        leaf(index, at) if index == other else log[index] for index in range(at + 1, len(log))
    )


def cut_off(log: Log, at: int) -> Iterator[bytes]:
    yield from ()


TAMPERINGS: tuple[Tampering, ...] = (
    altered, deleted, deleted_and_renumbered, inserted, inserted_and_renumbered, exchanged,
    exchanged_and_renumbered, cut_off,
)  # fmt: skip


def first_fault(rest: Iterator[bytes], at: int, trees: list[bytes], known: list[bytes]) -> int:
    """Return the entry at which the verifier stops; ``SIZE`` when every checkpoint agrees."""
    found = roots(rest, trees, at)
    for index in range(at, SIZE):
        try:
            root = next(found)
        except (ValueError, StopIteration):
            return index
        if root != known[index]:
            return index
    return SIZE


def test_an_untouched_log_holds(log: Log, known: list[bytes], before: list[list[bytes]]) -> None:
    assert first_fault(iter(log), 0, [], known) == SIZE
    for at in (9_000, 9_999):
        assert first_fault(islice(log, at, None), at, list(before[at]), known) == SIZE


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda kind: kind.__name__)
def test_every_position_is_guarded(
    log: Log, known: list[bytes], before: list[list[bytes]], tampering: Tampering
) -> None:
    missed = [
        at
        for at in range(SIZE)
        if first_fault(tampering(log, at), at, list(before[at]), known) != at
    ]
    assert not missed


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda kind: kind.__name__)
def test_the_newest_checkpoint_alone_is_enough(
    log: Log, known: list[bytes], tampering: Tampering
) -> None:
    """The whole tampered log, read to its end, against nothing but the last root."""
    at = 4_711
    try:
        found = list(roots([*log[:at], *tampering(log, at)], []))
    except ValueError:
        return  # not even in its place
    assert found[-1] != known[-1]
    assert len(found) < SIZE or found[SIZE - 1] != known[-1]
