"""What was set of rules before, what is held, who was warned, and what was done."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base
from citizen_voice.keeping import RetentionRule as RetentionRule  # noqa: PLC0414  # all tables here

RUNNING, DONE, STOPPED, FAILED = "running", "done", "stopped", "failed"
STATES = (RUNNING, DONE, STOPPED, FAILED)
_LASTS = text("ended_at IS NULL")


class RetentionChange(Base):
    """The officer set a rule: what it is from then on. Never changed, never deleted."""

    __tablename__ = "retention_changes"
    __table_args__ = (Index("ix_retention_changes_rule", "rule", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    warn: Mapped[int]
    active: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, server_default="")
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime]


class RetentionHold(Base):
    """What is about a person, or about an idea, stays whatever the rules say.

    It ends after the day ``until``, where one is named, or when somebody ends it.
    """

    __tablename__ = "retention_holds"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (idea_id IS NULL)", name="one_thing"),
        Index(
            "ix_retention_holds_person_id",
            "person_id",
            postgresql_where=_LASTS,
            sqlite_where=_LASTS,
        ),
        Index(
            "ix_retention_holds_idea_id", "idea_id", postgresql_where=_LASTS, sqlite_where=_LASTS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[date | None]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    ended_at: Mapped[datetime | None]


class RetentionWarning(Base):
    """Somebody was told on a day that their account goes unless they come back.

    ``written``: a letter was sent. Where their mail is refused none was, and they get longer.
    """

    __tablename__ = "retention_warnings"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    warned_on: Mapped[date]
    written: Mapped[bool]


class RetentionRun(Base):
    """What a rule did on a day: no word of whom. One row a rule and a day.

    Who works at it has put a ``token`` there, and comes by (``beat_at``) with each batch. One that
    runs and at which nobody came by was cut off; the next run goes on.
    """

    __tablename__ = "retention_runs"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'stopped', 'failed')", name="state"),
        Index("uq_retention_runs_rule", "rule", "day", unique=True),
        Index("ix_retention_runs_began_at", "began_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    token: Mapped[uuid.UUID]
    began_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(server_default="0")
    warned: Mapped[int] = mapped_column(server_default="0")
    unreached: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
