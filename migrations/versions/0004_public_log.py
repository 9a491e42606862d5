"""Keep a public log that can only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEEP_SQLITE = (
    "CREATE TRIGGER public_log_entry_keep_{0} BEFORE {0} ON public_log_entry "
    "BEGIN SELECT RAISE(ABORT, 'public_log_entry is append-only'); END"
)
KEEP_POSTGRESQL = (
    (
        "CREATE FUNCTION public_log_entry_keep() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'public_log_entry is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER public_log_entry_keep BEFORE UPDATE OR DELETE ON public_log_entry "
        "FOR EACH ROW EXECUTE FUNCTION public_log_entry_keep()"
    ),
)


def upgrade() -> None:
    op.create_table(
        "public_log_entry",
        sa.Column(
            "index",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("hashes", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_public_log_entry")),
    )
    op.create_index(
        "ix_public_log_entry_subject",
        "public_log_entry",
        ["reference", "kind", "index"],
        unique=False,
    )
    if op.get_context().dialect.name == "sqlite":
        statements = (KEEP_SQLITE.format("UPDATE"), KEEP_SQLITE.format("DELETE"))
    else:
        statements = KEEP_POSTGRESQL
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_public_log_entry_subject", table_name="public_log_entry")
    op.drop_table("public_log_entry")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION public_log_entry_keep()")
