"""the foundation"""

import sqlalchemy as sa
from alembic import op

import citizen_voice.db

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("question_en", sa.String(length=160), nullable=False),
        sa.Column("question_cy", sa.String(length=160), server_default="", nullable=False),
        sa.Column("background_en", sa.Text(), server_default="", nullable=False),
        sa.Column("background_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("sponsor_en", sa.Text(), server_default="", nullable=False),
        sa.Column("sponsor_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("decides_en", sa.Text(), server_default="", nullable=False),
        sa.Column("decides_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("money_en", sa.Text(), server_default="", nullable=False),
        sa.Column("money_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("fixed_en", sa.Text(), server_default="", nullable=False),
        sa.Column("fixed_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("promise_en", sa.Text(), server_default="", nullable=False),
        sa.Column("promise_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("reply_team_en", sa.String(length=80), server_default="", nullable=False),
        sa.Column("reply_team_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("replies_by", sa.Date(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opens_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("closes_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("ballot", sa.String(length=10), nullable=False),
        sa.Column("moderation", sa.String(length=10), nullable=False),
        sa.Column("published_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.CheckConstraint("ballot IN ('opinion', 'support')", name=op.f("ck_challenges_ballot")),
        sa.CheckConstraint(
            "moderation IN ('after', 'newcomers', 'before')", name=op.f("ck_challenges_moderation")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (sponsor_en <> '' AND decides_en <> '' AND money_en <> '' AND fixed_en <> '' AND promise_en <> '')",
            name=op.f("ck_challenges_published_with_its_promise"),
        ),
        sa.CheckConstraint(
            "opens_at < closes_at", name=op.f("ck_challenges_opens_before_it_closes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("slug", name=op.f("uq_challenges_slug")),
    )
    op.create_table(
        "journal_entries",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("actor", citizen_voice.db.Key(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal_entries")),
    )
    op.create_table(
        "limit_hits",
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("window_end", sa.BigInteger(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject", "window_end", name=op.f("pk_limit_hits")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("effective_from", citizen_voice.db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "name", "version", "language", name=op.f("uq_notices_name_version_language")
        ),
    )
    op.create_table(
        "outbox_mails",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("due_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("sent_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("failed_at", citizen_voice.db.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mails")),
    )
    with op.batch_alter_table("outbox_mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_mails_due_at"), ["due_at"], unique=False)

    op.create_table(
        "persons",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("display_name", sa.String(length=60), nullable=True),
        sa.Column("age_band", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("closed_at", citizen_voice.db.Moment(), nullable=True),
        sa.CheckConstraint("age_band IN ('adult', 'teen')", name=op.f("ck_persons_age_band")),
        sa.CheckConstraint(
            "kind = 'resident' OR email IS NULL", name=op.f("ck_persons_only_residents_sign_in")
        ),
        sa.CheckConstraint(
            "kind IN ('resident', 'imported', 'former')", name=op.f("ck_persons_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )
    op.create_table(
        "purposes",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("active_from", citizen_voice.db.Moment(), nullable=False),
        sa.Column("active_to", citizen_voice.db.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_purposes")),
    )
    op.create_table(
        "site_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("council_en", sa.String(length=80), nullable=False),
        sa.Column("council_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("tagline_en", sa.String(length=200), server_default="", nullable=False),
        sa.Column("tagline_cy", sa.String(length=200), server_default="", nullable=False),
        sa.Column("contact_email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("contact_phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("contact_address_en", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_address_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("brand_colour", sa.String(length=7), server_default="#0b5a55", nullable=False),
        sa.Column("link_colour", sa.String(length=7), server_default="#0b5a55", nullable=False),
        sa.Column("welsh_on", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), server_default="13", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("fair_offset", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fair_day", sa.String(length=10), server_default="", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_settings_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_settings")),
    )
    op.create_table(
        "wards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_cy", sa.String(length=80), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wards")),
        sa.UniqueConstraint("code", name=op.f("uq_wards_code")),
    )
    op.create_table(
        "import_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("batch_size", sa.Integer(), nullable=False),
        sa.Column("started_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("finished_at", citizen_voice.db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_import_sources_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_sources")),
        sa.UniqueConstraint(
            "kind", "challenge_id", name=op.f("uq_import_sources_kind_challenge_id")
        ),
    )
    op.create_table(
        "notices_served",
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notices_served_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_notices_served_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "notice_id", "place", name=op.f("pk_notices_served")),
    )
    op.create_table(
        "participant_groups",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("group_number", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_participant_groups_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_participant_groups_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", "person_id", name=op.f("pk_participant_groups")),
    )
    with op.batch_alter_table("participant_groups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participant_groups_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "pending_sign_ins",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=True),
        sa.Column("next", sa.Text(), server_default="", nullable=False),
        sa.Column("intent", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("link_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sent_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verified_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("expires_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_pending_sign_ins_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_sign_ins")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_pending_sign_ins_link_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pending_sign_ins_token_hash")),
    )
    with op.batch_alter_table("pending_sign_ins", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pending_sign_ins_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pending_sign_ins_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "sessions",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("seen_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("expires_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("name_cy", sa.String(length=60), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_topics_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topics_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("author_id", citizen_voice.db.Key(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("published_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("edited_at", citizen_voice.db.Moment(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('open', 'shortlisted', 'piloting', 'adopted', 'declined', 'merged', 'withdrawn')",
            name=op.f("ck_ideas_stage"),
        ),
        sa.CheckConstraint(
            "visibility IN ('published', 'held', 'hidden')", name=op.f("ck_ideas_visibility")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_ideas_author_id")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_ideas_challenge_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_ideas_topic_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_ideas_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
    )
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ideas_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ideas_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "import_batches",
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name=op.f("fk_import_batches_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "part", "number", name=op.f("pk_import_batches")),
    )
    op.create_table(
        "imported_people",
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("external_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_imported_people_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name=op.f("fk_imported_people_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "external_id", name=op.f("pk_imported_people")),
        sa.UniqueConstraint("person_id", name=op.f("uq_imported_people_person_id")),
    )
    op.create_table(
        "answers",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=False),
        sa.Column("previous", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", citizen_voice.db.Moment(), nullable=True),
        sa.CheckConstraint("value IN (-1, 0, 1)", name=op.f("ck_answers_value")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_answers_idea_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_answers_person_id")),
        sa.PrimaryKeyConstraint("idea_id", "person_id", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index("ix_answers_person_id", ["person_id"], unique=False)

    op.create_table(
        "idea_listing",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("published_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("support", sa.Integer(), server_default="0", nullable=False),
        sa.Column("oppose", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skip", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detached_support", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detached_oppose", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detached_skip", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bucket", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_listing_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_listing")),
    )
    with op.batch_alter_table("idea_listing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_idea_listing_challenge_fair",
            ["challenge_id", "bucket", "shuffle", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_challenge_newest",
            ["challenge_id", "published_at", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_challenge_supported",
            ["challenge_id", "support", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_facets",
            ["ward_id", "topic_id", "stage"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_fair",
            ["bucket", "shuffle", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_newest",
            ["published_at", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.create_index(
            "ix_idea_listing_supported",
            ["support", "idea_id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )

    op.create_table(
        "idea_versions",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_versions_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", "number", name=op.f("pk_idea_versions")),
    )
    op.create_table(
        "imported_ideas",
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("external_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_imported_ideas_idea_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name=op.f("fk_imported_ideas_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "external_id", name=op.f("pk_imported_ideas")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_imported_ideas_idea_id")),
    )
    guard_the_journal()


def downgrade() -> None:
    """Go back."""
    op.drop_table("imported_ideas")
    op.drop_table("idea_versions")
    with op.batch_alter_table("idea_listing", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_idea_listing_supported",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_newest",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_fair",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_facets",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_challenge_supported",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_challenge_newest",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )
        batch_op.drop_index(
            "ix_idea_listing_challenge_fair",
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed"),
        )

    op.drop_table("idea_listing")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_person_id")

    op.drop_table("answers")
    op.drop_table("imported_people")
    op.drop_table("import_batches")
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ideas_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_ideas_author_id"))

    op.drop_table("ideas")
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topics_challenge_id"))

    op.drop_table("topics")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_person_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))

    op.drop_table("sessions")
    with op.batch_alter_table("pending_sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_sign_ins_person_id"))
        batch_op.drop_index(batch_op.f("ix_pending_sign_ins_expires_at"))

    op.drop_table("pending_sign_ins")
    with op.batch_alter_table("participant_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_groups_person_id"))

    op.drop_table("participant_groups")
    op.drop_table("notices_served")
    op.drop_table("import_sources")
    op.drop_table("wards")
    op.drop_table("site_settings")
    op.drop_table("purposes")
    op.drop_table("persons")
    with op.batch_alter_table("outbox_mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_mails_due_at"))

    op.drop_table("outbox_mails")
    op.drop_table("notices")
    op.drop_table("limit_hits")
    op.drop_table("journal_entries")
    op.drop_table("challenges")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_is_append_only()")


def guard_the_journal() -> None:
    """Triggers that refuse every update and delete of the journal."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER journal_entries_no_{act} BEFORE {act.upper()} ON journal_entries "
                f"FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()"
            )
        op.execute(
            "CREATE TRIGGER journal_entries_no_truncate BEFORE TRUNCATE ON journal_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER journal_entries_no_{act} BEFORE {act.upper()} ON journal_entries "
            f"BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
