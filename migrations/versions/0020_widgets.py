"""widgets"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("widgets", "widget_sites", "widget_views", "widget_refusals")
FOR_ALL = sa.text("widget_id IS NULL")


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "widgets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("pilot_id", sa.Integer(), nullable=True),
        sa.Column("accent", sa.String(length=7), server_default="", nullable=False),
        sa.Column("radius", sa.Integer(), server_default="8", nullable=False),
        sa.Column("scheme", sa.String(length=5), server_default="auto", nullable=False),
        sa.Column("language", sa.String(length=2), server_default="en", nullable=False),
        sa.Column("return_address", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_by", Key(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('idea', 'top', 'challenge', 'pilot', 'changes')",
            name=op.f("ck_widgets_kind"),
        ),
        sa.CheckConstraint("scheme IN ('auto', 'light', 'dark')", name=op.f("ck_widgets_scheme")),
        sa.CheckConstraint("radius BETWEEN 0 AND 24", name=op.f("ck_widgets_radius")),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_widgets_language")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_widgets_idea_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name=op.f("fk_widgets_challenge_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_widgets_pilot_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["persons.id"], name=op.f("fk_widgets_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_widgets")),
    )
    op.create_table(
        "widget_sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("widget_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=267), nullable=False),
        sa.ForeignKeyConstraint(
            ["widget_id"],
            ["widgets.id"],
            name=op.f("fk_widget_sites_widget_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_widget_sites")),
    )
    op.create_index(
        "uq_widget_sites_of_widget", "widget_sites", ["widget_id", "origin"], unique=True
    )
    op.create_index(
        "uq_widget_sites_for_all",
        "widget_sites",
        ["origin"],
        unique=True,
        postgresql_where=FOR_ALL,
        sqlite_where=FOR_ALL,
    )
    op.create_table(
        "widget_views",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("widget_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "widget_id", "kind", "host", name=op.f("pk_widget_views")),
    )
    op.create_table(
        "widget_refusals",
        sa.Column("widget_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("widget_id", "host", name=op.f("pk_widget_refusals")),
    )


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_table(table)
