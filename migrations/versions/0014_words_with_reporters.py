"""Words with reporters: questions, additions, judgements."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tip_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('question', 'addition')", name=op.f("ck_tip_message_kind_known")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_tip_message_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_message")),
    )
    op.create_index(op.f("ix_tip_message_tip_reference"), "tip_message", ["tip_reference"])
    op.create_table(
        "tip_satisfaction",
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_tip_satisfaction_score_known")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_tip_satisfaction_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("tip_reference", name=op.f("pk_tip_satisfaction")),
    )
    op.create_index(op.f("ix_tip_satisfaction_unit_id"), "tip_satisfaction", ["unit_id"])


def downgrade() -> None:
    op.drop_table("tip_satisfaction")
    op.drop_table("tip_message")
