"""Answers."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

SUPPORT, SKIP, OPPOSE = 1, 0, -1
VALUES = {"support": SUPPORT, "oppose": OPPOSE, "skip": SKIP}
NAMES = {value: name for name, value in VALUES.items()}


class Answer(Base):
    """One person's current answer to one idea; ``previous`` is what it was before the last change.

    ``version`` is the version of the idea that was answered. Imported answers may have no time.
    """

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("value IN (-1, 0, 1)", name="value"),
        Index("ix_answers_person_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    value: Mapped[int] = mapped_column(SmallInteger)
    previous: Mapped[int | None] = mapped_column(SmallInteger)
    version: Mapped[int]
    answered_at: Mapped[datetime | None]


class VoidAnswer(Base):
    """An answer that counts no more, the account being a sham; kept, so that it can come back."""

    __tablename__ = "void_answers"
    __table_args__ = (
        Index("ix_void_answers_person_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    value: Mapped[int] = mapped_column(SmallInteger)
    previous: Mapped[int | None] = mapped_column(SmallInteger)
    version: Mapped[int]
    answered_at: Mapped[datetime | None]
    voided_at: Mapped[datetime]
