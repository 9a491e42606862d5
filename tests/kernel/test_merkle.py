"""Are hashes and proofs those of RFC 6962 and RFC 9162, for every size?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

import pytest

from app.kernel import merkle
from app.kernel.merkle import Place

#: The leaves that implementations of RFC 6962 are tested with, and the roots of 1 to 8 of them.
LEAVES = tuple(
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                 "606162636465666768696a6b6c6d6e6f")
)  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
MOST = 200


def root_by_definition(leaves: list[bytes]) -> bytes:
    """The recursion of the RFC, written down as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = root_by_definition(leaves[:half]), root_by_definition(leaves[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


class Kept:
    """The complete subtrees of a list of leaves."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.hashes: dict[Place, bytes] = {}
        for index, leaf in enumerate(leaves):
            for place in merkle.completed(index):
                low = Place(place.level - 1, place.position * 2)
                self.hashes[place] = (
                    merkle.leaf_hash(leaf)
                    if place.level == 0
                    else merkle.joined([self.hashes[low], self.hashes[Place(*low)._replace(
                        position=low.position + 1)]])
                )  # fmt: skip
        self.most_asked = 0

    def read(self, places: Collection[Place]) -> Mapping[Place, bytes]:
        self.most_asked = max(self.most_asked, len(places))
        return {place: self.hashes[place] for place in places}


@pytest.fixture(scope="module")
def leaves() -> list[bytes]:
    return [f"样例 {number}".encode() for number in range(MOST)]


@pytest.fixture(scope="module")
def kept(leaves: list[bytes]) -> Kept:
    return Kept(leaves)


def test_the_roots_are_those_of_the_published_vectors() -> None:
    kept = Kept(list(LEAVES))
    assert [merkle.root(size, kept.read).hex() for size in range(1, 9)] == list(ROOTS)
    assert merkle.root(0, kept.read) == merkle.EMPTY


def test_inclusion_and_consistency_are_those_of_the_published_vectors() -> None:
    kept = Kept(list(LEAVES))
    assert [step.hex()[:8] for step in merkle.inclusion(0, 8, kept.read)] == [
        "96a296d2", "5f083f0a", "6b47aaf2",
    ]  # fmt: skip
    assert [step.hex()[:8] for step in merkle.inclusion(5, 8, kept.read)] == [
        "bc1a0643", "ca854ea1", "d37ee418",
    ]  # fmt: skip
    assert merkle.consistency(1, 1, kept.read) == []
    assert [step.hex()[:8] for step in merkle.consistency(6, 8, kept.read)] == [
        "0ebc5d34", "ca854ea1", "d37ee418",
    ]  # fmt: skip


def test_every_root_is_that_of_the_definition(leaves: list[bytes], kept: Kept) -> None:
    for size in range(1, MOST + 1):
        assert merkle.root(size, kept.read) == root_by_definition(leaves[:size])


def test_every_entry_is_proved_in_every_size(leaves: list[bytes], kept: Kept) -> None:
    for size in range(1, MOST + 1):
        root = merkle.root(size, kept.read)
        for index in range(size):
            proof = merkle.inclusion(index, size, kept.read)
            leaf = merkle.leaf_hash(leaves[index])
            assert merkle.is_included(index, size, leaf, proof, root)


def test_every_size_is_proved_to_grow_into_every_other(kept: Kept) -> None:
    heads = [(size, merkle.root(size, kept.read)) for size in range(1, MOST + 1)]
    for new in heads:
        for old in heads[: new[0]]:
            proof = merkle.consistency(old[0], new[0], kept.read)
            assert merkle.is_grown(old, new, proof)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 127, 128, 129])
def test_a_proof_of_something_else_proves_nothing(size: int, kept: Kept) -> None:
    root = merkle.root(size, kept.read)
    for index in range(size):
        leaf = kept.hashes[Place(0, index)]
        proof = merkle.inclusion(index, size, kept.read)
        other = merkle.leaf_hash(b"other")
        assert not merkle.is_included(index, size, other, proof, root)
        assert not merkle.is_included(index, size, leaf, [*proof, other], root)
        assert not merkle.is_included(index, size + size, leaf, proof, root)
        assert not merkle.is_included(size, size, leaf, proof, root)
        for step in range(len(proof)):
            assert not merkle.is_included(index, size, leaf, proof[:step], root)
            broken = [*proof[:step], other, *proof[step + 1 :]]
            assert not merkle.is_included(index, size, leaf, broken, root)
        for elsewhere in range(size):
            if elsewhere != index:
                assert not merkle.is_included(elsewhere, size, leaf, proof, root)


def test_a_growth_that_did_not_happen_is_not_proved(kept: Kept) -> None:
    heads = [(size, merkle.root(size, kept.read)) for size in range(1, 66)]
    other = merkle.leaf_hash(b"other")
    for new in heads:
        for old in heads[: new[0] - 1]:
            proof = merkle.consistency(old[0], new[0], kept.read)
            assert not merkle.is_grown((old[0], other), new, proof)
            assert not merkle.is_grown(old, (new[0], other), proof)
            assert not merkle.is_grown(old, new, proof[:-1])
            assert not merkle.is_grown(old, new, [*proof, other])
            assert not merkle.is_grown(new, old, proof)
    assert not merkle.is_grown((0, merkle.EMPTY), heads[0], [])


def test_a_proof_asks_for_few_hashes_however_long_the_log() -> None:
    asked: list[int] = []

    def read(places: Collection[Place]) -> Mapping[Place, bytes]:
        asked.append(len(places))
        return dict.fromkeys(places, merkle.EMPTY)

    for index in range(0, 1_000_000, 99_991):
        merkle.inclusion(index, 1_000_000, read)
        merkle.consistency(index + 1, 1_000_000, read)
    assert max(asked) <= 40


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_what_is_not_in_the_log_has_no_proof(index: int, size: int, kept: Kept) -> None:
    with pytest.raises(ValueError, match="no entry"):
        merkle.inclusion(index, size, kept.read)
    with pytest.raises(ValueError, match="no beginning"):
        merkle.consistency(size + 1, size, kept.read)
