"""Purposes, notices, and the record of which notice a person was shown."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class ActivePurpose(Base):
    """A purpose for which personal data may be used, and since when."""

    __tablename__ = "purposes"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    basis: Mapped[str] = mapped_column(String(40))
    active_from: Mapped[datetime]
    active_to: Mapped[datetime | None]


class Notice(Base):
    """One version of a privacy notice in one language. It never changes once it is published."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("name", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[datetime]


class NoticeServed(Base):
    """Which notice a person was shown, where and when (UK GDPR Art 5(2), 13)."""

    __tablename__ = "notices_served"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
