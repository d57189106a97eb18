"""How lively two ideas are that are joined and taken apart (see ``answers.activity``)."""

from collections.abc import Mapping

from sqlalchemy import select, update

from citizen_voice.answers import activity
from citizen_voice.db import db
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.merging.models import IdeaMerge

L = IdeaListing


def carry(merge: IdeaMerge) -> None:
    """Have the idea that stays be as lively as its answers say, each person's once.

    The answers are joined and the listings are held by then. What both were is noted.
    """
    both = [merge.from_id, merge.into_id]
    before = _of(both)
    activity.rebuild(both)
    merge.active_from, merge.active_into = before[merge.from_id], before[merge.into_id]
    merge.active_joined = _of(both)[merge.into_id]


def give_back(merge: IdeaMerge) -> None:
    """Have both be as lively as before, with what came to the survivor since.

    The listings are held by then.
    """
    now = _of([merge.into_id])[merge.into_id]
    _put(merge.from_id, merge.active_from)
    _put(merge.into_id, activity.without(now, merge.active_joined, merge.active_into))


def _of(ideas: list[int]) -> Mapping[int, float]:
    found = db.session.execute(select(L.idea_id, L.active).where(L.idea_id.in_(ideas)))
    return {row.idea_id: row.active for row in found}


def _put(idea_id: int, active: float) -> None:
    db.session.execute(
        update(L).where(L.idea_id == idea_id).values(active=active),
        execution_options={"synchronize_session": False},
    )
