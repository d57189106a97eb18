"""Where somebody's name may still stand in what others wrote."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

_OPEN = text("looked_at IS NULL")


class ErasureMention(Base):
    """A place in a text where the name of somebody stood when they were erased.

    The name is not kept: ``begins`` and ``ends`` count the characters of the text up to it, and to
    its end. ``kind`` is idea, reply or update, with its ``number``, or comment, with its
    ``comment_id``; ``part`` is the column; ``version`` is 0 where texts have none.
    """

    __tablename__ = "erasure_mentions"
    __table_args__ = (
        CheckConstraint("(number IS NULL) <> (comment_id IS NULL)", name="one_place"),
        Index("ix_erasure_mentions_open", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int | None]
    comment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comments.id"))
    part: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    begins: Mapped[int]
    ends: Mapped[int]
    found_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    looked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
