"""What comments tell the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CommentPublished:
    """A comment can be read by everybody from now on."""

    comment_id: UUID
    idea_id: int
    author_id: UUID
