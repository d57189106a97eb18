"""The parts of which acts are made, inside the caller's transaction; nothing is journalled here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.challenges.models import (
    AFTERWARDS,
    BEFORE,
    LONGEST,
    NEWCOMERS,
    OPINION,
    SUPPORT,
    Challenge,
    Topic,
)
from citizen_voice.challenges.policies import PROMISE
from citizen_voice.challenges.services.slugs import refuse_unless_free
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.words import _

BALLOTS = (OPINION, SUPPORT)
MODERATIONS = (AFTERWARDS, NEWCOMERS, BEFORE)
YEARS = range(2000, 2200)
"""Days beyond are slips of the hand."""


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
    refuse_unless_free(slug)
    refuse_question(question_en)
    refuse_days(opens_on, closes_on)
    refuse_kinds(ballot, moderation)
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


def refuse_question(question: str) -> None:
    """Raise ``Refusal`` for a question that is empty or too long."""
    if not 0 < len(question.strip()) <= LONGEST["question"]:
        raise Refusal(_("Write the question in 160 letters or fewer."), field="question_en")


def refuse_days(opens_on: date, closes_on: date) -> None:
    """Raise ``Refusal`` for a closing day before the opening day, and for days of other times."""
    for field, day in (("opens_on", opens_on), ("closes_on", closes_on)):
        if day.year not in YEARS:
            raise Refusal(_("Give a day between 2000 and 2199."), field=field)
    if closes_on < opens_on:
        raise Refusal(_("The closing day is before the opening day."), field="closes_on")


def refuse_kinds(ballot: str, moderation: str) -> None:
    """Raise ``Refusal`` for a ballot or a way of moderating that there is not."""
    if ballot not in BALLOTS:
        raise Refusal(_("The ballot is opinion or support."), field="ballot")
    if moderation not in MODERATIONS:
        raise Refusal(_("Moderation is after, newcomers or before."), field="moderation")


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


def put_days(challenge: Challenge, opens_on: date, closes_on: date) -> None:
    """Open and close a challenge on these days; raises what ``refuse_days`` raises."""
    refuse_days(opens_on, closes_on)
    challenge.opens_on, challenge.closes_on = opens_on, closes_on
    challenge.opens_at, challenge.closes_at = clock.start_of(opens_on), clock.end_of(closes_on)


def reschedule(slug: str, *, opens_on: date | None = None, closes_on: date | None = None) -> None:
    """Move the opening or closing day; what was frozen thaws, and the other way round."""
    challenge = db.session.scalars(select(Challenge).where(Challenge.slug == slug)).one_or_none()
    if challenge is None:
        raise NotHere
    put_days(challenge, opens_on or challenge.opens_on, closes_on or challenge.closes_on)
