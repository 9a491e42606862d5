"""Tips on their way: hops, disputes of competence, gatherings, links, remarks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = (
    "state IN ('received', 'returned', 'routed', 'accepted', 'verifying', 'verified', "
    "'declined', 'not_filed', 'filed', 'concluded')"
)
AFTER = BEFORE[:-1] + ", 'disputed', 'escalated', 'transferred', 'redirected', 'merged')"
MOMENT = sa.DateTime(timezone=True)


def unit(column: str, table: str, *, nullable: bool = False) -> tuple[sa.Column, object]:
    """Return a column that names a unit, and its constraint."""
    return (
        sa.Column(column, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([column], ["unit.id"], name=op.f(f"fk_{table}_{column}_unit")),
    )


def person(column: str, table: str, *, nullable: bool = False) -> tuple[sa.Column, object]:
    """Return a column that names a person, and its constraint."""
    return (
        sa.Column(column, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")),
    )


def known_states(condition: str) -> None:
    """Let a tip be in these states only."""
    with op.batch_alter_table("tip") as tip:
        tip.drop_constraint(op.f("ck_tip_state_known"), type_="check")
        tip.create_check_constraint(op.f("ck_tip_state_known"), condition)


def upgrade() -> None:
    with op.batch_alter_table("tip") as tip:
        tip.add_column(sa.Column("ground_shown_by", sa.String(), server_default="", nullable=False))
        tip.add_column(sa.Column("section_id", sa.Integer(), nullable=True))
        tip.add_column(sa.Column("feedback_on", sa.Date(), nullable=True))
        tip.add_column(sa.Column("bounces", sa.Integer(), server_default="0", nullable=False))
        tip.add_column(sa.Column("merged_into", sa.String(), nullable=True))
        tip.add_column(sa.Column("handed_to", sa.String(), server_default="", nullable=False))
        tip.add_column(sa.Column("gathering_reference", sa.String(), nullable=True))
        tip.create_foreign_key(op.f("fk_tip_section_id_unit"), "unit", ["section_id"], ["id"])
        tip.create_index(op.f("ix_tip_merged_into"), ["merged_into"])
        tip.create_index(op.f("ix_tip_gathering_reference"), ["gathering_reference"])
    known_states(AFTER)
    make_hops_and_disputes()
    make_bonds_and_remarks()


def make_hops_and_disputes() -> None:
    op.create_table(
        "tip_hop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *unit("from_id", "tip_hop"),
        *unit("to_id", "tip_hop", nullable=True),
        sa.Column("outside", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("feedback_on", sa.Date(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        *person("by_id", "tip_hop", nullable=True),
        sa.CheckConstraint(
            "kind IN ('route', 'return', 'transfer', 'take_over', 'refer', 'escalate', "
            "'designate')",
            name=op.f("ck_tip_hop_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_hop")),
    )
    op.create_index(op.f("ix_tip_hop_tip_reference"), "tip_hop", ["tip_reference"])
    op.create_table(
        "tip_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        *unit("claimant_id", "tip_dispute"),
        *unit("counterpart_id", "tip_dispute"),
        *unit("superior_id", "tip_dispute"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_bounced", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("referred_because", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        *unit("holder_id", "tip_dispute", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_dispute")),
    )
    for column in ("tip_reference", "claimant_id", "counterpart_id", "superior_id"):
        op.create_index(op.f(f"ix_tip_dispute_{column}"), "tip_dispute", [column])


def make_bonds_and_remarks() -> None:
    op.create_table(
        "tip_gathering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        *unit("bureau_id", "tip_gathering"),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        *person("opened_by_id", "tip_gathering"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_gathering")),
        sa.UniqueConstraint("reference", name=op.f("uq_tip_gathering_reference")),
    )
    op.create_index(op.f("ix_tip_gathering_unit_path"), "tip_gathering", ["unit_path"])
    op.create_table(
        "tip_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *person("by_id", "tip_link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_link")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_tip_link_one_other")),
    )
    op.create_index(op.f("ix_tip_link_one"), "tip_link", ["one"])
    op.create_index(op.f("ix_tip_link_other"), "tip_link", ["other"])
    op.create_table(
        "tip_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        *unit("unit_id", "tip_remark"),
        sa.Column("at", MOMENT, nullable=False),
        *person("by_id", "tip_remark"),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('comment', 'urge', 'feedback')", name=op.f("ck_tip_remark_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_remark")),
    )
    op.create_index(op.f("ix_tip_remark_tip_reference"), "tip_remark", ["tip_reference"])


def downgrade() -> None:
    for table in ("tip_remark", "tip_link", "tip_gathering", "tip_dispute", "tip_hop"):
        op.drop_table(table)
    op.execute(
        "UPDATE tip SET state = 'concluded' WHERE state IN ('transferred', 'redirected', 'merged')"
    )
    op.execute("UPDATE tip SET state = 'returned' WHERE state IN ('disputed', 'escalated')")
    known_states(BEFORE)
    with op.batch_alter_table("tip") as tip:
        tip.drop_index(op.f("ix_tip_gathering_reference"))
        tip.drop_index(op.f("ix_tip_merged_into"))
        tip.drop_constraint(op.f("fk_tip_section_id_unit"), type_="foreignkey")
        for column in (
            "gathering_reference", "handed_to", "merged_into", "bounces", "feedback_on",
            "section_id", "ground_shown_by",
        ):  # fmt: skip
            tip.drop_column(column)
