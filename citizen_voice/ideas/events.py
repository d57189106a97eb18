"""What ideas tell the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class IdeaPublished:
    """An idea can be read by everybody from now on."""

    idea_id: int
    author_id: UUID


@dataclass(frozen=True, slots=True)
class IdeaEdited:
    """An idea has a new version, in force or waiting for a moderator."""

    idea_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IdeaWaits:
    """A new idea waits for a moderator before anybody reads it."""

    idea_id: int
    author_id: UUID


@dataclass(frozen=True, slots=True)
class IdeaRethought:
    """An author took their idea back or brought it back, or took back an edit that waited."""

    idea_id: int


@dataclass(frozen=True, slots=True)
class IdeaStaged:
    """Staff moved an idea from stage to stage. ``by_reply``: a reply did, and tells of itself."""

    idea_id: int
    was: str
    now: str
    actor: UUID | None
    change_id: int
    by_reply: bool
