"""Opinion groups: those that an import brought along."""

import uuid

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class ParticipantGroup(Base):
    """The opinion group that a source placed a participant of a challenge in."""

    __tablename__ = "participant_groups"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenges.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    group_number: Mapped[int] = mapped_column(SmallInteger)
