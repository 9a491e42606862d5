"""Exports of what is shown, and the receipts of the systems that took them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "target IN ('national', 'province')", name=op.f("ck_disclosure_export_target_known")
        ),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_disclosure_export_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_disclosure_export_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_export")),
        sa.UniqueConstraint("reference", name=op.f("uq_disclosure_export_reference")),
    )
    op.create_index("ix_disclosure_export_scope", "disclosure_export", ["unit_path", "target"])
    op.create_table(
        "disclosure_export_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('open', 'accepted', 'refused')",
            name=op.f("ck_disclosure_export_row_answer_known"),
        ),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["disclosure_export.id"],
            name=op.f("fk_disclosure_export_row_export_id_disclosure_export"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["disclosure_publication.id"],
            name=op.f("fk_disclosure_export_row_publication_id_disclosure_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_export_row")),
        sa.UniqueConstraint(
            "export_id",
            "publication_id",
            name=op.f("uq_disclosure_export_row_export_id_publication_id"),
        ),
    )
    op.create_index(
        op.f("ix_disclosure_export_row_publication_id"),
        "disclosure_export_row",
        ["publication_id"],
    )


def downgrade() -> None:
    op.drop_table("disclosure_export_row")
    op.drop_table("disclosure_export")
