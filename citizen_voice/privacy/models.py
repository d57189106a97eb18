"""Copies of what is held about somebody: each a row, and a file once it is made."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

WAITING, MAKING, READY, FAILED = "waiting", "making", "ready", "failed"


class DataCopy(Base):
    """The newest copy that somebody asked for; its file is named by its key (see ``files``).

    While a worker makes it, ``taken_at`` is when that worker last said so; ``done`` of ``total``
    rows are written. ``ends_at`` is when it goes, and the file with it.
    """

    __tablename__ = "data_copies"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'making', 'ready', 'failed')", name="state"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), unique=True
    )
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    made_at: Mapped[datetime | None]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
