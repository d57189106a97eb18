"""What people say about the ideas of the demonstration, and reply to each other."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments import services as comments
from citizen_voice.db import AnyRow, db, write
from citizen_voice.ideas.models import Idea, IdeaVersion

LATEST = timedelta(minutes=20)
"""How long before now, or the closing of the challenge, the last word is said."""


def hold(people: Mapping[str, UUID], told: dict[str, Any]) -> int:
    """Say everything in the order of time; gives how many comments and replies there are."""
    chance = random.Random(88)  # nosec B311  # not a secret
    with write():
        ideas = _ideas()
        said = 0
        for each in sorted(told["comments"], key=lambda each: each["at"]):
            said += _say(people, ideas[each["idea"]], each, chance)
    return said


def _ideas() -> dict[str, AnyRow]:
    rows = db.session.execute(
        select(IdeaVersion.title, Idea.id, Idea.published_at, Challenge.closes_at)
        .join(Idea, (Idea.id == IdeaVersion.idea_id) & (Idea.version == IdeaVersion.number))
        .join(Challenge, Challenge.id == Idea.challenge_id)
    )
    return {row.title: row for row in rows}


def _say(
    people: Mapping[str, UUID], idea: AnyRow, told: dict[str, Any], chance: random.Random
) -> int:
    end: datetime = min(clock.now(), idea.closes_at) - LATEST
    moment: datetime = idea.published_at + (end - idea.published_at) * told["at"]
    with clock.at(moment):
        top = comments.comment(people[told["author"]], idea.id, **_words(told))
    for reply in told.get("replies", ()):
        moment += (end - moment) * chance.uniform(0.05, 0.2)
        with clock.at(moment):
            comments.reply(people[reply["author"]], top.id, **_words(reply))
    return 1 + len(told.get("replies", ()))


def _words(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "body": told["body"].strip(),
        "language": told["lang"],
        "by_council": told.get("by_council", False),
    }
