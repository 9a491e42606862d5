"""First schema: units, people, clocks, tips, tasks, cases, supervision, disclosures, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEEP_SQLITE = (
    "CREATE TRIGGER audit_entry_keep_{0} BEFORE {0} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
)
KEEP_POSTGRESQL = (
    (
        "CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_keep()"
    ),
)
WORDS_SQLITE = (
    "CREATE VIRTUAL TABLE disclosure_publication_words USING "
    "fts5(words, content='', detail=none, prefix='1', tokenize='ascii')"
)
WORDS_POSTGRESQL = (
    (
        "CREATE TABLE disclosure_publication_words (rowid bigint PRIMARY KEY "
        "REFERENCES disclosure_publication (id), words tsvector NOT NULL)"
    ),
    (
        "CREATE INDEX ix_disclosure_publication_words "
        "ON disclosure_publication_words USING gin (words)"
    ),
)


def upgrade() -> None:
    make_tables()
    if op.get_context().dialect.name == "sqlite":
        statements = (KEEP_SQLITE.format("UPDATE"), KEEP_SQLITE.format("DELETE"), WORDS_SQLITE)
    else:
        statements = (*KEEP_POSTGRESQL, *WORDS_POSTGRESQL)
    for statement in statements:
        op.execute(statement)


def make_tables() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_reference", sa.String(), nullable=False),
        sa.Column("rule_code", sa.String(), nullable=False),
        sa.Column("rule_valid_from", sa.Date(), nullable=False),
        sa.Column("calendar_basis", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("legal_due_on", sa.Date(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("pause_ground", sa.String(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('met', 'late', 'withdrawn', 'restarted')",
            name=op.f("ck_clock_outcome_known"),
        ),
        sa.CheckConstraint(
            "(due_on IS NULL) = (paused_on IS NOT NULL)", name=op.f("ck_clock_no_due_while_paused")
        ),
        sa.CheckConstraint(
            "(stopped_on IS NULL) = (outcome IS NULL)", name=op.f("ck_clock_outcome_when_stopped")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(
        "ix_clock_due_on",
        "clock",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.create_index(
        "ix_clock_subject", "clock", ["subject_kind", "subject_reference"], unique=False
    )
    op.create_index(
        "uq_clock_running",
        "clock",
        ["subject_kind", "subject_reference", "rule_code"],
        unique=True,
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.create_index(
        "uq_clock_running_main",
        "clock",
        ["subject_kind", "subject_reference"],
        unique=True,
        sqlite_where=sa.text("stopped_on IS NULL AND is_main"),
        postgresql_where=sa.text("stopped_on IS NULL AND is_main"),
    )
    op.create_table(
        "code_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "list_name IN ('products', 'violations', 'sources', 'measures', 'fields', 'test_items', 'topics')",
            name=op.f("ck_code_entry_list_name_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_entry")),
        sa.UniqueConstraint("list_name", "code", name=op.f("uq_code_entry_list_name_code")),
    )
    op.create_table(
        "form_submission",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_submission")),
    )
    op.create_table(
        "listing_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_reference", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("supervising_unit", sa.String(), nullable=False),
        sa.Column("handling_unit", sa.String(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_publication")),
    )
    op.create_index(
        op.f("ix_listing_publication_listing_reference"),
        "listing_publication",
        ["listing_reference"],
        unique=False,
    )
    op.create_table(
        "notice_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_publication")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_publication_reference")),
    )
    op.create_index(
        "ix_notice_publication_order", "notice_publication", ["published_at", "id"], unique=False
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "scope", name=op.f("pk_number_series")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("totp_sealed", sa.String(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account", name=op.f("uq_person_account")),
    )
    op.create_table(
        "public_door_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "door IN ('report', 'track')", name=op.f("ck_public_door_use_door_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_door_use")),
    )
    op.create_index("ix_public_door_use_at", "public_door_use", ["at"], unique=False)
    op.create_index(
        "ix_public_door_use_source",
        "public_door_use",
        ["door", "source_digest", "at"],
        unique=False,
    )
    op.create_table(
        "reporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.String(), nullable=True),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("address_sealed", sa.String(), nullable=True),
        sa.Column("phone_index", sa.String(), nullable=True),
        sa.Column("code_index", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("code_index", name=op.f("uq_reporter_code_index")),
    )
    op.create_index(op.f("ix_reporter_phone_index"), "reporter", ["phone_index"], unique=False)
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        "ix_sign_in_failure_source", "sign_in_failure", ["source_digest", "at"], unique=False
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("division_code", sa.String(), nullable=False),
        sa.Column("number_word", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('bureau', 'branch', 'section', 'corps', 'station', 'institute', 'association')",
            name=op.f("ck_unit_kind_known"),
        ),
        sa.CheckConstraint(
            "level IN ('nation', 'province', 'city', 'county', 'town')",
            name=op.f("ck_unit_level_known"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index("ix_unit_path", "unit", ["path"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("view_sha256", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_attachment_added_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(
        "ix_attachment_subject", "attachment", ["subject_kind", "subject_reference"], unique=False
    )
    op.create_table(
        "audit_entry",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_reference", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_audit_entry_by_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_audit_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_by_id", "audit_entry", ["by_id"], unique=False)
    op.create_index(
        "ix_audit_entry_subject",
        "audit_entry",
        ["subject_kind", "subject_reference", "seq"],
        unique=False,
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("make_up_days", sa.JSON(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_calendar_year_entered_by_id_person")
        ),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("areas", sa.String(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'running', 'closed')", name=op.f("ck_campaign_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_campaign_bureau_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("reference", name=op.f("uq_campaign_reference")),
    )
    op.create_index(op.f("ix_campaign_unit_path"), "campaign", ["unit_path"], unique=False)
    op.create_table(
        "clock_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('suspend', 'extend')", name=op.f("ck_clock_span_kind_known")),
        sa.CheckConstraint(
            "unit IN ('working_days', 'calendar_days', 'months', 'years', 'hours')",
            name=op.f("ck_clock_span_unit_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_clock_span_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["clock.id"], name=op.f("fk_clock_span_clock_id_clock")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_clock_span_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_span")),
    )
    op.create_index(op.f("ix_clock_span_clock_id"), "clock_span", ["clock_id"], unique=False)
    op.create_table(
        "enterprise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("registration_number", sa.String(), nullable=True),
        sa.Column("legal_representative", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("division_code", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('unit', 'sole_trader', 'person')", name=op.f("ck_enterprise_kind_known")
        ),
        sa.CheckConstraint(
            "status IN ('active', 'suspended', 'deregistered', 'revoked')",
            name=op.f("ck_enterprise_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_enterprise_bureau_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_enterprise_credit_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_enterprise_reference")),
    )
    op.create_index(
        op.f("ix_enterprise_division_code"), "enterprise", ["division_code"], unique=False
    )
    op.create_index(op.f("ix_enterprise_folded"), "enterprise", ["folded"], unique=False)
    op.create_index(op.f("ix_enterprise_initials"), "enterprise", ["initials"], unique=False)
    op.create_index(
        op.f("ix_enterprise_registration_number"),
        "enterprise",
        ["registration_number"],
        unique=False,
    )
    op.create_table(
        "former_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_former_password_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_password")),
    )
    op.create_index(
        op.f("ix_former_password_person_id"), "former_password", ["person_id"], unique=False
    )
    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_job_asked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("handling_bureau_id", sa.Integer(), nullable=False),
        sa.Column("handling_path", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_reference", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("listed_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("public_title", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("delist_number", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('listed', 'applied', 'delisted', 'withdrawn')",
            name=op.f("ck_listing_state_known"),
        ),
        sa.CheckConstraint(
            "subject_kind IN ('case', 'enterprise', 'area', 'issue')",
            name=op.f("ck_listing_subject_kind_known"),
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_listing_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_listing_ended_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["handling_bureau_id"], ["unit.id"], name=op.f("fk_listing_handling_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["listed_by_id"], ["person.id"], name=op.f("fk_listing_listed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("delist_number", name=op.f("uq_listing_delist_number")),
        sa.UniqueConstraint("number", name=op.f("uq_listing_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_listing_reference")),
    )
    op.create_index(op.f("ix_listing_bureau_id"), "listing", ["bureau_id"], unique=False)
    op.create_index("ix_listing_handling", "listing", ["handling_path", "state"], unique=False)
    op.create_index(
        op.f("ix_listing_handling_bureau_id"), "listing", ["handling_bureau_id"], unique=False
    )
    op.create_index("ix_listing_scope", "listing", ["unit_path", "state"], unique=False)
    op.create_index(
        "ix_listing_subject", "listing", ["subject_kind", "subject_reference"], unique=False
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('operator', 'triage_officer', 'inspector', 'case_officer', 'unit_leader', 'supervisor', 'information_officer', 'statistician', 'drafter', 'reviewer', 'publisher', 'auditor', 'system_administrator', 'security_administrator', 'audit_administrator')",
            name=op.f("ck_post_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_post_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_person_id"), "post", ["person_id"], unique=False)
    op.create_index("ix_post_unit_role", "post", ["unit_id", "role"], unique=False)
    op.create_table(
        "reporting_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["superior_id"], ["unit.id"], name=op.f("fk_reporting_line_superior_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_reporting_line_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_line")),
        sa.UniqueConstraint("unit_id", "business", name=op.f("uq_reporting_line_unit_id_business")),
    )
    op.create_index(op.f("ix_reporting_line_unit_id"), "reporting_line", ["unit_id"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sign_in_session_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(
        op.f("ix_sign_in_session_person_id"), "sign_in_session", ["person_id"], unique=False
    )
    op.create_table(
        "unit_jurisdiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_jurisdiction_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_jurisdiction")),
        sa.UniqueConstraint(
            "unit_id",
            "division_code",
            "valid_from",
            name=op.f("uq_unit_jurisdiction_unit_id_division_code_valid_from"),
        ),
    )
    op.create_index(
        op.f("ix_unit_jurisdiction_division_code"),
        "unit_jurisdiction",
        ["division_code"],
        unique=False,
    )
    op.create_index(
        op.f("ix_unit_jurisdiction_unit_id"), "unit_jurisdiction", ["unit_id"], unique=False
    )
    op.create_table(
        "campaign_special",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("demands", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_special_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_special")),
    )
    op.create_index(
        op.f("ix_campaign_special_campaign_id"), "campaign_special", ["campaign_id"], unique=False
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case_reference", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("is_mitigated", sa.Boolean(), nullable=False),
        sa.Column("in_key_field", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("check_code", sa.String(), nullable=True),
        sa.Column("verify_root", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ground IN ('warning_only', 'minor', 'secret', 'privacy', 'safety', 'other')",
            name=op.f("ck_disclosure_ground_known"),
        ),
        sa.CheckConstraint(
            "state IN ('drafting', 'submitted', 'returned', 'approved', 'published', 'withdrawn', 'not_disclosed')",
            name=op.f("ck_disclosure_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_disclosure_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_disclosure_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_disclosure_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_disclosure_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint(
            "case_reference", "round", name=op.f("uq_disclosure_case_reference_round")
        ),
        sa.UniqueConstraint("check_code", name=op.f("uq_disclosure_check_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_disclosure_reference")),
    )
    op.create_index(op.f("ix_disclosure_bureau_id"), "disclosure", ["bureau_id"], unique=False)
    op.create_index("ix_disclosure_scope", "disclosure", ["unit_path", "state"], unique=False)
    op.create_table(
        "enforcement_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("violation_code", sa.String(), nullable=False),
        sa.Column("goods_value", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("task_reference", sa.String(), nullable=True),
        sa.Column("tip_reference", sa.String(), nullable=True),
        sa.Column("clue_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_one_id", sa.Integer(), nullable=False),
        sa.Column("officer_two_id", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column("recusal_declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_opinion", sa.String(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("notice_text", sa.String(), nullable=False),
        sa.Column("statement_kind", sa.String(), nullable=True),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("statement_outcome", sa.String(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("drop_ground", sa.String(), nullable=True),
        sa.Column("closing_ground", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closing_ground IN ('performed', 'court_ended', 'other')",
            name=op.f("ck_enforcement_case_closing_ground_known"),
        ),
        sa.CheckConstraint(
            "drop_ground IN ('no_penalty', 'not_established', 'transferred', 'transferred_crime', 'terminated')",
            name=op.f("ck_enforcement_case_drop_ground_known"),
        ),
        sa.CheckConstraint(
            "source IN ('inspection', 'tip', 'transfer', 'assigned', 'other')",
            name=op.f("ck_enforcement_case_source_known"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'not_filed', 'filed', 'investigating', 'reviewing', 'reviewed', 'informed', 'decided', 'closed', 'dropped')",
            name=op.f("ck_enforcement_case_state_known"),
        ),
        sa.CheckConstraint(
            "statement_kind IN ('waived', 'stated', 'heard')",
            name=op.f("ck_enforcement_case_statement_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["bureau_id"], ["unit.id"], name=op.f("fk_enforcement_case_bureau_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enforcement_case_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["filed_by_id"], ["person.id"], name=op.f("fk_enforcement_case_filed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["officer_one_id"],
            ["person.id"],
            name=op.f("fk_enforcement_case_officer_one_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_two_id"],
            ["person.id"],
            name=op.f("fk_enforcement_case_officer_two_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["person.id"],
            name=op.f("fk_enforcement_case_proposed_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"],
            ["person.id"],
            name=op.f("fk_enforcement_case_reviewed_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_case")),
        sa.UniqueConstraint("number", name=op.f("uq_enforcement_case_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_enforcement_case_reference")),
    )
    op.create_index(
        op.f("ix_enforcement_case_bureau_id"), "enforcement_case", ["bureau_id"], unique=False
    )
    op.create_index(
        op.f("ix_enforcement_case_enterprise_id"),
        "enforcement_case",
        ["enterprise_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enforcement_case_officer_one_id"),
        "enforcement_case",
        ["officer_one_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enforcement_case_officer_two_id"),
        "enforcement_case",
        ["officer_two_id"],
        unique=False,
    )
    op.create_index(
        "ix_enforcement_case_scope", "enforcement_case", ["unit_path", "state"], unique=False
    )
    op.create_index(
        op.f("ix_enforcement_case_task_reference"),
        "enforcement_case",
        ["task_reference"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enforcement_case_tip_reference"),
        "enforcement_case",
        ["tip_reference"],
        unique=False,
    )
    op.create_table(
        "enterprise_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_alias_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_alias")),
    )
    op.create_index(
        op.f("ix_enterprise_alias_enterprise_id"),
        "enterprise_alias",
        ["enterprise_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enterprise_alias_folded"), "enterprise_alias", ["folded"], unique=False
    )
    op.create_table(
        "enterprise_field",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("field_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_field_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "field_code", name=op.f("pk_enterprise_field")),
    )
    op.create_index(
        op.f("ix_enterprise_field_field_code"), "enterprise_field", ["field_code"], unique=False
    )
    op.create_table(
        "enterprise_product",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_product_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "product_code", name=op.f("pk_enterprise_product")
        ),
    )
    op.create_index(
        op.f("ix_enterprise_product_product_code"),
        "enterprise_product",
        ["product_code"],
        unique=False,
    )
    op.create_table(
        "enterprise_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_word_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("word", "enterprise_id", name=op.f("pk_enterprise_word")),
    )
    op.create_index(
        op.f("ix_enterprise_word_enterprise_id"), "enterprise_word", ["enterprise_id"], unique=False
    )
    op.create_index(op.f("ix_enterprise_word_first"), "enterprise_word", ["first"], unique=False)
    op.create_table(
        "listing_demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'reported', 'met')", name=op.f("ck_listing_demand_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_demand_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_demand")),
        sa.UniqueConstraint(
            "listing_id", "position", name=op.f("uq_listing_demand_listing_id_position")
        ),
    )
    op.create_index(
        op.f("ix_listing_demand_listing_id"), "listing_demand", ["listing_id"], unique=False
    )
    op.create_table(
        "listing_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["person.id"],
            name=op.f("fk_listing_extension_approved_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_extension_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_extension")),
    )
    op.create_index(
        op.f("ix_listing_extension_listing_id"), "listing_extension", ["listing_id"], unique=False
    )
    op.create_table(
        "listing_urging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "rung IN ('reminder', 'assignment', 'supervision')",
            name=op.f("ck_listing_urging_rung_known"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_listing_urging_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_urging_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_listing_urging_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_urging")),
        sa.UniqueConstraint("number", name=op.f("uq_listing_urging_number")),
    )
    op.create_index(
        op.f("ix_listing_urging_listing_id"), "listing_urging", ["listing_id"], unique=False
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("openness", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('notice', 'public_notice', 'announcement', 'circular', 'letter', 'typical_cases', 'consumer_warning')",
            name=op.f("ck_notice_kind_known"),
        ),
        sa.CheckConstraint(
            "openness IN ('open', 'on_request', 'closed')", name=op.f("ck_notice_openness_known")
        ),
        sa.CheckConstraint(
            "state IN ('drafting', 'submitted', 'signed', 'published', 'withdrawn')",
            name=op.f("ck_notice_state_known"),
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_notice_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_notice_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_notice_job_id_job")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_notice_signed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_reference")),
    )
    op.create_index(op.f("ix_notice_unit_path"), "notice", ["unit_path"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("companion_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("what_to_check", sa.String(), nullable=False),
        sa.Column("tip_reference", sa.String(), nullable=True),
        sa.Column("campaign_reference", sa.String(), nullable=True),
        sa.Column("case_reference", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("has_problem", sa.Boolean(), nullable=True),
        sa.Column("violation_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('verification', 'sweep', 'patrol', 'surprise', 'recheck')",
            name=op.f("ck_task_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('assigned', 'started', 'done', 'filed', 'cancelled')",
            name=op.f("ck_task_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["person.id"], name=op.f("fk_task_assigned_by_id_person")
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_task_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["companion_id"], ["person.id"], name=op.f("fk_task_companion_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_task_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_task_officer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("reference", name=op.f("uq_task_reference")),
    )
    op.create_index(
        op.f("ix_task_campaign_reference"), "task", ["campaign_reference"], unique=False
    )
    op.create_index(op.f("ix_task_companion_id"), "task", ["companion_id"], unique=False)
    op.create_index(op.f("ix_task_enterprise_id"), "task", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_task_officer_id"), "task", ["officer_id"], unique=False)
    op.create_index("ix_task_scope", "task", ["unit_path", "state", "due_on"], unique=False)
    op.create_index(op.f("ix_task_tip_reference"), "task", ["tip_reference"], unique=False)
    op.create_table(
        "tip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("subject_name", sa.String(), nullable=False),
        sa.Column("subject_address", sa.String(), nullable=False),
        sa.Column("division_code", sa.String(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("violation_code", sa.String(), nullable=False),
        sa.Column("brand_model", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("is_dangerous", sa.Boolean(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("twin_reference", sa.String(), nullable=True),
        sa.Column("task_reference", sa.String(), nullable=True),
        sa.Column("case_reference", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('telephone', 'web', 'visit', 'letter', 'platform', 'transfer')",
            name=op.f("ck_tip_channel_known"),
        ),
        sa.CheckConstraint("kind IN ('complaint', 'report')", name=op.f("ck_tip_kind_known")),
        sa.CheckConstraint(
            "state IN ('received', 'returned', 'routed', 'accepted', 'verifying', 'verified', 'declined', 'not_filed', 'filed', 'concluded')",
            name=op.f("ck_tip_state_known"),
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["unit.id"], name=op.f("fk_tip_bureau_id_unit")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_tip_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["person.id"], name=op.f("fk_tip_received_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["reporter.id"], name=op.f("fk_tip_reporter_id_reporter")
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["unit.id"], name=op.f("fk_tip_sender_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
        sa.UniqueConstraint("reference", name=op.f("uq_tip_reference")),
    )
    op.create_index(op.f("ix_tip_enterprise_id"), "tip", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_tip_received_at"), "tip", ["received_at"], unique=False)
    op.create_index(op.f("ix_tip_reporter_id"), "tip", ["reporter_id"], unique=False)
    op.create_index("ix_tip_scope", "tip", ["unit_path", "state"], unique=False)
    op.create_table(
        "campaign_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("special_id", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('once', 'monthly', 'quarterly', 'weekly', 'at_once', 'conditional')",
            name=op.f("ck_campaign_duty_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_duty_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["special_id"],
            ["campaign_special.id"],
            name=op.f("fk_campaign_duty_special_id_campaign_special"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_duty")),
    )
    op.create_index(
        op.f("ix_campaign_duty_campaign_id"), "campaign_duty", ["campaign_id"], unique=False
    )
    op.create_table(
        "case_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("fine", sa.BigInteger(), nullable=False),
        sa.Column("confiscated_income", sa.BigInteger(), nullable=False),
        sa.Column("confiscated_goods", sa.BigInteger(), nullable=False),
        sa.Column("warning_only", sa.Boolean(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("party_kind", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("registration_number", sa.String(), nullable=False),
        sa.Column("legal_representative", sa.String(), nullable=False),
        sa.Column("party_address", sa.String(), nullable=False),
        sa.Column("violation_title", sa.String(), nullable=False),
        sa.Column("laws_broken", sa.String(), nullable=False),
        sa.Column("laws_applied", sa.String(), nullable=False),
        sa.Column("penalty_items", sa.JSON(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("performance", sa.String(), nullable=False),
        sa.Column("remedies", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "party_kind IN ('unit', 'sole_trader', 'person')",
            name=op.f("ck_case_decision_party_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_case_decision_case_id_enforcement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_case_decision_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decision")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_decision_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_case_decision_number")),
    )
    op.create_index(
        op.f("ix_case_decision_decided_on"), "case_decision", ["decided_on"], unique=False
    )
    op.create_table(
        "case_decision_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_kind", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("registration_number", sa.String(), nullable=False),
        sa.Column("legal_representative", sa.String(), nullable=False),
        sa.Column("party_address", sa.String(), nullable=False),
        sa.Column("violation_title", sa.String(), nullable=False),
        sa.Column("laws_broken", sa.String(), nullable=False),
        sa.Column("laws_applied", sa.String(), nullable=False),
        sa.Column("penalty_items", sa.JSON(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("performance", sa.String(), nullable=False),
        sa.Column("remedies", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "party_kind IN ('unit', 'sole_trader', 'person')",
            name=op.f("ck_case_decision_draft_party_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_case_decision_draft_case_id_enforcement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["person.id"],
            name=op.f("fk_case_decision_draft_written_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decision_draft")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_decision_draft_case_id")),
    )
    op.create_table(
        "disclosure_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("replacement", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ruling IN ('open', 'hidden', 'kept')", name=op.f("ck_disclosure_mark_ruling_known")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_mark_disclosure_id_disclosure"),
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["person.id"], name=op.f("fk_disclosure_mark_ruled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_mark")),
    )
    op.create_index(
        op.f("ix_disclosure_mark_disclosure_id"), "disclosure_mark", ["disclosure_id"], unique=False
    )
    op.create_table(
        "disclosure_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("displayed_until", sa.Date(), nullable=False),
        sa.Column("earliest_end", sa.Date(), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("pdf_pages", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("registration_number", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("penalty", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_ground", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "tier IN ('minor', 'ordinary', 'severe', 'grave')",
            name=op.f("ck_disclosure_publication_tier_known"),
        ),
        sa.CheckConstraint(
            "withdrawn_ground IN ('changed', 'revoked', 'unlawful', 'void', 'mistake')",
            name=op.f("ck_disclosure_publication_withdrawn_ground_known"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_publication_disclosure_id_disclosure"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_disclosure_publication_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_publication")),
        sa.UniqueConstraint("check_code", name=op.f("uq_disclosure_publication_check_code")),
        sa.UniqueConstraint("disclosure_id", name=op.f("uq_disclosure_publication_disclosure_id")),
        sa.UniqueConstraint("edition", name=op.f("uq_disclosure_publication_edition")),
        sa.UniqueConstraint("reference", name=op.f("uq_disclosure_publication_reference")),
    )
    op.create_index(
        op.f("ix_disclosure_publication_credit_code"),
        "disclosure_publication",
        ["credit_code"],
        unique=False,
    )
    op.create_index(
        op.f("ix_disclosure_publication_displayed_until"),
        "disclosure_publication",
        ["displayed_until"],
        unique=False,
    )
    op.create_index(
        op.f("ix_disclosure_publication_party_name"),
        "disclosure_publication",
        ["party_name"],
        unique=False,
    )
    op.create_index(
        op.f("ix_disclosure_publication_pdf_sha256"),
        "disclosure_publication",
        ["pdf_sha256"],
        unique=False,
    )
    op.create_index(
        "ix_disclosure_publication_unit", "disclosure_publication", ["unit_id", "id"], unique=False
    )
    op.create_table(
        "listing_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=True),
        sa.Column("verdict_reason", sa.String(), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["demand_id"],
            ["listing_demand.id"],
            name=op.f("fk_listing_report_demand_id_listing_demand"),
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["person.id"], name=op.f("fk_listing_report_judged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["person.id"], name=op.f("fk_listing_report_reported_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_report")),
    )
    op.create_index(
        op.f("ix_listing_report_demand_id"), "listing_report", ["demand_id"], unique=False
    )
    op.create_table(
        "notice_addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"],
            ["person.id"],
            name=op.f("fk_notice_addressee_acknowledged_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_addressee_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_notice_addressee_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_addressee")),
        sa.UniqueConstraint(
            "notice_id", "unit_id", name=op.f("uq_notice_addressee_notice_id_unit_id")
        ),
    )
    op.create_index(
        op.f("ix_notice_addressee_notice_id"), "notice_addressee", ["notice_id"], unique=False
    )
    op.create_index(
        op.f("ix_notice_addressee_unit_id"), "notice_addressee", ["unit_id"], unique=False
    )


def downgrade() -> None:
    op.execute("DROP TABLE disclosure_publication_words")
    drop_tables()
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_keep()")


def drop_tables() -> None:
    op.drop_index(op.f("ix_notice_addressee_unit_id"), table_name="notice_addressee")
    op.drop_index(op.f("ix_notice_addressee_notice_id"), table_name="notice_addressee")
    op.drop_table("notice_addressee")
    op.drop_index(op.f("ix_listing_report_demand_id"), table_name="listing_report")
    op.drop_table("listing_report")
    op.drop_index("ix_disclosure_publication_unit", table_name="disclosure_publication")
    op.drop_index(op.f("ix_disclosure_publication_pdf_sha256"), table_name="disclosure_publication")
    op.drop_index(op.f("ix_disclosure_publication_party_name"), table_name="disclosure_publication")
    op.drop_index(
        op.f("ix_disclosure_publication_displayed_until"), table_name="disclosure_publication"
    )
    op.drop_index(
        op.f("ix_disclosure_publication_credit_code"), table_name="disclosure_publication"
    )
    op.drop_table("disclosure_publication")
    op.drop_index(op.f("ix_disclosure_mark_disclosure_id"), table_name="disclosure_mark")
    op.drop_table("disclosure_mark")
    op.drop_table("case_decision_draft")
    op.drop_index(op.f("ix_case_decision_decided_on"), table_name="case_decision")
    op.drop_table("case_decision")
    op.drop_index(op.f("ix_campaign_duty_campaign_id"), table_name="campaign_duty")
    op.drop_table("campaign_duty")
    op.drop_index("ix_tip_scope", table_name="tip")
    op.drop_index(op.f("ix_tip_reporter_id"), table_name="tip")
    op.drop_index(op.f("ix_tip_received_at"), table_name="tip")
    op.drop_index(op.f("ix_tip_enterprise_id"), table_name="tip")
    op.drop_table("tip")
    op.drop_index(op.f("ix_task_tip_reference"), table_name="task")
    op.drop_index("ix_task_scope", table_name="task")
    op.drop_index(op.f("ix_task_officer_id"), table_name="task")
    op.drop_index(op.f("ix_task_enterprise_id"), table_name="task")
    op.drop_index(op.f("ix_task_companion_id"), table_name="task")
    op.drop_index(op.f("ix_task_campaign_reference"), table_name="task")
    op.drop_table("task")
    op.drop_index(op.f("ix_notice_unit_path"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_listing_urging_listing_id"), table_name="listing_urging")
    op.drop_table("listing_urging")
    op.drop_index(op.f("ix_listing_extension_listing_id"), table_name="listing_extension")
    op.drop_table("listing_extension")
    op.drop_index(op.f("ix_listing_demand_listing_id"), table_name="listing_demand")
    op.drop_table("listing_demand")
    op.drop_index(op.f("ix_enterprise_word_first"), table_name="enterprise_word")
    op.drop_index(op.f("ix_enterprise_word_enterprise_id"), table_name="enterprise_word")
    op.drop_table("enterprise_word")
    op.drop_index(op.f("ix_enterprise_product_product_code"), table_name="enterprise_product")
    op.drop_table("enterprise_product")
    op.drop_index(op.f("ix_enterprise_field_field_code"), table_name="enterprise_field")
    op.drop_table("enterprise_field")
    op.drop_index(op.f("ix_enterprise_alias_folded"), table_name="enterprise_alias")
    op.drop_index(op.f("ix_enterprise_alias_enterprise_id"), table_name="enterprise_alias")
    op.drop_table("enterprise_alias")
    op.drop_index(op.f("ix_enforcement_case_tip_reference"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_task_reference"), table_name="enforcement_case")
    op.drop_index("ix_enforcement_case_scope", table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_officer_two_id"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_officer_one_id"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_enterprise_id"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_bureau_id"), table_name="enforcement_case")
    op.drop_table("enforcement_case")
    op.drop_index("ix_disclosure_scope", table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_bureau_id"), table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index(op.f("ix_campaign_special_campaign_id"), table_name="campaign_special")
    op.drop_table("campaign_special")
    op.drop_index(op.f("ix_unit_jurisdiction_unit_id"), table_name="unit_jurisdiction")
    op.drop_index(op.f("ix_unit_jurisdiction_division_code"), table_name="unit_jurisdiction")
    op.drop_table("unit_jurisdiction")
    op.drop_index(op.f("ix_sign_in_session_person_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_reporting_line_unit_id"), table_name="reporting_line")
    op.drop_table("reporting_line")
    op.drop_index("ix_post_unit_role", table_name="post")
    op.drop_index(op.f("ix_post_person_id"), table_name="post")
    op.drop_table("post")
    op.drop_index("ix_listing_subject", table_name="listing")
    op.drop_index("ix_listing_scope", table_name="listing")
    op.drop_index(op.f("ix_listing_handling_bureau_id"), table_name="listing")
    op.drop_index("ix_listing_handling", table_name="listing")
    op.drop_index(op.f("ix_listing_bureau_id"), table_name="listing")
    op.drop_table("listing")
    op.drop_table("job")
    op.drop_index(op.f("ix_former_password_person_id"), table_name="former_password")
    op.drop_table("former_password")
    op.drop_index(op.f("ix_enterprise_registration_number"), table_name="enterprise")
    op.drop_index(op.f("ix_enterprise_initials"), table_name="enterprise")
    op.drop_index(op.f("ix_enterprise_folded"), table_name="enterprise")
    op.drop_index(op.f("ix_enterprise_division_code"), table_name="enterprise")
    op.drop_table("enterprise")
    op.drop_index(op.f("ix_clock_span_clock_id"), table_name="clock_span")
    op.drop_table("clock_span")
    op.drop_index(op.f("ix_campaign_unit_path"), table_name="campaign")
    op.drop_table("campaign")
    op.drop_table("calendar_year")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_by_id", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("ix_attachment_subject", table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("ix_unit_path", table_name="unit")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index("ix_sign_in_failure_source", table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_index(op.f("ix_reporter_phone_index"), table_name="reporter")
    op.drop_table("reporter")
    op.drop_index("ix_public_door_use_source", table_name="public_door_use")
    op.drop_index("ix_public_door_use_at", table_name="public_door_use")
    op.drop_table("public_door_use")
    op.drop_table("person")
    op.drop_table("number_series")
    op.drop_index("ix_notice_publication_order", table_name="notice_publication")
    op.drop_table("notice_publication")
    op.drop_index(
        op.f("ix_listing_publication_listing_reference"), table_name="listing_publication"
    )
    op.drop_table("listing_publication")
    op.drop_table("form_submission")
    op.drop_table("code_entry")
    op.drop_index(
        "uq_clock_running_main",
        table_name="clock",
        sqlite_where=sa.text("stopped_on IS NULL AND is_main"),
        postgresql_where=sa.text("stopped_on IS NULL AND is_main"),
    )
    op.drop_index(
        "uq_clock_running",
        table_name="clock",
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.drop_index("ix_clock_subject", table_name="clock")
    op.drop_index(
        "ix_clock_due_on",
        table_name="clock",
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.drop_table("clock")
    op.drop_table("audit_head")
