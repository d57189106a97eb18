"""What comments tell the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CommentPublished:
    """A comment on an idea, or on a pilot, can be read by everybody from now on."""

    comment_id: UUID
    idea_id: int | None
    pilot_id: int | None
    author_id: UUID


@dataclass(frozen=True, slots=True)
class CommentWaits:
    """A new comment waits for a moderator before anybody reads it."""

    comment_id: UUID
    idea_id: int | None
    pilot_id: int | None
    author_id: UUID


@dataclass(frozen=True, slots=True)
class CommentRethought:
    """An author took their comment away or put it back, or took back an edit that waited."""

    comment_id: UUID


@dataclass(frozen=True, slots=True)
class CommentEdited:
    """A comment has a new version, in force or (``waits``) waiting for a moderator."""

    comment_id: UUID
    version: int
    waits: bool
