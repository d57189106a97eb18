"""public_from: the first version that everybody may read"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("ideas", "comments")


def upgrade() -> None:
    """Go on."""
    for table in TABLES:
        op.add_column(
            table, sa.Column("public_from", sa.Integer(), server_default="1", nullable=False)
        )


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_column(table, "public_from")
