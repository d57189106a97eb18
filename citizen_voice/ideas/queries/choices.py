"""What lists can be narrowed to."""

from dataclasses import dataclass

from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import aliased

from citizen_voice.challenges.models import Topic
from citizen_voice.db import AnyRow, db
from citizen_voice.places.models import Ward


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to: rows with id, name_en, name_cy."""

    topics: list[AnyRow]
    wards: list[AnyRow]


def choices(challenge_id: int | None) -> Choices:
    """The wards, and the topics of a challenge, in one statement."""
    topic, ward = aliased(Topic), aliased(Ward)
    wards = select(
        literal("ward").label("kind"), ward.id, ward.name_en, ward.name_cy, null().label("place")
    )
    if challenge_id is None:
        rows: list[AnyRow] = [*db.session.execute(wards.order_by(ward.name_en, ward.id))]
    else:
        topics = select(
            literal("topic"), topic.id, topic.name_en, topic.name_cy, topic.position
        ).where(topic.challenge_id == challenge_id)
        rows = sorted(
            [*db.session.execute(union_all(wards, topics))],
            key=lambda row: (row.place or 0, row.name_en, row.id),
        )
    return Choices(
        [row for row in rows if row.kind == "topic"], [row for row in rows if row.kind == "ward"]
    )
