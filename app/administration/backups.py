"""How is everything the portal keeps copied, proved and put back?

A backup is a folder: ``portal.db`` (a consistent SQLite snapshot) or ``portal.dump`` (pg_dump's own
format), the attachments under their digests, the signed audit checkpoints, ``MANIFEST.json`` with
size and SHA-256 of each file, and ``MANIFEST.sha256``, the digest of the manifest itself.  Any
flipped byte, any missing and any additional file is refused.  Keys are never inside: they have a
copy of their own, made by hand.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from app.administration import postgresql
from app.config import Settings
from app.kernel.storage import SEALED, digest_of
from app.kernel.vault import Vault

FORMAT = 1
MANIFEST, SEAL = "MANIFEST.json", "MANIFEST.sha256"
SQLITE_COPY, POSTGRESQL_COPY = "portal.db", "portal.dump"
ATTACHMENTS, CHECKPOINTS = "attachments", "checkpoints"
LOCK = "in-use.lock"
#: A virtual table (full-text search) keeps its rows in plain tables beside it.
ALL_TABLES = (
    "SELECT name, sql FROM sqlite_schema"
    " WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
#: Which rows name a file by its digest; a withdrawn publication's document may be gone.
NAMING_FILES = {
    "attachment": "SELECT sha256 FROM attachment UNION SELECT view_sha256 FROM attachment",
    "disclosure_publication": (
        "SELECT pdf_sha256 FROM disclosure_publication WHERE withdrawn_at IS NULL"
    ),
    "disclosure_batch": "SELECT pdf_sha256 FROM disclosure_batch WHERE pdf_sha256 IS NOT NULL",
    "disclosure_objection": (
        "SELECT letter_sha256 FROM disclosure_objection WHERE letter_sha256 IS NOT NULL"
    ),
    "notice": "SELECT pdf_sha256 FROM notice WHERE pdf_sha256 IS NOT NULL",
    "notice_publication": "SELECT pdf_sha256 FROM notice_publication",
}


class BackupFault(Exception):
    """The backup cannot be made, is not what it claims to be, or may not be put here."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    folder: str
    made_at: str
    database: str
    revision: str
    content: str
    files: int
    bytes: int
    vault_key: str


@contextmanager
def in_use(instance: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the instance folder: servers share it, a restore wants it alone.

    Raises:
        BackupFault: when the other kind of holder is there.
    """
    with (instance / LOCK).open("a") as held:
        try:
            fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise BackupFault(
                "the portal is running on this instance folder; stop it first"
            ) from fault
        yield


def make(settings: Settings, target: Path, at: datetime) -> Summary:
    """Write a backup into a folder that does not exist yet; appears only when complete."""
    if target.exists():
        raise BackupFault(f"{target} exists already")
    aside = target.with_name(target.name + ".partial")
    aside.mkdir(parents=True, mode=0o700)
    try:
        manifest = _copy_database(settings, aside)
        _copy_missing(settings.instance_path, aside)
        manifest |= {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "vault_key": _vault_key(settings),
            "files": {name: _described(aside / name) for name in _names(aside)},
        }
        _write(aside / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
        _write(aside / SEAL, _seal_of(aside))
        verify(aside)
        if manifest["database"] == "postgresql":
            _prove_files(aside, postgresql.named_files(settings.url, NAMING_FILES))
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside)
        raise
    _sync(target.parent)
    return _summary(target, manifest)


def verify(folder: Path) -> Summary:
    """Read every byte of a backup and prove it.

    Raises:
        BackupFault: naming the first thing that is not as it was when the backup was made.
    """
    manifest = _read_manifest(folder)
    listed = manifest["files"]
    for name in sorted(set(_names(folder)) ^ set(listed)):
        raise BackupFault(f"{name} is {'missing' if name in listed else 'not part of this backup'}")
    for name, wanted in listed.items():
        if _described(folder / name) != wanted:
            raise BackupFault(f"{name} is not the file that was backed up")
    if manifest["database"] == "sqlite":
        _prove_sqlite(folder / SQLITE_COPY, manifest["content"])
        _prove_files(folder, _named_files(folder / SQLITE_COPY))
    else:
        postgresql.prove(folder / POSTGRESQL_COPY)
    return _summary(folder, manifest)


def restore(
    settings: Settings, folder: Path, at: datetime, *, replace: bool
) -> tuple[Summary, Path | None]:
    """Put a proved backup in place; what was there is moved aside, never deleted.

    Returns the summary and where the replaced database went.
    """
    summary = verify(folder)
    sqlite = settings.url.startswith("sqlite:")
    if sqlite != (summary.database == "sqlite"):
        raise BackupFault(
            f"this backup is for {summary.database}, the settings name another database"
        )
    with in_use(settings.instance_path, alone=True):
        _copy_missing(folder, settings.instance_path)
        if not sqlite:
            postgresql.restore(settings.url, folder / POSTGRESQL_COPY, replace=replace)
            return summary, None
        return summary, _put_sqlite(
            database_file(settings), folder, summary.content, at, replace=replace
        )


def database_file(settings: Settings) -> Path:
    """Return where the SQLite database lies."""
    return Path(settings.url.removeprefix("sqlite:///"))


def remove_database(settings: Settings) -> None:
    """Remove a SQLite database that was never served; any other is left alone."""
    if settings.url.startswith("sqlite:"):
        live = database_file(settings)
        for suffix in ("", "-wal", "-shm"):
            live.with_name(live.name + suffix).unlink(missing_ok=True)


def content_digest(path: Path) -> str:
    """Return the SHA-256 of all rows of all tables, whatever pages they lie on."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        tables = raw.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        )
        for name, sql in tables.fetchall():
            digest.update(repr((name, sql)).encode())
            # The name comes from the database's own list; names cannot be bound as parameters.
            for row in raw.execute(f'SELECT * FROM "{name}"'):  # noqa: S608
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _copy_database(settings: Settings, folder: Path) -> dict[str, Any]:
    if not settings.url.startswith("sqlite:"):
        revision = postgresql.dump(settings.url, folder / POSTGRESQL_COPY)
        return {"database": "postgresql", "revision": revision, "content": ""}
    source, copy = database_file(settings), folder / SQLITE_COPY
    if not source.exists():
        raise BackupFault(f"{source} does not exist")
    with closing(sqlite3.connect(source)) as raw:
        raw.execute("VACUUM INTO ?", (str(copy),))
    _sync(copy)
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as raw:
        (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return {"database": "sqlite", "revision": revision, "content": content_digest(copy)}


def _copy_missing(source: Path, target: Path) -> None:
    """Copy attachments and audit checkpoints that the target lacks; what is there stays.

    Newer checkpoints than the restored audit trail are kept on purpose: the audit administrator's
    page then shows that entries were lost.  Unfinished uploads have no digest as a name.
    """
    for path in sorted((*source.glob(f"{ATTACHMENTS}/??/*"), *source.glob(f"{CHECKPOINTS}/*"))):
        kept = target / path.relative_to(source)
        if not kept.exists():
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = kept.with_name(f"{kept.name}.partial")
            try:
                shutil.copyfile(path, aside)
            except FileNotFoundError:  # swept meanwhile; what a record names is proved afterwards
                continue
            _sync(aside)
            aside.rename(kept)
            _sync(kept.parent)


def _prove_sqlite(path: Path, content: str) -> None:
    try:
        found = content_digest(path)
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
            sound = raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            dangling = raw.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as fault:
        raise BackupFault(f"{path.name} cannot be read: {fault}") from fault
    if found != content:
        raise BackupFault(f"{path.name} does not hold the rows that were backed up")
    if not sound or dangling:
        raise BackupFault(f"{path.name} is damaged inside")


def _prove_files(folder: Path, named: Iterable[str]) -> None:
    """Every file has its digest as its name, and every file a record names is there.

    A sealed original proves itself to whoever has the key; here the manifest vouches for it.
    """
    kept = set()
    for path in (folder / ATTACHMENTS).glob("??/*"):
        kept.add(digest_of(path))
        if path.suffix != SEALED and _described(path)["sha256"] != digest_of(path):
            raise BackupFault(f"{path.name} does not have its digest as its name")
    for sha256 in sorted(set(named) - kept):
        raise BackupFault(f"file {sha256} is named by a record but not here")


def _named_files(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema")}
        return [
            sha256
            for table in sorted(NAMING_FILES.keys() & tables)
            for (sha256,) in raw.execute(NAMING_FILES[table])
        ]


def _put_sqlite(
    live: Path, folder: Path, content: str, at: datetime, *, replace: bool
) -> Path | None:
    aside = live.with_suffix(".restoring")
    shutil.copyfile(folder / SQLITE_COPY, aside)
    aside.chmod(0o600)
    _sync(aside)
    _prove_sqlite(aside, content)
    replaced = None
    if live.exists():
        if not replace:
            aside.unlink()
            raise BackupFault(f"{live} exists; give --replace to move it aside")
        replaced = Path(mkdtemp(prefix=f"replaced-{at:%Y%m%dT%H%M%SZ}-", dir=live.parent))
        for suffix in ("", "-wal", "-shm"):
            old = live.with_name(live.name + suffix)
            if old.exists():
                old.rename(replaced / old.name)
    aside.rename(live)
    _sync(live.parent)
    return replaced


def _vault_key(settings: Settings) -> str:
    """Return the id of the key that seals reporters' fields; each sealed value carries it too."""
    return Vault(settings.secret("vault")).seal("", field="").split(".")[2]


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        if (folder / SEAL).read_bytes() != _seal_of(folder):
            raise BackupFault(f"{MANIFEST} is not the one that was written")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as fault:
        raise BackupFault(f"{folder} is not a backup: {fault.filename} is missing") from fault
    if manifest["format"] != FORMAT:
        raise BackupFault(f"format {manifest['format']} is not known to this version")
    return manifest


def _seal_of(folder: Path) -> bytes:
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    return f"{digest}  {MANIFEST}\n".encode()


def _names(folder: Path) -> list[str]:
    """Return the files of a backup, apart from the manifest and its seal."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    names = {path.relative_to(folder).as_posix() for path in files}
    return sorted(names - {MANIFEST, SEAL})


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
            "size": os.fstat(file.fileno()).st_size,
        }


def _summary(folder: Path, manifest: dict[str, Any]) -> Summary:
    sizes = [described["size"] for described in manifest["files"].values()]
    return Summary(
        folder=str(folder),
        files=len(sizes),
        bytes=sum(sizes),
        **{
            name: manifest[name]
            for name in ("made_at", "database", "revision", "content", "vault_key")
        },
    )


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
