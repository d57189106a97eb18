"""Whether somebody hears of an idea or of a pilot, by the definition of ``audience``."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, literal, or_, select

from citizen_voice.db import AnyRow, db, rows
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries import Mine
from citizen_voice.merging import queries as merging
from citizen_voice.news import audience
from citizen_voice.news.models import NewsDue
from citizen_voice.pilots.models import Pilot, PilotIdea

_READER: Any = bindparam("reader", type_=NewsDue.person_id.type)
_NOBODY = literal(None).label("hears")


def _of_idea() -> Any:
    idea = IdeaListing.idea_id
    arms = audience.of_ideas(lambda about, person: and_(about == idea, person == _READER))
    took_part = or_(*(arm.correlate(IdeaListing).exists() for arm in arms))
    return and_(took_part, ~audience.stopped(_READER, idea=idea)).label("hears")


_BESIDE = _of_idea()


def mine(person_id: UUID | None) -> Mine:
    """As ``merging.queries.mine``; and whether the reader ``hears`` of the idea."""
    known = merging.mine(person_id)
    return Mine(known.columns, known.values, _with(known.detail, known=person_id is not None))


@cache
def _with(detail: Any, *, known: bool) -> Any:
    """The same columns each time, since statements are kept by them."""
    return (*detail, _BESIDE if known else _NOBODY)


def of_idea(row: AnyRow, person_id: UUID | None) -> bool:
    """Whether a reader hears of an idea: as its row says, or read now where it does not."""
    if person_id is None:
        return False
    if hasattr(row, "hears"):
        return bool(row.hears)
    return hears_of_idea(person_id, row.id)


_one = (
    select(_BESIDE)
    .select_from(IdeaListing)
    .where(IdeaListing.idea_id == bindparam("idea", type_=IdeaListing.idea_id.type))
)


def hears_of_idea(person_id: UUID, idea_id: int) -> bool:
    """Whether somebody hears of an idea, in one statement."""
    found = rows(_one, {"reader": person_id, "idea": idea_id})
    return bool(found and found[0].hears)


def hears_of_pilot(person_id: UUID, pilot_id: int) -> bool:
    """Whether somebody hears of a pilot, in one statement."""
    tried = select(PilotIdea.idea_id).where(
        PilotIdea.pilot_id == pilot_id, PilotIdea.unlinked_at.is_(None)
    )
    people = audience.people(tried, pilot_id, lambda person: person == person_id).subquery()
    found = (
        select(people.c.person_id)
        .join(Pilot, Pilot.id == pilot_id)
        .where(~audience.stopped(people.c.person_id, pilot=pilot_id))
        .limit(1)
    )
    return db.session.execute(found).first() is not None
