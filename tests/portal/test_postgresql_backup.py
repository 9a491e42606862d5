"""Can a PostgreSQL database be copied, proved and put back with its own programs?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from app.administration import backups, postgresql
from app.administration.backups import BackupFault
from app.administration.postgresql import ProgramFault
from app.config import Settings
from tests.tools import postgres

AT = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)
SCHEMA = (
    "CREATE TABLE alembic_version (version_num TEXT NOT NULL)",
    "INSERT INTO alembic_version VALUES ('0007_sample')",
    "CREATE TABLE attachment (sha256 TEXT, view_sha256 TEXT)",
    "CREATE TABLE tip (id INTEGER PRIMARY KEY, said TEXT)",
    "INSERT INTO tip VALUES (1, '示例：电缆外皮一掰就断')",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.running() as address:
        yield address


@pytest.fixture
def engine(server: str) -> Iterator[Engine]:
    made = create_engine(server)
    with made.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS tip, attachment, alembic_version"))
        for statement in SCHEMA:
            connection.execute(text(statement))
    yield made
    made.dispose()


@pytest.fixture
def settings(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    bin_folder = postgres.programs(postgres.wheel())
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    return Settings(instance_path=tmp_path / "instance", database_url=server)


@pytest.fixture
def backup(engine: Engine, settings: Settings, tmp_path: Path) -> Path:
    backups.make(settings, tmp_path / "backup", AT)
    return tmp_path / "backup"


def said(engine: Engine) -> str:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT said FROM tip"))


def test_a_dump_proves_itself(backup):
    summary = backups.verify(backup)
    assert (summary.database, summary.revision) == ("postgresql", "0007_sample")


def test_a_flipped_byte_in_the_dump_is_refused(backup):
    dump = backup / backups.POSTGRESQL_COPY
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    with pytest.raises(BackupFault, match="not the file"):
        backups.verify(backup)


def test_restoring_needs_a_word_and_brings_the_rows_back(backup, engine, settings):
    with engine.begin() as connection:
        connection.execute(text("UPDATE tip SET said = '后来的错误'"))
    with pytest.raises(ProgramFault, match="--replace"):
        backups.restore(settings, backup, AT, replace=False)
    assert said(engine) == "后来的错误"
    backups.restore(settings, backup, AT, replace=True)
    assert said(engine) == "示例：电缆外皮一掰就断"


def test_a_record_whose_photo_is_missing_is_refused(engine, settings, tmp_path):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO attachment VALUES ('gone', 'gone')"))
    with pytest.raises(BackupFault, match="named by a record"):
        backups.make(settings, tmp_path / "never", AT)


def test_without_the_program_it_says_what_to_install(engine, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramFault, match="postgresql-client"):
        backups.make(settings, tmp_path / "never", AT)
    assert not list(tmp_path.glob("never*"))


def test_a_password_goes_through_the_environment():
    given = postgresql._connection(make_url("postgresql+psycopg://u:s3cret@host:5433/name"))
    assert given == {
        "PGHOST": "host", "PGPORT": "5433", "PGUSER": "u", "PGPASSWORD": "s3cret",
    }  # fmt: skip
