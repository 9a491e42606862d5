"""Requests of parties about what is shown: credit repair and objections."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _repairs()
    _objections()


def _repairs() -> None:
    op.create_table(
        "disclosure_repair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("was_asked_more", sa.Boolean(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("examined_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'incomplete', 'not_accepted', 'accepted', 'granted', 'denied', "
            "'done', 'revoked')",
            name=op.f("ck_disclosure_repair_state_known"),
        ),
        *_keys("disclosure_repair", ("received_by_id", "examined_by_id", "decided_by_id")),
    )
    op.create_index("ix_disclosure_repair_scope", "disclosure_repair", ["unit_path", "state"])
    live = sa.text("state IN ('received', 'incomplete', 'accepted', 'granted')")
    op.create_index(
        "uq_disclosure_repair_live",
        "disclosure_repair",
        ["disclosure_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )


def _objections() -> None:
    op.create_table(
        "disclosure_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("claims", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_text", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("examined_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("letter_sha256", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'examined', 'answered')",
            name=op.f("ck_disclosure_objection_state_known"),
        ),
        sa.CheckConstraint(
            "answer IN ('keep', 'correct', 'withdraw')",
            name=op.f("ck_disclosure_objection_answer_known"),
        ),
        *_keys("disclosure_objection", ("received_by_id", "examined_by_id", "answered_by_id")),
    )
    op.create_index("ix_disclosure_objection_scope", "disclosure_objection", ["unit_path", "state"])
    op.create_index(
        op.f("ix_disclosure_objection_disclosure_id"), "disclosure_objection", ["disclosure_id"]
    )


def _keys(table: str, people: tuple[str, ...]) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f(f"fk_{table}_disclosure_id_disclosure")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{table}_{name}_person"))
            for name in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{table}_reference")),
    ]


def downgrade() -> None:
    op.drop_table("disclosure_objection")
    op.drop_table("disclosure_repair")
