"""Requests about one’s data, with everything that shows how each was dealt with."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

ACCESS, PORTABILITY, RECTIFICATION = "access", "portability", "rectification"
ERASURE, RESTRICTION, OBJECTION = "erasure", "restriction", "objection"
AUTOMATED, COMPLAINT = "automated", "complaint"
RIGHTS = (
    ACCESS,
    PORTABILITY,
    RECTIFICATION,
    ERASURE,
    RESTRICTION,
    OBJECTION,
    AUTOMATED,
    COMPLAINT,
)
FORM, MY_DATA, LETTER, CALL, EMAIL = "form", "my-data", "letter", "call", "email"
CHANNELS = (FORM, MY_DATA, LETTER, CALL, EMAIL)
ENTERED = (LETTER, CALL, EMAIL)
"""Channels of requests that staff enter."""
NOT_NEEDED, ASKED, GIVEN, IN_DOUBT = "not-needed", "asked", "given", "in-doubt"
IDENTITIES = (NOT_NEEDED, ASKED, GIVEN, IN_DOUBT)
GRANTED, PARTLY, REFUSED, TAKEN_BACK = "granted", "partly", "refused", "taken-back"
OUTCOMES = (GRANTED, PARTLY, REFUSED, TAKEN_BACK)
MAIL, PAPER = "mail", "paper"


class RightsRequest(Base):
    """What somebody asks about their data (UK GDPR Arts 12–22), or a complaint (DPA 2018 s.164A).

    ``received_on`` is a day in London. ``due_on`` and ``target_on`` are what the clock says after
    the newest step; empty while it has not started, or stands. ``due_sure``: it is known whether
    the due day is a bank holiday. Of the receipt the hash alone is stored (see ``receipts``).
    """

    __tablename__ = "rights_requests"
    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR outcome IS NOT NULL", name="closed_with_outcome"),
        CheckConstraint(
            "closed_at IS NULL OR kind <> 'complaint' OR ico_told", name="complaint_names_ico"
        ),
        Index("ix_rights_requests_open", "closed_at", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[str] = mapped_column(String(14))
    channel: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), server_default="")
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    address: Mapped[str] = mapped_column(Text, server_default="")
    language: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(Text, server_default="")
    received_on: Mapped[date]
    made_at: Mapped[datetime]
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    identity: Mapped[str] = mapped_column(String(10))
    identity_on: Mapped[date | None]
    fee_asked_on: Mapped[date | None]
    fee_paid_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_sure: Mapped[bool] = mapped_column(server_default=false())
    target_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    outcome_words: Mapped[str] = mapped_column(Text, server_default="")
    ico_told: Mapped[bool] = mapped_column(server_default=false())
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    disputed: Mapped[str] = mapped_column(Text, server_default="")
    forgotten_at: Mapped[datetime | None]


class RightsPause(Base):
    """Something had to be clarified, from a day to a day, both included."""

    __tablename__ = "rights_pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("rights_requests.id"), index=True)
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]


class RightsEvent(Base):
    """A step of a request: only ever added. ``day`` is the day on which it happened in London."""

    __tablename__ = "rights_events"
    __table_args__ = (Index("ix_rights_events_request_id", "request_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("rights_requests.id"))
    act: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, server_default="")
    day: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))


class RightsLetter(Base):
    """A letter as it left: ``way`` is mail or paper. It never changes."""

    __tablename__ = "rights_letters"
    __table_args__ = (Index("ix_rights_letters_request_id", "request_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("rights_requests.id"))
    kind: Mapped[str] = mapped_column(String(14))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    way: Mapped[str] = mapped_column(String(5))
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))


class Restriction(Base):
    """Somebody’s words are hidden and their account stands still (UK GDPR Arts 18, 21).

    ``hidden`` are the keys of what was hidden for it, by kind, and ``paused_until`` what the
    account had before: with it everything is undone as it was.
    """

    __tablename__ = "restrictions"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("rights_requests.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    hidden: Mapped[dict[str, Any]] = mapped_column(JSON)
    paused_until: Mapped[datetime | None]


class DeskSettings(Base):
    """Whose bank holidays count: one row, made when it is first needed."""

    __tablename__ = "desk_settings"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nation: Mapped[str] = mapped_column(String(20))


class BankHoliday(Base):
    """A bank holiday from a newer file than the one that comes with the site."""

    __tablename__ = "bank_holidays"

    nation: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
