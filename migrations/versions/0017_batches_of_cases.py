"""Batches of typical cases, put together from what is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("foreword", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafting', 'submitted', 'approved', 'published', 'withdrawn', 'dropped')",
            name=op.f("ck_disclosure_batch_state_known"),
        ),
        *_keys(
            "disclosure_batch",
            {"bureau_id": "unit", "approved_by_id": "person", "job_id": "job"},
            ("bureau_id", "year", "number"),
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_disclosure_batch_reference")),
    )
    op.create_index("ix_disclosure_batch_scope", "disclosure_batch", ["unit_path", "state"])
    op.create_table(
        "disclosure_batch_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        *_keys(
            "disclosure_batch_case",
            {"batch_id": "disclosure_batch", "publication_id": "disclosure_publication"},
            ("batch_id", "publication_id"),
        ),
    )
    op.create_index(
        op.f("ix_disclosure_batch_case_publication_id"),
        "disclosure_batch_case",
        ["publication_id"],
    )


def _keys(table: str, others: dict[str, str], once: tuple[str, ...]) -> list[sa.Constraint]:
    return [
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}")
            )
            for name, other in others.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*once, name=op.f(f"uq_{table}_{'_'.join(once)}")),
    ]


def downgrade() -> None:
    op.drop_table("disclosure_batch_case")
    op.drop_table("disclosure_batch")
