"""News: a row a happening, read by whom it concerns."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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


class NewsItem(Base):
    """Something happened to an idea, or concerns one person (``person_id``) alone.

    Who proposed, supported or commented on the idea finds it in their news. ``other_id`` is the
    other idea of a merge. What was taken back is news no more.
    """

    __tablename__ = "news_items"
    __table_args__ = (
        CheckConstraint("idea_id IS NOT NULL OR person_id IS NOT NULL", name="about_something"),
        Index("ix_news_items_idea_id", "idea_id", "at"),
        Index("ix_news_items_person_id", "person_id", "at"),
        Index("ix_news_items_at", "at", "id"),
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
    taken_back_at: Mapped[datetime | None]
