"""Notices complete: review, replacement, urging, copies, figures, files, templates."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OLD_STATES = "state IN ('drafting', 'submitted', 'signed', 'published', 'withdrawn')"
STATES = (
    "state IN ('drafting', 'submitted', 'reviewed', 'signed', 'published', 'replaced', 'withdrawn')"
)
KINDS = (
    "kind IN ('notice', 'public_notice', 'announcement', 'circular', 'letter', 'typical_cases', "
    "'consumer_warning')"
)


def upgrade() -> None:
    """Widen the tables, carry what was published over, add the templates."""
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("copies_to", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("figures", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("reviewed_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_notice_replaces_id_notice"), "notice", ["replaces_id"], ["id"]
        )
        table.create_foreign_key(
            op.f("fk_notice_reviewed_by_id_person"), "person", ["reviewed_by_id"], ["id"]
        )
        table.drop_constraint(op.f("ck_notice_state_known"), type_="check")
        table.create_check_constraint(op.f("ck_notice_state_known"), STATES)
    with op.batch_alter_table("notice_addressee") as table:
        table.add_column(sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("urged_times", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("notice_publication") as table:
        table.add_column(
            sa.Column("template", sa.String(), nullable=False, server_default="notice")
        )
        table.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("replaces", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("replaced_by", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    _carry_over()
    with op.batch_alter_table("notice_publication") as table:
        table.drop_column("body")
    op.create_table(
        "notice_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_notice_template_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_template")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_template_name")),
    )


def _carry_over() -> None:
    """What was published before was set from these values; its page shows the same."""
    notice = sa.table("notice", sa.column("reference"), sa.column("signed_on", sa.Date))
    public = sa.table(
        "notice_publication", sa.column("reference"), sa.column("kind"), sa.column("number"),
        sa.column("title"), sa.column("unit"), sa.column("body", sa.JSON),
        sa.column("facts", sa.JSON), sa.column("template"),
    )  # fmt: skip
    same = notice.c.reference == public.c.reference
    rows = op.get_bind().execute(sa.select(public, notice.c.signed_on).where(same)).mappings()
    for row in rows.all():
        is_letter = row["kind"] == "letter"
        head = {"organ": row["unit"]} if is_letter else {"head": f"{row['unit']}文件"}
        said = {
            "number": row["number"], "title": row["title"], "body": row["body"],
            "signed_by": row["unit"], "signed_on": row["signed_on"].isoformat(),
            "note": "此件主动公开",
        }  # fmt: skip
        op.get_bind().execute(
            sa.update(public)
            .where(public.c.reference == row["reference"])
            .values(facts=head | said, template="letter" if is_letter else "notice")
        )


def _carry_back() -> None:
    """Give the paragraphs back; the old page knew no tables."""
    public = sa.table(
        "notice_publication", sa.column("reference"), sa.column("body", sa.JSON),
        sa.column("facts", sa.JSON),
    )  # fmt: skip
    for row in op.get_bind().execute(sa.select(public)).mappings().all():
        body = [block for block in row["facts"]["body"] if isinstance(block, str)]
        same = public.c.reference == row["reference"]
        op.get_bind().execute(sa.update(public).where(same).values(body=body))


def downgrade() -> None:
    """Take it back; what was replaced counts as withdrawn, what was reviewed as submitted."""
    op.drop_table("notice_template")
    with op.batch_alter_table("notice_publication") as table:
        table.add_column(sa.Column("body", sa.JSON(), nullable=False, server_default="[]"))
    _carry_back()
    with op.batch_alter_table("notice_publication") as table:
        for name in ("replaced_at", "replaced_by", "replaces", "files", "facts", "template"):
            table.drop_column(name)
    with op.batch_alter_table("notice_addressee") as table:
        table.drop_column("urged_times")
        table.drop_column("urged_at")
    op.execute("UPDATE notice SET state = 'withdrawn' WHERE state = 'replaced'")
    op.execute("UPDATE notice SET state = 'submitted' WHERE state = 'reviewed'")
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_state_known"), type_="check")
        table.create_check_constraint(op.f("ck_notice_state_known"), OLD_STATES)
        table.drop_constraint(op.f("fk_notice_reviewed_by_id_person"), type_="foreignkey")
        table.drop_constraint(op.f("fk_notice_replaces_id_notice"), type_="foreignkey")
        for name in ("reviewed_by_id", "figures", "replaces_id", "copies_to"):
            table.drop_column(name)
