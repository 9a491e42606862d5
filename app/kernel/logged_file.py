"""How does a PDF carry the log entry of itself? In a place of fixed size, blank while it is hashed.

The finished file holds an uncompressed attachment ``log-entry.json`` with room between two marks.
The body hash is taken while the room is blank; the entry is written into it afterwards, byte for
byte, so that nothing else in the file moves.  ``verify_publication`` reads it back.  Where the
house signs its files, the signature comes last, into a place of its own (``kernel.signature``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.kernel import signature
from app.kernel.verify_publication import BEGIN, END, ROOM, canonical

NAME = "log-entry.json"
BLANK = BEGIN + b" " * ROOM + END


def filled(content: bytes, carried: Mapping[str, object]) -> bytes:
    """Return the file with its log entry, and its signature if one is wanted, in their places.

    The length stays the same. ``ValueError`` for any other file; ``SignatureRefused`` where the
    house signs its files and cannot.
    """
    entry = canonical(carried)
    if len(entry) > ROOM or content.count(BLANK) != 1 or content.count(BEGIN) != 1:
        raise ValueError("the file has no room for this log entry")
    return signature.signed(content.replace(BLANK, BEGIN + entry.ljust(ROOM) + END))


def written(blank: bytes, final: bytes) -> bytes | None:
    """What ``filled`` wrote into the places of a file; None when anything else differs as well."""
    begin = blank.find(BLANK)
    seal = signature.room(blank)
    places = sorted(
        (place for place in (slice(begin, begin + len(BLANK)), seal) if place),
        key=lambda place: place.start,
    )
    if begin < 0 or len(blank) != len(final) or _around(blank, places) != _around(final, places):
        return None
    signed = bytes.fromhex(final[seal].decode()) if seal else b""
    return final[begin : begin + len(BLANK)] + signed


def _around(content: bytes, places: Sequence[slice]) -> list[bytes]:
    """The file without its places."""
    edges = [0, *(edge for place in places for edge in (place.start, place.stop)), len(content)]
    return [content[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
