"""People, their sessions, sign-ins under way, and what is left of accounts that were shut."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

IN_PLACE = text("taken_back_at IS NULL")

RESIDENT, IMPORTED, FORMER = "resident", "imported", "former"
ADULT, TEEN = "adult", "teen"
UNTIL_LIFTED = datetime(2200, 1, 1, tzinfo=UTC)
"""Until when an account is paused that stands still for a request about data."""


class Person(Base):
    """Somebody who takes part. ``kind`` says how they came: resident, imported, or former.

    Imported and former people have no e-mail address, so they cannot sign in. Whose account a
    moderator has paused or shut still reads, appeals and has their data; they take part no more.
    ``mail_refused_at``: a mail server said for good that it takes no mail for the address.
    ``seen_on`` is the last day on which they were signed in here.
    """

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint("kind IN ('resident', 'imported', 'former')", name="kind"),
        CheckConstraint("kind = 'resident' OR email IS NULL", name="only_residents_sign_in"),
        CheckConstraint("age_band IN ('adult', 'teen')", name="age_band"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    display_name: Mapped[str | None] = mapped_column(String(60))
    age_band: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    seen_on: Mapped[date | None]
    paused_until: Mapped[datetime | None]
    shut_at: Mapped[datetime | None]
    news_seen_at: Mapped[datetime | None]
    mail_refused_at: Mapped[datetime | None]
    mail_refused_words: Mapped[str | None] = mapped_column(String(200))


class ShutAddress(Base):
    """A mark of the address of an account that was shut, and then deleted by its owner.

    The mark is made from the address with the site's secret, and tells it to nobody. While it is
    kept nobody joins with that address.
    """

    __tablename__ = "shut_addresses"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class PersonSession(Base):
    """A browser in which somebody is signed in. The token stands hashed.

    ``last_visit_at`` is when the person's visit before the present one ended (see ``visits``).
    ``staff``: they signed in as a colleague, and last proved who they are at ``confirmed_at``.
    """

    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    csrf: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(80))
    shared: Mapped[bool]
    staff: Mapped[bool] = mapped_column(server_default=false())
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    last_visit_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class PendingSignIn(Base):
    """A sign-in under way in one browser: what they were doing, and the code that was sent.

    ``intent`` is the form that they sent before they were signed in (see ``intents``).
    """

    __tablename__ = "pending_sign_ins"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    next: Mapped[str] = mapped_column(Text, server_default="")
    intent: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    email: Mapped[str | None] = mapped_column(String(254))
    shared: Mapped[bool]
    notice_version: Mapped[int] = mapped_column(server_default="0")
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    verified_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AgeRule(Base):
    """From which age people take part in a feature (``ages.FEATURES``), from a day on.

    A rule stays when another one follows it, so that it can be told who was asked by which. One
    that was taken back before its day never counted.
    """

    __tablename__ = "age_rules"
    __table_args__ = (
        CheckConstraint("minimum BETWEEN 13 AND 18", name="minimum"),
        Index(
            "ix_age_rules_one_a_day",
            "feature",
            "effective_from",
            unique=True,
            postgresql_where=IN_PLACE,
            sqlite_where=IN_PLACE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feature: Mapped[str] = mapped_column(String(40))
    minimum: Mapped[int]
    effective_from: Mapped[date]
    set_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    set_at: Mapped[datetime]
    taken_back_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    taken_back_at: Mapped[datetime | None]
