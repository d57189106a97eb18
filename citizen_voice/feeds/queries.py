"""What feeds say besides what lists show: the words of ideas, and what became of a pilot."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, bindparam, cast, literal, null, select
from sqlalchemy import union_all as unite

from citizen_voice.accounts.models import Person
from citizen_voice.challenges import queries as challenges
from citizen_voice.db import AnyRow, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.queries import Mine
from citizen_voice.kept import kept_by
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotUpdate
from citizen_voice.pilots.queries.public import CONFIRMED
from citizen_voice.site.queries import revision

BEGAN, SAID, DECIDED = "began", "said", "decided"

_idea: Any = Idea.__table__.alias("idea_of_feed")
_version: Any = IdeaVersion.__table__.alias("words_of_feed")
_person: Any = Person.__table__.alias("author_of_feed")
_here = _idea.c.id == IdeaListing.idea_id
_in_force = (_version.c.idea_id == _idea.c.id, _version.c.number == _idea.c.version)


def _beside(column: Any, name: str, *conditions: Any) -> Any:
    wanted = select(column).where(_here, *conditions).correlate(IdeaListing.__table__)
    return wanted.scalar_subquery().label(name)


_written = _person.c.id == _idea.c.author_id
WORDS = Mine(
    (
        literal(None).label("mine"),
        _beside(_version.c.body, "words", *_in_force),
        _beside(_idea.c.edited_at, "edited_at"),
        _beside(_idea.c.author_id, "author_id"),
        _beside(_person.c.display_name, "author", _written),
        _beside(_person.c.kind, "author_kind", _written),
    ),
    {},
)
"""What a list of ideas has to read for a feed, in the list's own statement."""


@kept_by(revision)
def challenge(slug: str) -> AnyRow:
    """As ``challenges.queries.published``; kept until a challenge changes."""
    return challenges.published(slug)


_key: Any = bindparam("pilot", type_=Pilot.id.type)


def _happened(kind: str, at: Any, **columns: Any) -> Any:
    names = ("key", "picture", "title_en", "title_cy", "a_en", "a_cy", "b_en", "b_cy")
    return select(
        cast(bindparam(f"kind_{kind}", kind, unique=True), Text()).label("kind"),
        at.label("at"),
        columns["id"].label("id"),
        *(cast(columns.get(name, null()), Text()).label(name) for name in names),
    )


_of_pilot = unite(
    _happened(
        BEGAN,
        Pilot.created_at,
        id=Pilot.id,
        key=Pilot.stage,
        title_en=Pilot.title_en,
        title_cy=Pilot.title_cy,
        a_en=Pilot.known_en,
        a_cy=Pilot.known_cy,
        b_en=Pilot.place_en,
        b_cy=Pilot.place_cy,
    ).where(Pilot.id == _key, Pilot.cancelled_at.is_(None)),
    _happened(
        SAID,
        PilotUpdate.created_at,
        id=PilotUpdate.id,
        key=PilotUpdate.state,
        picture=PilotUpdate.picture,
        a_en=PilotUpdate.words_en,
        a_cy=PilotUpdate.words_cy,
        b_en=PilotUpdate.alt_en,
        b_cy=PilotUpdate.alt_cy,
    ).where(PilotUpdate.pilot_id == _key, PilotUpdate.taken_back_at.is_(None)),
    _happened(
        DECIDED,
        PilotDecision.confirmed_at,
        id=PilotDecision.id,
        key=PilotDecision.decision,
        a_en=PilotDecision.learned_en,
        a_cy=PilotDecision.learned_cy,
        b_en=PilotDecision.next_en,
        b_cy=PilotDecision.next_cy,
    )
    .select_from(PilotDecision)
    .join(Pilot, CONFIRMED)
    .where(Pilot.id == _key),
)


def pilot(pilot_id: int) -> tuple[AnyRow, Sequence[AnyRow]]:
    """How a pilot began, and everything that happened in it, the newest first, in one statement.

    Raises ``NotHere`` for none and for one that was cancelled.
    """
    found = rows(_of_pilot, {"pilot": pilot_id})
    began = next((row for row in found if row.kind == BEGAN), None)
    if began is None:
        raise NotHere
    order = (BEGAN, SAID, DECIDED)
    found = sorted(found, key=lambda row: (row.at, order.index(row.kind), row.id), reverse=True)
    return began, found
