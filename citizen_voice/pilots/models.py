"""Pilots, what they measure, what is said about them, and what was decided."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

PREPARING, RUNNING, EVALUATING, DECIDED = "preparing", "running", "evaluating", "decided"
STAGES = (PREPARING, RUNNING, EVALUATING, DECIDED)
ON_TRACK, CHANGED, STUCK = "on-track", "changed", "stuck"
STATES = (ON_TRACK, CHANGED, STUCK)
SCALE, ADAPT, STOP = "scale", "adapt", "stop"
DECISIONS = (SCALE, ADAPT, STOP)
MORE, LESS = "more", "less"

HYPOTHESIS = ("that", "who", "will", "when")
"""We believe that …, for …, will …; we will know when …"""
CARDS = ("problem", *HYPOTHESIS, "costs", "risks", "partners")
"""What a pilot may say besides the five things that start it."""
DPIA_QUESTIONS = ("special", "children", "profiling", "new-technology", "monitoring", "sharing")


class Pilot(Base):
    """A trial. Five things start it: what, where and with whom, owner, end date, how we'll know.

    ``owner_id`` is the responsible member of staff; none: a new one is being looked for.
    ``owner_shown`` and ``deputy_shown`` are each person's own choice. ``manager_id`` hears of a
    late word where the site's settings say so. ``next_on`` is the day of the next word that is
    promised. ``after_id`` is the pilot that this one carries on, adapted.
    ``cancelled_at``: it was started by mistake, and counts as never begun.
    """

    __tablename__ = "pilots"
    __table_args__ = (
        CheckConstraint("stage IN ('preparing', 'running', 'evaluating', 'decided')", name="stage"),
        CheckConstraint("owner_id IS NULL OR owner_id <> deputy_id", name="two_people"),
        Index("ix_pilots_owner_id", "owner_id"),
        Index("ix_pilots_deputy_id", "deputy_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title_en: Mapped[str] = mapped_column(String(80))
    title_cy: Mapped[str] = mapped_column(String(80), server_default="")
    place_en: Mapped[str] = mapped_column(String(200))
    place_cy: Mapped[str] = mapped_column(String(200), server_default="")
    known_en: Mapped[str] = mapped_column(Text)
    known_cy: Mapped[str] = mapped_column(Text, server_default="")
    team_en: Mapped[str] = mapped_column(String(80))
    team_cy: Mapped[str] = mapped_column(String(80), server_default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    deputy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    owner_shown: Mapped[bool] = mapped_column(server_default=false())
    deputy_shown: Mapped[bool] = mapped_column(server_default=false())
    manager_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    ends_on: Mapped[date]
    stage: Mapped[str] = mapped_column(String(12))
    staged_at: Mapped[datetime]
    next_on: Mapped[date | None]
    dpia: Mapped[dict[str, bool]] = mapped_column(JSON)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id"))
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class PilotCard(Base):
    """One of ``CARDS`` that a pilot has, in both languages; the Welsh may be missing."""

    __tablename__ = "pilot_cards"

    pilot_id: Mapped[int] = mapped_column(
        ForeignKey("pilots.id"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(String(12), primary_key=True)
    words_en: Mapped[str] = mapped_column(Text)
    words_cy: Mapped[str] = mapped_column(Text, server_default="")


class PilotIdea(Base):
    """An idea that a pilot tries, with what was taken from it."""

    __tablename__ = "pilot_ideas"
    __table_args__ = (Index("ix_pilot_ideas_idea_id", "idea_id"),)

    pilot_id: Mapped[int] = mapped_column(
        ForeignKey("pilots.id"), primary_key=True, autoincrement=False
    )
    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    taken_en: Mapped[str] = mapped_column(Text, server_default="")
    taken_cy: Mapped[str] = mapped_column(Text, server_default="")
    linked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    linked_at: Mapped[datetime]
    unlinked_at: Mapped[datetime | None]


class PilotChange(Base):
    """A plan that changed, for everybody to see: what it was, when, and why.

    ``what`` is ``ends_on``, a key of ``HYPOTHESIS``, or ``target`` (of ``measure_id``). ``was_en``
    and ``now_en`` are as people read them (a day as ISO 8601, a target as a number with a point).
    """

    __tablename__ = "pilot_changes"
    __table_args__ = (Index("ix_pilot_changes_pilot_id", "pilot_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    what: Mapped[str] = mapped_column(String(12))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_measures.id"))
    was_en: Mapped[str] = mapped_column(Text)
    was_cy: Mapped[str] = mapped_column(Text, server_default="")
    now_en: Mapped[str] = mapped_column(Text)
    now_cy: Mapped[str] = mapped_column(Text, server_default="")
    why_en: Mapped[str] = mapped_column(Text)
    why_cy: Mapped[str] = mapped_column(Text, server_default="")
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime]


class PilotMeasure(Base):
    """Something that is measured. ``better``: whether more or less of it is better."""

    __tablename__ = "pilot_measures"
    __table_args__ = (
        CheckConstraint("better IN ('more', 'less')", name="better"),
        Index("ix_pilot_measures_pilot_id", "pilot_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    name_en: Mapped[str] = mapped_column(String(80))
    name_cy: Mapped[str] = mapped_column(String(80), server_default="")
    unit_en: Mapped[str] = mapped_column(String(30), server_default="")
    unit_cy: Mapped[str] = mapped_column(String(30), server_default="")
    better: Mapped[str] = mapped_column(String(4))
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    source_en: Mapped[str] = mapped_column(String(200), server_default="")
    source_cy: Mapped[str] = mapped_column(String(200), server_default="")
    first_on: Mapped[date | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class PilotReading(Base):
    """What was measured on a day: one value a measure and day."""

    __tablename__ = "pilot_readings"

    measure_id: Mapped[int] = mapped_column(
        ForeignKey("pilot_measures.id"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float]
    note: Mapped[str] = mapped_column(String(200), server_default="")
    added_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    added_at: Mapped[datetime]


class PilotPicture(Base):
    """A picture of an update, decoded and made anew; by its hash."""

    __tablename__ = "pilot_pictures"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]


class PilotUpdate(Base):
    """How it is going: a state, a sentence, a picture, and the day of the next word."""

    __tablename__ = "pilot_updates"
    __table_args__ = (
        CheckConstraint("state IN ('on-track', 'changed', 'stuck')", name="state"),
        Index("ix_pilot_updates_pilot_id", "pilot_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    state: Mapped[str] = mapped_column(String(10))
    words_en: Mapped[str] = mapped_column(Text)
    words_cy: Mapped[str] = mapped_column(Text, server_default="")
    picture: Mapped[str | None] = mapped_column(ForeignKey("pilot_pictures.digest"))
    alt_en: Mapped[str] = mapped_column(String(200), server_default="")
    alt_cy: Mapped[str] = mapped_column(String(200), server_default="")
    next_on: Mapped[date | None]
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class PilotReminder(Base):
    """A reminder that an update is due, that went out. ``step``: working days from that day."""

    __tablename__ = "pilot_reminders"

    pilot_id: Mapped[int] = mapped_column(
        ForeignKey("pilots.id"), primary_key=True, autoincrement=False
    )
    due_on: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sent_at: Mapped[datetime]


class PilotThanks(Base):
    """Changed because of you: a comment, and what changed in the trial because of it."""

    __tablename__ = "pilot_thanks"
    __table_args__ = (Index("ix_pilot_thanks_pilot_id", "pilot_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comments.id"))
    words_en: Mapped[str] = mapped_column(Text)
    words_cy: Mapped[str] = mapped_column(Text, server_default="")
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class PilotDecision(Base):
    """Scale, adapt or stop: declared by the responsible person, confirmed by a second one.

    Nobody but staff sees it before it is confirmed. One that was sent back is kept
    (``sent_back_at``), and a new one may follow.
    """

    __tablename__ = "pilot_decisions"
    __table_args__ = (
        CheckConstraint("decision IN ('scale', 'adapt', 'stop')", name="decision"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> declared_by", name="two_people"),
        Index(
            "uq_pilot_decisions_standing",
            "pilot_id",
            unique=True,
            postgresql_where=text("sent_back_at IS NULL"),
            sqlite_where=text("sent_back_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    decision: Mapped[str] = mapped_column(String(6))
    learned_en: Mapped[str] = mapped_column(Text)
    learned_cy: Mapped[str] = mapped_column(Text, server_default="")
    next_en: Mapped[str] = mapped_column(Text)
    next_cy: Mapped[str] = mapped_column(Text, server_default="")
    next_on: Mapped[date | None]
    declared_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    declared_at: Mapped[datetime]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    confirmed_at: Mapped[datetime | None]
    sent_back_at: Mapped[datetime | None]
    sent_back_why: Mapped[str] = mapped_column(Text, server_default="")


class PilotEvidence(Base):
    """What a decision says about a measure."""

    __tablename__ = "pilot_evidence"

    decision_id: Mapped[int] = mapped_column(
        ForeignKey("pilot_decisions.id"), primary_key=True, autoincrement=False
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("pilot_measures.id"), primary_key=True, autoincrement=False
    )
    words_en: Mapped[str] = mapped_column(Text)
    words_cy: Mapped[str] = mapped_column(Text, server_default="")
