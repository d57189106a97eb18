"""how long things are kept"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from citizen_voice import clock
from citizen_voice.columns import Key, Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = (
    "retention_rules",
    "retention_changes",
    "retention_holds",
    "retention_warnings",
    "retention_runs",
)
LASTS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "retention_rules",
        sa.Column("key", sa.String(40), nullable=False),
        *_set(),
        _person("retention_rules", "changed_by"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "retention_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        *_set(),
        _person("retention_changes", "changed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_changes")),
    )
    op.create_index("ix_retention_changes_rule", "retention_changes", ["rule", "id"])
    op.create_table(
        "retention_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", Key(), nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_by", Key(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (idea_id IS NULL)", name=op.f("ck_retention_holds_one_thing")
        ),
        _person("retention_holds", "person_id"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_retention_holds_idea_id")),
        _person("retention_holds", "made_by"),
        _person("retention_holds", "ended_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_holds")),
    )
    for column in ("person_id", "idea_id"):
        op.create_index(
            f"ix_retention_holds_{column}",
            "retention_holds",
            [column],
            postgresql_where=LASTS,
            sqlite_where=LASTS,
        )
    op.create_table(
        "retention_warnings",
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_retention_warnings_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_retention_warnings")),
    )
    op.create_table(
        "retention_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("token", Key(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("beat_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), server_default="0", nullable=False)
            for name in ("done", "warned", "unreached", "failed")
        ),
        sa.CheckConstraint(
            "state IN ('running', 'done', 'stopped', 'failed')",
            name=op.f("ck_retention_runs_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_runs")),
    )
    op.create_index("uq_retention_runs_rule", "retention_runs", ["rule", "day"], unique=True)
    op.create_index("ix_retention_runs_began_at", "retention_runs", ["began_at", "id"])
    op.add_column("persons", sa.Column("seen_on", sa.Date(), nullable=True))
    _begin_to_count()


def _set() -> tuple[sa.Column, ...]:
    return (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("warn", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_by", Key(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["persons.id"], name=op.f(f"fk_{table}_{column}"))


def _begin_to_count() -> None:
    """When somebody was here last was not noted: nobody's account is idle before it is known."""
    persons = sa.table("persons", sa.column("kind", sa.String()), sa.column("seen_on", sa.Date()))
    today = datetime.now(UTC).astimezone(clock.LONDON).date()
    op.execute(persons.update().where(persons.c.kind == "resident").values(seen_on=today))


def downgrade() -> None:
    """Go back."""
    op.drop_column("persons", "seen_on")
    for table in reversed(TABLES):
        op.drop_table(table)
