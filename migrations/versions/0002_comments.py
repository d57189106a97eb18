"""comments"""

import sqlalchemy as sa
from alembic import op

import citizen_voice.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("tops", ["thread_id", "id"], "shown AND parent_id IS NULL"),
    ("replies", ["parent_id", "id"], "shown AND parent_id IS NOT NULL"),
    ("unshown", ["thread_id", "author_id", "id"], "NOT shown"),
    ("removed", ["removed_at"], "removed_at IS NOT NULL AND NOT erased"),
)


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "comment_threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_comment_threads_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_threads")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_comment_threads_idea_id")),
    )
    op.create_table(
        "comments",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", citizen_voice.db.Key(), nullable=True),
        sa.Column("author_id", citizen_voice.db.Key(), nullable=True),
        sa.Column("by_council", sa.Boolean(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("edited_at", citizen_voice.db.Moment(), nullable=True),
        sa.Column("removed_at", citizen_voice.db.Moment(), nullable=True),
        sa.CheckConstraint(
            "visibility IN ('published', 'held', 'hidden')", name=op.f("ck_comments_visibility")
        ),
        sa.CheckConstraint(
            "NOT erased OR removed_at IS NOT NULL", name=op.f("ck_comments_erased_was_removed")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_comments_author_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_threads.id"], name=op.f("fk_comments_thread_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_author_id", "comments", ["author_id", "id"], unique=False)
    for name, columns, where in INDEXES:
        op.create_index(
            f"ix_comments_{name}",
            "comments",
            columns,
            unique=False,
            postgresql_where=sa.text(where),
            sqlite_where=sa.text(where),
        )
    op.create_table(
        "comment_versions",
        sa.Column("comment_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_versions_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comment_versions")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("comment_versions")
    op.drop_table("comments")
    op.drop_table("comment_threads")
