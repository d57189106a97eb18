"""Ideas, their versions, and the narrow table that lists are read from."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnClause,
    Double,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

OPEN, SHORTLISTED, PILOTING = "open", "shortlisted", "piloting"
ADOPTED, DECLINED, MERGED, WITHDRAWN = "adopted", "declined", "merged", "withdrawn"
STAGES = (OPEN, SHORTLISTED, PILOTING, ADOPTED, DECLINED, MERGED, WITHDRAWN)
LISTED_STAGES = (OPEN, SHORTLISTED, PILOTING, ADOPTED, DECLINED)
ANSWERABLE_STAGES = (OPEN, SHORTLISTED, PILOTING)

PUBLISHED, HELD, HIDDEN = "published", "held", "hidden"

TITLE_SHORTEST, TITLE_LONGEST, BODY_LONGEST = 4, 80, 1_500
REASON_LONGEST = 300
FIRST_NUMBER = 1_001
SHUFFLES = 2**30


class Idea(Base):
    """What somebody proposes. Its number is shown as ``CV-1042``; its words stand in its versions.

    ``version`` is the number of the version in force, ``public_from`` that of the first one that
    everybody may read: those before it are from while it was held or hidden. No ward means:
    everywhere. ``staged_at`` is when it last moved to another stage. Whoever takes an idea back
    says why (a key of ``history.WITHDRAWAL_REASONS``), or writes it, or both.
    """

    __tablename__ = "ideas"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('open', 'shortlisted', 'piloting', 'adopted', 'declined', 'merged', "
            "'withdrawn')",
            name="stage",
        ),
        CheckConstraint("visibility IN ('published', 'held', 'hidden')", name="visibility"),
        Index(
            "ix_ideas_staged_at",
            "staged_at",
            postgresql_where=text("staged_at IS NOT NULL"),
            sqlite_where=text("staged_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    stage: Mapped[str] = mapped_column(String(12))
    visibility: Mapped[str] = mapped_column(String(10))
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    public_from: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    staged_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None] = mapped_column(String(20))
    withdrawn_words: Mapped[str | None] = mapped_column(Text)
    withdrawn_language: Mapped[str | None] = mapped_column(String(2))


class IdeaVersion(Base):
    """The words of an idea, as they were at one time. A version never changes.

    One whose number is above its idea's ``version`` is an edit that waits for a moderator.
    """

    __tablename__ = "idea_versions"

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]


IDEA_IN_FORCE = and_(IdeaVersion.idea_id == Idea.id, IdeaVersion.number == Idea.version)
"""Joins an idea's words as everybody reads them to the idea."""


class StageChange(Base):
    """Staff moved an idea from stage to stage; everybody reads the reason.

    Where a reply moved it, the reason and the next day are the reply's, and none stand here; where
    a pilot did, none either, and ``pilot_id`` is its number.
    ``next_on`` is the day of the next step where one was promised, ``staged_before`` when the idea
    had last moved until then. What was taken back counts as not done.
    """

    __tablename__ = "stage_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    was: Mapped[str] = mapped_column(String(12))
    stage: Mapped[str] = mapped_column(String(12))
    staged_before: Mapped[datetime | None]
    reason_en: Mapped[str] = mapped_column(Text, server_default="")
    reason_cy: Mapped[str] = mapped_column(Text, server_default="")
    next_on: Mapped[date | None]
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id"))
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class Draft(Base):
    """What somebody writes and has not published: theirs alone, without a reference.

    It survives its challenge's closing. ``revision`` counts its saves, ``form_key`` names the open
    form that made the last one: a form that has not seen the newest save overwrites nothing.
    """

    __tablename__ = "idea_drafts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    revision: Mapped[int]
    form_key: Mapped[uuid.UUID]
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)


_listed: ColumnClause[bool] = column("listed")


class IdeaListing(Base):
    """What lists need of an idea, and its figures: changed in the transaction that changes them.

    ``title`` and ``language`` are those of the version in force, so that lists read no other table.

    ``listed``: published, and at a stage that lists show. ``bucket`` is the bit length of the
    number of answers as it was when the day began (see ``ordering``), ``shuffle`` a random number
    that spreads ideas within a bucket. The figures are those that are shown. The detached ones
    say how many of them have no row any more, since the person left after the challenge closed.

    ``active`` is how lively it is (see ``answers.activity``). ``reply_id`` is the council's reply
    in force, ``owed_on`` the day of the next word where that reply, or a change of stage since,
    promises one.
    """

    __tablename__ = "idea_listing"
    __table_args__ = (
        *(
            Index(
                f"ix_idea_listing_{name}",
                *columns,
                postgresql_where=_listed,
                sqlite_where=_listed,
            )
            for name, columns in (
                ("newest", ("published_at", "idea_id")),
                ("supported", ("support", "idea_id")),
                ("fair", ("bucket", "shuffle", "idea_id")),
                ("challenge_newest", ("challenge_id", "published_at", "idea_id")),
                ("challenge_supported", ("challenge_id", "support", "idea_id")),
                ("challenge_fair", ("challenge_id", "bucket", "shuffle", "idea_id")),
                ("facets", ("ward_id", "topic_id", "stage")),
                ("challenge_reply", ("challenge_id", "reply_id")),
            )
        ),
    )

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id"), primary_key=True, autoincrement=False
    )
    challenge_id: Mapped[int]
    topic_id: Mapped[int | None]
    ward_id: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(12))
    listed: Mapped[bool]
    title: Mapped[str] = mapped_column(String(400), server_default="")
    language: Mapped[str] = mapped_column(String(2), server_default="")
    published_at: Mapped[datetime | None]
    support: Mapped[int] = mapped_column(server_default="0")
    oppose: Mapped[int] = mapped_column(server_default="0")
    skip: Mapped[int] = mapped_column(server_default="0")
    detached_support: Mapped[int] = mapped_column(server_default="0")
    detached_oppose: Mapped[int] = mapped_column(server_default="0")
    detached_skip: Mapped[int] = mapped_column(server_default="0")
    active: Mapped[float] = mapped_column(Double, server_default="0")
    reply_id: Mapped[int | None]
    owed_on: Mapped[date | None]
    bucket: Mapped[int] = mapped_column(server_default="0")
    shuffle: Mapped[int]
