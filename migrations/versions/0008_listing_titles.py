"""listing titles: lists are read from one narrow table, and know when names have changed;
the day's highest bucket"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMED = ("challenges", "topics", "wards")
ACTS = ("insert", "update", "delete")
RAISE = "UPDATE site_settings SET revision = revision + 1"


def upgrade() -> None:
    """Go on."""
    op.add_column(
        "site_settings", sa.Column("fair_top", sa.Integer(), server_default="20", nullable=False)
    )
    for column in (sa.Column("title", sa.String(400)), sa.Column("language", sa.String(2))):
        column.nullable, column.server_default = False, sa.DefaultClause("")
        op.add_column("idea_listing", column)
    for name in ("title", "language"):
        op.execute(
            f"UPDATE idea_listing SET {name} = coalesce((SELECT v.{name} FROM idea_versions v "
            f"JOIN ideas i ON i.id = v.idea_id AND i.version = v.number "
            f"WHERE i.id = idea_listing.idea_id), '')"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION raise_site_revision() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {RAISE}; RETURN NULL; END $$"
        )
        rest = "FOR EACH STATEMENT EXECUTE FUNCTION raise_site_revision()"
    else:
        rest = f"BEGIN {RAISE}; END"
    for table in NAMED:
        for act in ACTS:
            op.execute(
                f"CREATE TRIGGER {table}_raise_revision_on_{act} AFTER {act.upper()} ON {table} "
                f"{rest}"
            )


def downgrade() -> None:
    """Go back."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in NAMED:
        for act in ACTS:
            where = f" ON {table}" if on_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_raise_revision_on_{act}{where}")
    if on_postgresql:
        op.execute("DROP FUNCTION raise_site_revision()")
    op.drop_column("site_settings", "fair_top")
    op.drop_column("idea_listing", "language")
    op.drop_column("idea_listing", "title")
