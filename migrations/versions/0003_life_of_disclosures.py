"""Life of a disclosure after its publication: corrected, ended, overturned; grounds for keeping."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES_BEFORE = (
    "'drafting', 'submitted', 'returned', 'approved', 'published', 'withdrawn', 'not_disclosed'"
)
STATES = f"{STATES_BEFORE}, 'corrected', 'ended', 'dropped'"
WITHDRAWALS = "'changed', 'revoked', 'unlawful', 'void', 'mistake'"
COLUMNS = {
    "disclosure": (
        ("restricted_until", "DATE", ""),
        ("corrects", "VARCHAR", ""),
        ("correction", "VARCHAR NOT NULL DEFAULT ''", ""),
        ("counted_from", "DATE", ""),
        ("term_rule", "VARCHAR NOT NULL DEFAULT ''", ""),
        ("overturned_on", "DATE", ""),
        ("overturned_ground", "VARCHAR", WITHDRAWALS),
    ),
    "disclosure_mark": (
        ("ground", "VARCHAR", "'unit_address', 'unit_contact', 'not_an_identifier'"),
    ),
    "disclosure_publication": (
        ("replaces", "VARCHAR NOT NULL DEFAULT ''", ""),
        ("revision", "INTEGER NOT NULL DEFAULT 1", ""),
        ("correction", "VARCHAR NOT NULL DEFAULT ''", ""),
        ("ended_at", "{instant}", ""),
        ("ended_on", "DATE", ""),
        ("ending", "VARCHAR", "'expired', 'corrected', 'repaired', 'deregistered'"),
        ("ending_reason", "VARCHAR NOT NULL DEFAULT ''", ""),
    ),
}


def upgrade() -> None:
    instant = "TIMESTAMP WITH TIME ZONE" if _is_postgresql() else "DATETIME"
    for table, columns in COLUMNS.items():
        for name, kind, values in columns:
            check = f" CONSTRAINT ck_{table}_{name}_known CHECK ({name} IN ({values}))"
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(instant=instant)}"
                f"{check if values else ''}"
            )
    _allow_states(STATES_BEFORE, STATES)
    standing = sa.text("state != 'dropped'")
    op.create_index(
        "uq_disclosure_corrects",
        "disclosure",
        ["corrects"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    op.drop_index("uq_disclosure_corrects", "disclosure")
    op.execute("UPDATE disclosure SET state = 'withdrawn' WHERE state IN ('corrected', 'ended')")
    op.execute("UPDATE disclosure SET state = 'not_disclosed' WHERE state = 'dropped'")
    _allow_states(STATES, STATES_BEFORE)
    for table, columns in COLUMNS.items():
        for name, _kind, _values in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _is_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")


def _allow_states(before: str, after: str) -> None:
    """Change the check on the states; SQLite would else rebuild a table that others point to.

    A wider or narrower check leaves the rows as they are kept, which is when SQLite's manual lets
    the schema's own text be edited; the changed version number makes every connection read it anew.
    """
    if _is_postgresql():
        op.drop_constraint(op.f("ck_disclosure_state_known"), "disclosure", type_="check")
        op.create_check_constraint(
            op.f("ck_disclosure_state_known"), "disclosure", f"state IN ({after})"
        )
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'disclosure'",
        (f"state IN ({before})", f"state IN ({after})"),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
