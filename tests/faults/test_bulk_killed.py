"""``kill -9`` in the middle of a decision about 200 cases: all of them are decided, or none."""

import json
import os
import signal
import subprocess
import sys
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from citizen_voice import config
from citizen_voice.answers import recount
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.journal import services as journal
from citizen_voice.moderation import services
from citizen_voice.moderation.models import HELD, Case, Decision
from citizen_voice.moderation.services import Ruling, Subject
from citizen_voice.paths import ROOT
from tests.factories.challenges import challenge
from tests.factories.moderation import ground
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.faults.conftest import let_go

CASES = 200


def test_a_bulk_decision_that_is_killed_in_the_middle_has_decided_nothing(
    app: Flask, fresh: Settings
) -> None:
    keys, actor, why = many(), colleague(), ground()
    entries = journal.verify()
    let_go()
    killed_after(CASES // 2, fresh, keys, actor, why)
    assert standing() == (0, CASES, 0)
    assert journal.verify() == entries
    ruling = Ruling("hide", ground_id=why, words="Advertising.")
    with write():
        batch = services.decide(keys, ruling, actor=actor)[0].batch_id
    assert standing() == (CASES, 0, CASES)
    assert batch is not None
    with write():
        services.undo_batch(batch, actor=actor)
    assert standing() == (CASES, CASES, 0)
    assert recount.differences() == []


def many() -> list[UUID]:
    """Ideas with a case each; gives the keys of the cases."""
    asked, author = challenge(), resident()
    with write():
        return [
            services.note(
                Subject(
                    idea_id=ideas.propose(
                        author,
                        asked.id,
                        title=f"Buy this, number {number}",
                        body="",
                        language="en",
                        topic_id=None,
                        ward_id=None,
                    ).id
                ),
                HELD,
            )
            for number in range(CASES)
        ]


def killed_after(number: int, settings: Settings, keys: list[UUID], actor: UUID, why: int) -> None:
    """Have another process decide, and kill it after so many of them."""
    environment = {
        "ENV": "development",
        "INSTANCE": str(settings.instance),
        "SECRET_KEY": "a" * 64,
        "DATABASE_URL": "" if settings.sqlite else settings.database_url,
    }
    named = {config.PREFIX + name: value for name, value in environment.items() if value}
    asked = {
        "stop_after": number,
        "cases": [str(key) for key in keys],
        "actor": str(actor),
        "ground": why,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.bulk"],
        cwd=ROOT,
        env=os.environ | named,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        said = [process.stdout.readline()]
        while said[-1] not in ("in the middle\n", ""):
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert said[-1] == "in the middle\n", said


def standing() -> tuple[int, int, int]:
    """How many decisions there are, cases that are open, and ideas that are hidden."""
    db.session.rollback()
    found = (
        select(func.count()).select_from(Decision),
        select(func.count()).select_from(Case).where(Case.closed_at.is_(None)),
        select(func.count()).select_from(Idea).where(Idea.visibility == "hidden"),
    )
    decisions, cases, hidden = (db.session.scalar(each) or 0 for each in found)
    return decisions, cases, hidden
