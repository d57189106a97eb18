"""Retention on many accounts, held against the same on a tenth: the most memory that it takes."""

import resource
import time
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert

from benchmarks.drive import Failed
from citizen_voice import clock
from citizen_voice.accounts.models import RESIDENT, Person, PersonSession
from citizen_voice.answers import figures
from citizen_voice.answers.models import Answer
from citizen_voice.challenges.models import Challenge
from citizen_voice.cli import schema
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.retention import services
from citizen_voice.retention.models import RetentionWarning
from tests.factories.challenges import challenge

IDEAS, EACH = 100, 10
IDLE, SOON = 10, 11
"""Every so many-th account is due, every so many-th is to be told."""
CHUNK = 2_000
DAY = timedelta(days=1)


def fill(app: Flask, accounts: int) -> dict[str, Any]:
    """Fill an empty database: accounts with ten answers, a session and a letter each."""
    schema.bring_up_to_date(app)
    asked = _challenge()
    numbers = [_idea(asked, number) for number in range(IDEAS)]
    for first in range(0, accounts, CHUNK):
        _put(range(first, min(first + CHUNK, accounts)), numbers)
    for first in range(0, IDEAS, 20):
        with write():
            figures.recount(numbers[first : first + 20])
    return {"accounts": accounts, "answers": accounts * EACH}


def _challenge() -> Challenge:
    return challenge()


def _idea(asked: Challenge, number: int) -> int:
    with write():
        author = new_key()
        db.session.add(_person(author, f"author{number}@example.org", 0))
        db.session.flush()
        words = {"title": f"A bench at stop {number}", "body": "To rest.", "language": "en"}
        return int(ideas.propose(author, asked.id, topic_id=None, ward_id=None, **words).id)


def _person(key: Any, email: str, days: int) -> Person:
    return Person(**_row(key, email, days))


def _row(key: Any, email: str, days: int) -> dict[str, Any]:
    then = clock.now() - days * DAY
    return {
        "id": key,
        "kind": RESIDENT,
        "email": email,
        "age_band": "adult",
        "language": "en",
        "created_at": then,
        "seen_on": then.date(),
    }


def _put(some: range, numbers: list[int]) -> None:
    """So many people, with what they left."""
    now = clock.now()
    rows: dict[Any, list[dict[str, Any]]] = {
        Person: [],
        Answer: [],
        PersonSession: [],
        OutboxMail: [],
        RetentionWarning: [],
    }
    for number in some:
        key = new_key()
        idle, soon = number % IDLE == 0, number % SOON == 0
        rows[Person].append(_row(key, f"person{number}@example.org", 900 if idle or soon else 20))
        if idle:
            told = {"person_id": key, "warned_on": (now - 40 * DAY).date(), "written": True}
            rows[RetentionWarning].append(told)
        rows[Answer] += [
            {
                "idea_id": numbers[(number + 7 * place) % IDEAS],
                "person_id": key,
                "value": 1 - place % 3,
                "version": 1,
                "answered_at": now - 900 * DAY,
            }
            for place in range(EACH)
        ]
        rows[PersonSession].append(
            {
                "id": new_key(),
                "person_id": key,
                "token_hash": number.to_bytes(32, "big"),
                "csrf": "",
                "device": "Firefox, Linux",
                "shared": False,
                "created_at": now - 900 * DAY,
                "seen_at": now - 900 * DAY,
                "expires_at": now - 800 * DAY,
            }
        )
        rows[OutboxMail].append(
            {
                "id": new_key(),
                "purpose": "news",
                "kind": "news",
                "person_id": key,
                "language": "en",
                "created_at": now - 800 * DAY,
                "sent_at": now - 800 * DAY,
            }
        )
    with write():
        for table, these in rows.items():
            if these:
                db.session.execute(insert(table), these)


def measure(_app: Flask, accounts: int) -> dict[str, Any]:
    """Do all that is due, in this process; gives megabytes, seconds and how much was done.

    Raises ``Failed`` where not everything was done.
    """
    before = _most()
    begun = time.perf_counter()
    done = services.run()
    seconds = time.perf_counter() - begun
    idle = len(range(0, accounts, IDLE))
    if (done["accounts"], done["sessions"], done["letters"]) != (idle, accounts, accounts):
        raise Failed(f"retention did {done}")
    return {
        "megabytes": _most(),
        "before": before,
        "seconds": round(seconds, 1),
        "thousand": round(1_000 * seconds / accounts, 2),
        "erased": done["accounts"],
        "told": done["warned"],
    }


def _most() -> float:
    """The most memory that this process has had so far, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
