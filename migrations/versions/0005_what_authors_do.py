"""what authors do"""

import sqlalchemy as sa
from alembic import op

import citizen_voice.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ONE_SUBJECT = "(idea_id IS NULL) <> (comment_id IS NULL)"
STILL_OPEN = "closed_at IS NULL"


def upgrade() -> None:
    """Go on."""
    op.add_column("ideas", sa.Column("withdrawn_at", citizen_voice.db.Moment(), nullable=True))
    op.add_column("ideas", sa.Column("withdrawn_why", sa.String(length=20), nullable=True))
    op.add_column("ideas", sa.Column("withdrawn_words", sa.Text(), nullable=True))
    op.add_column("ideas", sa.Column("withdrawn_language", sa.String(length=2), nullable=True))
    op.create_table(
        "cases",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", citizen_voice.db.Key(), nullable=True),
        sa.Column("opened_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("closed_at", citizen_voice.db.Moment(), nullable=True),
        sa.CheckConstraint(ONE_SUBJECT, name=op.f("ck_cases_one_subject")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_cases_comment_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_cases_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    for subject in ("idea", "comment"):
        op.create_index(
            f"uq_cases_open_{subject}",
            "cases",
            [f"{subject}_id"],
            unique=True,
            postgresql_where=sa.text(STILL_OPEN),
            sqlite_where=sa.text(STILL_OPEN),
        )
    op.create_index("ix_cases_opened_at", "cases", ["opened_at"])
    op.create_table(
        "case_reasons",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("case_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("noted_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_reasons_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reasons")),
    )
    op.create_index("ix_case_reasons_case_id", "case_reasons", ["case_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("case_reasons")
    op.drop_table("cases")
    for name in ("withdrawn_language", "withdrawn_words", "withdrawn_why", "withdrawn_at"):
        op.drop_column("ideas", name)
