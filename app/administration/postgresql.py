"""How does a backup copy and put back a PostgreSQL database?

With PostgreSQL's own programs ``pg_dump`` and ``pg_restore``, which must be installed and at least
as new as the server.  Passwords go through the environment, never through arguments.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url

SECONDS = 3600


class ProgramFault(Exception):
    """One of PostgreSQL's programs is missing or failed."""


def dump(url: str, target: Path) -> str:
    """Write a dump in pg_dump's custom format; returns the schema's revision."""
    engine = create_engine(url)
    with engine.connect() as connection:
        revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    engine.dispose()
    _do("pg_dump", url, "--format=custom", "--no-owner", f"--file={target}")
    return revision


def named_files(url: str, queries: Mapping[str, str]) -> list[str]:
    """Return what the queries find; each is asked only where its table is."""
    engine = create_engine(url)
    tables = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        found = [
            sha256
            for table in sorted(queries.keys() & tables)
            for sha256 in connection.scalars(text(queries[table]))
        ]
    engine.dispose()
    return found


def prove(path: Path) -> None:
    """Let pg_restore read the dump's table of contents."""
    _do("pg_restore", "", "--list", str(path))


def restore(url: str, path: Path, *, replace: bool) -> None:
    """Put a dump back in one transaction; an existing schema only goes with ``replace``."""
    engine = create_engine(url)
    filled = inspect(engine).has_table("alembic_version")
    engine.dispose()
    if filled and not replace:
        raise ProgramFault("the database is not empty; give --replace to overwrite it")
    clean = ("--clean", "--if-exists") if filled else ()
    _do("pg_restore", url, "--single-transaction", "--no-owner", *clean, str(path))


def _do(program: str, url: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProgramFault(
            f"a PostgreSQL database is copied with {program}: install postgresql-client"
        )
    environment = dict(os.environ)
    database: tuple[str, ...] = ()
    if url:
        parts = make_url(url)
        environment |= _connection(parts)
        database = ("--dbname", parts.database or "")
    done = subprocess.run(  # noqa: S603 - a fixed program, its own arguments, no shell
        [found, *database, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise ProgramFault(f"{program}: {done.stderr.strip() or done.returncode}")


def _connection(parts: URL) -> dict[str, str]:
    given = {
        "PGHOST": parts.host or str(parts.query.get("host", "")),
        "PGPORT": str(parts.port or ""),
        "PGUSER": parts.username or "",
        "PGPASSWORD": str(parts.password or ""),
    }
    return {name: value for name, value in given.items() if value}
