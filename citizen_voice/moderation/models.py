"""Cases, what waits in them, what was decided, and what is asked of somebody else."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.comments.models import Comment
from citizen_voice.db import Base

EDITED_AFTER_SUPPORT, EDIT_WAITS, HELD, REPORT = (
    "edited-after-support",
    "edit-waits",
    "held",
    "report",
)
LINKS, CONTACTS, REPEATED, WORDS, SURGE = "links", "contacts", "repeated", "words", "surge"
FLAGS = (LINKS, CONTACTS, REPEATED, WORDS, SURGE)
KINDS = (REPORT, HELD, EDIT_WAITS, EDITED_AFTER_SUPPORT, *FLAGS)

KEEP, HIDE, ASK, REDACT, MOVE, MERGE = "keep", "hide", "ask", "redact", "move", "merge"
WARN, PAUSE, CLOSE, VOID = "warn", "pause", "close", "void"
ACTS = (KEEP, HIDE, ASK, REDACT, MOVE, MERGE, WARN, PAUSE, CLOSE, VOID)

UPHELD, STANDS = "upheld", "stands"

GRAVE, ORDINARY, ADVICE = 0, 1, 2
"""Urgency: what goes first, what people wait for, what only a machine noticed."""

_STILL_OPEN = text("closed_at IS NULL")


class Case(Base):
    """What waits about one idea, one comment or one person's name. One open case a thing at most.

    ``urgency`` and ``due_at`` are those of the most urgent of its open reasons; the queue is
    ordered by them. Somebody who is on it has claimed it.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            "(idea_id IS NOT NULL AND comment_id IS NULL AND person_id IS NULL) OR "
            "(idea_id IS NULL AND comment_id IS NOT NULL AND person_id IS NULL) OR "
            "(idea_id IS NULL AND comment_id IS NULL AND person_id IS NOT NULL)",
            name="one_subject",
        ),
        *(
            Index(
                f"uq_cases_open_{subject}",
                f"{subject}_id",
                unique=True,
                postgresql_where=_STILL_OPEN,
                sqlite_where=_STILL_OPEN,
            )
            for subject in ("idea", "comment", "person")
        ),
        Index(
            "ix_cases_queue",
            "urgency",
            "due_at",
            "id",
            postgresql_where=_STILL_OPEN,
            sqlite_where=_STILL_OPEN,
        ),
        Index(
            "ix_cases_closed_at",
            "closed_at",
            postgresql_where=text("closed_at IS NOT NULL"),
            sqlite_where=text("closed_at IS NOT NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    comment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Comment.id), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    opened_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    claimed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class CaseReason(Base):
    """Why something waits; a case may have several. ``version`` is the one that it is about.

    ``detail`` is what a machine noticed. A kind stands once in a case; reports are counted in their
    own rows.
    """

    __tablename__ = "case_reasons"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int | None]
    detail: Mapped[str] = mapped_column(Text, server_default="")
    noted_at: Mapped[datetime]


class Report(Base):
    """Somebody says that a thing breaks the rules. Who did is known where they were signed in.

    The receipt is known to them alone: its hash stands here. ``sender_hash`` tells for a day
    whether the same person reports the same thing again.
    """

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_made_at", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    category: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    email: Mapped[str | None] = mapped_column(String(254))
    reporter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    version: Mapped[int | None]
    sender_hash: Mapped[str | None] = mapped_column(String(32))
    made_at: Mapped[datetime]
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decisions.id"), index=True)


class CaseNote(Base):
    """What a moderator leaves for the others. It can be asked for under FOI."""

    __tablename__ = "case_notes"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class Ground(Base):
    """A ground that decisions rest on: which rule, and the letter that is begun from it."""

    __tablename__ = "grounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_en: Mapped[str] = mapped_column(String(120))
    name_cy: Mapped[str] = mapped_column(String(120), server_default="")
    letter_en: Mapped[str] = mapped_column(Text, server_default="")
    letter_cy: Mapped[str] = mapped_column(Text, server_default="")
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class Decision(Base):
    """What was done about a case, on what ground, in words that the author reads.

    ``person_id`` is who is told: the author of the thing. ``automated``: a flag of the machine's
    stood in the case. ``before`` is what undoing needs, ``original`` the words that were taken out
    (kept for the appeal, then gone). Those of a bulk decision share a ``batch_id``.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(
            "act IN ('keep', 'hide', 'ask', 'redact', 'move', 'merge', 'warn', 'pause', 'close', "
            "'void')",
            name="act",
        ),
        Index("ix_decisions_decided_at", "decided_at", "id"),
        Index("ix_decisions_person_id", "person_id", "decided_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    batch_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(10))
    ground_id: Mapped[int | None] = mapped_column(ForeignKey("grounds.id"))
    words: Mapped[str] = mapped_column(Text, server_default="")
    language: Mapped[str] = mapped_column(String(2))
    automated: Mapped[bool]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime]
    version: Mapped[int | None]
    until: Mapped[datetime | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    original: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))


class Appeal(Base):
    """The author asks somebody else to look again. A different moderator decides."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("outcome IN ('upheld', 'stands')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_with_an_outcome"),
        Index(
            "ix_appeals_open",
            "made_at",
            postgresql_where=text("decided_at IS NULL"),
            sqlite_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decisions.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, server_default="")


class Target(Base):
    """Within how many hours a kind of case or a category of report is to be looked at."""

    __tablename__ = "moderation_targets"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    hours: Mapped[int]


class WatchedWords(Base):
    """Words of a language that a moderator wants to look at, a line each."""

    __tablename__ = "watched_words"

    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(Text, server_default="")


class AnswerWatch(Base):
    """How many answers an idea had when the hour was last looked at: a surge shows against it."""

    __tablename__ = "answer_watch"

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    answers: Mapped[int]
    looked_at: Mapped[datetime]


class WordMark(Base):
    """What words come to, hashed: the same words said again within 30 days are noticed by it.

    ``thing`` is what says them, as the journal names it.
    """

    __tablename__ = "word_marks"
    __table_args__ = (
        Index("ix_word_marks_mark", "mark", "said_at"),
        Index("ix_word_marks_said_at", "said_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(16))
    thing: Mapped[str] = mapped_column(String(50))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    said_at: Mapped[datetime]
