"""The public door: answers not sent yet, and what was written word for word before."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = "door IN ('report', 'track')"
AFTER = "door IN ('report', 'draft', 'track')"


def known_doors(condition: str) -> None:
    """Let these doors be knocked at only."""
    with op.batch_alter_table("public_door_use") as use:
        use.drop_constraint(op.f("ck_public_door_use_door_known"), type_="check")
        use.create_check_constraint(op.f("ck_public_door_use_door_known"), condition)


def upgrade() -> None:
    op.create_table(
        "report_draft",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_report_draft")),
    )
    op.create_index(op.f("ix_report_draft_saved_at"), "report_draft", ["saved_at"])
    op.create_table(
        "tip_content",
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_content_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tip_id", name=op.f("pk_tip_content")),
    )
    op.create_index(op.f("ix_tip_content_digest"), "tip_content", ["digest"])
    known_doors(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM public_door_use WHERE door = 'draft'")
    known_doors(BEFORE)
    op.drop_table("tip_content")
    op.drop_table("report_draft")
