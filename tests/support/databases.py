"""How does each test get a database of its own, on SQLite or PostgreSQL?

The migrated and filled database is made once; every test gets a copy: a file copy on SQLite; on
PostgreSQL a template copy, or the last one with everything put back that was changed in it.  Real
commits, real constraints, no rollback tricks.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, create_engine, make_url, text

from app.config import Settings
from app.kernel.db import Writing, db
from tests.support.putting_back import Original

_servers = ExitStack()


def begin(kind: str) -> str:
    """Return the database address for this run, starting a PostgreSQL server when asked."""
    if kind == "sqlite":
        return ""
    from tests.tools import postgres  # noqa: PLC0415 - only the PostgreSQL run has a server

    admin = _servers.enter_context(postgres.running())
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE portal"))
    engine.dispose()
    return admin.replace("/postgres?", "/portal?")


def end() -> None:
    """Stop what this run started."""
    _servers.close()


def migrate(app: Flask) -> None:
    """Bring an empty database to the newest schema, as an installation would."""
    from flask_migrate import upgrade  # noqa: PLC0415

    folder = Path(app.root_path).parent / "migrations"
    with Writing.door():
        upgrade(str(folder))


@dataclass
class Template:
    """The made database and the application that will see its copies."""

    app: Flask
    settings: Settings
    _admin: Connection | None = field(default=None, init=False)
    _original: Original | None = field(default=None, init=False)

    def copy(self) -> None:
        """Put a fresh copy where the application looks."""
        with self.app.app_context():
            db.session.remove()
        if self._original and self._original.put_back():
            return
        self.let_go()
        if self.settings.database_url:
            self._copy_postgresql()
        else:
            self._copy_sqlite()

    def let_go(self) -> None:
        """Close every connection of the application."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _copy_sqlite(self) -> None:
        live = self.settings.instance_path / "portal.db"
        kept = live.with_suffix(".template")
        if not kept.exists():
            _checkpoint(live)
            shutil.copyfile(live, kept)
        for suffix in ("-wal", "-shm"):
            live.with_name(live.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(kept, live)

    def _copy_postgresql(self) -> None:
        address = make_url(self.settings.database_url)
        name = address.database
        if self._admin is None:
            self._admin = self._begin_copying()
            self._admin.execute(text(f'ALTER DATABASE "{name}" RENAME TO "{name}_template"'))
        # File by file: the other strategy writes every page to the log as well.
        self._admin.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        self._admin.execute(
            text(f'CREATE DATABASE "{name}" TEMPLATE "{name}_template" STRATEGY FILE_COPY')
        )
        self._original = Original(address)

    def _begin_copying(self) -> Connection:
        """Open the one connection that makes every copy of this run."""
        address = make_url(self.settings.database_url).set(database="postgres")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        _servers.callback(engine.dispose)
        return _servers.enter_context(engine.connect())


def _checkpoint(path: Path) -> None:
    import sqlite3  # noqa: PLC0415

    # Closed for good: a handle on a file that is replaced is an I/O error later.
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
