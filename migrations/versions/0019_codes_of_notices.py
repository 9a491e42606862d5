"""Check codes of published notices and of batches, as disclosures have them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("notice_publication", "disclosure_batch")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("check_code", sa.String(), nullable=True))
            table.create_unique_constraint(op.f(f"uq_{name}_check_code"), ["check_code"])
    op.add_column(
        "disclosure_batch",
        sa.Column("verify_root", sa.String(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("disclosure_batch", "verify_root")
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"uq_{name}_check_code"), type_="unique")
            table.drop_column("check_code")
