"""Issue the ten official documents on complaints and reports."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = (
    "'complaint_form', 'report_form', 'forwarding', 'identity_demand', 'acceptance', 'refusal', "
    "'mediation_notice', 'mediation_end', 'mediation_letter', 'report_result'"
)
RECIPIENTS = "'file', 'reporter', 'trader', 'both', 'unit'"


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("served_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_paper_kind_known")),
        sa.CheckConstraint(f"recipient IN ({RECIPIENTS})", name=op.f("ck_paper_recipient_known")),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_paper_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_paper_issued_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_number")),
    )
    op.create_index(op.f("ix_paper_tip_reference"), "paper", ["tip_reference"])


def downgrade() -> None:
    op.drop_table("paper")
