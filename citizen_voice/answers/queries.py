"""What is true of answers now."""

from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, literal, select

from citizen_voice.answers.models import Answer
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries import Mine, Unseen

_own = (
    Answer.idea_id == IdeaListing.idea_id,
    Answer.person_id == bindparam("reader", type_=Answer.person_id.type),
)
_MINE = (select(Answer.value).where(*_own).scalar_subquery().label("mine"),)
_VERSION = (select(Answer.version).where(*_own).scalar_subquery().label("my_version"),)
_NOBODY = Mine((literal(None).label("mine"),), {}, (literal(None).label("my_version"),))


def mine(person_id: UUID | None) -> Mine:
    """For ``ideas.queries``: the reader's own answer to each idea, and the version it answered."""
    return _NOBODY if person_id is None else Mine(_MINE, {"reader": person_id}, _VERSION)


def _not_answered(idea_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A look-up for each idea: PostgreSQL would make a join of NOT EXISTS, and sort it all."""
    own = (
        Answer.idea_id == idea_id,
        Answer.person_id == bindparam("reader", type_=Answer.person_id.type),
    )
    return select(Answer.value).where(*own).scalar_subquery().is_(None)


_ANY = Unseen(None, {})


def unanswered(person_id: UUID | None) -> Unseen:
    """For ``ideas.queries``: leaves out what the reader has answered; nothing for visitors."""
    return _ANY if person_id is None else Unseen(_not_answered, {"reader": person_id})
