"""The names that ideas are shown with: challenges, their topics, and the wards."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import AnyRow, rows
from citizen_voice.kept import forget_notes, kept_by
from citizen_voice.places.models import Ward
from citizen_voice.site.queries import revision

_wards = select(Ward.id, Ward.name_en, Ward.name_cy, Ward.retired_at).order_by(
    Ward.name_en, Ward.id
)
_topics = select(Topic.id, Topic.name_en, Topic.name_cy, Topic.challenge_id).order_by(
    Topic.challenge_id, Topic.position, Topic.id
)
_challenges = select(
    Challenge.id,
    Challenge.slug,
    Challenge.question_en,
    Challenge.question_cy,
    Challenge.opens_at,
    Challenge.closes_at,
    Challenge.ballot,
    Challenge.reply_team_en,
    Challenge.reply_team_cy,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Rows by their keys: wards and topics with name_en and name_cy, challenges as cards need."""

    revision: int
    wards: Mapping[int, AnyRow]
    topics: Mapping[int, AnyRow]
    challenges: Mapping[int, AnyRow]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to: rows with id, name_en, name_cy.

    ``mark`` is the same as long as they are.
    """

    topics: list[AnyRow]
    wards: list[AnyRow]
    mark: int


@kept_by(revision)
def names() -> Names:
    """Everything that ideas are named by, read when the site's revision has risen.

    The database raises it with any change of these three tables (migration 0008).
    """
    wards, topics, challenges = (
        {row.id: row for row in rows(statement)} for statement in (_wards, _topics, _challenges)
    )
    return Names(revision(), wards, topics, challenges)


def named(table: str, key: int) -> AnyRow:
    """A row of ``Names``; read anew where it was added since the request began."""
    found: AnyRow | None = getattr(names(), table).get(key)
    if found is None:
        forget_notes()
        found = getattr(names(), table)[key]
    return found


def choices(challenge_id: int | None, *, keeping: int | None = None) -> Choices:
    """The wards, and the topics of a challenge.

    Of retired wards the one alone that an idea has already and is ``keeping``.
    """
    known = names()
    topics = [row for row in known.topics.values() if row.challenge_id == challenge_id]
    wards = [row for row in known.wards.values() if row.retired_at is None or row.id == keeping]
    return Choices(topics, wards, known.revision)
