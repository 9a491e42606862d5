"""What did the last test change in its PostgreSQL database, and how is just that put back?

Copying a whole database takes 30 ms and every connection of the application with it; putting back
the few tables that a test wrote to takes 3 ms.  The server itself says which these are: every row
knows the transaction that wrote it.
"""

from __future__ import annotations

from contextlib import ExitStack

from sqlalchemy import URL, Row, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

#: Where PostgreSQL keeps what the schema is; a test that changed that gets a new copy.
CATALOGUE = ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = """
SELECT format('setval(%L, %s, %L)', quote_ident(sequencename), coalesce(last_value, start_value),
              last_value IS NOT NULL)
FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename
"""


def _marks(names: list[str]) -> str:
    """Return the query for how many rows each table has, and which transaction wrote last."""
    return " UNION ALL ".join(
        f"SELECT '{name}' AS name, count(*), max(xmin::text::bigint) FROM \"{name}\""  # noqa: S608
        for name in names
    )


class Original:
    """The rows of a fresh copy, kept in temporary tables that only this connection sees."""

    def __init__(self, address: URL) -> None:
        """Keep what is there now."""
        self._open = ExitStack()
        engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._connection = self._open.enter_context(engine.connect())
        self._run("SET max_parallel_workers_per_gather = 0")  # starting workers takes longer
        self._run("SET lock_timeout = '2s'")  # somebody is still in there: then a new copy
        tables = [name for (name,) in self._ask(TABLES)]
        for name in tables:
            self._run(f'CREATE TEMPORARY TABLE "kept_{name}" AS TABLE "{name}"')
        self._query = _marks([*CATALOGUE, *tables])
        self._marks = {row.name: row for row in self._ask(self._query)}
        self._sequences = "SELECT " + ", ".join(call for (call,) in self._ask(SEQUENCES))

    def put_back(self) -> bool:
        """Undo what was committed since; returns False when only a new copy can."""
        try:
            found = self._ask(self._query)
            changed = [row.name for row in found if row != self._marks[row.name]]
            if not changed_schema(changed):
                self._put_back(changed)
                return True
        except OperationalError:  # a lock that is held, or a database that was dropped
            pass
        self._open.close()
        return False

    def _put_back(self, tables: list[str]) -> None:
        steps = [
            step
            for name in tables
            for step in (f'DELETE FROM "{name}"', f'INSERT INTO "{name}" TABLE "kept_{name}"')  # noqa: S608
        ]
        self._run("BEGIN")
        for step in ("SET LOCAL session_replication_role = replica", *steps, self._sequences):
            self._run(step)
        self._run("COMMIT")
        if tables:
            self._marks |= {row.name: row for row in self._ask(_marks(tables))}

    def _run(self, statement: str) -> None:
        self._connection.exec_driver_sql(statement)

    def _ask(self, query: str) -> list[Row]:
        return list(self._connection.execute(text(query)))


def changed_schema(changed: list[str]) -> bool:
    """Return whether a table of the catalogue is among those that changed."""
    return not set(changed).isdisjoint(CATALOGUE)
