"""whose letters and whose acts, for My data"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on."""
    op.create_index("ix_outbox_mails_person_id", "outbox_mails", ["person_id"])
    op.create_index("ix_journal_entries_actor", "journal_entries", ["actor"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_journal_entries_actor", "journal_entries")
    op.drop_index("ix_outbox_mails_person_id", "outbox_mails")
