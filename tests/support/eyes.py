"""Where are the words of a canary met: in an answer, in a table, in a file?"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pdfplumber
from flask import Flask

from app.kernel.db import db
from tests.support.make.canaries import SHAPES

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
FOUND = re.compile("|".join(rf"{head}\d{{3}}{tail}" for head, tail in SHAPES))


def _stored(head: str, tail: str, code: str) -> bytes:
    digit = b"[0-9]" + "0".encode(code)[1:]
    return re.escape(head.encode(code)) + digit * 3 + re.escape(tail.encode(code))


#: The same as bytes, in every encoding that a file of ours or of an office may have.
STORED = re.compile(
    b"|".join(
        _stored(*shape, code) for shape in SHAPES for code in ("utf-8", "utf-16-le", "gb18030")
    )
)


def read(content: bytes) -> str:
    """Return the words of an answer, also of a PDF and of what is packed in an archive."""
    found = [content.decode("utf-8", "replace")]
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as opened:
            found += [page.extract_text() for page in opened.pages]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(found)


def on_disk(folder: Path) -> list[str]:
    """Return the files of an installation that hold a canary in the clear."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".template"]
    return [path.name for path in files if STORED.search(path.read_bytes())]


def dumped(app: Flask) -> list[str]:
    """Return every table that holds a canary in the clear, asked of the database itself."""
    with app.app_context():
        tables = db.metadata.sorted_tables
        found = [
            table.name
            for table in tables
            if any(
                FOUND.search(" ".join(str(value) for value in row))
                for row in db.session.execute(table.select())
            )
        ]
        db.session.remove()
    return found
