"""What a council has besides ideas and people: wards, challenges, widgets; and its pages."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import queries as answers
from citizen_voice.answers import services as answering
from citizen_voice.challenges import services as challenges
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import db, write
from citizen_voice.ideas import ordering, queries
from citizen_voice.ideas.models import ANSWERABLE_STAGES
from citizen_voice.places.models import Ward
from citizen_voice.site import queries as site
from citizen_voice.widgets import services as making
from citizen_voice.widgets.models import IDEA, TOP
from citizen_voice.widgets.services import Wanted

CHALLENGES, TOPICS, WARDS = 5, 4, 20
EMBEDDING = "https://www.example.gov.uk"
"""The site that may show the widgets."""


def places() -> tuple[dict[int, list[int]], list[int]]:
    """Make the wards and the challenges; gives the topics of each, and the wards."""
    with write():
        for at in range(WARDS):
            db.session.add(Ward(code=f"W{at:08}", name_en=f"Ward {at}", name_cy=f"Ward {at}"))
        for at in range(CHALLENGES):
            made = challenges.create(
                slug=f"question-{at}",
                question_en=f"What should change in part {at} of the town?",
                question_cy=f"Beth ddylai newid yn rhan {at} o’r dref?",
                opens_on=clock.today() - timedelta(days=7),
                closes_on=clock.today() + timedelta(days=30),
                sponsor_en="The cabinet member for streets",
                decides_en="The streets team",
                money_en="£10,000",
                fixed_en="Trunk roads",
                promise_en="A reply to every idea",
                reply_team_en="Streets team",
            )
            challenges.add_topics(made, [(f"Topic {at}.{one}", "") for one in range(TOPICS)])
            challenges.publish(made)
    topics = {
        challenge: list(db.session.scalars(select(Topic.id).where(Topic.challenge_id == challenge)))
        for challenge in db.session.scalars(select(Challenge.id))
    }
    return topics, list(db.session.scalars(select(Ward.id)))


def widgets(idea: int, challenge: int) -> dict[str, str]:
    """Make a widget of the challenge's top ideas and one of the idea; gives their addresses."""
    wanted = {
        TOP: Wanted("Top ideas", TOP, challenge_id=challenge),
        IDEA: Wanted("An idea", IDEA, idea_id=idea),
    }
    with write():
        made = {kind: making.make(one, [EMBEDDING], actor=None) for kind, one in wanted.items()}
    return {kind: f"/widgets/{number}" for kind, number in made.items()}


def answer_the_first_page(person: uuid.UUID) -> None:
    """Have the reader answer every other idea of the list's first page."""
    nobody = answers.mine(None)
    offset = site.settings().fair_offset
    first = queries.page(ordering.FAIR, queries.Filters(), after=None, offset=offset, mine=nobody)
    for row in first.rows[::2]:
        if row.stage in ANSWERABLE_STAGES:
            with write():
                answering.cast(person, row.id, "support")


def pages(depth: int = 40) -> list[str]:
    """The addresses of many pages of the list, in every order."""
    nobody = answers.mine(None)
    offset = site.settings().fair_offset
    found = []
    for order in ordering.ORDERS:
        after = None
        for _ in range(depth):
            found.append(f"/ideas?order={order}" + (f"&after={after}" if after else ""))
            page = queries.page(order, queries.Filters(), after=after, offset=offset, mine=nobody)
            after = page.after
            if after is None:
                break
    return found
