"""pilots, news of them, and how mail leaves"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    "outbox_settings",
    "periodic_runs",
    "pilot_pictures",
    "news_choices",
    "pilots",
    "pilot_cards",
    "pilot_decisions",
    "pilot_measures",
    "pilot_reminders",
    "pilot_updates",
    "follows",
    "pilot_changes",
    "pilot_evidence",
    "pilot_ideas",
    "pilot_readings",
    "pilot_thanks",
    "news_due",
)
FOR_NEWS = {
    "pilot_id": ("pilots", "id"),
    "update_id": ("pilot_updates", "id"),
    "thanks_id": ("pilot_thanks", "id"),
    "comment_id": ("comments", "id"),
    "actor_id": ("persons", "id"),
}
ABOUT = "idea_id IS NOT NULL OR person_id IS NOT NULL"
UNSENT = sa.text("due_at IS NOT NULL")
RAISE = "UPDATE site_settings SET revision = revision + 1"
UNSPREAD = sa.text("spread_at IS NULL")
CAME_ALONG = sa.text("merged_from IS NOT NULL")


def added() -> dict[str, tuple[sa.Column, ...]]:
    """Columns that tables get."""
    return {
        "outbox_mails": (
            sa.Column("kind", sa.String(40), server_default="letter", nullable=False),
            sa.Column("urgency", sa.SmallInteger(), server_default="1", nullable=False),
            sa.Column("lasting", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("person_id", Key(), nullable=True),
            sa.Column("html", sa.Text(), nullable=True),
            sa.Column("unsubscribe", sa.Text(), nullable=True),
            sa.Column("begun_at", Moment(), nullable=True),
        ),
        "persons": (
            sa.Column("mail_refused_at", Moment(), nullable=True),
            sa.Column("mail_refused_words", sa.String(200), nullable=True),
        ),
        "site_settings": (
            sa.Column("managers_told", sa.Boolean(), server_default=sa.false(), nullable=False),
        ),
    }


def upgrade() -> None:
    """Go on."""
    _make_tables()
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.drop_index(op.f("ix_outbox_mails_due_at"), "outbox_mails")
    op.create_index(
        "ix_outbox_mails_due",
        "outbox_mails",
        ["urgency", "due_at", "id"],
        postgresql_where=UNSENT,
        sqlite_where=UNSENT,
    )
    for name in ("begun_at", "failed_at"):
        op.create_index(f"ix_outbox_mails_{name}", "outbox_mails", [name])
    with op.batch_alter_table("comment_threads") as batch:
        batch.add_column(sa.Column("pilot_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("closed_at", Moment(), nullable=True))
        batch.alter_column("idea_id", existing_type=sa.Integer(), nullable=True)
        batch.create_unique_constraint(op.f("uq_comment_threads_pilot_id"), ["pilot_id"])
        batch.create_foreign_key(
            op.f("fk_comment_threads_pilot_id"), "pilots", ["pilot_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_comment_threads_one_thing"), "(idea_id IS NULL) <> (pilot_id IS NULL)"
        )
    with op.batch_alter_table("stage_changes") as batch:
        batch.add_column(sa.Column("pilot_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_stage_changes_pilot_id"), "pilots", ["pilot_id"], ["id"])
    with op.batch_alter_table("news_items") as batch:
        for name, (table, key) in FOR_NEWS.items():
            kind = Key() if table in ("comments", "persons") else sa.Integer()
            batch.add_column(sa.Column(name, kind, nullable=True))
            batch.create_foreign_key(op.f(f"fk_news_items_{name}"), table, [name], [key])
        batch.add_column(sa.Column("spread_to", Key(), nullable=True))
        batch.add_column(sa.Column("spread_at", Moment(), nullable=True))
        batch.drop_constraint(op.f("ck_news_items_about_something"), type_="check")
        batch.create_check_constraint(
            op.f("ck_news_items_about_something"), f"{ABOUT} OR pilot_id IS NOT NULL"
        )
    op.create_index("ix_news_items_pilot_id", "news_items", ["pilot_id", "at"])
    op.create_index(
        "ix_news_items_unspread",
        "news_items",
        ["at"],
        postgresql_where=UNSPREAD,
        sqlite_where=UNSPREAD,
    )
    op.execute("UPDATE news_items SET spread_at = at")  # old news is not sent
    _raise_revision_with(("pilots", "pilot_ideas"))
    op.create_index("ix_comments_thread_id", "comments", ["thread_id", "author_id"])
    op.create_index(
        "ix_comments_merged_from",
        "comments",
        ["merged_from"],
        postgresql_where=CAME_ALONG,
        sqlite_where=CAME_ALONG,
    )


def _raise_revision_with(tables: tuple[str, ...]) -> None:
    """Every page names what is tried, so what was kept of it ends with any change."""
    if op.get_bind().dialect.name == "postgresql":
        rest = "FOR EACH STATEMENT EXECUTE FUNCTION raise_site_revision()"
    else:
        rest = f"BEGIN {RAISE}; END"
    for table in tables:
        for act in ("insert", "update", "delete"):
            name = f"{table}_raise_revision_on_{act}"
            op.execute(f"CREATE TRIGGER {name} AFTER {act.upper()} ON {table} {rest}")


def _make_tables() -> None:  # a statement a table
    op.create_table(
        "outbox_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("stopped_by", Key(), nullable=True),
        sa.Column("per_minute", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_outbox_settings_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_settings")),
    )
    op.create_table(
        "periodic_runs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("slot", Moment(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_runs")),
    )
    op.create_table(
        "pilot_pictures",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pilot_pictures")),
    )
    op.create_table(
        "news_choices",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("mail", sa.String(length=8), server_default="now", nullable=False),
        sa.Column("changed_at", Moment(), nullable=True),
        sa.Column("mailed_at", Moment(), nullable=True),
        sa.Column("letter_id", Key(), nullable=True),
        sa.Column("reasons_at", Moment(), nullable=True),
        sa.CheckConstraint("mail IN ('now', 'weekly', 'never')", name=op.f("ck_news_choices_mail")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_news_choices_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_news_choices")),
    )
    op.create_table(
        "pilots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("title_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("place_en", sa.String(length=200), nullable=False),
        sa.Column("place_cy", sa.String(length=200), server_default="", nullable=False),
        sa.Column("known_en", sa.Text(), nullable=False),
        sa.Column("known_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("team_en", sa.String(length=80), nullable=False),
        sa.Column("team_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("owner_id", Key(), nullable=True),
        sa.Column("deputy_id", Key(), nullable=True),
        sa.Column("owner_shown", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("deputy_shown", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("manager_id", Key(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("staged_at", Moment(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("dpia", sa.JSON(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("created_by", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('preparing', 'running', 'evaluating', 'decided')",
            name=op.f("ck_pilots_stage"),
        ),
        sa.CheckConstraint(
            "owner_id IS NULL OR owner_id <> deputy_id", name=op.f("ck_pilots_two_people")
        ),
        sa.ForeignKeyConstraint(["after_id"], ["pilots.id"], name=op.f("fk_pilots_after_id")),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_pilots_created_by")),
        sa.ForeignKeyConstraint(["deputy_id"], ["persons.id"], name=op.f("fk_pilots_deputy_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["persons.id"], name=op.f("fk_pilots_manager_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_pilots_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilots")),
    )
    op.create_index("ix_pilots_deputy_id", "pilots", ["deputy_id"], unique=False)
    op.create_index("ix_pilots_owner_id", "pilots", ["owner_id"], unique=False)
    op.create_table(
        "pilot_cards",
        sa.Column("pilot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("words_cy", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_cards_pilot_id")),
        sa.PrimaryKeyConstraint("pilot_id", "key", name=op.f("pk_pilot_cards")),
    )
    op.create_table(
        "pilot_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=6), nullable=False),
        sa.Column("learned_en", sa.Text(), nullable=False),
        sa.Column("learned_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("next_en", sa.Text(), nullable=False),
        sa.Column("next_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("declared_by", Key(), nullable=True),
        sa.Column("declared_at", Moment(), nullable=False),
        sa.Column("confirmed_by", Key(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("sent_back_at", Moment(), nullable=True),
        sa.Column("sent_back_why", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "decision IN ('scale', 'adapt', 'stop')", name=op.f("ck_pilot_decisions_decision")
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> declared_by",
            name=op.f("ck_pilot_decisions_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["persons.id"], name=op.f("fk_pilot_decisions_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["persons.id"], name=op.f("fk_pilot_decisions_declared_by")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_decisions_pilot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_decisions")),
    )
    op.create_index(
        "uq_pilot_decisions_standing",
        "pilot_decisions",
        ["pilot_id"],
        unique=True,
        postgresql_where=sa.text("sent_back_at IS NULL"),
        sqlite_where=sa.text("sent_back_at IS NULL"),
    )
    op.create_table(
        "pilot_measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_cy", sa.String(length=80), server_default="", nullable=False),
        sa.Column("unit_en", sa.String(length=30), server_default="", nullable=False),
        sa.Column("unit_cy", sa.String(length=30), server_default="", nullable=False),
        sa.Column("better", sa.String(length=4), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("source_en", sa.String(length=200), server_default="", nullable=False),
        sa.Column("source_cy", sa.String(length=200), server_default="", nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.CheckConstraint("better IN ('more', 'less')", name=op.f("ck_pilot_measures_better")),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_measures_pilot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_measures")),
    )
    op.create_index(
        "ix_pilot_measures_pilot_id", "pilot_measures", ["pilot_id", "id"], unique=False
    )
    op.create_table(
        "pilot_reminders",
        sa.Column("pilot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_reminders_pilot_id")
        ),
        sa.PrimaryKeyConstraint("pilot_id", "due_on", "step", name=op.f("pk_pilot_reminders")),
    )
    op.create_table(
        "pilot_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("words_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("alt_en", sa.String(length=200), server_default="", nullable=False),
        sa.Column("alt_cy", sa.String(length=200), server_default="", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "state IN ('on-track', 'changed', 'stuck')", name=op.f("ck_pilot_updates_state")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_pilot_updates_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture"], ["pilot_pictures.digest"], name=op.f("fk_pilot_updates_picture")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_updates_pilot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_updates")),
    )
    op.create_index("ix_pilot_updates_pilot_id", "pilot_updates", ["pilot_id", "id"], unique=False)
    op.create_table(
        "follows",
        sa.Column("id", Key(), nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("pilot_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(idea_id IS NULL) <> (pilot_id IS NULL)", name=op.f("ck_follows_one_thing")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_follows_idea_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_follows_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilots.id"], name=op.f("fk_follows_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
    )
    op.create_index("ix_follows_idea_id", "follows", ["idea_id"], unique=False)
    op.create_index("ix_follows_pilot_id", "follows", ["pilot_id"], unique=False)
    op.create_index("uq_follows_idea", "follows", ["person_id", "idea_id"], unique=True)
    op.create_index("uq_follows_pilot", "follows", ["person_id", "pilot_id"], unique=True)
    op.create_table(
        "pilot_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("was_en", sa.Text(), nullable=False),
        sa.Column("was_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("now_en", sa.Text(), nullable=False),
        sa.Column("now_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("why_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_by", Key(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["persons.id"], name=op.f("fk_pilot_changes_changed_by")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["pilot_measures.id"], name=op.f("fk_pilot_changes_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_changes_pilot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_changes")),
    )
    op.create_index("ix_pilot_changes_pilot_id", "pilot_changes", ["pilot_id", "id"], unique=False)
    op.create_table(
        "pilot_evidence",
        sa.Column("decision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("words_cy", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["pilot_decisions.id"], name=op.f("fk_pilot_evidence_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["pilot_measures.id"], name=op.f("fk_pilot_evidence_measure_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", "measure_id", name=op.f("pk_pilot_evidence")),
    )
    op.create_table(
        "pilot_ideas",
        sa.Column("pilot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_en", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("linked_by", Key(), nullable=True),
        sa.Column("linked_at", Moment(), nullable=False),
        sa.Column("unlinked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_pilot_ideas_idea_id")),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["persons.id"], name=op.f("fk_pilot_ideas_linked_by")
        ),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_ideas_pilot_id")),
        sa.PrimaryKeyConstraint("pilot_id", "idea_id", name=op.f("pk_pilot_ideas")),
    )
    op.create_index("ix_pilot_ideas_idea_id", "pilot_ideas", ["idea_id"], unique=False)
    op.create_table(
        "pilot_readings",
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("added_by", Key(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["persons.id"], name=op.f("fk_pilot_readings_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["pilot_measures.id"], name=op.f("fk_pilot_readings_measure_id")
        ),
        sa.PrimaryKeyConstraint("measure_id", "day", name=op.f("pk_pilot_readings")),
    )
    op.create_table(
        "pilot_thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", Key(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("words_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_pilot_thanks_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_pilot_thanks_comment_id")
        ),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_thanks_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_thanks")),
    )
    op.create_index("ix_pilot_thanks_pilot_id", "pilot_thanks", ["pilot_id", "id"], unique=False)
    op.create_table(
        "news_due",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("item_id", Key(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["news_items.id"], name=op.f("fk_news_due_item_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_news_due_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f("pk_news_due")),
    )
    op.create_index("ix_news_due_due_at", "news_due", ["due_at", "person_id"], unique=False)
    op.create_index("ix_news_due_item_id", "news_due", ["item_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    for name in ("merged_from", "thread_id"):
        op.drop_index(f"ix_comments_{name}", "comments")
    op.drop_table("news_due")
    op.drop_index("ix_news_items_unspread", "news_items")
    op.drop_index("ix_news_items_pilot_id", "news_items")
    op.execute(f"DELETE FROM news_items WHERE NOT ({ABOUT})")
    with op.batch_alter_table("news_items") as batch:
        batch.drop_constraint(op.f("ck_news_items_about_something"), type_="check")
        for name in FOR_NEWS:
            batch.drop_constraint(op.f(f"fk_news_items_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("spread_to")
        batch.drop_column("spread_at")
        batch.create_check_constraint(op.f("ck_news_items_about_something"), ABOUT)
    for table in reversed(TABLES):
        if table not in ("news_due", "pilots"):
            op.drop_table(table)
    _forget_what_was_said_about_pilots()
    with op.batch_alter_table("comment_threads") as batch:
        batch.drop_constraint(op.f("ck_comment_threads_one_thing"), type_="check")
        batch.drop_constraint(op.f("fk_comment_threads_pilot_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_comment_threads_pilot_id"), type_="unique")
        batch.drop_column("pilot_id")
        batch.drop_column("closed_at")
        batch.alter_column("idea_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("stage_changes") as batch:
        batch.drop_constraint(op.f("fk_stage_changes_pilot_id"), type_="foreignkey")
        batch.drop_column("pilot_id")
    op.drop_table("pilots")
    for name in ("begun_at", "failed_at", "due"):
        op.drop_index(f"ix_outbox_mails_{name}", "outbox_mails")
    op.create_index(op.f("ix_outbox_mails_due_at"), "outbox_mails", ["due_at"])
    for table, columns in added().items():
        for column in columns:
            op.drop_column(table, column.name)


def _forget_what_was_said_about_pilots() -> None:
    threads = "SELECT id FROM comment_threads WHERE pilot_id IS NOT NULL"
    said = f"SELECT id FROM comments WHERE thread_id IN ({threads})"
    cases = f"SELECT id FROM cases WHERE comment_id IN ({said})"
    decisions = f"SELECT id FROM decisions WHERE case_id IN ({cases})"
    for statement in (
        f"DELETE FROM news_items WHERE decision_id IN ({decisions})",
        f"DELETE FROM appeals WHERE decision_id IN ({decisions})",
        f"DELETE FROM decisions WHERE case_id IN ({cases})",
        f"DELETE FROM reports WHERE case_id IN ({cases})",
        f"DELETE FROM case_notes WHERE case_id IN ({cases})",
        f"DELETE FROM case_reasons WHERE case_id IN ({cases})",
        f"DELETE FROM cases WHERE comment_id IN ({said})",
        f"DELETE FROM comment_versions WHERE comment_id IN ({said})",
        f"DELETE FROM comments WHERE parent_id IS NOT NULL AND thread_id IN ({threads})",
        f"DELETE FROM comments WHERE thread_id IN ({threads})",
        "DELETE FROM comment_threads WHERE pilot_id IS NOT NULL",
    ):
        op.execute(statement)
