"""Are the files of a form checked and kept before the write lock is taken?

Decoding a photo takes longer than all the rest of an act; nobody else may wait for it.
"""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import g, request
from werkzeug.datastructures import FileStorage

from app.kernel import storage
from app.kernel.errors import Refused
from app.kernel.storage import Stored


def keep_early() -> None:
    """Check and keep every file of this request; what is refused is said at its field later."""
    g.uploads = {
        id(file): _outcome(file) for _name, file in request.files.items(multi=True) if file.filename
    }


def _outcome(file: FileStorage, allowed: frozenset[str] = storage.DOCUMENTS) -> Stored | Refused:
    try:
        return storage.keep(cast("BinaryIO", file.stream), file.filename or "", allowed=allowed)
    except Refused as refused:
        return refused


def kept(file: FileStorage, allowed: frozenset[str]) -> Stored:
    """Return a kept file of this request, or refuse (422) it."""
    outcome = g.get("uploads", {}).get(id(file)) or _outcome(file, allowed)
    if isinstance(outcome, Refused):
        raise outcome
    if outcome.media_type not in allowed:
        code = "file_no_photo" if allowed == storage.PHOTOS else "file_type"
        raise Refused(code, name=outcome.name)
    return outcome
