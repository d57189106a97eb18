"""Real conversations are brought in to the last answer, also by a process that is killed."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import config
from citizen_voice.answers import recount
from citizen_voice.answers.models import Answer
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.imports import services
from citizen_voice.imports.models import ImportBatch, ImportSource
from tests.imports.conversations import conversation, made
from tests.servers.processes import die_with_parent
from tests.servers.site import COMMAND

Import = Callable[[Path], "subprocess.Popen[str]"]


@pytest.fixture
def begin(app: Flask, fresh: config.Settings) -> Import:
    """Starts the command in a process of its own, on the test's database."""
    environment = os.environ | {
        "CITIZEN_VOICE_ENV": "development",
        "CITIZEN_VOICE_INSTANCE": str(fresh.instance),
        "CITIZEN_VOICE_DATABASE_URL": fresh.database_url,
    }

    def start(folder: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [COMMAND, "import-polis", folder, "--challenge", "bowling-green"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )

    return start


def batches_of_answers() -> int:
    db.session.rollback()
    counted = select(func.count()).select_from(ImportBatch).where(ImportBatch.part == "answers")
    return db.session.scalar(counted) or 0


def kill_after(importing: "subprocess.Popen[str]", batches: int) -> None:
    """Kill an import once so many batches of answers are in."""
    give_up = time.monotonic() + 120
    while batches_of_answers() < batches:
        assert importing.poll() is None, "the import ended before it was killed"
        assert time.monotonic() < give_up, "the import does not get on"
        time.sleep(0.002)
    importing.kill()
    importing.communicate()
    assert importing.returncode == -signal.SIGKILL


def finish(importing: "subprocess.Popen[str]") -> str:
    said, complaints = importing.communicate(timeout=300)
    assert importing.returncode == 0, complaints
    return said


def count(*conditions: object) -> int:
    statement = select(func.count()).select_from(Idea).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(statement) or 0


def test_a_whole_town_killed_twice_on_the_way_is_there_to_the_last_answer(
    begin: Import, bowling_green: Path
) -> None:
    kill_after(begin(bowling_green), 1)
    first = batches_of_answers()
    kill_after(begin(bowling_green), first + 3)
    assert recount.differences() == []
    assert db.session.scalars(select(ImportSource.finished_at)).one() is None

    said = finish(begin(bowling_green))
    assert "109,752 support, 38,647 not for me, 77,125 skip" in said
    assert "484 answers are on ideas hidden or held" in said
    assert "211 statements differ from the answers: agrees of 157, disagrees of 75" in said

    assert count() == 896
    assert count(Idea.visibility == "published") == 607
    assert count(Idea.visibility == "hidden") == 289
    by_value = select(Answer.value, func.count()).group_by(Answer.value)
    assert dict(db.session.execute(by_value).all()) == {1: 109_752, -1: 38_647, 0: 77_125}
    shown = select(
        func.sum(IdeaListing.support), func.sum(IdeaListing.oppose), func.sum(IdeaListing.skip)
    ).where(IdeaListing.listed)
    assert sum(db.session.execute(shown).one()) == 225_524 - 484
    assert recount.differences() == []

    again = finish(begin(bowling_green))
    assert ["answers", "225,524", "0", "225,524"] in [
        line.split()[:4] for line in again.splitlines()
    ]
    assert recount.differences() == []


@pytest.mark.usefixtures("app")
def test_a_conversation_with_times_keeps_every_one(seattle: Path) -> None:
    outcome = services.run(conversation(seattle), services.Wish("minimum-wage"))
    assert made(outcome) == {"people": 339, "ideas": 54, "answers": 2_872}
    assert (count(Idea.visibility == "held"), count(Idea.visibility == "hidden")) == (1, 23)
    untimed = select(func.count()).select_from(Answer).where(Answer.answered_at.is_(None))
    assert db.session.scalar(untimed) == 0
    assert recount.differences() == []
