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
