"""Letters that wait or have gone."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

CODE, LETTER, NEWS = 0, 1, 2
"""How urgent a letter is: somebody waits for it, it is about them, or it is news."""


class OutboxMail(Base):
    """One letter. Its words go once it was delivered: codes are nobody's business.

    Of one that was given up they stay where it can be sent again (``lasting``), until the tidy.
    A letter that names nobody (no ``person_id``) loses its address, too, once it was delivered.
    ``kind`` says which letter it is (``kinds.KINDS``), ``unsubscribe`` is the address of the
    one-click header (RFC 8058) where it has one. ``person_id`` is whose it is, where that is known.
    While a worker has it in hand, ``due_at`` is when it is due again if that worker was killed.
    ``begun_at`` is when it was last begun to be sent; only then does it count as an attempt.
    """

    __tablename__ = "outbox_mails"
    __table_args__ = (
        Index(
            "ix_outbox_mails_due",
            "urgency",
            "due_at",
            "id",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_outbox_mails_begun_at", "begun_at"),
        Index("ix_outbox_mails_person_id", "person_id"),
        Index("ix_outbox_mails_failed_at", "failed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40), server_default="letter")
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    lasting: Mapped[bool] = mapped_column(server_default=false())
    person_id: Mapped[uuid.UUID | None]
    to_address: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    unsubscribe: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # none: nothing waits
    attempts: Mapped[int] = mapped_column(server_default="0")
    begun_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class OutboxSettings(Base):
    """How mail leaves: one row. ``stopped_at``: news and letters wait; codes go all the same.

    ``per_minute`` is how many letters the council's mail server takes in a minute; 0: no limit.
    """

    __tablename__ = "outbox_settings"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[uuid.UUID | None]
    per_minute: Mapped[int] = mapped_column(server_default="0")


class PeriodicRun(Base):
    """Work that is done at certain times: the newest time for which somebody took it.

    However many workers there are, one of them takes a time.
    """

    __tablename__ = "periodic_runs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    slot: Mapped[datetime]
    taken_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
