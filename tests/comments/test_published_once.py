"""That something can be read by everybody is told exactly once in its life."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock, events
from citizen_voice.comments import services
from citizen_voice.comments.events import CommentPublished
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.events import IdeaPublished
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import KEEP
from tests.factories.challenges import challenge
from tests.factories.comments import comment, stored
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague

Told = CommentPublished | IdeaPublished


@pytest.fixture
def heard(app: Flask) -> list[Told]:
    """What is told while the test runs."""
    told: list[Told] = []
    events.subscribe(CommentPublished, told.append)
    events.subscribe(IdeaPublished, told.append)
    return told


def held_because_of_a_report(
    case_id: UUID, hold: Callable[..., None], key: UUID | int, moderator: UUID
) -> None:
    """It waits, and a moderator keeps it; then they undo that, and keep it after all."""
    with write():
        hold(key, actor=None, reason="Reported")
    first = decide(case_id, KEEP, actor=moderator)
    with write():
        moderating.undo(first, actor=moderator)
    decide(case_id, KEEP, actor=moderator)


def comments(heard: Sequence[Told]) -> list[UUID]:
    """Which comments were told of."""
    return [told.comment_id for told in heard if isinstance(told, CommentPublished)]


def moderated() -> int:
    """A published idea in a challenge that is moderated first."""
    number = idea(challenge(moderation="before"))
    with write():
        ideas.publish(number, actor=None)
    return number


def test_a_comment_that_was_held_because_of_a_report_and_kept_is_not_told_again(
    heard: list[Told],
) -> None:
    key = comment(idea())
    first = stored(key).published_at
    assert first is not None
    held_because_of_a_report(case(comment_id=key), services.hold, key, colleague())
    assert stored(key).readable
    assert stored(key).published_at == first
    assert comments(heard) == [key]


def test_an_idea_that_was_held_because_of_a_report_and_kept_is_not_told_again(
    heard: list[Told],
) -> None:
    number = idea()
    held_because_of_a_report(case(idea_id=number), ideas.hold, number, colleague())
    assert stored_idea(number).visibility == "published"
    assert [told.idea_id for told in heard if isinstance(told, IdeaPublished)] == [number]


def test_one_that_was_hidden_before_anybody_read_it_is_told_when_it_is_shown(
    heard: list[Told],
) -> None:
    key = comment(moderated())
    assert stored(key).published_at is None
    with write():
        services.hide(key, actor=None, reason="Names somebody")
    assert comments(heard) == []
    for _twice in range(2):
        with write():
            services.publish(key, actor=None)
        with write():
            services.hold(key, actor=None, reason="Reported")
    assert comments(heard) == [key]


def test_one_that_its_author_had_taken_away_is_told_when_they_put_it_back(
    heard: list[Told],
) -> None:
    author = resident()
    key = comment(moderated(), author)
    with write():
        services.remove(key, author)
    with write():
        services.publish(key, actor=None)
    assert comments(heard) == []
    with write():
        services.restore(key, author)
    with write():
        services.remove(key, author)
    with clock.at(clock.now() + timedelta(minutes=9)), write():
        services.restore(key, author)
    assert comments(heard) == [key]
