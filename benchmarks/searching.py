"""The search from inside: common words, alone and together, in every order, with filters."""

import time
from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks import alike as found_again
from benchmarks.figures import percentile
from benchmarks.lists import Database
from benchmarks.words import COMMON, DOING, FILLING, SAYING
from citizen_voice.answers import queries as answers
from citizen_voice.db import db
from citizen_voice.ideas import alike, ordering
from citizen_voice.ideas.models import IdeaVersion
from citizen_voice.ideas.queries import Filters, search
from citizen_voice.places.models import Ward
from citizen_voice.site import queries as site

TITLES = 100
WORDS = (*COMMON[:8], *SAYING[:3], *DOING[:3], "walks", "summer", "people")


def measure(_app: Flask) -> dict[str, Any]:
    """Milliseconds in the database: the 95th of a hundred, of searches and of look-alikes."""
    database = Database()
    found = _searches(database)
    likened, whole = _look_alikes(database)
    return found | {
        "alike": percentile(likened, 0.95),
        "alike median": median(likened),
        "alike with its ranking": percentile(whole, 0.95),
    }


def _searches(database: Database) -> dict[str, Any]:
    nobody, offset = answers.mine(None), site.settings().fair_offset
    taken: list[tuple[float, str]] = []
    ward = db.session.scalars(select(Ward.id)).first()
    for order in (search.BEST, *ordering.ORDERS):
        for words in _said():
            for filters in (Filters(), Filters(ward=ward)):

                def act(order: str = order, words: str = words, filters: Filters = filters) -> None:
                    search.found(words, order, filters, after=None, offset=offset, mine=nobody)

                narrowed = "" if filters.ward is None else ", one ward"
                taken.append((database.milliseconds(act), f"‘{words}’, {order}{narrowed}"))
    taken.sort(reverse=True)
    times = [one for one, _words in taken]
    return {
        "search": percentile(times, 0.95),
        "median": median(times),
        "searches": len(times),
        "five": [f"{one:.2f} ms: {words}" for one, words in taken[:5]],
    }


def _look_alikes(database: Database) -> tuple[list[float], list[float]]:
    """What looking for ideas like some titles takes in the database, and with all around it."""
    titles = db.session.scalars(
        select(IdeaVersion.title).order_by(IdeaVersion.idea_id.desc()).limit(TITLES)
    ).all()
    nobody = answers.mine(None)
    within, whole = [], []
    for title in titles:
        begun = time.perf_counter()
        alike.find(title, Filters(), nobody)
        whole.append((time.perf_counter() - begun) * 1_000)
        within.append(database.milliseconds(partial(alike.find, title, Filters(), nobody)))
    return within, whole


def likeness(_app: Flask) -> dict[str, Any]:
    """How often the same wish in other words is found: figures of ``alike``, for the notes."""
    return found_again.measure()


def _said() -> Iterator[str]:
    """What somebody might type: common words, two of them, and three."""
    yield from WORDS
    for first, second in zip(WORDS, WORDS[3:], strict=False):
        yield f"{first} {second}"
        yield f"{first} {second} {FILLING[0]}"
