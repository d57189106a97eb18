"""Replies, and which ideas they are to."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

WILL_DO, TRYING, ALREADY = "will-do", "trying", "already"
PASSED_ON, NOT_NOW, NO = "passed-on", "not-now", "no"
OUTCOMES = (WILL_DO, TRYING, ALREADY, PASSED_ON, NOT_NOW, NO)
OWE_A_NEXT_STEP = (WILL_DO, TRYING, NOT_NOW)
"""Outcomes that promise a further word by a day."""
GOOD_OUTCOMES = (WILL_DO, TRYING, ALREADY)
"""Outcomes of which something comes."""


class Reply(Base):
    """The council's word: outcome, reason, team, date, and the next date where one is owed.

    One reply can be to many ideas.
    """

    __tablename__ = "replies"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('will-do', 'trying', 'already', 'passed-on', 'not-now', 'no')",
            name="outcome",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(12))
    reason_en: Mapped[str] = mapped_column(Text, server_default="")
    reason_cy: Mapped[str] = mapped_column(Text, server_default="")
    team_en: Mapped[str] = mapped_column(String(80), server_default="")
    team_cy: Mapped[str] = mapped_column(String(80), server_default="")
    passed_to_en: Mapped[str] = mapped_column(String(120), server_default="")
    passed_to_cy: Mapped[str] = mapped_column(String(120), server_default="")
    replied_on: Mapped[date]
    next_on: Mapped[date | None]
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]


class IdeaReply(Base):
    """A reply to an idea. The newest that was not taken back is the one in force.

    ``change_id`` is the change of stage that came with it.
    """

    __tablename__ = "idea_replies"
    __table_args__ = (Index("ix_idea_replies_reply_id", "reply_id"),)

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("replies.id"), primary_key=True, autoincrement=False
    )
    change_id: Mapped[int | None] = mapped_column(ForeignKey("stage_changes.id"))
    taken_back_at: Mapped[datetime | None]
