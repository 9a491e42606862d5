"""How does Alembic reach the application's database?"""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def run() -> None:
    """Run the asked migrations in one transaction through the application's own engine."""
    with database.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        # SQLite changes a table by making it anew: with the keys watched, dropping the old one
        # would take the rows that point to it along.
        if is_sqlite:
            watch_keys(connection, watched=False)
        context.configure(
            connection=connection,
            target_metadata=database.metadatas[None],
            render_as_batch=is_sqlite,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if lost:
                    raise RuntimeError(f"rows point to nothing: {lost[:5]}")
        connection.commit()
    database.engine.dispose()  # the next connection watches its keys again


def watch_keys(connection: Any, *, watched: bool) -> None:
    """Switch the watch over foreign keys, which SQLite only does between transactions."""
    cursor = connection.connection.driver_connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if watched else 'OFF'}")
    cursor.close()


run()
