"""Files are sent while they are read: ten times as much takes no more memory."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.columns import Moment
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.privacy.writing import write_copy
from citizen_voice.replies.models import IdeaReply, Reply
from citizen_voice.team.models import ROLES
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, remark
from tests.factories.copies import signed_in
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import reply
from tests.factories.team import colleague
from tests.habits import addresses
from tests.habits.marking import lawless, mark
from tests.habits.marks import once

FEW, TIMES, STEADY = 1_600, 10, 1.5
"""Few are more than three pages of a table: one is held while the next is read."""

BOUNDED = {
    "moderation.figures_csv": "twelve months",
    "moderation_staff.queue_csv": "a thousand cases at most",
    "exports.challenges": "written by hand",
    "exports.pilots": "trials, each with an owner of the council's",
    "exports.measures": "written by hand",
    "places_staff.download": "the wards of one council",
    "consent_staff.notices_csv": "versions of notices, written by hand",
    "consent_staff.purposes_csv": "purposes that the code declares",
    "records_staff.processing_csv": "tables that the code declares",
    "records_staff.assessments_csv": "written by hand",
    "records_staff.breaches_csv": "written by hand",
    "records_staff.processors_csv": "written by hand",
    "records_staff.safety_csv": "written by hand",
}
"""Files whose size is bounded by something else, and by what."""


def fill(app: Flask, table: str, count: int, **fixed: Any) -> None:
    """So many rows of a table, each column with a mark where nothing is ``fixed``."""
    model = db.metadata.tables[table]
    now = clock.now()  # one for all: moments that were read before are kept, up to some thousands
    fixed = {each.name: now for each in model.columns if isinstance(each.type, Moment)} | fixed
    made = [
        {column.name: mark(column) for column in model.columns} | fixed for _number in range(count)
    ]
    with lawless(app) as connection:
        connection.execute(insert(model), made)


def readings(app: Flask, count: int) -> str:
    measure, number = 1, db.session.scalar(select(db.metadata.tables["pilots"].c.id))
    if number is None:
        number = a_pilot(*shortlisted([idea(challenge())]))
        fill(app, "pilot_measures", 1, id=measure, pilot_id=number, removed_at=None)
    fill(app, "pilot_readings", count, measure_id=measure, value=2.0)
    return f"/pilots/CVT-{number}/readings.csv"


def journal(app: Flask, count: int) -> str:
    fill(app, "journal_entries", count, act="address shown", actor=None)
    return "/staff/journal/export"


def looks(app: Flask, count: int) -> str:
    journal(app, count)
    return "/staff/privacy/looks/export"


def ideas(_app: Flask, count: int) -> str:
    first = idea(challenge())
    with write():
        for model, key in ((Idea, "id"), (IdeaListing, "idea_id")):
            table: Any = model.__table__
            found = db.session.execute(select(*table.c).where(table.c[key] == first)).one()
            row = found._asdict()
            same = [row | {key: first + number} for number in range(1, count)]
            db.session.execute(insert(table), same)
    return "/staff/top.csv"


def published(challenge_id: int, count: int, reply: int | None = None) -> None:
    """So many ideas of a challenge, each the same as its first, with a reply where there is one."""
    known = db.session.scalar(select(IdeaListing.idea_id))
    number = known or idea(db.session.get_one(Challenge, challenge_id))
    beyond = (db.session.scalar(select(func.max(Idea.id))) or 0) + 1
    with write():
        for model, key in ((Idea, "id"), (IdeaVersion, "idea_id"), (IdeaListing, "idea_id")):
            table: Any = model.__table__
            row = db.session.execute(select(*table.c).where(table.c[key] == number)).one()
            given = row._asdict() | ({"reply_id": reply} if model is IdeaListing else {})
            same = [given | {key: beyond + further} for further in range(count)]
            db.session.execute(insert(table), same)
        if reply is not None:
            told = [{"idea_id": beyond + further, "reply_id": reply} for further in range(count)]
            db.session.execute(insert(IdeaReply), told)


def asked() -> Challenge:
    return db.session.scalars(select(Challenge)).first() or challenge()


def public_ideas(_app: Flask, count: int) -> str:
    published(asked().id, count)
    return "/exports/ideas.csv"


def public_ideas_of_one(_app: Flask, count: int) -> str:
    made = asked()
    published(made.id, count)
    return f"/exports/challenges/{made.slug}/ideas.csv?order=newest"


def public_changes(_app: Flask, count: int) -> str:
    replied = db.session.scalar(select(Reply.id)) or reply(idea(asked()))
    published(asked().id, count, replied)
    return "/exports/changes.csv"


def public_changes_of_one(app: Flask, count: int) -> str:
    public_changes(app, count)
    return f"/exports/challenges/{asked().slug}/changes.csv"


def said_again(count: int) -> None:
    """So many comments, each the same as the first that there is."""
    keys = [new_key() for _ in range(count)]
    with write():
        for model, key in ((Comment, "id"), (CommentVersion, "comment_id")):
            table: Any = model.__table__
            first = select(*table.c).order_by(table.c[key]).limit(1)
            given = db.session.execute(first).one()._asdict()
            db.session.execute(insert(table), [given | {key: each} for each in keys])


def public_comments(_app: Flask, count: int) -> str:
    number = db.session.scalar(select(CommentThread.idea_id))
    if number is None:
        number = idea(asked())
        comment(number)
    said_again(count)
    return f"/exports/ideas/CV-{number}/comments.csv"


def public_remarks(_app: Flask, count: int) -> str:
    number = db.session.scalar(select(CommentThread.pilot_id))
    if number is None:
        number = a_pilot(*shortlisted([idea(asked())]))
        remark(number)
    said_again(count)
    return f"/exports/pilots/CVT-{number}/comments.csv"


def mentions(app: Flask, count: int) -> str:
    fill(app, "erasure_mentions", count)
    return "/staff/privacy/mentions.csv"


def requests(app: Flask, count: int) -> str:
    fill(app, "rights_requests", count, kind="access")
    return "/staff/privacy/requests/all.csv"


def runs(app: Flask, count: int) -> str:
    fill(app, "retention_runs", count)
    return "/staff/privacy/retention/log.csv"


def consents(app: Flask, count: int) -> str:
    fill(app, "consents", count)
    return "/staff/privacy/consents/file"


GROWN: dict[str, Callable[[Flask, int], str]] = {
    "pilots.readings": readings,
    "journal_staff.export": journal,
    "records_staff.export_looks": looks,
    "board.csv": ideas,
    "exports.ideas": public_ideas,
    "exports.of_challenge": public_ideas_of_one,
    "exports.comments": public_comments,
    "exports.remarks": public_remarks,
    "exports.changes": public_changes,
    "exports.changes_of_challenge": public_changes_of_one,
    "privacy_staff.mentions_csv": mentions,
    "desk_staff.whole": requests,
    "retention_staff.log_file": runs,
    "consent_staff.ledger_file": consents,
}
"""Files that grow with what happens, and how: each makes so many rows and gives the address."""


@once
def test_every_file_is_known_here(app: Flask) -> None:
    files = {rule.endpoint for rule in addresses.rules(app) if rule.rule.endswith(".csv")}
    unknown = files - set(GROWN) - set(BOUNDED)
    assert not unknown, f"Say in GROWN how it grows, or in BOUNDED why it does not: {unknown}"
    assert set(GROWN) | set(BOUNDED) <= set(app.view_functions)


@pytest.mark.parametrize("endpoint", GROWN)
def test_memory_does_not_grow_with_a_file(app: Flask, client: Client, endpoint: str) -> None:
    reader = colleague(*ROLES)
    client.sign_in(reader, staff=True)
    posted = not any("GET" in (rule.methods or ()) for rule in app.url_map.iter_rules(endpoint))
    address = GROWN[endpoint](app, FEW)
    sent(client, address, posted=posted)
    few, lines = sent(client, address, posted=posted)
    GROWN[endpoint](app, FEW * (TIMES - 1))
    many, further = sent(client, address, posted=posted)
    assert further > lines * (TIMES - 1)
    assert many < few * STEADY, f"{few} bytes for {lines} lines, {many} for {further}"


def sent(client: Client, address: str, *, posted: bool) -> tuple[int, int]:
    """Read a file as it comes; gives the most memory that it took meanwhile, and its lines."""
    if client.csrf is None:
        client.send("/cookies")
    fields = {"csrf_token": client.csrf} if posted else None
    with Peak() as peak:
        answer = client.open(
            address, method="POST" if posted else "GET", data=fields, buffered=False
        )
        assert answer.status_code == 200
        assert answer.mimetype == "text/csv", answer.text
        lines = sum(piece.count(b"\n") for piece in answer.iter_encoded())
        answer.close()
    return peak.bytes, lines


@pytest.mark.parametrize("what", ["copy"])
def test_memory_does_not_grow_with_a_copy(app: Flask, tmp_path: Path, what: str) -> None:
    person = resident()
    signed_in(person, FEW)
    written(person, tmp_path / "first")
    few = written(person, tmp_path / f"few-{what}")
    signed_in(person, FEW * (TIMES - 1))
    many = written(person, tmp_path / f"many-{what}")
    assert many < few * STEADY, f"{few} bytes, then {many}"


def written(person: UUID, path: Path) -> int:
    """Write a copy; gives the most memory that it took."""
    with Peak() as peak:
        write_copy(
            path, person, site_name="Town", made_at=clock.now(), progress=lambda _count: None
        )
    return peak.bytes


class Peak:
    """The most memory that Python held within, beyond what it held before."""

    bytes = 0

    def __enter__(self) -> Self:
        tracemalloc.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
