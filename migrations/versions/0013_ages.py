"""ages by feature"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from citizen_voice import clock
from citizen_voice.columns import Key, Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FIRST = 13
IN_PLACE = sa.text("taken_back_at IS NULL")


def upgrade() -> None:
    """Go on."""
    rules = op.create_table(
        "age_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(40), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("set_by", Key(), nullable=True),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("taken_back_by", Key(), nullable=True),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.CheckConstraint("minimum BETWEEN 13 AND 18", name=op.f("ck_age_rules_minimum")),
        sa.ForeignKeyConstraint(["set_by"], ["persons.id"], name=op.f("fk_age_rules_set_by")),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["persons.id"], name=op.f("fk_age_rules_taken_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_rules")),
    )
    op.create_index(
        "ix_age_rules_one_a_day",
        "age_rules",
        ["feature", "effective_from"],
        unique=True,
        postgresql_where=IN_PLACE,
        sqlite_where=IN_PLACE,
    )
    _keep_what_was_set(rules)
    op.drop_column("site_settings", "minimum_age")


def _keep_what_was_set(rules: sa.Table) -> None:
    """The setting had no day of its own: whoever has an account was asked by it."""
    connection = op.get_bind()
    age = connection.execute(sa.text("SELECT minimum_age FROM site_settings")).scalar()
    if age is None or age == FIRST:
        return
    persons = sa.table("persons", sa.column("created_at", Moment()))
    first = connection.execute(sa.select(sa.func.min(persons.c.created_at))).scalar()
    now = datetime.now(UTC)
    day = (first or now).astimezone(clock.LONDON).date()
    op.bulk_insert(
        rules,
        [{"feature": "taking-part", "minimum": age, "effective_from": day, "set_at": first or now}],
    )


def downgrade() -> None:
    """Go back."""
    op.add_column(
        "site_settings",
        sa.Column("minimum_age", sa.Integer(), server_default=str(FIRST), nullable=False),
    )
    connection = op.get_bind()
    now_in_force = sa.text(
        "SELECT minimum FROM age_rules WHERE feature = 'taking-part' AND taken_back_at IS NULL"
        " AND effective_from <= CURRENT_DATE ORDER BY effective_from DESC LIMIT 1"
    )
    age = connection.execute(now_in_force).scalar()
    if age is not None:
        connection.execute(sa.text("UPDATE site_settings SET minimum_age = :age"), {"age": age})
    op.drop_table("age_rules")
