"""Making the demonstration council, through the same services as everything else.

What is said to have happened in the past happens with the clock put back, in its order. The same
seed makes the same council, but for its days.
"""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.challenges import services as challenges
from citizen_voice.challenges.models import Challenge
from citizen_voice.cli.demo import desk, discussion, embedded, privacy, team, trials
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import SHORTLISTED
from citizen_voice.news import services as news
from citizen_voice.places.models import Ward
from citizen_voice.site import services as site

CONTENT = Path(__file__).parent / "content"
NEIGHBOURS = 120  # residents who answer and never write
ADDRESS = "resident@example.org"
AGO = timedelta(days=150)
"""When everybody joined: before the first challenge opened."""
UNREAD = timedelta(days=9)
"""Who tries the place finds the news of the last days unread."""


@dataclass(slots=True)
class Made:
    """How much there is."""

    challenges: int = 0
    ideas: int = 0
    people: int = 0
    answers: int = 0
    comments: int = 0
    trials: int = 0
    address: str = ADDRESS


@dataclass(slots=True)
class Council:
    """What ideas refer to."""

    chance: random.Random
    wards: dict[str, int]
    people: dict[str, UUID]
    neighbours: list[UUID]
    challenges: dict[str, Challenge]
    topics: dict[tuple[str, str], int]


def make(progress: Callable[[int], None]) -> Made:
    """Make everything; ``progress`` is told of every hundredth."""
    made = Made()
    chance = random.Random(1042)  # nosec B311  # not a secret
    council = _settle(chance, made)
    progress(10)
    told = _content("ideas")["ideas"]
    told.sort(key=lambda idea: (-idea["days_ago"], idea["title"]))
    for number, idea in enumerate(told):
        _propose(council, idea, made)
        progress((number + 1) * 90 // len(told) - number * 90 // len(told))
    talk = _content("comments")
    with clock.at(clock.now() - AGO):
        with write():
            people = council.people | {each["key"]: _join(each) for each in talk["team"]}
        staff = team.employ()
    made.comments = discussion.hold(people, talk)
    tried = _content("trials")
    desk.reply(tried, moderator=staff["moderator"])
    made.trials = trials.run(tried, people, staff)
    desk.work(_content("desk"), people, moderator=staff["moderator"])
    privacy.keep(_content("privacy"), officer=staff["privacy"])
    embedded.show(_content("widgets"), chance, actor=staff["moderator"])
    news.tell_of_first_supporters()
    with write():
        ideas.reshuffle()
        news.count_as_told()
        news.mark_seen(council.people["you"], clock.now() - UNREAD)
    return made


def _settle(chance: random.Random, made: Made) -> Council:
    described = _content("council")
    wards = described.pop("wards")
    people = _content("people")
    with write():
        site.change(**described)
        rows = [Ward(**ward) for ward in wards]
        db.session.add_all(rows)
        db.session.flush()  # ideas refer to them
        ward_ids = {row.name_en: row.id for row in rows}
        with clock.at(clock.now() - AGO):
            residents = {
                person["key"]: _join(person) for person in [people["you"], *people["people"]]
            }
            neighbours = [
                accounts.join(f"neighbour{number}@example.org", "adult", "en")
                for number in range(1, NEIGHBOURS + 1)
            ]
        made.people = len(residents) + len(neighbours)
        questions: dict[str, Challenge] = {}
        topics: dict[tuple[str, str], int] = {}
        for told in _content("challenges")["challenges"]:
            challenge, ids = _ask(told)
            questions[challenge.slug] = challenge
            topics |= {(challenge.slug, name): key for name, key in ids.items()}
            made.challenges += 1
    for challenge in questions.values():
        db.session.refresh(challenge)
    return Council(chance, ward_ids, residents, neighbours, questions, topics)


def _join(person: dict[str, Any]) -> UUID:
    key = accounts.join(person["email"], person["age_band"], person["locale"])
    accounts.set_name(key, person["name"])
    return key


def _ask(told: dict[str, Any]) -> tuple[Challenge, dict[str, int]]:
    today = clock.today()
    words = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in told.items()
        if name.endswith(("_en", "_cy")) or name in ("slug", "ballot", "moderation")
    }
    days = {name: today + timedelta(days=told[f"{name}_in_days"]) for name in ("opens", "closes")}
    challenge = challenges.create(
        **words,
        opens_on=days["opens"],
        closes_on=days["closes"],
        replies_by=today + timedelta(days=told["replies_in_days"]),
    )
    topics = challenges.add_topics(
        challenge, [(topic["name_en"], topic["name_cy"]) for topic in told["topics"]]
    )
    challenges.publish(challenge)
    return challenge, {topic.name_en: topic.id for topic in topics}


def _propose(council: Council, told: dict[str, Any], made: Made) -> None:
    challenge = council.challenges[told["challenge"]]
    written = _moment(council, challenge, told["days_ago"])
    with write():
        with clock.at(written):
            idea = ideas.propose(
                council.people[told["author"]],
                challenge.id,
                title=told["title"],
                body=told["body"].strip(),
                language=told["lang"],
                topic_id=council.topics[told["challenge"], told["topic"]],
                ward_id=council.wards[told["ward"]] if told.get("ward") else None,
            )
        made.ideas += 1
        end = min(clock.now(), challenge.closes_at - timedelta(minutes=1))
        for person_id, value in _votes(council, told, challenge.ballot):
            with clock.at(written + (end - written) * council.chance.random()):
                answers.cast(person_id, idea.id, value)
            made.answers += 1
        if told["stage"] == SHORTLISTED:
            with clock.at(_shortlisted(told, end)):
                ideas.shortlist(idea.id, actor=None, reason="Well supported, and within our power.")


def _shortlisted(told: dict[str, Any], end: datetime) -> datetime:
    """When an idea was shortlisted: so many days ago, or at the ``end``."""
    days = told.get("shortlisted")
    return end if days is None else clock.now() - timedelta(days=days)


def _moment(council: Council, challenge: Challenge, days_ago: int) -> datetime:
    """Some time of that day, but neither before the challenge opened nor in the future."""
    moment = clock.start_of(clock.today() - timedelta(days=days_ago)) + timedelta(
        minutes=council.chance.randrange(8 * 60, 21 * 60)
    )
    latest = clock.now() - timedelta(hours=1)
    return max(min(moment, latest), challenge.opens_at + timedelta(minutes=1))


def _votes(council: Council, told: dict[str, Any], ballot: str) -> list[tuple[UUID, str]]:
    """Who answers what: the warmer an idea, the more support; the more it divides, the less."""
    chance = council.chance
    author = council.people[told["author"]]
    you = council.people["you"]
    people = [*council.people.values(), *council.neighbours]
    reach = (0.15 + 0.75 * told["warmth"]) * min(1.0, 0.15 + told["days_ago"] / 12)
    votes = []
    for person_id in people:
        if person_id in (author, you) or chance.random() > reach:
            continue
        dice = chance.random()
        against = 0.05 + 0.7 * told["divides"]
        if dice < against * 0.7:
            value = "oppose"
        elif dice < against * 0.7 + 0.12:
            value = "skip"
        else:
            value = "support"
        if ballot == "opinion" or value == "support":
            votes.append((person_id, value))
    votes += [(council.people[key], "support") for key in told.get("also", ())]
    return votes


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
