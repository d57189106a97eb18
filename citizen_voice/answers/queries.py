"""What is true of answers now."""

from uuid import UUID

from sqlalchemy import bindparam, literal, select

from citizen_voice.answers.models import Answer
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries import Mine

_own = (
    Answer.idea_id == IdeaListing.idea_id,
    Answer.person_id == bindparam("reader", type_=Answer.person_id.type),
)
_OWN = (
    select(Answer.value).where(*_own).scalar_subquery().label("mine"),
    select(Answer.version).where(*_own).scalar_subquery().label("my_version"),
)
_NOBODY = Mine((literal(None).label("mine"), literal(None).label("my_version")), {})


def mine(person_id: UUID | None) -> Mine:
    """For ``ideas.queries``: the reader's own answer to each idea, and the version it answered."""
    return _NOBODY if person_id is None else Mine(_OWN, {"reader": person_id})
