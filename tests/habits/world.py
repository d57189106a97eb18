"""A small place with one of each thing that a page can be about, and how it grows."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts import queries, services
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.outbox import services as outbox
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward

READERS = ("visitor", "signing in", "first time", "resident")
"""Who opens pages: nobody we know, after asking for a code, before the age question, signed in."""


@dataclass(frozen=True, slots=True)
class World:
    """Keys of what is in the place."""

    resident: UUID
    other_session: UUID
    open: Challenge
    upcoming: Challenge
    closed: Challenge
    own: int
    others: int
    hidden: int
    held: int
    shortlisted: int
    asked: str
    """The token of a sign-in under way, its code sent."""
    link: str
    """The token of the link in that letter."""
    confirmed: str
    """The token of a sign-in whose code was right and whose age is not known."""


def small() -> World:
    """One of each."""
    author, somebody = resident(), resident()
    asked = challenge(topics=("Streets",), background_en="Because we ask.")
    moderated = challenge(moderation="before")
    upcoming = challenge(opens=clock.today() + timedelta(days=9))
    closed = challenge()
    castle = ward()
    own, others = idea(asked, author, ward_id=castle), idea(asked, somebody)
    hidden, held = idea(asked, author), idea(moderated, author)
    shortlisted = idea(closed, somebody)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.shortlist(shortlisted, actor=None, reason="Many ask for it")
        answering.cast(author, others, "support")
        answering.cast(author, shortlisted, "oppose")
        other_session = services.open_session(author, device="Safari, iPhone", shared=False)
    close(closed)
    under_way, link = _asked("new@example.org")
    confirmed, _link = _asked("first@example.org")
    with write():
        row = queries.pending(confirmed)
        assert row is not None
        services.mark_verified(row.id)
    return World(
        resident=author,
        other_session=other_session.session_id,
        open=asked,
        upcoming=upcoming,
        closed=closed,
        own=own,
        others=others,
        hidden=hidden,
        held=held,
        shortlisted=shortlisted,
        asked=under_way,
        link=link,
        confirmed=confirmed,
    )


def grow(world: World) -> None:
    """60 more ideas, 40 answers, 12 wards, 3 sessions, topics, challenges, letters."""
    wards = [ward(f"Ward {number}") for number in range(12)]
    for _ in range(3):
        challenge(topics=("Parks", "Buses"))
        close(challenge())
    people = [resident() for _ in range(10)]
    with write():
        for number in range(60):
            made = ideas.propose(
                people[number % len(people)],
                world.open.id,
                title=f"A tree in street {number}",
                body="For shade.\n\n- and for birds",
                language="cy" if number % 5 == 0 else "en",
                topic_id=None,
                ward_id=wards[number % len(wards)],
            )
            if number < 40:
                answering.cast(world.resident, made.id, ("support", "oppose", "skip")[number % 3])
        for number in range(3):
            services.open_session(world.resident, device=f"Firefox {number}", shared=False)
            outbox.enqueue(
                purpose="account",
                to=f"reader{number}@example.org",
                subject="A letter",
                body="Its words",
                language="en",
            )


def browser(app: Flask, world: World, reader: str) -> Client:
    """The browser of one of ``READERS``."""
    client = app.test_client()
    assert isinstance(client, Client)
    if reader == "signing in":
        client.set_cookie("pending", world.asked)
    elif reader == "first time":
        client.set_cookie("pending", world.confirmed)
    elif reader == "resident":
        client.sign_in(world.resident)
    return client


def _asked(email: str) -> tuple[str, str]:
    """Ask for a code: the tokens of the browser and of the link."""
    links: list[str] = []

    def keep(link: str) -> str:
        links.append(link)
        return f"http://localhost/sign-in/link/{link}"

    with write():
        token = services.begin(next_address="/", intent=None, language="en")
        services.send_code(
            token,
            email=email,
            shared=False,
            notice_version=1,
            site_name="Citizen Voice",
            language="en",
            link=keep,
        )
    return token, links[0]
