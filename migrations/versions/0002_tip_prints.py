"""Prints of tips: by them likely doubles are found at any size."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tip_print",
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_print_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("print", "tip_id", name=op.f("pk_tip_print")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tip_print_tip_id"), "tip_print", ["tip_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_tip_print_tip_id"), table_name="tip_print")
    op.drop_table("tip_print")
