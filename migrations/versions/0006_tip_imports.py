"""Foreign lists on their way in, how their columns are read, and what came in before."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = "'uploaded', 'checking', 'checked', 'keeping', 'kept'"


def upgrade() -> None:
    op.create_table(
        "tip_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("known_count", sa.Integer(), nullable=False),
        sa.Column("wrong_count", sa.Integer(), nullable=False),
        sa.Column("fault_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_tip_import_state_known")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_tip_import_by_id_person")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_tip_import_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_import")),
    )
    op.create_index(op.f("ix_tip_import_unit_path"), "tip_import", ["unit_path"])
    make_parts()


def make_parts() -> None:
    op.create_table(
        "tip_import_file",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_sealed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["tip_import.id"], ondelete="CASCADE",
            name=op.f("fk_tip_import_file_import_id_tip_import"),
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_tip_import_file")),
    )  # fmt: skip
    op.create_table(
        "tip_import_fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["tip_import.id"], ondelete="CASCADE",
            name=op.f("fk_tip_import_fault_import_id_tip_import"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_import_fault")),
    )  # fmt: skip
    op.create_index(op.f("ix_tip_import_fault_import_id"), "tip_import_fault", ["import_id"])
    op.create_table(
        "tip_import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_import_mapping")),
        sa.UniqueConstraint("unit_path", "name", name=op.f("uq_tip_import_mapping_unit_path_name")),
    )
    op.create_table(
        "tip_imported_number",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_imported_number_tip_id_tip")
        ),
        sa.PrimaryKeyConstraint("source", "number", name=op.f("pk_tip_imported_number")),
    )
    op.create_index(op.f("ix_tip_imported_number_tip_id"), "tip_imported_number", ["tip_id"])


def downgrade() -> None:
    for table in (
        "tip_imported_number", "tip_import_mapping", "tip_import_fault", "tip_import_file",
        "tip_import",
    ):  # fmt: skip
        op.drop_table(table)
