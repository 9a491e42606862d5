"""Texts that are set as official documents, sealed, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "manuscript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_sealed", sa.String(), nullable=False),
        sa.Column("content_sealed", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_manuscript_owner_id_person")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_manuscript_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscript")),
        sa.UniqueConstraint("reference", name=op.f("uq_manuscript_reference")),
    )
    op.create_index(op.f("ix_manuscript_owner_id"), "manuscript", ["owner_id"])
    op.create_index(op.f("ix_manuscript_taken_at"), "manuscript", ["taken_at"])
    op.create_table(
        "manuscript_file",
        sa.Column("manuscript_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_sealed", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"],
            ["manuscript.id"],
            ondelete="CASCADE",
            name=op.f("fk_manuscript_file_manuscript_id_manuscript"),
        ),
        sa.PrimaryKeyConstraint("manuscript_id", name=op.f("pk_manuscript_file")),
    )


def downgrade() -> None:
    op.drop_table("manuscript_file")
    op.drop_table("manuscript")
