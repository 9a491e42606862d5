"""How does a PDF carry the log entry of itself? In a place of fixed size, blank while it is hashed.

The finished file holds an uncompressed attachment ``log-entry.json`` with room between two marks.
The body hash is taken while the room is blank; the entry is written into it afterwards, byte for
byte, so that nothing else in the file moves.  ``verify_publication`` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.kernel.verify_publication import BEGIN, END, ROOM, canonical

NAME = "log-entry.json"
BLANK = BEGIN + b" " * ROOM + END


def filled(content: bytes, carried: Mapping[str, object]) -> bytes:
    """Return the file with its log entry in place, of the same length; refuses any other file."""
    entry = canonical(carried)
    if len(entry) > ROOM or content.count(BLANK) != 1 or content.count(BEGIN) != 1:
        raise ValueError("the file has no room for this log entry")
    return content.replace(BLANK, BEGIN + entry.ljust(ROOM) + END)
