"""moderation, replies and the council's own people"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "grounds",
    "moderation_targets",
    "site_images",
    "site_pages",
    "shut_addresses",
    "watched_words",
    "challenge_slugs",
    "colleagues",
    "invitations",
    "replies",
    "stage_changes",
    "colleague_roles",
    "device_resets",
    "recovery_codes",
    "answer_watch",
    "idea_merges",
    "idea_replies",
    "void_answers",
    "merged_answers",
    "case_notes",
    "decisions",
    "appeals",
    "news_items",
    "reports",
    "word_marks",
)
ONE_SUBJECT = (
    "(idea_id IS NOT NULL AND comment_id IS NULL AND person_id IS NULL) OR "
    "(idea_id IS NULL AND comment_id IS NOT NULL AND person_id IS NULL) OR "
    "(idea_id IS NULL AND comment_id IS NULL AND person_id IS NOT NULL)"
)
STILL_OPEN = sa.text("closed_at IS NULL")
CLOSED = sa.text("closed_at IS NOT NULL")


def added() -> dict[str, tuple[sa.Column, ...]]:
    """Columns that tables get."""
    return {
        "case_reasons": (sa.Column("detail", sa.Text(), server_default="", nullable=False),),
        "challenges": (
            sa.Column("archived_at", Moment(), nullable=True),
            sa.Column("cancelled_at", Moment(), nullable=True),
            sa.Column("cancelled_why_en", sa.Text(), server_default="", nullable=False),
            sa.Column("cancelled_why_cy", sa.Text(), server_default="", nullable=False),
        ),
        "comments": (
            sa.Column("merged_from", sa.Integer(), nullable=True),
            sa.Column("published_at", Moment(), nullable=True),
        ),
        "idea_listing": (
            sa.Column("active", sa.Double(), server_default="0", nullable=False),
            sa.Column("reply_id", sa.Integer(), nullable=True),
            sa.Column("owed_on", sa.Date(), nullable=True),
        ),
        "persons": (
            sa.Column("paused_until", Moment(), nullable=True),
            sa.Column("shut_at", Moment(), nullable=True),
            sa.Column("news_seen_at", Moment(), nullable=True),
        ),
        "sessions": (
            sa.Column("staff", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("confirmed_at", Moment(), nullable=True),
        ),
        "site_settings": (
            sa.Column("footer_en", sa.Text(), server_default="", nullable=False),
            sa.Column("footer_cy", sa.Text(), server_default="", nullable=False),
            sa.Column("logo", sa.String(64), nullable=True),
            sa.Column("groups_on", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("groups_dpia", sa.Text(), server_default="", nullable=False),
        ),
        "wards": (sa.Column("retired_at", Moment(), nullable=True),),
    }


def upgrade() -> None:
    """Go on."""
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(
        "ix_idea_listing_challenge_reply",
        "idea_listing",
        ["challenge_id", "reply_id"],
        postgresql_where=sa.text("listed"),
        sqlite_where=sa.text("listed"),
    )
    op.execute("UPDATE comments SET published_at = created_at WHERE visibility <> 'held'")
    _widen_cases()
    _make_tables()


def _widen_cases() -> None:
    op.add_column("cases", sa.Column("due_at", Moment(), nullable=True))
    op.execute("UPDATE cases SET due_at = opened_at")
    with op.batch_alter_table("cases") as batch:
        batch.drop_constraint(op.f("ck_cases_one_subject"), type_="check")
        batch.alter_column("due_at", existing_type=Moment(), nullable=False)
        batch.add_column(sa.Column("person_id", Key(), nullable=True))
        batch.add_column(
            sa.Column("urgency", sa.SmallInteger(), server_default="1", nullable=False)
        )
        batch.add_column(sa.Column("claimed_by", Key(), nullable=True))
        batch.add_column(sa.Column("claimed_at", Moment(), nullable=True))
        batch.create_check_constraint(op.f("ck_cases_one_subject"), ONE_SUBJECT)
        for name in ("person_id", "claimed_by"):
            batch.create_foreign_key(op.f(f"fk_cases_{name}"), "persons", [name], ["id"])
    for name, columns in (("queue", ["urgency", "due_at", "id"]),):
        op.create_index(
            op.f(f"ix_cases_{name}"),
            "cases",
            columns,
            postgresql_where=STILL_OPEN,
            sqlite_where=STILL_OPEN,
        )
    op.create_index(
        op.f("uq_cases_open_person"),
        "cases",
        ["person_id"],
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    )
    op.create_index(
        op.f("ix_cases_closed_at"),
        "cases",
        ["closed_at"],
        postgresql_where=CLOSED,
        sqlite_where=CLOSED,
    )
    for name in ("idea_id", "comment_id", "person_id"):
        op.create_index(op.f(f"ix_cases_{name}"), "cases", [name])


def _make_tables() -> None:  # noqa: PLR0915  # a statement a table
    op.create_table(
        "grounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("name_cy", sa.String(length=120), server_default="", nullable=False),
        sa.Column("letter_en", sa.Text(), server_default="", nullable=False),
        sa.Column("letter_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grounds")),
    )
    op.create_table(
        "moderation_targets",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_moderation_targets")),
    )
    op.create_table(
        "site_images",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt_en", sa.String(length=120), server_default="", nullable=False),
        sa.Column("alt_cy", sa.String(length=120), server_default="", nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_site_images")),
    )
    op.create_table(
        "site_pages",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("body_en", sa.Text(), server_default="", nullable=False),
        sa.Column("body_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_site_pages")),
    )
    op.create_table(
        "shut_addresses",
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_shut_addresses_person_id")
        ),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_shut_addresses")),
    )
    op.create_index(op.f("ix_shut_addresses_ends_at"), "shut_addresses", ["ends_at"], unique=False)
    op.create_index(
        op.f("ix_shut_addresses_person_id"), "shut_addresses", ["person_id"], unique=False
    )
    op.create_table(
        "watched_words",
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_watched_words")),
    )
    op.create_table(
        "challenge_slugs",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_slugs_challenge_id")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_challenge_slugs")),
    )
    op.create_index(
        op.f("ix_challenge_slugs_challenge_id"), "challenge_slugs", ["challenge_id"], unique=False
    )
    op.create_table(
        "colleagues",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_set_at", Moment(), nullable=True),
        sa.Column("totp_seed", sa.LargeBinary(length=16), nullable=True),
        sa.Column("totp_confirmed_at", Moment(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_colleagues_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_colleagues")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", Key(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("invited_by", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["persons.id"], name=op.f("fk_invitations_invited_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_invitations_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"], unique=False)
    op.create_index(op.f("ix_invitations_expires_at"), "invitations", ["expires_at"], unique=False)
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"], unique=False)
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason_en", sa.Text(), server_default="", nullable=False),
        sa.Column("reason_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("team_en", sa.String(length=80), server_default="", nullable=False),
        sa.Column("team_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("passed_to_en", sa.String(length=120), server_default="", nullable=False),
        sa.Column("passed_to_cy", sa.String(length=120), server_default="", nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('will-do', 'trying', 'already', 'passed-on', 'not-now', 'no')",
            name=op.f("ck_replies_outcome"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_replies_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
    )
    op.create_table(
        "stage_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("staged_before", Moment(), nullable=True),
        sa.Column("reason_en", sa.Text(), server_default="", nullable=False),
        sa.Column("reason_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("changed_by", Key(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["persons.id"], name=op.f("fk_stage_changes_changed_by")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_stage_changes_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_changes")),
    )
    op.create_index(op.f("ix_stage_changes_idea_id"), "stage_changes", ["idea_id"], unique=False)
    op.create_table(
        "colleague_roles",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("given_by", Key(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ends_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "role IN ('moderator', 'pilot-owner', 'privacy-officer', 'administrator')",
            name=op.f("ck_colleague_roles_role"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["persons.id"], name=op.f("fk_colleague_roles_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["colleagues.person_id"],
            name=op.f("fk_colleague_roles_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_colleague_roles")),
    )
    op.create_table(
        "device_resets",
        sa.Column("id", Key(), nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("asked_by", Key(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("confirmed_by", Key(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> asked_by",
            name=op.f("ck_device_resets_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["persons.id"], name=op.f("fk_device_resets_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["persons.id"], name=op.f("fk_device_resets_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["colleagues.person_id"],
            name=op.f("fk_device_resets_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_resets")),
    )
    op.create_index(
        op.f("ix_device_resets_person_id"), "device_resets", ["person_id"], unique=False
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["colleagues.person_id"],
            name=op.f("fk_recovery_codes_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "answer_watch",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("looked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_answer_watch_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_answer_watch")),
    )
    op.create_table(
        "idea_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("stage_before", sa.String(length=12), nullable=False),
        sa.Column("staged_before", Moment(), nullable=True),
        sa.Column("active_from", sa.Double(), server_default="0", nullable=False),
        sa.Column("active_into", sa.Double(), server_default="0", nullable=False),
        sa.Column("active_joined", sa.Double(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("merged_by", Key(), nullable=True),
        sa.Column("merged_at", Moment(), nullable=False),
        sa.Column("undone_by", Key(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.CheckConstraint("from_id <> into_id", name=op.f("ck_idea_merges_two_ideas")),
        sa.ForeignKeyConstraint(["from_id"], ["ideas.id"], name=op.f("fk_idea_merges_from_id")),
        sa.ForeignKeyConstraint(["into_id"], ["ideas.id"], name=op.f("fk_idea_merges_into_id")),
        sa.ForeignKeyConstraint(
            ["merged_by"], ["persons.id"], name=op.f("fk_idea_merges_merged_by")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["persons.id"], name=op.f("fk_idea_merges_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_merges")),
    )
    op.create_index("ix_idea_merges_into_id", "idea_merges", ["into_id"], unique=False)
    op.create_index(
        "uq_idea_merges_standing",
        "idea_merges",
        ["from_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
        sqlite_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "idea_replies",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["stage_changes.id"], name=op.f("fk_idea_replies_change_id")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_replies_idea_id")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_idea_replies_reply_id")
        ),
        sa.PrimaryKeyConstraint("idea_id", "reply_id", name=op.f("pk_idea_replies")),
    )
    op.create_index("ix_idea_replies_reply_id", "idea_replies", ["reply_id"], unique=False)
    op.create_table(
        "void_answers",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=False),
        sa.Column("previous", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("voided_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_void_answers_idea_id")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_void_answers_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("idea_id", "person_id", name=op.f("pk_void_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_void_answers_person_id", "void_answers", ["person_id"], unique=False)
    op.create_table(
        "merged_answers",
        sa.Column("merge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=False),
        sa.Column("previous", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("own_value", sa.SmallInteger(), nullable=True),
        sa.Column("own_previous", sa.SmallInteger(), nullable=True),
        sa.Column("own_version", sa.Integer(), nullable=True),
        sa.Column("own_answered_at", Moment(), nullable=True),
        sa.Column("became", sa.String(length=10), nullable=False),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "became IN ('moved', 'lost', 'not-mine')", name=op.f("ck_merged_answers_became")
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["idea_merges.id"], name=op.f("fk_merged_answers_merge_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_merged_answers_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("merge_id", "person_id", name=op.f("pk_merged_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merged_answers_person_id", "merged_answers", ["person_id"], unique=False)
    op.create_table(
        "case_notes",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_case_notes_author_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index(op.f("ix_case_notes_case_id"), "case_notes", ["case_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("batch_id", Key(), nullable=True),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("ground_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("automated", sa.Boolean(), nullable=False),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("decided_by", Key(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("original", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by", Key(), nullable=True),
        sa.CheckConstraint(
            "act IN ('keep', 'hide', 'ask', 'redact', 'move', 'merge', 'warn', 'pause', 'close', 'void')",
            name=op.f("ck_decisions_act"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["persons.id"], name=op.f("fk_decisions_decided_by")
        ),
        sa.ForeignKeyConstraint(["ground_id"], ["grounds.id"], name=op.f("fk_decisions_ground_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_decisions_person_id")),
        sa.ForeignKeyConstraint(["undone_by"], ["persons.id"], name=op.f("fk_decisions_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_batch_id"), "decisions", ["batch_id"], unique=False)
    op.create_index(op.f("ix_decisions_case_id"), "decisions", ["case_id"], unique=False)
    op.create_index("ix_decisions_decided_at", "decisions", ["decided_at", "id"], unique=False)
    op.create_index(
        "ix_decisions_person_id", "decisions", ["person_id", "decided_at"], unique=False
    )
    op.create_table(
        "appeals",
        sa.Column("id", Key(), nullable=False),
        sa.Column("decision_id", Key(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("decided_by", Key(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("outcome IN ('upheld', 'stands')", name=op.f("ck_appeals_outcome")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_appeals_decided_with_an_outcome"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_appeals_decided_by")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_appeals_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeals_decision_id")),
    )
    op.create_index(
        "ix_appeals_open",
        "appeals",
        ["made_at"],
        unique=False,
        postgresql_where=sa.text("decided_at IS NULL"),
        sqlite_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "news_items",
        sa.Column("id", Key(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=True),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", Key(), nullable=True),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "idea_id IS NOT NULL OR person_id IS NOT NULL",
            name=op.f("ck_news_items_about_something"),
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["stage_changes.id"], name=op.f("fk_news_items_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_news_items_decision_id")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_news_items_idea_id")),
        sa.ForeignKeyConstraint(["other_id"], ["ideas.id"], name=op.f("fk_news_items_other_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_news_items_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_news_items_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_items")),
    )
    op.create_index("ix_news_items_at", "news_items", ["at", "id"], unique=False)
    op.create_index("ix_news_items_idea_id", "news_items", ["idea_id", "at"], unique=False)
    op.create_index("ix_news_items_person_id", "news_items", ["person_id", "at"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", Key(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("reporter_id", Key(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("sender_hash", sa.String(length=32), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("decision_id", Key(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reports_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_reports_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["persons.id"], name=op.f("fk_reports_reporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_reports_receipt_hash")),
    )
    op.create_index(op.f("ix_reports_case_id"), "reports", ["case_id"], unique=False)
    op.create_index(op.f("ix_reports_decision_id"), "reports", ["decision_id"], unique=False)
    op.create_index("ix_reports_made_at", "reports", ["made_at"], unique=False)
    op.create_index(op.f("ix_reports_reporter_id"), "reports", ["reporter_id"], unique=False)
    op.create_table(
        "word_marks",
        sa.Column("id", Key(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("thing", sa.String(length=50), nullable=False),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("said_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_word_marks_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_marks")),
    )
    op.create_index(op.f("ix_word_marks_author_id"), "word_marks", ["author_id"], unique=False)
    op.create_index("ix_word_marks_mark", "word_marks", ["mark", "said_at"], unique=False)
    op.create_index("ix_word_marks_said_at", "word_marks", ["said_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_idea_listing_challenge_reply", "idea_listing")
    for name in ("closed_at", "idea_id", "comment_id", "person_id", "queue"):
        op.drop_index(op.f(f"ix_cases_{name}"), "cases")
    op.drop_index(op.f("uq_cases_open_person"), "cases")
    op.execute(
        "DELETE FROM case_reasons WHERE case_id IN "
        "(SELECT id FROM cases WHERE person_id IS NOT NULL)"
    )
    op.execute("DELETE FROM cases WHERE person_id IS NOT NULL")
    with op.batch_alter_table("cases") as batch:
        batch.drop_constraint(op.f("ck_cases_one_subject"), type_="check")
        for name in ("person_id", "claimed_by"):
            batch.drop_constraint(op.f(f"fk_cases_{name}"), type_="foreignkey")
        for name in ("claimed_at", "claimed_by", "urgency", "person_id", "due_at"):
            batch.drop_column(name)
        batch.create_check_constraint(
            op.f("ck_cases_one_subject"), "(idea_id IS NULL) <> (comment_id IS NULL)"
        )
    for table, columns in added().items():
        for column in columns:
            op.drop_column(table, column.name)
