"""visits"""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on."""


def downgrade() -> None:
    """Go back."""
