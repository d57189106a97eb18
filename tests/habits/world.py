"""A small place with one of each thing that a page can be about, and who opens pages."""

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
from citizen_voice.news.tokens import token_of
from citizen_voice.team.models import ROLES
from tests.client import Client
from tests.factories import notices
from tests.factories.challenges import challenge, close
from tests.factories.consents import chosen
from tests.factories.copies import made as copied
from tests.factories.desk import world as requested
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.factories.records import registered
from tests.factories.reports import report
from tests.factories.team import colleague, hired
from tests.factories.widgets import framed
from tests.habits.making import cases, decided, discuss, draft, join, remark, replied, reword
from tests.habits.piloting import piloted

READERS = ("visitor", "signing in", "first time", "resident", "colleague")
"""Who opens pages: nobody we know, after asking for a code, before the age question, signed in, and
a colleague with every role in a staff session.
"""


@dataclass(frozen=True, slots=True)
class World:
    """Keys of what is in the place."""

    resident: UUID
    colleague: UUID
    """With every role."""
    fellow: UUID
    """A colleague who lost their device: another administrator has to confirm it."""
    invitation: str
    """The token of the link of somebody who is invited."""
    invitation_id: UUID
    other_session: UUID
    open: Challenge
    upcoming: Challenge
    closed: Challenge
    begun: int
    """A challenge that is not published: its key."""
    own: int
    others: int
    hidden: int
    held: int
    shortlisted: int
    withdrawn: int
    """Edited once, then taken back by its author, the resident, a moment ago."""
    replies: tuple[int, ...]
    """To the resident's idea and to another, then another to the other, which was taken back."""
    pilot: int
    """The colleague's: it runs, has an update, a measure with readings, thanks, another end."""
    pilot_waiting: int
    """Somebody else's: a decision waits to be confirmed."""
    pilot_decided: int
    """Somebody else's: decided, to be adapted."""
    pilot_update: int
    measure: int
    talk: UUID
    """The resident's comment on the first pilot, with a reply."""
    talk_case: UUID
    """An open case about it."""
    comments: tuple[UUID, ...]
    """See ``making.discuss``; the last one is the resident's, on their idea that is withdrawn."""
    copy: UUID
    """Of the resident's data, ready."""
    draft: UUID
    """The resident's, for the open challenge: always ``DRAFT``."""
    decisions: tuple[UUID, ...]
    """About the resident's words: one appealed and waiting, one not, one undone."""
    cases: tuple[UUID, ...]
    """See ``making.cases``: open ones, the last one decided."""
    appeals: tuple[UUID, ...]
    """One that waits, one that was decided; both the resident's."""
    receipt: str
    """Of a report that waits."""
    letter: str
    """The word in the address by which the resident stops letters of news."""
    consent_letter: str
    """The word in the address by which the resident takes a consent back."""
    rights: tuple[int, ...]
    """Requests about data: the resident's, a complaint by letter, an erasure, a closed one."""
    rights_letter: int
    """The letter that closed the last of them."""
    asked_rights: str
    """The number that the resident got for theirs."""
    widgets: tuple[int, ...]
    """One of each kind, the colleague's; the last one was taken away."""
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
    shortlisted, withdrawn = idea(closed, somebody), idea(asked, author)
    unseen = remark(withdrawn, author)
    reword(withdrawn, author, times=1)
    idea(asked, somebody)  # which the resident has not answered
    moderated_too = idea(moderated, author)
    with write():
        ideas.publish(moderated_too, actor=None)
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.shortlist(shortlisted, actor=None, reason="Many ask for it")
        answering.cast(author, others, "support")
        answering.cast(author, shortlisted, "oppose")
        with clock.at(clock.now() - timedelta(days=2)):
            other_session = services.open_session(author, device="Safari, iPhone", shared=False)
    discussed = discuss(own, moderated_too, author, somebody)
    join(others, author, somebody)
    close(closed)
    under_way, link = _asked("new@example.org")
    confirmed, _link = _asked("first@example.org")
    with write():
        row = queries.pending(confirmed)
        assert row is not None
        services.mark_verified(row.id)
    judged = decided(asked, author)
    owner = colleague(*ROLES)
    registered(owner)
    notices.published("young-people")
    notices.drafted()
    return World(
        resident=author,
        colleague=owner,
        **piloted(asked, author, owner),
        other_session=other_session.session_id,
        open=asked,
        upcoming=upcoming,
        closed=closed,
        begun=challenge(published=False, topics=("Streets",)).id,
        own=own,
        others=others,
        hidden=hidden,
        held=held,
        shortlisted=shortlisted,
        withdrawn=withdrawn,
        replies=replied(own, others),
        comments=(*discussed, unseen),
        copy=copied(author),
        draft=draft(author, asked.id),
        decisions=judged[0],
        appeals=judged[1],
        cases=cases(others, discussed, somebody),
        receipt=report(idea_id=others, email="reporter@example.org"),
        letter=token_of(author),
        consent_letter=chosen(author, owner),
        **hired(),
        **requested(author, owner),
        widgets=framed(own, asked.id, owner),
        asked=under_way,
        link=link,
        confirmed=confirmed,
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
    elif reader == "colleague":
        client.sign_in(world.colleague, staff=True)
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
