"""News: a row a happening, read by whom it concerns."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

REPLIED, STAGED, MERGED, APART, DECIDED, APPEALED = (
    "replied",
    "staged",
    "merged",
    "apart",
    "decided",
    "appealed",
)
BEGAN, UPDATED, TRIED, THANKED = "began", "updated", "tried", "thanked"
"""Of pilots: it began (with an idea), said how it goes, was decided; and a comment changed it."""
FIRST, COMMENTED = "first", "commented"
"""To an author: their idea has its first supporter; somebody commented on it or replied."""
ALONE = (DECIDED, APPEALED)
"""Kinds that stand for themselves in a list, and that nobody chooses not to hear of.

By mail they come as letters of their own: statements of reasons are owed, and no news.
"""
STRAIGHT_AWAY, WEEKLY, NEVER = "now", "weekly", "never"
CHOICES = (STRAIGHT_AWAY, WEEKLY, NEVER)


class NewsItem(Base):
    """Something happened to an idea, or concerns one person (``person_id``) alone.

    Who proposed, supported or commented on the idea finds it in their news. ``other_id`` is the
    other idea of a merge. What was taken back is news no more. News of a pilot is for everybody who
    took part in one of its ideas, or in it (see ``audience``); nobody hears of what they did
    themselves (``actor_id``).

    The worker has told by mail those whose keys come up to ``spread_to``, and everybody at
    ``spread_at``.
    """

    __tablename__ = "news_items"
    __table_args__ = (
        CheckConstraint(
            "idea_id IS NOT NULL OR person_id IS NOT NULL OR pilot_id IS NOT NULL",
            name="about_something",
        ),
        Index("ix_news_items_idea_id", "idea_id", "at"),
        Index("ix_news_items_person_id", "person_id", "at"),
        Index("ix_news_items_at", "at", "id"),
        Index("ix_news_items_pilot_id", "pilot_id", "at"),
        Index(
            "ix_news_items_unspread",
            "at",
            postgresql_where=text("spread_at IS NULL"),
            sqlite_where=text("spread_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE")
    )
    stage: Mapped[str | None] = mapped_column(String(12))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("stage_changes.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decisions.id"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_updates.id"))
    thanks_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_thanks.id"))
    comment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comments.id"))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    taken_back_at: Mapped[datetime | None]
    spread_to: Mapped[uuid.UUID | None]
    spread_at: Mapped[datetime | None]


class NewsChoice(Base):
    """How somebody hears by mail: straight away, weekly, never; without a row, straight away.

    ``mailed_at`` is when their newest letter of news was put into the outbox, ``letter_id`` which
    it is there; ``reasons_at`` is when the newest was that told them of decisions about them.
    """

    __tablename__ = "news_choices"
    __table_args__ = (CheckConstraint("mail IN ('now', 'weekly', 'never')", name="mail"),)

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    mail: Mapped[str] = mapped_column(String(8), server_default=STRAIGHT_AWAY)
    changed_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    letter_id: Mapped[uuid.UUID | None]
    reasons_at: Mapped[datetime | None]


class NewsDue(Base):
    """Something that somebody is to be told by mail, and when: in one letter with what else is."""

    __tablename__ = "news_due"
    __table_args__ = (
        Index("ix_news_due_due_at", "due_at", "person_id"),
        Index("ix_news_due_item_id", "item_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("news_items.id"), primary_key=True)
    due_at: Mapped[datetime]
