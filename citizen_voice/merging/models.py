"""Merges, and what the answers were before."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

MOVED, LOST, NOT_MINE = "moved", "lost", "not-mine"
"""What became of an answer to the merged idea: it counts, the survivor's own did, or taken out."""


class IdeaMerge(Base):
    """One idea was joined with another; its address leads there. Undone, both stand apart again.

    ``stage_before`` and ``staged_before`` are its stage until then, and since when it had that.
    ``active_from`` and ``active_into`` say how lively the two were until then, ``active_joined``
    how lively the one that stays was from then on (see ``answers.activity``).
    """

    __tablename__ = "idea_merges"
    __table_args__ = (
        CheckConstraint("from_id <> into_id", name="two_ideas"),
        Index(
            "uq_idea_merges_standing",
            "from_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
            sqlite_where=text("undone_at IS NULL"),
        ),
        Index("ix_idea_merges_into_id", "into_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    stage_before: Mapped[str] = mapped_column(String(12))
    staged_before: Mapped[datetime | None]
    active_from: Mapped[float] = mapped_column(Double, server_default="0")
    active_into: Mapped[float] = mapped_column(Double, server_default="0")
    active_joined: Mapped[float] = mapped_column(Double, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    merged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    merged_at: Mapped[datetime]
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    undone_at: Mapped[datetime | None]


class MergedAnswer(Base):
    """An answer to an idea that was merged, as it was, and what the survivor's own was then.

    ``own_*`` are of the answer that the person had given to the survivor; no value: none.
    ``voided_at``: the account was found to be a sham, so the answer comes back as void.
    """

    __tablename__ = "merged_answers"
    __table_args__ = (
        CheckConstraint("became IN ('moved', 'lost', 'not-mine')", name="became"),
        Index("ix_merged_answers_person_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

    merge_id: Mapped[int] = mapped_column(
        ForeignKey("idea_merges.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    value: Mapped[int] = mapped_column(SmallInteger)
    previous: Mapped[int | None] = mapped_column(SmallInteger)
    version: Mapped[int]
    answered_at: Mapped[datetime | None]
    own_value: Mapped[int | None] = mapped_column(SmallInteger)
    own_previous: Mapped[int | None] = mapped_column(SmallInteger)
    own_version: Mapped[int | None]
    own_answered_at: Mapped[datetime | None]
    became: Mapped[str] = mapped_column(String(10))
    voided_at: Mapped[datetime | None]
