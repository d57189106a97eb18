"""comments"""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on."""


def downgrade() -> None:
    """Go back."""
