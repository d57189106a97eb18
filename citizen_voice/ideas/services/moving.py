"""Moving an idea to another challenge, and back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from citizen_voice.accounts import standstill
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas.models import MERGED, WITHDRAWN, Idea
from citizen_voice.ideas.services.listing import relist
from citizen_voice.journal import services as journal
from citizen_voice.site import services as site
from citizen_voice.words import _


def move(idea_id: int, challenge_id: int, *, actor: UUID | None, reason: str) -> dict[str, Any]:
    """Put an idea into another challenge; its answers and comments come along and count there.

    It has no topic afterwards, since topics are a challenge's own. Gives what ``move_back`` needs,
    as JSON takes it. Raises ``NotHere``, and ``Refusal`` for a challenge with another ballot, one
    that is not published or was called off, and its own; for an idea that was taken back or joined.
    """
    standstill.call()
    idea = _locked(idea_id)
    wanted = db.session.get(Challenge, challenge_id, populate_existing=True)
    if wanted is None or wanted.published_at is None:
        raise Refusal(_("Choose a challenge that is published."), field="target")
    if wanted.cancelled_at is not None or wanted.archived_at is not None:
        raise Refusal(_("That challenge is over. Choose another one."), field="target")
    if idea.challenge_id == challenge_id:
        raise Refusal(_("The idea is in that challenge already."), field="target")
    if idea.stage == MERGED:
        raise NotAllowed(_("This idea was joined with another one. Move that one instead."))
    if idea.stage == WITHDRAWN:
        raise NotAllowed(_("Its author has taken this idea back, so it stays where it is."))
    before = {"challenge": idea.challenge_id, "topic": idea.topic_id}
    _put(idea, wanted, None)
    journal.append(
        f"idea moved from challenge {before['challenge']} to {challenge_id}",
        actor=actor,
        subject=f"idea CV-{idea_id}",
        detail=reason,
    )
    return before


def move_back(idea_id: int, before: Mapping[str, Any], *, actor: UUID | None) -> None:
    """Put an idea back to where it was. ``before`` is what ``move`` gave.

    A topic that is gone meanwhile is left out. Raises ``NotHere``, and ``Refusal`` where the ballot
    there is another one by now.
    """
    standstill.call()
    idea = _locked(idea_id)
    was = idea.challenge_id
    challenge = db.session.get_one(Challenge, before["challenge"], populate_existing=True)
    topic = None if before["topic"] is None else db.session.get(Topic, before["topic"])
    here = topic is not None and topic.challenge_id == challenge.id
    _put(idea, challenge, before["topic"] if here else None)
    journal.append(
        f"idea moved back from challenge {was} to {challenge.id}",
        actor=actor,
        subject=f"idea CV-{idea_id}",
    )


def _locked(idea_id: int) -> Idea:
    idea = db.session.get(Idea, idea_id, with_for_update=True, populate_existing=True)
    if idea is None:
        raise NotHere
    return idea


def _put(idea: Idea, challenge: Challenge, topic_id: int | None) -> None:
    if challenge.ballot != db.session.get_one(Challenge, idea.challenge_id).ballot:
        raise Refusal(
            _(
                "People answer in different ways there, so the answers to this idea could not be "
                "counted. Choose a challenge with the same kind of answers."
            ),
            field="target",
        )
    idea.challenge_id, idea.topic_id = challenge.id, topic_id
    site.change()  # what challenges have is kept by the site's revision (their trials)
    relist(idea)
