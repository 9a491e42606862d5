"""Reward reporters whose report led to a closed case."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = (
    "'proposed', 'reviewed', 'approved', 'told', 'claimed', 'paid', 'refused', 'given_up', 'lapsed'"
)
MOMENT = sa.DateTime(timezone=True)
#: Whole fen.
FEN = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _days(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def upgrade() -> None:
    keys = {
        "case_id": "enforcement_case", "bureau_id": "unit", "proposed_by_id": "person",
        "reviewed_by_id": "person", "approved_by_id": "person",
    }  # fmt: skip
    op.create_table(
        "reward",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("reference", "state"),
        sa.Column("case_id", sa.Integer(), nullable=False),
        *_text("tip_reference"),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        *_text("unit_path", "grade"),
        *(sa.Column(name, FEN, nullable=False) for name in ("base", "figure", "amount")),
        *_text("basis", "share_reason"),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        *_days("reviewed_on"),
        *_text("opinion"),
        *_days("finance_on"),
        *_text("finance_letter"),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        *_days("approved_on", "told_on"),
        sa.Column("told_way", sa.String(), nullable=True),
        *_text("contact"),
        *_days("claim_until", "claimed_on"),
        sa.Column("checked_by", sa.String(), nullable=True),
        *_days("paid_on"),
        *_text("voucher", "reason"),
        *_days("ended_on"),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_reward_state_known")),
        sa.CheckConstraint(
            "grade IN ('first', 'second', 'third')", name=op.f("ck_reward_grade_known")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_reward_{name}_{other}"))
            for name, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
        sa.UniqueConstraint("reference", name=op.f("uq_reward_reference")),
    )
    op.create_index("ix_reward_scope", "reward", ["unit_path", "state"])
    op.create_index(op.f("ix_reward_case_id"), "reward", ["case_id"])
    op.create_index(op.f("ix_reward_tip_reference"), "reward", ["tip_reference"])


def downgrade() -> None:
    op.drop_table("reward")
