"""Making and publishing challenges."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.challenges.models import (
    AFTERWARDS,
    BEFORE,
    NEWCOMERS,
    OPINION,
    SUPPORT,
    Challenge,
    Topic,
)
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.words import _

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
QUESTION_LONGEST = 160
BALLOTS = (OPINION, SUPPORT)
MODERATIONS = (AFTERWARDS, NEWCOMERS, BEFORE)
PROMISE = ("sponsor", "decides", "money", "fixed", "promise")


def create(
    *,
    slug: str,
    question_en: str,
    opens_on: date,
    closes_on: date,
    ballot: str = OPINION,
    moderation: str = AFTERWARDS,
    **words: Any,
) -> Challenge:
    """Make a challenge that nobody sees yet, inside the caller's transaction.

    ``words`` are the other columns of ``Challenge``. Raises ``Refusal`` for a slug that cannot
    stand in an address or is taken, for a closing day before the opening day, and for a question,
    ballot or moderation that cannot be.
    """
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refusal(
            _("Use small letters, numbers and hyphens, like safer-streets."), field="slug"
        )
    if db.session.scalars(select(Challenge.id).where(Challenge.slug == slug)).first() is not None:
        raise Conflict(_("There is a challenge with that address already."), field="slug")
    if not 0 < len(question_en.strip()) <= QUESTION_LONGEST:
        raise Refusal(_("Write the question in 160 letters or fewer."), field="question_en")
    if closes_on < opens_on:
        raise Refusal(_("The closing day is before the opening day."), field="closes_on")
    if ballot not in BALLOTS:
        raise Refusal(_("The ballot is opinion or support."), field="ballot")
    if moderation not in MODERATIONS:
        raise Refusal(_("Moderation is after, newcomers or before."), field="moderation")
    challenge = Challenge(
        slug=slug,
        question_en=question_en,
        opens_on=opens_on,
        closes_on=closes_on,
        opens_at=clock.start_of(opens_on),
        closes_at=clock.end_of(closes_on),
        ballot=ballot,
        moderation=moderation,
        created_at=clock.now(),
        **words,
    )
    db.session.add(challenge)
    db.session.flush()  # its topics refer to it
    return challenge


def add_topics(challenge: Challenge, names: Iterable[tuple[str, str]]) -> list[Topic]:
    """Give a challenge its topics: pairs of an English and a Welsh name, in order."""
    topics = [
        Topic(challenge_id=challenge.id, name_en=english, name_cy=welsh, position=position)
        for position, (english, welsh) in enumerate(names, start=1)
    ]
    db.session.add_all(topics)
    db.session.flush()  # ideas refer to them
    return topics


def publish(challenge: Challenge) -> None:
    """Show a challenge to everybody; raises ``Refusal`` while a part of its promise is missing."""
    missing = [name for name in PROMISE if not getattr(challenge, f"{name}_en").strip()]
    if missing:
        raise Refusal(
            _("The promise is not complete. Missing: %(parts)s.", parts=", ".join(missing)),
            field=missing[0],
        )
    challenge.published_at = challenge.published_at or clock.now()


def reschedule(slug: str, *, opens_on: date | None = None, closes_on: date | None = None) -> None:
    """Move the opening or closing day; what was frozen thaws, and the other way round."""
    challenge = db.session.scalars(select(Challenge).where(Challenge.slug == slug)).one_or_none()
    if challenge is None:
        raise NotHere
    opening, closing = opens_on or challenge.opens_on, closes_on or challenge.closes_on
    if closing < opening:
        raise Refusal(_("The closing day is before the opening day."), field="closes_on")
    challenge.opens_on, challenge.closes_on = opening, closing
    challenge.opens_at, challenge.closes_at = clock.start_of(opening), clock.end_of(closing)
