"""Cases: everything that waits for a moderator about one thing."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.comments.models import Comment
from citizen_voice.db import Base

EDITED_AFTER_SUPPORT = "edited-after-support"

_STILL_OPEN = text("closed_at IS NULL")


class Case(Base):
    """What waits about one idea or one comment. A thing has one open case at most."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(idea_id IS NULL) <> (comment_id IS NULL)", name="one_subject"),
        *(
            Index(
                f"uq_cases_open_{subject}",
                f"{subject}_id",
                unique=True,
                postgresql_where=_STILL_OPEN,
                sqlite_where=_STILL_OPEN,
            )
            for subject in ("idea", "comment")
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    comment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Comment.id))
    opened_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]


class CaseReason(Base):
    """Why something waits; a case may have several. ``version`` is the one that it is about."""

    __tablename__ = "case_reasons"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int | None]
    noted_at: Mapped[datetime]
