"""drafts"""

import sqlalchemy as sa
from alembic import op

import citizen_voice.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "idea_drafts",
        sa.Column("id", citizen_voice.db.Key(), nullable=False),
        sa.Column("person_id", citizen_voice.db.Key(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("form_key", citizen_voice.db.Key(), nullable=False),
        sa.Column("created_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("saved_at", citizen_voice.db.Moment(), nullable=False),
        sa.Column("ends_at", citizen_voice.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_idea_drafts_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_idea_drafts_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_idea_drafts_topic_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_idea_drafts_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_drafts")),
    )
    with op.batch_alter_table("idea_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_drafts_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_drafts_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("idea_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_drafts_person_id"))
        batch_op.drop_index(batch_op.f("ix_idea_drafts_ends_at"))

    op.drop_table("idea_drafts")
