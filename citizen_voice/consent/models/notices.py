"""Notices, their drafts, and the record of which notice a person was shown."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

EVERYONE, YOUNG = "everyone", "young"
FULL, BRIEF = "full", "brief"


class Notice(Base):
    """One version of a privacy notice in one language. Triggers refuse every change of it.

    ``changed`` says what is other than in the version before; one that is ``material`` is put
    before people at their next visit. ``audience`` is everyone or young people, ``layer`` the full
    notice or the brief words at the place where something is asked. ``sections`` are the words that
    it was made from, by which the next draft begins.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("name", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[datetime]
    audience: Mapped[str] = mapped_column(String(10), server_default=EVERYONE)
    layer: Mapped[str] = mapped_column(String(10), server_default=FULL)
    changed: Mapped[str] = mapped_column(Text, server_default="")
    material: Mapped[bool] = mapped_column(server_default=false())
    sections: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    published_at: Mapped[datetime | None]


class NoticeDraft(Base):
    """The next version of a notice, while it is written. ``sections``: element → language → words.

    It takes effect on ``effective_on``, or the day on which it is published.
    """

    __tablename__ = "notice_drafts"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    audience: Mapped[str] = mapped_column(String(10))
    layer: Mapped[str] = mapped_column(String(10))
    sections: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_en: Mapped[str] = mapped_column(Text, server_default="")
    changed_cy: Mapped[str] = mapped_column(Text, server_default="")
    material: Mapped[bool] = mapped_column(server_default=false())
    effective_on: Mapped[date | None]
    saved_at: Mapped[datetime]


class NoticeServed(Base):
    """Which notice a person was shown, where and when (UK GDPR Art 5(2), 13)."""

    __tablename__ = "notices_served"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
