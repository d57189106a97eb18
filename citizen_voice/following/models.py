"""Who follows what."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class Follow(Base):
    """Somebody follows an idea or a pilot; or, where not ``on``, wants to hear of it no longer.

    Without a row, who proposed, supported or commented hears of it, and nobody else.
    """

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint("(idea_id IS NULL) <> (pilot_id IS NULL)", name="one_thing"),
        Index("uq_follows_idea", "person_id", "idea_id", unique=True),
        Index("uq_follows_pilot", "person_id", "pilot_id", unique=True),
        Index("ix_follows_idea_id", "idea_id"),
        Index("ix_follows_pilot_id", "pilot_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id"))
    on: Mapped[bool]
    changed_at: Mapped[datetime]
