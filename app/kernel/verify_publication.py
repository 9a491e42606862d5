"""Is a published PDF genuine, does a public log hold? Needs Python and cryptography, nothing else.

verify_publication.py FILE.pdf|ENTRIES.jsonl --key FILE [--checkpoint FILE]; docs/publiclog.md.
"""

import argparse
import hashlib
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from functools import reduce

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BEGIN, ROOM, END = b'["lijian-log-entry-1",', 4096, b',"lijian-log-entry-1-end"]'
SEAL = re.compile(rb"(\n%lijian-signature-1 [0-9a-f]{64}\n/Contents <)([0-9a-f]{16384})(?=>)")
FAULTS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, InvalidSignature)


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def included(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to, exact in its length (RFC 9162, 2.1.3)."""
    if size == 1 and index == 0 and not path:
        return leaf
    half, (*rest, other) = 1 << (size - 1).bit_length() - 1, path
    if index < half:
        return node(included(index, half, leaf, rest), other)
    return node(other, included(index - half, size - half, leaf, rest))


def roots(lines: Iterable[bytes], trees: list[bytes], done: int = 0) -> Iterator[bytes]:
    """Yield the root after each entry; ``trees`` are those complete, largest first (2.1.1)."""
    for size, line in enumerate(lines, done + 1):
        if canonical(json.loads(line) | {"index": size - 1}) != line:
            raise ValueError(f"entry {size - 1} is missing or not as it was written")
        trees.append(hashlib.sha256(b"\0" + line).digest())
        for _ in range((size & -size).bit_length() - 1):
            trees[-2:] = [node(*trees[-2:])]
        yield reduce(lambda right, left: node(left, right), reversed(trees))


def opened(note: str, key: str) -> tuple[int, bytes]:
    """Return size and root of a checkpoint that is, to the byte, as this key signs it (C2SP)."""
    name, _, public = key.strip().split("+", 2)
    _, size, root, _, signed, _ = note.split("\n")
    seal, secret, head = (b64decode(part) for part in (signed.split(" ")[-1], public, root))
    body = f"{name}\n{int(size)}\n{b64encode(head).decode()}\n"
    wanted = hashlib.sha256(f"{name}\n".encode() + secret).digest()[:4] + seal[4:]
    if note != f"{body}\n— {name} {b64encode(wanted).decode()}\n":
        raise ValueError("a checkpoint is not as this key signs it")
    Ed25519PublicKey.from_public_bytes(secret[1:]).verify(seal[4:], body.encode())
    return int(size), head


def examine(content: bytes, key: str, known: dict[int, bytes]) -> dict[str, object]:
    """Return what a genuine file carries (leaf, note, path); else raise one of ``FAULTS``."""
    head, rest = SEAL.sub(rb"\g<1>" + b"0" * 16384, content).split(BEGIN)
    given = json.loads(rest[:ROOM])
    leaf, proof = given["leaf"], [bytes.fromhex(step) for step in given["path"]]
    exact = {"leaf": leaf, "note": given["note"], "path": [step.hex() for step in proof]}
    place = canonical(exact).ljust(ROOM) + END
    blank = hashlib.sha256(head + BEGIN + b" " * ROOM + rest[ROOM:]).hexdigest()
    size, root = opened(given["note"], key)
    found = included(leaf["index"], size, hashlib.sha256(b"\0" + canonical(leaf)).digest(), proof)
    met = (rest[: len(place)], blank, found, known.get(size, root), len(SEAL.findall(content)) < 2)
    if met != (place, leaf["body"], root, root, True):
        raise ValueError("the file, or its entry in the log, was changed")
    return exact


def main(parser: argparse.ArgumentParser) -> object:
    for name in ("file", "--key", "--checkpoint"):
        parser.add_argument(name, type=argparse.FileType("rb"))
    given = {name: file.read() for name, file in vars(parser.parse_args()).items() if file}
    key, notes = given["key"].decode(), given.get("checkpoint", b"").decode()
    known = dict(opened(note, key) for note in re.findall("(?:.*\n){1,5}", notes))
    if given["file"].startswith(b"%PDF-"):
        return canonical(examine(given["file"], key, known)["leaf"]).decode()
    found = dict(enumerate(roots(given["file"].splitlines(), []), 1))
    if not known or max(known) != len(found) or known.items() - found.items():
        raise ValueError("no checkpoint vouches for this log")
    return f"{len(found)} entries"


if __name__ == "__main__":
    try:
        print(main(argparse.ArgumentParser(description=__doc__)))
    except FAULTS as fault:
        sys.exit(f"not genuine: {fault}")
