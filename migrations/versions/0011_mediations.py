"""Mediate accepted complaints: tables, complaints at them, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = "'consenting', 'open', 'testing', 'paused', 'agreed', 'ended', 'told'"


def upgrade() -> None:
    op.execute("ALTER TABLE tip ADD COLUMN mediation_reference VARCHAR")
    op.create_table(
        "mediation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("trader", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("complainant_consents", sa.Boolean(), nullable=True),
        sa.Column("trader_consents", sa.Boolean(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("entrusted_to", sa.String(), nullable=False),
        sa.Column("entrusted_on", sa.Date(), nullable=True),
        sa.Column("recusal_by", sa.String(), nullable=True),
        sa.Column("recusal_reason", sa.String(), nullable=False),
        sa.Column("tested_by", sa.String(), nullable=False),
        sa.Column("test_result", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("complainant_told_on", sa.Date(), nullable=True),
        sa.Column("complainant_told_by", sa.String(), nullable=True),
        sa.Column("trader_told_on", sa.Date(), nullable=True),
        sa.Column("trader_told_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_mediation_state_known")),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_mediation_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_mediation_opened_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["person.id"], name=op.f("fk_mediation_mediator_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation")),
        sa.UniqueConstraint("reference", name=op.f("uq_mediation_reference")),
    )
    op.create_index("ix_mediation_scope", "mediation", ["unit_path", "state"])
    make_what_belongs_to_it()


def make_what_belongs_to_it() -> None:
    op.create_table(
        "mediation_complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"],
            name=op.f("fk_mediation_complaint_mediation_id_mediation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_complaint")),
        sa.UniqueConstraint("tip_reference", name=op.f("uq_mediation_complaint_tip_reference")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_mediation_complaint_mediation_id"), "mediation_complaint", ["mediation_id"]
    )
    op.create_table(
        "mediation_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("complainant_way", sa.String(), nullable=False),
        sa.Column("trader_way", sa.String(), nullable=False),
        sa.Column("complainant_came", sa.Boolean(), nullable=True),
        sa.Column("trader_came", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"],
            name=op.f("fk_mediation_session_mediation_id_mediation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_session")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_mediation_session_mediation_id"), "mediation_session", ["mediation_id"]
    )


def downgrade() -> None:
    for table in ("mediation_session", "mediation_complaint", "mediation"):
        op.drop_table(table)
    op.execute("ALTER TABLE tip DROP COLUMN mediation_reference")
