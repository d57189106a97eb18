"""the ledger of consents, and the newsletter"""

import sqlalchemy as sa
from alembic import op

from citizen_voice.columns import Key, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SENT = sa.text("sent_at IS NOT NULL AND spread_at IS NULL")


def upgrade() -> None:
    """Go on."""
    op.create_table(
        "consents",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("subject", Key(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("notice_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("control", sa.String(20), nullable=False),
        sa.Column("screen", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("personal_hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_subject", "consents", ["subject", "purpose", "number"])
    op.create_table(
        "consent_subjects",
        sa.Column("pseudonym", Key(), nullable=False),
        sa.Column("person_id", Key(), nullable=False),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_consent_subjects_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_consent_subjects")),
        sa.UniqueConstraint("person_id", name=op.f("uq_consent_subjects_person_id")),
    )
    op.create_table(
        "newsletters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_en", sa.String(120), nullable=False),
        sa.Column("subject_cy", sa.String(120), server_default="", nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("written_by", Key(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("sent_by", Key(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("spread_to", Key(), nullable=True),
        sa.Column("spread_at", Moment(), nullable=True),
        sa.Column("letters", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletters")),
    )
    op.create_index(
        "ix_newsletters_unspread",
        "newsletters",
        ["sent_at"],
        postgresql_where=SENT,
        sqlite_where=SENT,
    )
    _guard_the_ledger()


def _guard_the_ledger() -> None:
    """Triggers that refuse every update and delete of the ledger."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION consents_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger of consents is append-only'; END $$"
        )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER consents_no_{act} BEFORE {act.upper()} ON consents "
                f"FOR EACH ROW EXECUTE FUNCTION consents_are_append_only()"
            )
        op.execute(
            "CREATE TRIGGER consents_no_truncate BEFORE TRUNCATE ON consents "
            "FOR EACH STATEMENT EXECUTE FUNCTION consents_are_append_only()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER consents_no_{act} BEFORE {act.upper()} ON consents "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger of consents is append-only'); END"
        )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_newsletters_unspread", "newsletters")
    op.drop_table("newsletters")
    op.drop_table("consent_subjects")
    op.drop_index("ix_consents_subject", "consents")
    op.drop_table("consents")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION consents_are_append_only()")
