"""A reply that is taken back while its idea is joined leaves the stage that it would without."""

import pytest
from flask import Flask

from citizen_voice.db import write
from citizen_voice.ideas.services import staging
from citizen_voice.merging.services import CannotJoin
from citizen_voice.replies import services as replying
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.merging import joined, parted
from tests.factories.replies import reply
from tests.merging.rows import differences


def moved_by_a_reply_and_reopened(*numbers: int, shortlisted: bool) -> int:
    """A reply declines some ideas; then they are open again, or even looked at. Gives the reply."""
    given = reply(*numbers, outcome="no", decline=True)
    with write():
        for number in numbers:
            staging.reopen(number, actor=None, reason="We look again.")
            if shortlisted:
                staging.shortlist(number, actor=None, reason="Many ask for it.")
    return given


@pytest.mark.parametrize("shortlisted", [True, False])
def test_a_reply_is_taken_back_while_the_idea_is_joined_as_it_would_be_by_itself(
    app: Flask, *, shortlisted: bool
) -> None:
    asked = challenge()
    source, alone, into = idea(asked), idea(asked), idea(asked)
    given = moved_by_a_reply_and_reopened(source, alone, shortlisted=shortlisted)
    since = stored(source).staged_at
    key = joined(source, into)
    with write():
        replying.take_back(given, actor=None)
    assert stored(source).stage == "merged"
    parted(key)
    assert stored(source).stage == stored(alone).stage
    assert stored(source).staged_at == since
    assert differences() == []


def test_what_a_reply_has_decided_is_not_joined_before_it_is_open_again(app: Flask) -> None:
    """So no reply that still holds an idea's stage can be taken back while that is joined."""
    asked = challenge()
    source, into = idea(asked), idea(asked)
    for outcome in ("no", "already"):
        declined = outcome == "no"
        given = reply(source, outcome=outcome, decline=declined, adopt=not declined)
        with pytest.raises(CannotJoin, match="stays on its own"):
            joined(source, into)
        with write():
            replying.take_back(given, actor=None)
        assert stored(source).stage == "open"
