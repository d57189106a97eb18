"""What is true of answers now."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, select

from citizen_voice.answers.models import Answer
from citizen_voice.ideas.models import IdeaListing

_NOBODY = (literal(None).label("mine"), literal(None).label("my_version"))


def mine(person_id: UUID | None) -> Sequence[ColumnElement[Any]]:
    """Columns for ``ideas.queries``: the reader's own answer to each idea, and its version."""
    if person_id is None:
        return _NOBODY
    own = (Answer.idea_id == IdeaListing.idea_id, Answer.person_id == person_id)
    return (
        select(Answer.value).where(*own).scalar_subquery().label("mine"),
        select(Answer.version).where(*own).scalar_subquery().label("my_version"),
    )
