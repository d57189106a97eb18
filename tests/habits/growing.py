"""How a small place grows."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.accounts import services
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as comments
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services as moderating
from citizen_voice.outbox import services as outbox
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.pilots import services as pilots
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, said, shortlisted
from tests.factories.places import ward
from tests.factories.replies import reply
from tests.factories.reports import report
from tests.factories.team import colleague, hired
from tests.habits.making import reword
from tests.habits.piloting import more_pilots
from tests.habits.world import World


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
            comments.comment_on_pilot(people[8], world.pilot, body=f"Yew {number}", language="en")
            comments.reply(people[8], world.talk, body=f"Fir {number}", language="en")
            if number < 40:
                answering.cast(world.resident, made.id, ("support", "oppose", "skip")[number % 3])
        for number in range(3):
            services.open_session(world.resident, device=f"Firefox {number}", shared=False)
            words = ideas.DraftWords(f"Wall {number}", "", "cy", world.closed.id, None, None)
            ideas.save_draft(world.resident, ideas.OpenForm(new_key(), new_key()), words)
            outbox.enqueue(
                kind="address",
                to=f"reader{number}@example.org",
                subject="A letter",
                body="Its words",
                language="en",
            )
        db.session.flush()
        came_back = update(OutboxMail).where(OutboxMail.kind == "address")
        db.session.execute(came_back.values(failed_at=clock.now(), due_at=None))
    more_pilots(world.open, world.colleague, world.pilot)
    for number in range(12):
        report(idea_id=world.others, words=f"It insults {number} people.")
    _try_out(world)
    _moderate(world.cases[0], proposed[:30])
    for number in range(30):
        reply(*proposed[number : number + 10], world.own, reason_en=f"Reason {number}")


def _try_out(world: World) -> None:
    """Updates, measures with readings, and as many trials again that have begun."""
    for number in range(6):
        said(world.pilot, words_en=f"Bench {number} is warm.")
        with write():
            measure = pilots.add_measure(
                world.pilot,
                better="less",
                baseline=9.0,
                target=1.0,
                name_en=f"Cold benches {number}",
                actor=world.colleague,
            )
            readings = [
                pilots.Reading(clock.today() - timedelta(days=day), float(day)) for day in range(60)
            ]
            pilots.add_readings(measure, readings, actor=world.colleague)
        a_pilot(*shortlisted([idea(world.open)]), title_en=f"Trial {number}")


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
