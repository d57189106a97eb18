"""What lists can be narrowed to."""

from dataclasses import dataclass

from sqlalchemy import Executable, bindparam, literal, null, select, union_all

from citizen_voice.challenges.models import Topic
from citizen_voice.db import AnyRow, rows
from citizen_voice.kept import kept
from citizen_voice.places.models import Ward

_wards = select(
    literal("ward").label("kind"), Ward.id, Ward.name_en, Ward.name_cy, null().label("place")
)
_topics = select(
    literal("topic").label("kind"), Topic.id, Topic.name_en, Topic.name_cy, Topic.position
).where(Topic.challenge_id == bindparam("challenge"))
_both: Executable = union_all(_wards, _topics)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to: rows with id, name_en, name_cy.

    ``mark`` is the same as long as they are.
    """

    topics: list[AnyRow]
    wards: list[AnyRow]
    mark: str


@kept
def choices(challenge_id: int | None) -> Choices:
    """The wards, and the topics of a challenge, in one statement."""
    found = rows(_wards) if challenge_id is None else rows(_both, {"challenge": challenge_id})
    by_name = sorted(found, key=lambda row: (row.place or 0, row.name_en, row.id))
    topics = [row for row in by_name if row.kind == "topic"]
    wards = [row for row in by_name if row.kind == "ward"]
    return Choices(topics, wards, str(by_name))
