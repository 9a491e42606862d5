"""Do the migrations make exactly the schema of the models, and do they go down and up again?"""

from __future__ import annotations

import re
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from app.kernel.db import Model, Writing, db

pytestmark = pytest.mark.database
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "migrations"


def test_there_is_one_head_and_numbered_names() -> None:
    scripts = ScriptDirectory(str(FOLDER))
    assert len(scripts.get_heads()) == 1
    for path in (FOLDER / "versions").glob("*.py"):
        assert re.fullmatch(r"\d{4}_[a-z_]+\.py", path.name), path.name


def test_migrations_never_import_the_application() -> None:
    for path in (FOLDER / "versions").glob("*.py"):
        assert not re.search(r"^\s*(from|import)\s+app\b", path.read_text("utf-8"), re.MULTILINE), (
            path
        )


def test_the_migrated_schema_is_the_models_schema(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": False}), Model.metadata
        )
    # The full-text table of SQLite is virtual: its shadow tables are the database's own.
    real = [d for d in found if "disclosure_publication_words" not in str(d)]
    assert not real, real


def test_down_and_up_again_with_a_filled_database(app: Flask) -> None:
    with app.app_context(), Writing.door():
        db.session.remove()
        db.engine.dispose()
        flask_migrate.downgrade(str(FOLDER), revision="base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert not left, left
        flask_migrate.upgrade(str(FOLDER))
        assert "tip" in inspect(db.engine).get_table_names()
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                triggers = connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).scalars()
                assert {"audit_entry_keep_UPDATE", "audit_entry_keep_DELETE"} <= set(triggers)
