"""Where do uploaded files live, and are they what they say?

A file is kept under the SHA-256 of its bytes: written aside, synced, renamed, the folder synced —
before the row that names it, so a power cut leaves at worst an orphan.  Pictures are also
re-encoded without place, device or hidden parts; pages serve that copy, never the original, which
is evidence and may tell who took it: it lies sealed, under the digest of what it was.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import re
import tempfile
import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from PIL import Image, ImageOps
from sqlalchemy import Column, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock, vault
from app.kernel.db import Model, UtcDateTime, db
from app.kernel.errors import Refused

MEGABYTE = 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_UNPACKED = 200 * MEGABYTE
#: Of a name without its extension: file systems stop at 255 bytes.
NAME_BYTES = 180
#: Names that Windows takes for devices, whatever their extension.
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}
)
CHUNK = 256 * 1024
#: How the name of a sealed original ends.
SEALED = ".sealed"

IMAGE_TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "audio/mpeg": (".mp3",),
    "audio/wav": (".wav",),
    "video/mp4": (".mp4", ".m4a", ".mov"),
}
PHOTOS = frozenset(IMAGE_TYPES)
#: How telephones begin a photo in a form that browsers do not show.
HEIC = frozenset(
    b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
)
DOCUMENTS = frozenset(EXTENSIONS)


@dataclass(frozen=True)
class Stored:
    """A file that is safely on disk."""

    sha256: str
    size: int
    media_type: str
    name: str
    view_sha256: str


class Attachment(Model):
    """A kept file and the record it belongs to."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject_kind", "subject_reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_reference: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    view_sha256: Mapped[str]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Kept:
    """A file as it lies on the shelf, whoever names it; the digest is that of what it was."""

    sha256: str
    size: int
    path: Path


class Shelf:
    """The local folder that holds the bytes."""

    def __init__(self, folder: Path) -> None:
        """Use (and make) the folder."""
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the bytes of a digest lie."""
        return self.folder / sha256[:2] / sha256[2:]

    def sealed_path(self, sha256: str) -> Path:
        """Return where the sealed original of a digest lies."""
        return self.path(sha256).with_suffix(SEALED)

    def put(self, source: BinaryIO) -> tuple[str, int]:
        """Write bytes down so that a power cut cannot take them back; returns digest and size."""
        aside, sha256, size = self._written(source)
        with self._held(fcntl.LOCK_SH):
            self._settle(aside, self.path(sha256))
        return sha256, size

    def put_sealed(self, source: BinaryIO) -> tuple[str, int]:
        """Write an original down sealed, as safely; returns digest and size of what it was."""
        content = source.read()
        sha256 = hashlib.sha256(content).hexdigest()
        aside, _, _ = self._written(io.BytesIO(vault.seal_file(content, name=sha256)))
        with self._held(fcntl.LOCK_SH):
            self._settle(aside, self.sealed_path(sha256))
        return sha256, len(content)

    def _written(self, source: BinaryIO) -> tuple[Path, str, int]:
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as aside:
            try:
                while block := source.read(CHUNK):
                    digest.update(block)
                    size += len(block)
                    aside.write(block)
                aside.flush()
                os.fsync(aside.fileno())
            except BaseException:
                Path(aside.name).unlink(missing_ok=True)
                raise
        return Path(aside.name), digest.hexdigest(), size

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    @staticmethod
    def _settle(aside: Path, final: Path) -> None:
        final.parent.mkdir(mode=0o700, exist_ok=True)
        aside.replace(final)
        for folder in (final.parent, final.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def written_before(self, at: datetime) -> Iterator[Kept]:
        """Yield each file last written before an instant.

        Whoever sends the same bytes once more writes them anew, and so makes them young again.
        """
        for path in sorted(self.folder.glob("??/*")):
            if self.is_older(path, at):
                yield Kept(digest_of(path), path.stat().st_size, path)

    @staticmethod
    def is_older(path: Path, at: datetime) -> bool:
        """Tell whether a file is there and was last written before an instant."""
        return path.exists() and path.stat().st_mtime < at.timestamp()

    def left_aside_before(self, at: datetime) -> list[Path]:
        """Return what uploads that never ended left beside the shelf before an instant."""
        return [
            path
            for path in sorted(self.folder.iterdir())
            if path.is_file() and path.stat().st_mtime < at.timestamp()
        ]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no upload settle meanwhile."""
        with self._held(fcntl.LOCK_EX):
            yield

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading."""
        return self.path(sha256).open("rb")

    def original(self, sha256: str) -> bytes:
        """Return what was sent in, unsealed where it lies sealed.

        Raises ``FileNotFoundError``, and ``ValueError`` where it was altered or the key is gone.
        """
        sealed = self.sealed_path(sha256)
        if not sealed.exists():
            return self.path(sha256).read_bytes()
        return vault.unseal_file(sealed.read_bytes(), name=sha256)


def digest_of(path: Path) -> str:
    """Return which digest a file on the shelf lies under."""
    return path.parent.name + path.name.removesuffix(SEALED)


_shelves: list[Shelf] = []


def install(shelf: Shelf) -> None:
    """Make this the house's shelf (the factory does it once)."""
    _shelves[:] = [shelf]


def shelf() -> Shelf:
    """Return the house's shelf."""
    return _shelves[0]


def clean_name(name: str) -> str:
    """Return a harmless file name: no folders, no control or direction marks, bounded length."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(ch for ch in last if ch.isprintable() and ch not in '<>:"|?*').strip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot:
        stem, extension = kept, ""
    stem = stem.encode("utf-8", "ignore")[:NAME_BYTES].decode("utf-8", "ignore").rstrip(" .")
    if stem.partition(".")[0].rstrip(" ").upper() in DEVICES:
        stem = f"_{stem}"
    return (stem or "file") + dot + extension[:8]


def sniff(head: bytes, source: BinaryIO) -> str | None:
    """Return the media type that the bytes themselves show, or None."""
    signatures = (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-", "application/pdf"),
        (b"ID3", "audio/mpeg"),
        (b"\xff\xfb", "audio/mpeg"),
    )
    for signature, media_type in signatures:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    if head[4:8] == b"ftyp" and head[4:12] not in HEIC:
        return "video/mp4"
    return _office_type(source) if head.startswith(b"PK\x03\x04") else None


def _office_type(source: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED or _is_trap(names):
                return None
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return None


def _is_trap(names: set[str]) -> bool:
    """Tell whether an archive would write outside its folder, or carries macros."""
    parts = [PurePosixPath(name.replace("\\", "/")) for name in names]
    return any(
        part.is_absolute() or ".." in part.parts or part.name.lower() == "vbaproject.bin"
        for part in parts
    )


def keep(
    source: BinaryIO, name: str, *, allowed: frozenset[str] = DOCUMENTS, limit: int = 48 * MEGABYTE
) -> Stored:
    """Check and keep an upload; refuses (422) what is empty, too big or not what its name says."""
    kept_name = clean_name(name)
    source.seek(0, os.SEEK_END)
    size = source.tell()
    source.seek(0)
    if size == 0:
        raise Refused("file_empty", name=kept_name)
    if size > limit:
        raise Refused("file_too_big", name=kept_name, limit=limit // MEGABYTE)
    head = source.read(16)
    source.seek(0)
    media_type = _checked_type(sniff(head, source), head, kept_name, allowed)
    source.seek(0)
    view = (
        _clean_picture(source, IMAGE_TYPES[media_type], kept_name) if media_type in PHOTOS else None
    )
    source.seek(0)
    if view is None:
        sha256, size = shelf().put(source)
        return Stored(sha256, size, media_type, kept_name, sha256)
    sha256, size = shelf().put_sealed(source)
    return Stored(sha256, size, media_type, kept_name, shelf().put(view)[0])


def _checked_type(media_type: str | None, head: bytes, name: str, allowed: frozenset[str]) -> str:
    """Refuse what is not welcome, each in the words that help: how it can be sent after all."""
    if head[4:12] in HEIC:
        raise Refused("picture_heic", name=name)
    if media_type in EXTENSIONS and not name.lower().endswith(EXTENSIONS[media_type]):
        raise Refused("file_not_what_it_says", name=name)
    if media_type is None or media_type not in allowed:
        raise Refused("file_no_photo" if allowed == PHOTOS else "file_type", name=name)
    return media_type


def _clean_picture(source: BinaryIO, form: str, name: str) -> io.BytesIO:
    """Write the pixels alone, upright, as a new picture of the same form.

    Nothing is copied that need not be: forty million pixels are 160 MB each time.
    """
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=[form]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Refused("picture_too_big", name=name)
                ImageOps.exif_transpose(picture, in_place=True)
                mode = "RGB" if form == "JPEG" or "A" not in picture.mode else "RGBA"
                clean = picture if picture.mode == mode else picture.convert(mode)
                clean.info.clear()  # place, device, profile, comment: all that Pillow would repeat
                clean.save(out, form, **({"quality": 88} if form != "PNG" else {}))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused("picture_too_big", name=name) from fault
    except (OSError, SyntaxError, ValueError) as fault:
        raise Refused("picture_unreadable", name=name) from fault
    out.seek(0)
    return out


def attach(kind: str, reference: str, stored: Stored, *, by_id: int | None) -> Attachment:
    """Name a kept file as belonging to a record, in the running transaction."""
    row = Attachment(
        subject_kind=kind,
        subject_reference=reference,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        view_sha256=stored.view_sha256,
        added_by_id=by_id,
        added_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def attachments_of(kind: str, reference: str) -> Sequence[Attachment]:
    """Return the files of a record, oldest first."""
    query = select(Attachment).where(
        Attachment.subject_kind == kind, Attachment.subject_reference == reference
    )
    return db.session.scalars(query.order_by(Attachment.id)).all()


def attachment_of(kind: str, reference: str, attachment_id: int) -> Attachment | None:
    """Return one file of a record; another record's file is not found."""
    query = select(Attachment).where(
        Attachment.id == attachment_id,
        Attachment.subject_kind == kind,
        Attachment.subject_reference == reference,
    )
    return db.session.scalars(query).one_or_none()


# Who names a file ---------------------------------------------------------------------------------

#: Of a column that holds digests inside JSON; any other is known by its name.
NAMES_FILES = {"names_files": True}
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def naming_columns() -> list[Column[Any]]:
    """Return every column of the house that names kept files, whichever slice it belongs to."""
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256") or column.info.get("names_files")
    ]


def named_among(digests: Collection[str]) -> set[str]:
    """Return those of some digests that a record names."""
    found: set[str] = set()
    for column in naming_columns():
        if column.info.get("names_files"):
            rows = db.session.scalars(select(column)).all()
            found.update(_DIGEST.findall(json.dumps(list(rows))))
        else:
            found.update(db.session.scalars(select(column).where(column.in_(digests))))
    return found & set(digests)
