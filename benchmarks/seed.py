"""Filling a database in bulk: what a council of some size looks like, its figures consistent."""

import hashlib
import random
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from benchmarks import council, floors
from benchmarks.loading import Loader, settle
from benchmarks.words import Writer
from citizen_voice import clock
from citizen_voice.cli import schema
from citizen_voice.db import new_key, write
from citizen_voice.ideas import indexing
from citizen_voice.ideas import services as proposing
from citizen_voice.ideas.models import FIRST_NUMBER, OPEN, PUBLISHED, SHUFFLES

PEOPLE = 2_000
ANSWERERS = 16
COMMENTS = 3
MANY, VERY_MANY = 50, 2_000
STAGES = (
    ("open",) * 90 + ("shortlisted",) * 5 + ("piloting",) * 2 + ("adopted",) * 2 + ("declined",)
)
SEED = 20_250_101

# Which of the ideas, counted from the first, play a part.
ANSWERED, ALONE, COMMENTED, MUCH_COMMENTED = range(100, 120), 130, 200, 201


def fill(app: Flask, ideas: int) -> dict[str, Any]:
    """Fill an empty database; gives what the driver needs to know of it."""
    begun = time.perf_counter()
    schema.bring_up_to_date(app)
    topics, wards = council.places()
    town = _Town(ideas, topics, wards)
    with Loader() as loader:
        town.write(loader)
        loader.run(*floors.TABLES)
        loader.load("bench_rows", ("id", "title", "support"), town.bare_rows())
        numbers = range(FIRST_NUMBER, FIRST_NUMBER + ideas)
        loader.load("bench_counts", ("idea_id", "answers"), ((number, 0) for number in numbers))
    indexing.rebuild()
    with write():
        proposing.reshuffle()
    council.answer_the_first_page(town.people[0])
    widgets = council.widgets(FIRST_NUMBER + COMMENTED, next(iter(topics)))
    seconds = time.perf_counter() - begun
    settle()
    return {
        "ideas": ideas,
        "answers": town.answers,
        "comments": town.comments,
        "seconds": seconds,
        "tokens": town.tokens,
        "answered": [FIRST_NUMBER + at for at in ANSWERED],
        "alone": FIRST_NUMBER + ALONE,
        "commented": FIRST_NUMBER + COMMENTED,
        "much_commented": FIRST_NUMBER + MUCH_COMMENTED,
        "pages": council.pages(),
        "widgets": widgets,
        "idea_pages": [
            f"/ideas/CV-{FIRST_NUMBER + at}" for at in range(0, ideas, max(1, ideas // 500))
        ],
    }


class _Town:
    """The rows of a council."""

    def __init__(self, ideas: int, topics: dict[int, list[int]], wards: list[int]) -> None:
        self.ideas = ideas
        self.answers = self.comments = 0
        self._topics, self._wards = topics, wards
        self._chance = random.Random(SEED)
        self._writer = Writer(SEED)
        self._now = clock.now().replace(microsecond=0)
        self.people = [new_key() for _ in range(PEOPLE)]
        self.tokens = [secrets.token_urlsafe(32) for _ in range(ANSWERERS)]
        self._titles = [self._writer.title() for _ in range(ideas)]
        self._supporters: list[int] = []

    def write(self, to: Loader) -> None:
        """Write all of it."""
        now = to.moment(self._now)
        people = [to.key(person) for person in self.people]
        to.load(
            "persons",
            ("id", "kind", "email", "display_name", "age_band", "language", "created_at"),
            (
                (key, "resident", f"r{at}@example.org", f"Resident {at}", "adult", "en", now)
                for at, key in enumerate(people)
            ),
        )
        to.load(
            "sessions",
            (
                *("id", "person_id", "token_hash", "csrf", "device"),
                *("shared", "created_at", "seen_at", "expires_at"),
            ),
            (
                (
                    to.key(new_key()),
                    person,
                    hashlib.sha256(token.encode()).digest(),
                    secrets.token_urlsafe(32),
                    "a browser",
                    False,
                    now,
                    now,
                    to.moment(self._now + timedelta(days=30)),
                )
                for person, token in zip(people, self.tokens, strict=False)
            ),
        )
        filters = [self._filters(at) for at in range(self.ideas)]
        moments = [to.moment(self._published(at)) for at in range(self.ideas)]
        self._write_ideas(to, people, filters, moments)
        figures: list[tuple[int, int, int]] = []
        to.load(
            "answers",
            ("idea_id", "person_id", "value", "version", "answered_at"),
            self._answers(people, figures, now),
        )
        self._supporters = [support for support, _oppose, _skip in figures]
        to.load(
            "idea_listing",
            (
                *("idea_id", "challenge_id", "topic_id", "ward_id", "stage", "listed"),
                *("published_at", "support", "oppose", "skip", "bucket", "shuffle"),
                *("title", "language"),
            ),
            (
                (
                    FIRST_NUMBER + at,
                    *filters[at],
                    True,
                    moments[at],
                    *figures[at],
                    sum(figures[at]).bit_length(),
                    self._chance.randrange(SHUFFLES),
                    title,
                    "en",
                )
                for at, title in enumerate(self._titles)
            ),
        )
        self._write_comments(to, people)

    def bare_rows(self) -> Iterator[tuple[int, str, int]]:
        """The rows of the floors' table."""
        for at, title in enumerate(self._titles):
            yield FIRST_NUMBER + at, title, self._supporters[at]

    def _filters(self, at: int) -> tuple[int, int, int | None, str]:
        """Challenge, topic, ward and stage; some wards have many ideas and some hardly any."""
        challenge = self._chance.choice(list(self._topics))
        ward = int(self._chance.paretovariate(0.8)) % (len(self._wards) + 1)
        return (
            challenge,
            self._chance.choice(self._topics[challenge]),
            self._wards[ward - 1] if ward else None,
            OPEN if at in ANSWERED or at == ALONE else self._chance.choice(STAGES),
        )

    def _published(self, at: int) -> datetime:
        return self._now - timedelta(seconds=60 * (self.ideas - at))

    def _write_ideas(
        self, to: Loader, people: list[Any], filters: list[Any], moments: list[Any]
    ) -> None:
        to.load(
            "ideas",
            (
                *("id", "challenge_id", "topic_id", "ward_id", "stage"),
                *("author_id", "visibility", "version", "created_at", "published_at"),
            ),
            (
                (
                    FIRST_NUMBER + at,
                    *filters[at],
                    people[at % PEOPLE],
                    PUBLISHED,
                    1,
                    moments[at],
                    moments[at],
                )
                for at in range(self.ideas)
            ),
        )
        to.load(
            "idea_versions",
            ("idea_id", "number", "title", "body", "language", "created_at"),
            (
                (FIRST_NUMBER + at, 1, title, self._writer.body(50), "en", moments[at])
                for at, title in enumerate(self._titles)
            ),
        )

    def _answers(
        self, people: list[Any], figures: list[tuple[int, int, int]], now: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Some ten answers an idea; adds each idea's support, oppose and skip to ``figures``."""
        values = (1, 1, 1, -1, 0, 1, -1, 1, 0, 1, 1)
        for at in range(self.ideas):
            tally = {1: 0, -1: 0, 0: 0}
            begin, step = self._chance.randrange(PEOPLE), self._chance.choice((1, 3, 7, 9))
            for further in range(5 + at * 7 % 11):
                value = values[(at + further * 3) % len(values)]
                tally[value] += 1
                self.answers += 1
                person = people[(begin + further * step) % PEOPLE]
                yield FIRST_NUMBER + at, person, value, 1, now
            figures.append((tally[1], tally[-1], tally[0]))

    def _write_comments(self, to: Loader, people: list[Any]) -> None:
        counts = [COMMENTS] * self.ideas
        counts[COMMENTED], counts[MUCH_COMMENTED] = MANY, VERY_MANY
        self.comments = sum(counts)
        to.load(
            "comment_threads",
            ("id", "idea_id", "published"),
            ((at + 1, FIRST_NUMBER + at, count) for at, count in enumerate(counts)),
        )
        now = to.moment(self._now)
        keys: list[Any] = []
        to.load(
            "comments",
            (
                *("id", "thread_id", "parent_id", "replies", "author_id", "by_council"),
                *("visibility", "version", "shown", "erased", "created_at"),
            ),
            (
                (
                    *one,
                    people[self._chance.randrange(PEOPLE)],
                    False,
                    PUBLISHED,
                    1,
                    True,
                    False,
                    now,
                )
                for one in self._threads(to, counts, keys)
            ),
        )
        to.load(
            "comment_versions",
            ("comment_id", "number", "body", "language", "created_at"),
            ((key, 1, self._writer.body(24), "en", now) for key in keys),
        )

    def _threads(
        self, to: Loader, counts: list[int], keys: list[Any]
    ) -> Iterator[tuple[Any, int, Any, int]]:
        """Key, thread, parent and number of replies; in long threads every fifth is a reply."""
        for at, count in enumerate(counts):
            parent = None
            for place in range(count):
                key = to.key(new_key())
                keys.append(key)
                if count > COMMENTS and place % 5 == 4:
                    yield key, at + 1, parent, 0
                    continue
                parent = key
                replied = count > COMMENTS and place % 5 == 3 and place + 1 < count
                yield key, at + 1, None, int(replied)
