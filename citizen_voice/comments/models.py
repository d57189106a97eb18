"""Threads, comments, and the words of comments."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

PUBLISHED, HELD, HIDDEN = "published", "held", "hidden"
LONGEST = 1_500


class CommentThread(Base):
    """What is said about one idea, or about one pilot.

    ``published`` counts the comments that everybody can read. Whoever changes a figure holds the
    row of the thread, so that the figures are exact. That of a pilot is closed with it
    (``closed_at``); that of an idea is open while the idea takes answers.
    """

    __tablename__ = "comment_threads"
    __table_args__ = (CheckConstraint("(idea_id IS NULL) <> (pilot_id IS NULL)", name="one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), unique=True)
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id"), unique=True)
    closed_at: Mapped[datetime | None]
    published: Mapped[int] = mapped_column(server_default="0")


class Comment(Base):
    """Something that somebody says, or replies (``parent_id``; one level deep).

    Its key is made from the time, so keys are the order. ``version`` is the number of the version
    in force, ``public_from`` that of the first one that everybody may read. ``replies`` counts
    those that everybody can read. ``shown``: lists show it to everybody, with its words or as the
    place above its replies. ``published_at`` is when everybody could read it for the first time;
    it stays, whatever becomes of it. ``erased``: its words are gone for good. ``by_council`` is the
    council's mark, ``merged_from`` the idea that it was said about, which was joined with this one.
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("visibility IN ('published', 'held', 'hidden')", name="visibility"),
        CheckConstraint("NOT erased OR removed_at IS NOT NULL", name="erased_was_removed"),
        *(
            Index(f"ix_comments_{name}", *columns, postgresql_where=where, sqlite_where=where)
            for name, columns, where in (
                ("tops", ("thread_id", "id"), text("shown AND parent_id IS NULL")),
                ("replies", ("parent_id", "id"), text("shown AND parent_id IS NOT NULL")),
                ("unshown", ("thread_id", "author_id", "id"), text("NOT shown")),
                ("removed", ("removed_at",), text("removed_at IS NOT NULL AND NOT erased")),
            )
        ),
        Index("ix_comments_author_id", "author_id", "id"),
        Index("ix_comments_thread_id", "thread_id", "author_id"),
        Index(
            "ix_comments_merged_from",
            "merged_from",
            postgresql_where=text("merged_from IS NOT NULL"),
            sqlite_where=text("merged_from IS NOT NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("comment_threads.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comments.id"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    by_council: Mapped[bool]
    visibility: Mapped[str] = mapped_column(String(10))
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    merged_from: Mapped[int | None]
    version: Mapped[int]
    public_from: Mapped[int] = mapped_column(server_default="1")
    replies: Mapped[int] = mapped_column(server_default="0")
    shown: Mapped[bool]
    erased: Mapped[bool]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    @property
    def readable(self) -> bool:
        """Whether everybody can read its words."""
        return self.visibility == PUBLISHED and self.removed_at is None


class CommentVersion(Base):
    """The words of a comment, as they were at one time. A version never changes.

    One with a higher number than the comment's ``version`` waits for a moderator.
    """

    __tablename__ = "comment_versions"

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]


COMMENT_IN_FORCE = and_(
    CommentVersion.comment_id == Comment.id, CommentVersion.number == Comment.version
)
"""Joins a comment's words as everybody reads them to the comment."""
