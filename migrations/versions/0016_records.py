"""the officer's records"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:  # a statement a table
    """Go on."""
    op.create_table(
        "controller_details",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_en", sa.String(length=120), server_default="", nullable=False),
        sa.Column("name_cy", sa.String(length=120), server_default="", nullable=False),
        sa.Column("address_en", sa.Text(), server_default="", nullable=False),
        sa.Column("address_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.String(length=254), server_default="", nullable=False),
        sa.Column("dpo_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("dpo_contact", sa.String(length=254), server_default="", nullable=False),
        sa.Column("ico_number", sa.String(length=20), server_default="", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_controller_details_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controller_details")),
    )
    op.create_table(
        "record_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("actor_id", Key(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["persons.id"], name=op.f("fk_record_changes_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_changes")),
    )
    op.create_index(
        "ix_record_changes_record_id",
        "record_changes",
        ["register", "record_id", "id"],
        unique=False,
    )
    op.create_table(
        "processors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("does", sa.Text(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("contract_on", sa.Date(), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("transfer_words", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processors")),
    )
    op.create_table(
        "breaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("known_at", Moment(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("risk", sa.String(length=4), nullable=False),
        sa.Column("reported_at", Moment(), nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("late_why", sa.Text(), nullable=False),
        sa.Column("not_reported_why", sa.Text(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("told_how", sa.Text(), nullable=False),
        sa.Column("not_told_why", sa.Text(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
    )
    op.create_table(
        "breach_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("actor_id", Key(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["persons.id"], name=op.f("fk_breach_notes_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["breach_id"], ["breaches.id"], name=op.f("fk_breach_notes_breach_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_notes")),
    )
    op.create_index(op.f("ix_breach_notes_breach_id"), "breach_notes", ["breach_id"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("aims", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("advice_by", sa.String(length=120), nullable=False),
        sa.Column("followed", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(signed_on IS NULL) = (signed_by = '')", name=op.f("ck_assessments_signed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("about", "version", name=op.f("uq_assessments_about_version")),
    )
    op.create_table(
        "assessment_risks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("left", sa.String(length=6), nullable=False),
        sa.CheckConstraint(
            "likelihood BETWEEN 1 AND 3 AND severity BETWEEN 1 AND 3",
            name=op.f("ck_assessment_risks_scale"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_assessment_risks_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_risks")),
    )
    op.create_index(
        op.f("ix_assessment_risks_assessment_id"),
        "assessment_risks",
        ["assessment_id"],
        unique=False,
    )
    op.create_table(
        "safety_scopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=False),
        sa.Column("exemption", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_scopes")),
    )
    op.create_table(
        "safety_risks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=6), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("assessed_by", sa.String(length=120), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_risks")),
    )
    op.create_index("ix_safety_risks_kind", "safety_risks", ["kind", "id"], unique=False)


def downgrade() -> None:
    """Go back."""
    for table in (
        "safety_risks",
        "safety_scopes",
        "assessment_risks",
        "assessments",
        "breach_notes",
        "breaches",
        "processors",
        "record_changes",
        "controller_details",
    ):
        op.drop_table(table)
