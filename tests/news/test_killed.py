"""``kill -9`` at any point: everybody is told, each once. Also on a whole town's conversation."""

import json
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from citizen_voice import clock, config
from citizen_voice.accounts.models import IMPORTED, RESIDENT, Person
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.imports import services as importing
from citizen_voice.news import queries, services
from citizen_voice.news.models import NewsDue, NewsItem
from citizen_voice.news.services import mailing, spreading
from citizen_voice.paths import ROOT
from tests.factories.ideas import idea
from tests.factories.replies import reply
from tests.faults.conftest import let_go
from tests.habits.statements import counted
from tests.imports.conftest import REAL
from tests.imports.conversations import conversation
from tests.news.post import LATER, due, mails
from tests.news.test_spreading import crowd

PEAK = 12 * 1024 * 1024
"""So much memory the worker may take, whomever it tells."""


def killed(settings: Settings, what: str, stop_after: int) -> None:
    """Have another process tell people, and kill it in the middle of a batch."""
    environment = {
        "ENV": "development",
        "INSTANCE": str(settings.instance),
        "SECRET_KEY": "a" * 64,
        "DATABASE_URL": "" if settings.sqlite else settings.database_url,
    }
    named = {config.PREFIX + name: value for name, value in environment.items() if value}
    let_go()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.news.worker"],
        cwd=ROOT,
        env=os.environ | named,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"what": what, "stop_after": stop_after}) + "\n")
        process.stdin.flush()
        said = [process.stdout.readline()]
        while said[-1] not in ("in the middle\n", ""):
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert said[-1] == "in the middle\n", said


def finish() -> None:
    """Go on to the end."""
    with clock.at(clock.now() + LATER):
        services.spread()
        services.mail()


def memory_of_the_rest() -> int:
    """Go on to the end, slowly; gives the most memory that it took."""
    tracemalloc.start()
    finish()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_worker_that_is_killed_twice_has_told_everybody_once(app: Flask, fresh: Settings) -> None:
    number = idea()
    keys = crowd(number, spreading.BATCH + 100)
    reply(number)
    killed(fresh, "spread", 1)
    assert due() == spreading.BATCH
    killed(fresh, "mail", 2)
    assert len(mails()) == 2 * mailing.BATCH
    assert due() == len(keys) + 1 - len(mails())  # the author, too
    finish()
    written = [mail.person_id for mail in mails()]
    assert len(written) == len(set(written)) == len(keys) + 1
    assert set(keys) <= set(written)
    assert due() == 0


def test_adopting_the_most_supported_idea_of_a_town_tells_everybody_once(
    app: Flask, fresh: Settings
) -> None:
    folder: Path = REAL / "bowling-green"
    if not folder.is_dir():
        pytest.skip("the conversation of Bowling Green is not beside the repository")
    importing.run(conversation(folder), importing.Wish("bowling-green"))
    with write():
        people = db.session.scalars(select(Person.id).where(Person.kind == IMPORTED)).all()
        for number, key in enumerate(people):
            db.session.execute(
                update(Person)
                .where(Person.id == key)
                .values(kind=RESIDENT, email=f"resident{number}@example.org", age_band="adult")
            )
    best = db.session.scalars(
        select(IdeaListing.idea_id).order_by(IdeaListing.support.desc()).limit(1)
    ).one()
    author = db.session.get_one(Idea, best).author_id
    supporters = set(
        db.session.scalars(
            select(Answer.person_id).where(Answer.idea_id == best, Answer.value == SUPPORT)
        )
    )
    expected = (supporters | {author}) - {None}
    assert len(expected) > spreading.BATCH
    with write():
        ideas.shortlist(best, actor=None, reason="Many ask for it")
        db.session.execute(update(NewsItem).values(spread_at=clock.now()))
    with write(), counted() as statements:
        ideas.adopt(best, actor=None, reason="It begins in May.")
    assert len(statements.written) < 25  # of which most read
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(NewsItem)) == 2
    assert db.session.scalar(select(func.count()).select_from(NewsDue)) == 0
    assert queries.tells_of_ideas([best]) == len(expected)
    killed(fresh, "spread", 1)
    killed(fresh, "mail", 3)
    assert memory_of_the_rest() < PEAK
    written = [mail.person_id for mail in mails()]
    assert len(written) == len(set(written))
    assert set(written) == expected
    assert due() == 0
