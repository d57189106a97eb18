"""the rights desk"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = (
    "bank_holidays",
    "desk_settings",
    "rights_requests",
    "restrictions",
    "rights_events",
    "rights_letters",
    "rights_pauses",
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "bank_holidays",
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("nation", "day", name=op.f("pk_bank_holidays")),
    )
    op.create_table(
        "desk_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_desk_settings_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_settings")),
    )
    op.create_table(
        "rights_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("entered_by", Key(), nullable=True),
        sa.Column("identity", sa.String(length=10), nullable=False),
        sa.Column("identity_on", sa.Date(), nullable=True),
        sa.Column("fee_asked_on", sa.Date(), nullable=True),
        sa.Column("fee_paid_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_sure", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("outcome_words", sa.Text(), server_default="", nullable=False),
        sa.Column("ico_told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("decided_by", Key(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("disputed", sa.Text(), server_default="", nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "closed_at IS NULL OR kind <> 'complaint' OR ico_told",
            name=op.f("ck_rights_requests_complaint_names_ico"),
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR outcome IS NOT NULL",
            name=op.f("ck_rights_requests_closed_with_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["persons.id"], name=op.f("fk_rights_requests_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["persons.id"], name=op.f("fk_rights_requests_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_rights_requests_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_requests")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_rights_requests_receipt_hash")),
    )
    op.create_index(
        op.f("ix_rights_requests_closed_at"), "rights_requests", ["closed_at"], unique=False
    )
    op.create_index(op.f("ix_rights_requests_email"), "rights_requests", ["email"], unique=False)
    op.create_index(
        "ix_rights_requests_open", "rights_requests", ["closed_at", "due_on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_rights_requests_person_id"), "rights_requests", ["person_id"], unique=False
    )
    op.create_table(
        "restrictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", Key(), nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("paused_until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_restrictions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_requests.id"], name=op.f("fk_restrictions_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restrictions")),
    )
    op.create_index(op.f("ix_restrictions_person_id"), "restrictions", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_restrictions_request_id"), "restrictions", ["request_id"], unique=False
    )
    op.create_table(
        "rights_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["persons.id"], name=op.f("fk_rights_events_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_requests.id"], name=op.f("fk_rights_events_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_events")),
    )
    op.create_index(
        "ix_rights_events_request_id", "rights_events", ["request_id", "id"], unique=False
    )
    op.create_table(
        "rights_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=5), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["persons.id"], name=op.f("fk_rights_letters_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_requests.id"], name=op.f("fk_rights_letters_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_letters")),
    )
    op.create_index(
        "ix_rights_letters_request_id", "rights_letters", ["request_id", "id"], unique=False
    )
    op.create_table(
        "rights_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_requests.id"], name=op.f("fk_rights_pauses_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_pauses")),
    )
    op.create_index(
        op.f("ix_rights_pauses_request_id"), "rights_pauses", ["request_id"], unique=False
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_table(table)
