"""Challenges and their topics."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

OPINION, SUPPORT = "opinion", "support"
AFTERWARDS, NEWCOMERS, BEFORE = "after", "newcomers", "before"
UPCOMING, OPEN, CLOSED = "upcoming", "open", "closed"
SLUG_LONGEST = 60
TOPIC_LONGEST = 60
LONGEST = {
    "question": 160,
    "background": 10_000,
    "sponsor": 600,
    "decides": 600,
    "money": 600,
    "fixed": 600,
    "promise": 600,
    "reply_team": 80,
    "cancelled_why": 600,
}
"""Letters of the council's words, by column without its language."""


def state(row: Any, now: datetime) -> str:
    """``upcoming``, ``open`` or ``closed``: what the clock makes of a row with its two moments."""
    if now < row.opens_at:
        return UPCOMING
    return OPEN if now < row.closes_at else CLOSED


class Challenge(Base):
    """A question, when it is open, how it is answered and moderated, and the council's promise.

    It is open from ``opens_at`` (London midnight that begins ``opens_on``) until ``closes_at``
    (the midnight that ends ``closes_on``). Without the promise it cannot be published.
    """

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("ballot IN ('opinion', 'support')", name="ballot"),
        CheckConstraint("moderation IN ('after', 'newcomers', 'before')", name="moderation"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint(
            "published_at IS NULL OR (sponsor_en <> '' AND decides_en <> '' AND money_en <> '' "
            "AND fixed_en <> '' AND promise_en <> '')",
            name="published_with_its_promise",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    question_en: Mapped[str] = mapped_column(String(160))
    question_cy: Mapped[str] = mapped_column(String(160), server_default="")
    background_en: Mapped[str] = mapped_column(Text, server_default="")
    background_cy: Mapped[str] = mapped_column(Text, server_default="")
    sponsor_en: Mapped[str] = mapped_column(Text, server_default="")
    sponsor_cy: Mapped[str] = mapped_column(Text, server_default="")
    decides_en: Mapped[str] = mapped_column(Text, server_default="")
    decides_cy: Mapped[str] = mapped_column(Text, server_default="")
    money_en: Mapped[str] = mapped_column(Text, server_default="")
    money_cy: Mapped[str] = mapped_column(Text, server_default="")
    fixed_en: Mapped[str] = mapped_column(Text, server_default="")
    fixed_cy: Mapped[str] = mapped_column(Text, server_default="")
    promise_en: Mapped[str] = mapped_column(Text, server_default="")
    promise_cy: Mapped[str] = mapped_column(Text, server_default="")
    reply_team_en: Mapped[str] = mapped_column(String(80), server_default="")
    reply_team_cy: Mapped[str] = mapped_column(String(80), server_default="")
    replies_by: Mapped[date | None]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    ballot: Mapped[str] = mapped_column(String(10))
    moderation: Mapped[str] = mapped_column(String(10))
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_why_en: Mapped[str] = mapped_column(Text, server_default="")
    cancelled_why_cy: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime]


class OldSlug(Base):
    """An address that a challenge had before: it leads to the one that it has now."""

    __tablename__ = "challenge_slugs"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)


class Topic(Base):
    """A subject within a challenge, by which ideas are sorted and filtered."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    name_en: Mapped[str] = mapped_column(String(60))
    name_cy: Mapped[str] = mapped_column(String(60), server_default="")
    position: Mapped[int]
