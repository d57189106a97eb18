"""what is told: purposes and notices"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

REFUSED = "a published notice does not change"
RAISE = "UPDATE site_settings SET revision = revision + 1"


def added() -> dict[str, tuple[sa.Column, ...]]:
    """Columns that tables get."""
    texts = ("law_en", "law_cy", "condition_en", "condition_cy", "retention_en", "retention_cy")
    return {
        "purposes": (
            sa.Column("words_en", sa.String(200), server_default="", nullable=False),
            sa.Column("words_cy", sa.String(200), server_default="", nullable=False),
            *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in texts),
            sa.Column("policy", sa.String(300), server_default="", nullable=False),
            sa.Column("changed_at", Moment(), nullable=True),
        ),
        "notices": (
            sa.Column("audience", sa.String(10), server_default="everyone", nullable=False),
            sa.Column("layer", sa.String(10), server_default="full", nullable=False),
            sa.Column("changed", sa.Text(), server_default="", nullable=False),
            sa.Column("material", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("sections", sa.JSON(), nullable=True),
            sa.Column("published_at", Moment(), nullable=True),
        ),
    }


def upgrade() -> None:
    """Go on."""
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "notice_drafts",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("layer", sa.String(10), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("changed_en", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("material", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notice_drafts")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION notices_do_not_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER notices_no_{act} BEFORE {act.upper()} ON notices "
                "FOR EACH ROW EXECUTE FUNCTION notices_do_not_change()"
            )
        op.execute(
            "CREATE TRIGGER notices_no_truncate BEFORE TRUNCATE ON notices "
            "FOR EACH STATEMENT EXECUTE FUNCTION notices_do_not_change()"
        )
        rest = "FOR EACH STATEMENT EXECUTE FUNCTION raise_site_revision()"
    else:
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER notices_no_{act} BEFORE {act.upper()} ON notices "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        rest = f"BEGIN {RAISE}; END"
    op.execute(f"CREATE TRIGGER notices_raise_revision_on_insert AFTER INSERT ON notices {rest}")


def downgrade() -> None:
    """Go back."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    names = ["no_update", "no_delete", "raise_revision_on_insert"]
    for name in (*names, *(["no_truncate"] if postgresql else [])):
        op.execute(f"DROP TRIGGER notices_{name}" + (" ON notices" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION notices_do_not_change()")
    op.drop_table("notice_drafts")
    for table, columns in added().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
