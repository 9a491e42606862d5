"""A natural person's address may stay where the business is run there."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = "ck_disclosure_mark_ground_known"
BEFORE = "ground IN ('unit_address', 'unit_contact', 'not_an_identifier')"
AFTER = "ground IN ('unit_address', 'own_premises', 'unit_contact', 'not_an_identifier')"


def upgrade() -> None:
    _allow(BEFORE, AFTER)


def downgrade() -> None:
    # Only a natural person's dwelling stood on this ground: it is undecided again.
    op.execute(
        "UPDATE disclosure_mark SET ground = NULL, ruling = 'open' WHERE ground = 'own_premises'"
    )
    _allow(AFTER, BEFORE)


def _allow(before: str, after: str) -> None:
    """Exchange the check; SQLite keeps it with its column, so its text is edited (as in 0003)."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f(NAME), "disclosure_mark", type_="check")
        op.create_check_constraint(op.f(NAME), "disclosure_mark", after)
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'disclosure_mark'",
        (before, after),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
