"""visits: when somebody was here before, and when an idea moved to another stage"""

import sqlalchemy as sa
from alembic import op

import citizen_voice.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STAGED = "staged_at IS NOT NULL"


def upgrade() -> None:
    """Go on."""
    op.add_column("sessions", sa.Column("last_visit_at", citizen_voice.db.Moment(), nullable=True))
    op.add_column("ideas", sa.Column("staged_at", citizen_voice.db.Moment(), nullable=True))
    op.create_index(
        "ix_ideas_staged_at",
        "ideas",
        ["staged_at"],
        postgresql_where=sa.text(STAGED),
        sqlite_where=sa.text(STAGED),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_ideas_staged_at", table_name="ideas")
    op.drop_column("ideas", "staged_at")
    op.drop_column("sessions", "last_visit_at")
