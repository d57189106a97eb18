"""The queue's first page with 10,000 reports, held against the same page with ten."""

import os
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.drive import Failed
from benchmarks.loading import settle
from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.cli import schema
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.imports import services as importing
from citizen_voice.imports.polis import read
from citizen_voice.moderation import services
from citizen_voice.moderation.models import REPORT, Report
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.site import storage
from citizen_voice.team import services as team
from citizen_voice.team.models import MODERATOR
from tests.habits.statements import counted

FEW, MANY = 10, 10_000
PAGES = 60
CHUNK = 500
FOLDERS = (
    os.environ.get("CITIZEN_VOICE_POLIS", ""),
    str(Path(__file__).parents[2] / "shared" / "data" / "polis"),
)


def measure(app: Flask, rounds: int) -> dict[str, Any]:
    """Import the conversation of Bowling Green, report its ideas, and read the first page.

    Raises ``Failed`` where the conversation is not at hand.
    """
    places = [Path(name) / "bowling-green" for name in FOLDERS]
    found = next((each for each in places if each.is_dir()), None)
    if found is None:
        raise Failed("the conversation of Bowling Green is not at hand (CITIZEN_VOICE_POLIS)")
    schema.bring_up_to_date(app)
    importing.run(read(found, clock.now()), importing.Wish("bowling-green"))
    ideas = db.session.scalars(select(IdeaListing.idea_id).order_by(IdeaListing.shuffle)).all()
    db.session.rollback()
    visit = _moderator(app)
    _report(ideas, 0, FEW)
    few = [_page(visit) for _ in range(rounds)]
    _report(ideas, FEW, MANY)
    settle()
    many = [_page(visit) for _ in range(rounds)]
    with counted() as sent:
        visit()
    return {"few": few, "many": many, "ideas": len(ideas), "statements": len(sent)}


def _moderator(app: Flask) -> Callable[[], int]:
    """What opens the queue's page as a moderator, and gives its status."""
    with write():
        key = accounts.join("moderator@example.org", "adult", "en")
        accounts.set_name(key, "Sam")
        team.admit(key, (MODERATOR,), actor=None)
        token = accounts.open_session(key, device="Firefox", shared=False, staff=True).token
    client = app.test_client(use_cookies=False)
    me = {"Cookie": f"__Host-{storage.SESSION}={token}"}
    return lambda: client.get("/staff/queue", headers=me).status_code


def _report(ideas: Sequence[int], first: int, last: int) -> None:
    """The reports from the first to the last, over all ideas and categories by turns."""
    categories = list(CATEGORIES)
    for begin in range(first, last, CHUNK):
        with write():
            for number in range(begin, min(begin + CHUNK, last)):
                category = categories[number % len(categories)]
                subject = services.Subject(idea_id=ideas[number % len(ideas)])
                about = services.note(subject, REPORT, waits_for=category)
                db.session.add(
                    Report(
                        id=new_key(),
                        receipt_hash=sha256(f"{number}".encode()).digest(),
                        case_id=about,
                        category=category,
                        words="It breaks the rules.",
                        language="en",
                        made_at=clock.now(),
                    )
                )


def _page(visit: Callable[[], int]) -> float:
    """Microseconds of the first page, in the middle."""
    taken = []
    for _ in range(PAGES):
        begun = time.perf_counter()
        status = visit()
        taken.append(time.perf_counter() - begun)
        if status != 200:
            raise Failed(f"/staff/queue: {status}")
    return median(taken) * 1e6
