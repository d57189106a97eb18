"""How much the database grows by an answer, with its indexes, given in any order."""

import random
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.loading import Loader
from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, dialect
from citizen_voice.ideas.models import FIRST_NUMBER

ANSWERS = 200_000
CHUNK = 5_000


def measure(_app: Flask, ideas: int) -> dict[str, Any]:
    """Write many further answers into a seeded database, in an order that follows no index.

    An index that is filled in any order has pages a third empty: so it is when residents answer.
    """
    chance = random.Random(ANSWERS)
    with Loader() as loader:
        people = [loader.key(key) for key in db.session.scalars(select(Person.id))]
        db.session.rollback()
        loader.run("DELETE FROM answers")
        if not loader.sqlite:
            loader.run("TRUNCATE answers")
        pairs = chance.sample(range(ideas * len(people)), min(ANSWERS, ideas * len(people) // 2))
        now = loader.moment(clock.now())
        before = _bytes()
        columns = ("idea_id", "person_id", "value", "previous", "version", "answered_at")
        for first in range(0, len(pairs), CHUNK):
            chunk = pairs[first : first + CHUNK]
            loader.load(
                "answers",
                columns,
                (
                    (
                        FIRST_NUMBER + pair // len(people),
                        people[pair % len(people)],
                        1,
                        None,
                        1,
                        now,
                    )
                    for pair in chunk
                ),
            )
        after = _bytes()
    return {"bytes": (after - before) / len(pairs), "answers": len(pairs)}


def _bytes() -> int:
    """How large the table is with its indexes; on SQLite, how much of the file is used."""
    with db.engines["read"].connect() as connection:
        if dialect() == "postgresql":
            size = connection.exec_driver_sql("SELECT pg_total_relation_size('answers')")
            return int(size.scalar_one())
        pragmas = ("page_count", "freelist_count", "page_size")
        pages, free, size_of_page = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in pragmas
        )
        return (pages - free) * size_of_page
