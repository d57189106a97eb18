"""what erasing leaves"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("erasures_applied", "erasure_mentions")
OPEN = sa.text("looked_at IS NULL")


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "erasures_applied",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hash", sa.String(length=64), server_default="0" * 64, nullable=False),
        sa.Column("at", Moment(), nullable=True),
        sa.Column("wiped_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("wiped_at", Moment(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_erasures_applied_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures_applied")),
    )
    op.execute("INSERT INTO erasures_applied (id) VALUES (1)")
    op.create_table(
        "erasure_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("comment_id", Key(), nullable=True),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("looked_at", Moment(), nullable=True),
        sa.Column("looked_by", Key(), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) <> (comment_id IS NULL)",
            name=op.f("ck_erasure_mentions_one_place"),
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_erasure_mentions_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["looked_by"], ["persons.id"], name=op.f("fk_erasure_mentions_looked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_mentions")),
    )
    op.create_index(
        "ix_erasure_mentions_open",
        "erasure_mentions",
        ["id"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_erasure_mentions_open", "erasure_mentions")
    for table in reversed(TABLES):
        op.drop_table(table)
