"""Take calls down: drafts, the call behind a tip, consultations, the form of April 2026."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LISTS_BEFORE = "'products', 'violations', 'sources', 'measures', 'fields', 'test_items', 'topics'"
LISTS = f"{LISTS_BEFORE}, 'matters', 'questions'"
COLUMNS = {
    "reporter": (
        ("id_kind", "VARCHAR"),
        ("id_number_sealed", "VARCHAR"),
        ("principal_sealed", "VARCHAR"),
    ),
    "tip": (
        ("subject_contact", "VARCHAR NOT NULL DEFAULT ''"),
        ("subject_phone", "VARCHAR NOT NULL DEFAULT ''"),
        ("is_for_trade", "BOOLEAN NOT NULL DEFAULT FALSE"),
        ("may_publish", "BOOLEAN NOT NULL DEFAULT FALSE"),
        ("may_entrust", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ),
}
CHANNELS = "'telephone', 'web', 'visit', 'letter', 'platform', 'transfer'"


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.create_table(
        "call_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["person.id"], name=op.f("fk_call_draft_operator_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_draft")),
        sa.UniqueConstraint("operator_id", "key", name=op.f("uq_call_draft_operator_id_key")),
    )
    op.create_index(op.f("ix_call_draft_saved_at"), "call_draft", ["saved_at"])
    op.create_table(
        "call_record",
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reply IN ('text', 'telephone', 'none')", name=op.f("ck_call_record_reply_known")
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["person.id"], name=op.f("fk_call_record_operator_id_person")
        ),
        sa.PrimaryKeyConstraint("tip_reference", name=op.f("pk_call_record")),
    )
    _consultations()
    _allow_lists(LISTS_BEFORE, LISTS)


def _consultations() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'answered')", name=op.f("ck_consultation_state_known")
        ),
        sa.CheckConstraint(f"channel IN ({CHANNELS})", name=op.f("ck_consultation_channel_known")),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_consultation_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["person.id"], name=op.f("fk_consultation_received_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("reference", name=op.f("uq_consultation_reference")),
    )
    op.create_index(op.f("ix_consultation_unit_path"), "consultation", ["unit_path"])


def downgrade() -> None:
    op.execute("DELETE FROM code_entry WHERE list_name IN ('matters', 'questions')")
    _allow_lists(LISTS, LISTS_BEFORE)
    op.drop_table("consultation")
    op.drop_table("call_record")
    op.drop_table("call_draft")
    for table, columns in COLUMNS.items():
        for name, _kind in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _allow_lists(before: str, after: str) -> None:
    """Change the check on the lists' names; on SQLite in the schema's own text, as 0003 explains."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_code_entry_list_name_known"), "code_entry", type_="check")
        op.create_check_constraint(
            op.f("ck_code_entry_list_name_known"), "code_entry", f"list_name IN ({after})"
        )
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'code_entry'",
        (f"list_name IN ({before})", f"list_name IN ({after})"),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
