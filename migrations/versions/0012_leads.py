"""Leads, and the letters written about them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("party_address", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("violation_code", sa.String(), nullable=False),
        sa.Column("came_from", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("task_reference", sa.String(), nullable=True),
        sa.Column("parent_reference", sa.String(), nullable=True),
        sa.Column("case_reference", sa.String(), nullable=True),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=False),
        sa.Column("handed_number", sa.String(), nullable=False),
        sa.Column("handed_receipt_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'proposed', 'filed', 'not_filed', 'transferred', 'merged')",
            name=op.f("ck_lead_state_known"),
        ),
        sa.CheckConstraint(
            "source IN ('tip', 'inspection', 'sampling', 'monitoring', 'transfer', 'media', 'upper', 'recall', 'own')",
            name=op.f("ck_lead_source_known"),
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_lead_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_lead_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_lead_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_lead_ended_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("reference", name=op.f("uq_lead_reference")),
        sa.UniqueConstraint("task_reference", name=op.f("uq_lead_task_reference")),
    )
    op.create_index(op.f("ix_lead_bureau_id"), "lead", ["bureau_id"])
    op.create_index(op.f("ix_lead_case_reference"), "lead", ["case_reference"])
    op.create_index(op.f("ix_lead_enterprise_id"), "lead", ["enterprise_id"])
    op.create_index(op.f("ix_lead_parent_reference"), "lead", ["parent_reference"])
    op.create_index("ix_lead_scope", "lead", ["unit_path", "state"])
    op.create_table(
        "lead_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("addressee_id", sa.Integer(), nullable=False),
        sa.Column("addressee_path", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("enclosed", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('assist', 'organise')",
            name=op.f("ck_lead_letter_kind_known"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_letter_lead_id_lead")),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["unit.id"], name=op.f("fk_lead_letter_sender_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["addressee_id"], ["unit.id"], name=op.f("fk_lead_letter_addressee_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_lead_letter_sent_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_lead_letter_answered_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_letter")),
        sa.UniqueConstraint("reference", name=op.f("uq_lead_letter_reference")),
    )
    op.create_index(op.f("ix_lead_letter_addressee_path"), "lead_letter", ["addressee_path"])
    op.create_index(op.f("ix_lead_letter_lead_id"), "lead_letter", ["lead_id"])
    op.create_index(op.f("ix_lead_letter_unit_path"), "lead_letter", ["unit_path"])


def downgrade() -> None:
    op.drop_table("lead_letter")
    op.drop_table("lead")
