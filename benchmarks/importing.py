"""Importing answers, held against the driver writing the same rows with ``executemany`` alone."""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.loading import settle
from citizen_voice import clock
from citizen_voice.answers.models import Answer
from citizen_voice.challenges.models import Challenge
from citizen_voice.cli import schema
from citizen_voice.db import db, dialect, write
from citizen_voice.ideas.models import Idea
from citizen_voice.imports import services
from citizen_voice.imports.polis import Conversation, read

STATEMENTS, PARTICIPANTS, SHARE = 200, 500, 0.6
COLUMNS = ("idea_id", "person_id", "value", "version", "answered_at")


def measure(app: Flask, rounds: int) -> dict[str, Any]:
    """Import a conversation some times, each into a challenge of its own, and write it barely.

    Both write into the same table with its indexes and its foreign keys, in transactions of as many
    rows. The import also reads the matrix, finds the people, keeps its ledger and counts.
    """
    schema.bring_up_to_date(app)
    with tempfile.TemporaryDirectory() as folder:
        conversation = read(make(Path(folder)), clock.now())
        imported, bare = [], []
        for turn in range(rounds):
            slug = f"import-{turn}"
            imported.append(_import(conversation, slug))
            settle()
            bare.append(_write_barely(slug))
            settle()
    return {"import": imported, "executemany": bare, "answers": conversation.counts.answers}


def _import(conversation: Conversation, slug: str) -> float:
    """Import all of it; gives answers a second, from the last idea to the last answer."""
    before = len(conversation.people) + len(conversation.statements)
    moments: list[tuple[int, float]] = []

    def hear(rows: int) -> None:
        seen = moments[-1][0] if moments else 0
        moments.append((seen + rows, time.perf_counter()))

    services.run(conversation, services.Wish(slug), progress=hear)
    begun = next(moment for seen, moment in moments if seen == before)
    return conversation.counts.answers / (moments[-1][1] - begun)


def _write_barely(slug: str) -> float:
    """Take the challenge's answers out, and write them back by the driver; gives rows a second."""
    table = Answer.__table__
    listed = select(Idea.id).join(Challenge).where(Challenge.slug == slug).scalar_subquery()
    with write():
        rows = db.session.execute(
            select(*(table.c[name] for name in COLUMNS)).where(table.c.idea_id.in_(listed))
        ).all()
        db.session.execute(table.delete().where(table.c.idea_id.in_(listed)))  # type: ignore[attr-defined]
    here = db.engine.dialect
    key = Answer.person_id.type
    ready = [(row[0], key.process_bind_param(row[1], here), *row[2:]) for row in rows]
    mark = "?" if dialect() == "sqlite" else "%s"
    statement = (
        f"INSERT INTO answers ({', '.join(COLUMNS)}) VALUES ({', '.join([mark] * len(COLUMNS))})"
    )
    size = services.BATCH[dialect()]
    pooled = db.engines[None].raw_connection()
    driver: Any = pooled.driver_connection
    begun = time.perf_counter()
    for first in range(0, len(ready), size):
        if dialect() == "sqlite":
            driver.execute("BEGIN IMMEDIATE")
        driver.cursor().executemany(statement, ready[first : first + size])
        driver.commit()
    taken = time.perf_counter() - begun
    pooled.invalidate()
    return len(ready) / taken


def make(folder: Path) -> Path:
    """Write a made-up export of Polis, the same each time."""
    chance = random.Random(STATEMENTS)
    votes = [
        [
            chance.choice((1, 1, -1, 0)) if chance.random() < SHARE else None
            for _ in range(STATEMENTS)
        ]
        for _ in range(PARTICIPANTS)
    ]
    summary = {
        "topic": "Made up",
        "url": "https://polis.invalid/1",
        "voters": PARTICIPANTS,
        "commenters": 1,
        "comments": STATEMENTS,
        "groups": 0,
        "conversation-description": "Made up",
    }
    comments = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    for at in range(STATEMENTS):
        agrees = sum(row[at] == 1 for row in votes)
        disagrees = sum(row[at] == -1 for row in votes)
        comments.append(f"{1518501196471 + at},then,{at},0,{agrees},{disagrees},1,Statement {at}")
    matrix = [
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,"
        + ",".join(map(str, range(STATEMENTS)))
    ]
    for at, row in enumerate(votes):
        counts = (sum(vote is not None for vote in row), row.count(1), row.count(-1))
        cells = ",".join("" if vote is None else str(vote) for vote in row)
        written = STATEMENTS if at == 0 else 0
        matrix.append(f"{at},,{written},{','.join(map(str, counts))},{cells}")
    lines = {
        "summary.csv": [f"{key},{value}" for key, value in summary.items()],
        "comments.csv": comments,
        "participants-votes.csv": matrix,
    }
    for name, content in lines.items():
        (folder / name).write_text("\n".join([*content, ""]), encoding="utf-8")
    return folder
