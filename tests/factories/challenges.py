"""Challenges."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from citizen_voice import clock
from citizen_voice.challenges import services
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write

_numbers = count(1)

PROMISE = {
    "sponsor_en": "The cabinet member for streets",
    "decides_en": "The streets team",
    "money_en": "£10,000",
    "fixed_en": "Trunk roads",
    "promise_en": "A reply to everything by 31 March",
    "reply_team_en": "Streets team",
}


def challenge(
    *,
    opens: date | None = None,
    closes: date | None = None,
    topics: tuple[str, ...] = (),
    published: bool = True,
    **values: Any,
) -> Challenge:
    """A challenge, open from last week to next month unless said otherwise."""
    number = next(_numbers)
    described = PROMISE | {
        "slug": f"challenge-{number}",
        "question_en": f"What should change, part {number}?",
        "question_cy": f"Beth ddylai newid, rhan {number}?",
    }
    with write():
        made = services.create(
            opens_on=opens or clock.today() - timedelta(days=7),
            closes_on=closes or clock.today() + timedelta(days=30),
            **(described | values),
        )
        services.add_topics(made, [(name, "") for name in topics])
        if published:
            services.publish(made)
    db.session.refresh(made)
    db.session.expunge(made)
    return made


def close(made: Challenge) -> None:
    """Its last day was yesterday."""
    with write():
        services.reschedule(made.slug, closes_on=clock.today() - timedelta(days=1))
