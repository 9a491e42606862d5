"""Is a backup refused as soon as one byte of it is not what it was?"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.administration import backups
from app.administration.backups import BackupFault
from app.config import Settings
from app.kernel.storage import Shelf

AT = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)
SCHEMA = """
CREATE TABLE alembic_version (version_num TEXT NOT NULL);
INSERT INTO alembic_version VALUES ('0007_sample');
CREATE TABLE attachment (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, view_sha256 TEXT NOT NULL);
CREATE TABLE tip (id INTEGER PRIMARY KEY, said TEXT, attachment_id REFERENCES attachment (id));
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An instance with one record and its photo, as small as it can be."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    sha256, _size = Shelf(instance / "attachments").put(io.BytesIO("示例照片".encode()))
    with closing(sqlite3.connect(instance / "portal.db")) as raw:
        raw.executescript(SCHEMA)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("INSERT INTO attachment VALUES (1, ?, ?)", (sha256, sha256))
        raw.execute("INSERT INTO tip VALUES (1, '示例：电缆外皮一掰就断', 1)")
        raw.commit()
    return Settings(instance_path=instance, database_url="")


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    target = tmp_path / "backup"
    backups.make(settings, target, AT)
    return target


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def said(settings: Settings) -> str:
    with closing(sqlite3.connect(backups.database_file(settings))) as raw:
        return raw.execute("SELECT said FROM tip").fetchone()[0]


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_backup_proves_itself(backup, settings):
    summary = backups.verify(backup)
    assert (summary.database, summary.revision, summary.files) == ("sqlite", "0007_sample", 2)
    assert summary.content == backups.content_digest(settings.instance_path / "portal.db")


def test_a_sealed_original_counts_as_the_file_it_was(settings, tmp_path):
    (photo,) = (settings.instance_path / "attachments").glob("??/*")
    photo.rename(photo.with_suffix(".sealed")).write_bytes(b"lijian-sealed-1 aes 00000000\n sample")
    backups.make(settings, tmp_path / "sealed", AT)
    assert backups.verify(tmp_path / "sealed").files == 2
    photo.with_suffix(".sealed").unlink()
    with pytest.raises(BackupFault, match="named by a record"):
        backups.make(settings, tmp_path / "lost", AT)


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_one_flipped_byte_anywhere_is_refused(backup, which, share):
    path = files(backup)[which]
    flip(path, int(share * (path.stat().st_size - 1)))
    with pytest.raises(BackupFault):
        backups.verify(backup)


def test_every_byte_of_manifest_and_seal_counts(backup):
    for path in (backup / backups.MANIFEST, backup / backups.SEAL):
        for at in range(path.stat().st_size):
            flip(path, at)
            with pytest.raises(BackupFault):
                backups.verify(backup)
            flip(path, at)
    assert backups.verify(backup).files == 2


@pytest.mark.parametrize("which", range(4))
def test_a_missing_file_is_refused(backup, which):
    files(backup)[which].unlink()
    with pytest.raises(BackupFault, match=r"missing|not a backup"):
        backups.verify(backup)


def test_an_additional_file_is_refused(backup):
    (backup / "attachments" / "stowaway").write_bytes(b"x")
    with pytest.raises(BackupFault, match="stowaway is not part"):
        backups.verify(backup)


def test_other_rows_are_refused_even_with_matching_checksums(backup):
    copy = backup / backups.SQLITE_COPY
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("UPDATE tip SET said = '改过'")
        raw.commit()
    reseal(backup)
    with pytest.raises(BackupFault, match="rows"):
        backups.verify(backup)


def test_a_record_whose_photo_is_missing_is_refused(backup):
    next(iter((backup / "attachments").glob("??/*"))).unlink()
    reseal(backup)
    with pytest.raises(BackupFault, match="named by a record"):
        backups.verify(backup)


def reseal(backup: Path) -> None:
    """Do what a forger would do: make manifest and seal fit the altered files."""
    manifest = json.loads((backup / backups.MANIFEST).read_text("utf-8"))
    manifest["files"] = {name: backups._described(backup / name) for name in backups._names(backup)}
    (backup / backups.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    (backup / backups.SEAL).write_bytes(backups._seal_of(backup))


def test_no_key_is_inside(backup, settings):
    keys = [settings.secret(name) for name in ("session", "vault")]
    for path in files(backup):
        content = path.read_bytes()
        assert not any(key.encode() in content or bytes.fromhex(key) in content for key in keys)
        assert "keys" not in path.parts


def test_what_was_written_last_is_inside_although_still_in_the_log(settings, tmp_path):
    with closing(sqlite3.connect(settings.instance_path / "portal.db")) as raw:
        raw.execute("UPDATE tip SET said = '最后一句'")
        raw.commit()
        assert (settings.instance_path / "portal.db-wal").stat().st_size > 0
        backups.make(settings, tmp_path / "late", AT)
    with closing(sqlite3.connect(tmp_path / "late" / backups.SQLITE_COPY)) as copy:
        assert copy.execute("SELECT said FROM tip").fetchone() == ("最后一句",)


def test_restoring_brings_back_rows_and_files_and_keeps_what_was_there(backup, settings):
    live = backups.database_file(settings)
    with closing(sqlite3.connect(live)) as raw:
        raw.execute("UPDATE tip SET said = '后来的错误'")
        raw.commit()
    photo = next(iter((settings.instance_path / "attachments").glob("??/*")))
    photo.unlink()
    summary, replaced = backups.restore(settings, backup, AT, replace=True)
    assert said(settings) == "示例：电缆外皮一掰就断"
    assert backups.content_digest(live) == summary.content
    assert hashlib.sha256(photo.read_bytes()).hexdigest() == photo.parent.name + photo.name
    with closing(sqlite3.connect(replaced / "portal.db")) as raw:
        assert raw.execute("SELECT said FROM tip").fetchone() == ("后来的错误",)


def test_audit_checkpoints_travel_along_and_newer_ones_stay(settings, tmp_path):
    book = settings.instance_path / "checkpoints" / "audit.jsonl"
    book.parent.mkdir()
    book.write_text("1\n", "utf-8")
    backups.make(settings, tmp_path / "witnessed", AT)
    book.write_text("1\n2\n", "utf-8")
    backups.restore(settings, tmp_path / "witnessed", AT, replace=True)
    assert book.read_text("utf-8") == "1\n2\n"
    book.unlink()
    backups.restore(settings, tmp_path / "witnessed", AT, replace=True)
    assert book.read_text("utf-8") == "1\n"


def test_restoring_over_a_database_needs_a_word(backup, settings):
    with pytest.raises(BackupFault, match="--replace"):
        backups.restore(settings, backup, AT, replace=False)
    assert said(settings) == "示例：电缆外皮一掰就断"
    assert not list(settings.instance_path.glob("*.restoring"))


def test_a_damaged_backup_leaves_the_live_database_alone(backup, settings):
    flip(backup / backups.SQLITE_COPY, 5000)
    with pytest.raises(BackupFault):
        backups.restore(settings, backup, AT, replace=True)
    assert said(settings) == "示例：电缆外皮一掰就断"


def test_nothing_is_restored_under_a_running_portal(backup, settings):
    with backups.in_use(settings.instance_path), pytest.raises(BackupFault, match="running"):
        backups.restore(settings, backup, AT, replace=True)


def test_two_faces_may_share_an_instance(settings):
    with backups.in_use(settings.instance_path), backups.in_use(settings.instance_path):
        assert (settings.instance_path / backups.LOCK).exists()


def test_a_backup_never_overwrites(backup, settings):
    with pytest.raises(BackupFault, match="exists already"):
        backups.make(settings, backup, AT)


def test_a_backup_that_fails_leaves_nothing_half_made(settings, tmp_path):
    with closing(sqlite3.connect(settings.instance_path / "portal.db")) as raw:
        raw.execute("UPDATE attachment SET sha256 = 'gone'")
        raw.commit()
    with pytest.raises(BackupFault, match="named by a record"):
        backups.make(settings, tmp_path / "never", AT)
    assert not list(tmp_path.glob("never*"))


def test_a_folder_that_is_no_backup_is_refused(tmp_path):
    with pytest.raises(BackupFault, match="not a backup"):
        backups.verify(tmp_path)


def test_a_copy_for_another_database_is_refused(backup, settings):
    elsewhere = settings.model_copy(update={"database_url": "postgresql+psycopg://nobody@/none"})
    with pytest.raises(BackupFault, match="another database"):
        backups.restore(elsewhere, backup, AT, replace=True)


@pytest.mark.parametrize(("withdrawn_at", "refused"), [(None, True), ("2026-09-01", False)])
def test_only_a_withdrawn_publication_may_lack_its_document(
    settings, tmp_path, withdrawn_at, refused
):
    with closing(sqlite3.connect(settings.instance_path / "portal.db")) as raw:
        raw.execute("CREATE TABLE disclosure_publication (pdf_sha256 TEXT, withdrawn_at TEXT)")
        raw.execute("INSERT INTO disclosure_publication VALUES ('gone', ?)", (withdrawn_at,))
        raw.commit()
    if refused:
        with pytest.raises(BackupFault, match="file gone is named by a record"):
            backups.make(settings, tmp_path / "copy", AT)
    else:
        assert backups.make(settings, tmp_path / "copy", AT).files == 2
