"""A small place with one of each thing that a page can be about, and how it grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts import queries, services
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments import services as comments
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.merging import services as merging
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import CONTACTS, EDIT_WAITS
from citizen_voice.outbox import services as outbox
from citizen_voice.replies import services as replies
from citizen_voice.team.models import ROLES
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.places import ward
from tests.factories.replies import reply, working_day
from tests.factories.reports import report
from tests.factories.team import colleague, hired

DRAFT = UUID("01890000-0000-7000-8000-000000000001")

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
    comments: tuple[UUID, ...]
    """See ``discuss``; the last one is the resident's, on their idea that is withdrawn."""
    draft: UUID
    """The resident's, for the open challenge: always ``DRAFT``."""
    decisions: tuple[UUID, ...]
    """About the resident's words: one appealed and waiting, one not, one undone."""
    cases: tuple[UUID, ...]
    """See ``cases``: open ones, the last one decided."""
    appeals: tuple[UUID, ...]
    """One that waits, one that was decided; both the resident's."""
    receipt: str
    """Of a report that waits."""
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
    return World(
        resident=author,
        colleague=colleague(*ROLES),
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
        draft=draft(author, asked.id),
        decisions=judged[0],
        appeals=judged[1],
        cases=cases(others, discussed, somebody),
        receipt=report(idea_id=others, email="reporter@example.org"),
        **hired(),
        asked=under_way,
        link=link,
        confirmed=confirmed,
    )


def decided(asked: Challenge, author: UUID) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """What moderators decided about somebody's words, and what was asked of somebody else."""
    moderator, another = colleague(), colleague()
    made = [decide(case(idea_id=idea(asked, author)), "warn", actor=moderator) for _ in range(4)]
    with write():
        moderating.undo(made[2], actor=moderator)
    with write():
        waiting, answered = (
            moderating.appeal(key, author, words="It was meant kindly.", language="en").id
            for key in (made[0], made[3])
        )
        moderating.decide_appeal(answered, upheld=False, reason="It was not.", actor=another)
    return tuple(made), (waiting, answered)


def cases(number: int, said: Sequence[UUID], somebody: UUID) -> tuple[UUID, ...]:
    """What waits: an idea, a reply, words that wait, a name; and something that was decided."""
    about = case(idea_id=number, kind=CONTACTS)
    found = (
        about,
        case(comment_id=said[1], waits_for="threat"),
        case(comment_id=said[-1], kind=EDIT_WAITS),
        case(person_id=somebody, waits_for="abuse"),
        case(comment_id=said[0], waits_for="spam"),
    )
    moderator = colleague()
    decide(found[-1], "keep", actor=moderator)
    with write():
        moderating.claim(found[1], moderator)
        moderating.leave_note(about, moderator, "The third this week.")
    return found


def replied(own: int, others: int) -> tuple[int, ...]:
    """What the council said of two ideas; gives the replies' numbers."""
    first = reply(own, others, outcome="not-now", next_on=working_day())
    second = reply(others, outcome="already", reason_en="Since May.", adopt=True)
    with write():
        replies.take_back(second, actor=None)
    return first, second


def join(into: int, supporter: UUID, author: UUID) -> int:
    """Somebody's idea, which the supporter supports and is joined with another; gives its number.

    There, the supporter is offered to take their support out; and there is a comment from here.
    """
    asked = db.session.get_one(Challenge, db.session.get_one(Idea, into).challenge_id)
    number = idea(asked, author, title="Another bench at that stop")
    with write():
        answering.cast(supporter, number, "support")
        comments.comment(author, number, body="There was one once.", language="en")
    with write():
        merging.merge(number, into, actor=None, reason="They say the same.")
    return number


def draft(author: UUID, challenge_id: int, key: UUID = DRAFT) -> UUID:
    """Something begun and not published; gives its key."""
    words = ideas.DraftWords("A wall to sit on", "For *who* waits.", "en", challenge_id, None, None)
    with write():
        ideas.save_draft(author, ideas.OpenForm(key, new_key()), words)
    return key


def reword(number: int, author: UUID, *, times: int) -> None:
    """Edit an idea so many times, then take it back."""
    with write():
        ideas.bring_back(number, author)
        for time in range(times):
            ideas.edit(
                number,
                author,
                title=f"Benches, but {time + 2} of them",
                body=f"For who waits.\n\nAnd for {time + 2} others.",
                language="cy" if time % 2 else "en",
                topic_id=None,
                ward_id=None,
            )
        words = "It is in *another* idea."
        ideas.withdraw(number, author, why="other", words=words, language="en")


def remark(number: int, author: UUID) -> UUID:
    """A comment on an idea that shows none any more once it is withdrawn; gives its key."""
    with write():
        return comments.comment(author, number, body="Said in time.", language="en").id


def discuss(number: int, moderated: int, author: UUID, somebody: UUID) -> tuple[UUID, ...]:
    """Comments on an idea (and one on an idea of a moderated challenge), and their keys.

    The author's: one with a reply, edited; a reply; waiting, hidden, just taken away; taken away
    with a reply. Somebody's: one with a reply; one for the council. The author's: with new words
    that wait.
    """
    with write():
        own = comments.comment(author, number, body="I would sit there *daily*.", language="en").id
        comments.reply(somebody, own, body="So would my mother.", language="en")
        others = comments.comment(somebody, number, body="Byddwn i hefyd.", language="cy").id
        under = comments.reply(author, others, body="Good to know!", language="en").id
        council = comments.comment(
            somebody, number, body="We measure the place.", language="en", by_council=True
        ).id
        waiting = comments.comment(author, moderated, body="First of all.", language="en").id
        hidden = comments.comment(author, number, body="Ring Sam at 9.", language="en").id
        removed = comments.comment(author, number, body="In haste.", language="en").id
        gone = comments.comment(author, number, body="In more haste.", language="en").id
        comments.reply(somebody, gone, body="Why the haste?", language="en")
    with write():
        comments.edit(own, author, body="I would sit there *at noon*.", language="en")
        comments.hide(hidden, actor=None, reason="It gives somebody’s number.")
        comments.remove(removed, author)
        comments.remove(gone, author)
        changed = comments.comment(author, moderated, body="Every day.", language="en").id
        comments.publish(changed, actor=None)
    with write():
        comments.edit(changed, author, body="Every *other* day.", language="en")
    return own, under, waiting, hidden, removed, gone, others, council, changed


def grow(world: World) -> None:
    """60 more ideas, 180 comments, 40 answers, 30 replies, 12 wards, sessions, letters, …"""
    wards = [ward(f"Ward {number}") for number in range(12)]
    for _ in range(3):
        challenge(topics=("Parks", "Buses"))
        close(challenge())
        challenge(published=False)
    for number in range(6):
        hired(f"invited{number}@example.org")
    people = [resident() for _ in range(10)]
    proposed = []
    reword(world.withdrawn, world.resident, times=25)
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
            proposed.append(made.id)
            for body in (f"Oak {number}", f"Elm {number}"):
                comments.comment(people[number % 9], world.own, body=body, language="en")
            comments.reply(people[9], world.comments[0], body=f"Ash {number}", language="en")
            if number < 40:
                answering.cast(world.resident, made.id, ("support", "oppose", "skip")[number % 3])
        for number in range(3):
            services.open_session(world.resident, device=f"Firefox {number}", shared=False)
            words = ideas.DraftWords(f"Wall {number}", "", "cy", world.closed.id, None, None)
            ideas.save_draft(world.resident, ideas.OpenForm(new_key(), new_key()), words)
            outbox.enqueue(
                purpose="account",
                to=f"reader{number}@example.org",
                subject="A letter",
                body="Its words",
                language="en",
            )
    for number in range(12):
        report(idea_id=world.others, words=f"It insults {number} people.")
    _moderate(world.cases[0], proposed[:30])
    for number in range(30):
        reply(*proposed[number : number + 10], world.own, reason_en=f"Reason {number}")


def _moderate(noted: UUID, proposed: Sequence[int]) -> None:
    """Cases about ideas, every other one decided, and as many notes on a case."""
    moderator = colleague()
    for number, each in enumerate(proposed):
        about = case(idea_id=each, waits_for="spam")
        with write():
            moderating.leave_note(noted, moderator, f"Note {number}")
            if number % 3 == 0:
                moderating.claim(about, moderator)
        if number % 2 == 0:
            decide(about, "keep", actor=moderator)


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
