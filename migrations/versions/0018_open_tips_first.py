"""An index led by the state, so that open tips are counted without passing the closed ones."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_tip_scope", table_name="tip")
    op.create_index("ix_tip_open", "tip", ["state", "unit_path", "case_reference", "reference"])


def downgrade() -> None:
    op.drop_index("ix_tip_open", table_name="tip")
    op.create_index("ix_tip_scope", "tip", ["unit_path", "state"])
