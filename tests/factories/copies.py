"""Copies of somebody's data, made through the services."""

import json
import secrets
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from citizen_voice import clock
from citizen_voice.accounts.models import PersonSession
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas.models import Idea
from citizen_voice.privacy import files, making, services
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

_IDEAS: Any = Idea.__table__


def asked(person_id: UUID, *, language: str = "en") -> UUID:
    """A copy that waits to be made; its key."""
    with write():
        return services.ask(person_id, language=language)


def made(person_id: UUID, *, language: str = "en") -> UUID:
    """A copy that is ready; its key."""
    key = asked(person_id, language=language)
    making.work()
    return key


def opened(copy_id: UUID) -> dict[str, str]:
    """What is in the file of a copy: name → words."""
    return _inside(files.path(copy_id))


def read(path: Path) -> dict[str, Any]:
    """The data in a file, with ``everything`` that is in it as one text."""
    inside = _inside(path)
    data: dict[str, Any] = json.loads(inside["my-data.json"])
    return data | {"everything": "\n".join(inside.values())}


def _inside(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def data_of(copy_id: UUID) -> dict[str, Any]:
    """The data in a copy, as a program reads it."""
    read: dict[str, Any] = json.loads(opened(copy_id)["my-data.json"])
    return read


def rows_of(copy_id: UUID, table: str) -> list[dict[str, Any]]:
    """The rows of one table in a copy."""
    found: list[list[dict[str, Any]]] = [
        each["rows"] for each in data_of(copy_id)["tables"] if each["table"] == table
    ]
    return found[0] if found else []


def answered(person_id: UUID, count: int) -> None:
    """So many answers of somebody's, each to an idea of its own."""
    made_for, author = challenge(), resident()
    first = idea(made_for, author)
    with write():
        row = db.session.execute(select(*_IDEAS.c).where(_IDEAS.c.id == first)).one()._asdict()
        ideas = [row | {"id": first + number} for number in range(1, count)]
        if ideas:
            db.session.execute(insert(_IDEAS), ideas)
        answers = [
            {"idea_id": first + number, "person_id": person_id, "value": number % 3 - 1}
            for number in range(count)
        ]
        db.session.execute(insert(Answer), [each | {"version": 1} for each in answers])


def signed_in(person_id: UUID, count: int) -> None:
    """So many browsers that somebody is signed in with."""
    now = clock.now()
    same = {"person_id": person_id, "csrf": "", "device": "Firefox", "shared": False}
    times = {"created_at": now, "seen_at": now, "expires_at": now + timedelta(days=90)}
    browsers = [
        {"id": new_key(), "token_hash": secrets.token_bytes(32)} | same | times
        for _ in range(count)
    ]
    with write():
        db.session.execute(insert(PersonSession), browsers)
