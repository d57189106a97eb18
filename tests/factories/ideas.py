"""Ideas."""

from itertools import count
from typing import Any
from uuid import UUID

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import Idea, IdeaListing
from tests.factories.challenges import challenge as a_challenge
from tests.factories.people import resident

_numbers = count(1)


def idea(challenge: Challenge | None = None, author: UUID | None = None, **values: Any) -> int:
    """An idea's number."""
    number = next(_numbers)
    described: dict[str, Any] = {
        "title": f"A bench at stop {number}",
        "body": "So that people can rest.",
        "language": "en",
        "topic_id": None,
        "ward_id": None,
    }
    challenge = challenge or a_challenge()
    author = author or resident()
    with write():
        return services.propose(author, challenge.id, **(described | values)).id


def figures(idea_id: int) -> tuple[int, int, int]:
    """Support, not for me, skip: as lists show them."""
    row = db.session.get_one(IdeaListing, idea_id, populate_existing=True)
    return row.support, row.oppose, row.skip


def stored(idea_id: int) -> Idea:
    """The row."""
    return db.session.get_one(Idea, idea_id, populate_existing=True)
