"""Does an audit trail hold? Stands alone: Python and the cryptography package, nothing of the app.

    python verify_audit.py TRAIL CHECKPOINTS PUBLIC_KEY

TRAIL is the SQLite database or an exported file of JSON lines, CHECKPOINTS the signed JSON lines,
PUBLIC_KEY a file with the key in hex.  Take the last two from where the audited house cannot write.
Exit code 0: every entry follows from the one before, none is missing, every checkpoint agrees.
Canonical bytes of an entry and of a checkpoint: docs/architecture.md, "audit".
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIRST = "0" * 64
COLUMNS = "seq, at, event, subject_kind, subject_reference, by_id, unit_id, facts, previous, hash"
KEYS = ("seq", "at", "event", "subject_kind", "subject_reference", "by", "unit", "facts",
        "previous", "hash")  # fmt: skip


def canonical(values: dict[str, Any]) -> bytes:
    """Return the bytes that are hashed or signed."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entries(trail: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries, by number (a database) or line by line (an export)."""
    with trail.open("rb") as file:
        is_database = file.read(16) == b"SQLite format 3\0"
    if not is_database:
        with trail.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    base = sqlite3.connect(f"file:{trail}?mode=ro", uri=True)
    for row in base.execute(f"SELECT {COLUMNS} FROM audit_entry ORDER BY seq"):  # noqa: S608
        entry = dict(zip(KEYS, row, strict=True))
        day, _, time = entry["at"].partition(" ")
        entry["at"] = f"{day}T{time if '.' in time else time + '.000000'}Z"
        entry["facts"] = json.loads(entry["facts"])
        yield entry
    base.close()


def witnessed(checkpoints: Path, key: Path) -> dict[int, str]:
    """Return the hash that each checkpoint vouches for; refuses one that is not genuine."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.read_text("ascii").strip()))
    found = {}
    for number, line in enumerate(checkpoints.read_text("utf-8").splitlines(), 1):
        point = json.loads(line)
        signature = bytes.fromhex(point.pop("signature"))
        try:
            public.verify(signature, canonical(point))
        except InvalidSignature:
            raise ValueError(f"checkpoint line {number} is not signed by this key") from None
        found[point["seq"]] = point["hash"]
    return found


def fault_of(
    trail: Iterable[dict[str, Any]], checkpoints: dict[int, str]
) -> tuple[str | None, int, str]:
    """Return the first fault (None when all holds) and the last entry that holds."""
    seq, previous = 0, FIRST
    for entry in trail:
        kept = entry["hash"]
        digest = hashlib.sha256(canonical({k: entry[k] for k in KEYS[:-1]})).hexdigest()
        if entry["seq"] != seq + 1:
            return f"entry {seq + 1} is missing or out of order", seq, previous
        if entry["previous"] != previous or digest != kept:
            return f"entry {seq + 1} was changed", seq, previous
        if checkpoints.get(seq + 1, kept) != kept:
            return f"checkpoint {seq + 1} vouches for another entry", seq, previous
        seq, previous = seq + 1, kept
    known = max(checkpoints, default=0)
    cut = f"entries after {seq} were cut off: a checkpoint knows {known}"
    return cut if known > seq else None, seq, previous


def main(trail: str, checkpoints: str, key: str) -> int:
    """Examine and say what was found."""
    known = witnessed(Path(checkpoints), Path(key))
    fault, seq, head = fault_of(entries(Path(trail)), known)
    print(f"FAULT: {fault}" if fault else "The chain holds.")  # noqa: T201
    print(f"good up to entry {seq}, hash {head}; {len(known)} checkpoints")  # noqa: T201
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
