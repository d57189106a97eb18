"""Looking for what an erasure has to take away: in rows, and in every byte that is kept."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import ColumnElement, Table, make_url, select

from citizen_voice import register
from citizen_voice.db import db, dialect, write
from citizen_voice.ideas.models import Idea
from citizen_voice.register import Erase
from tests.habits.marking import Marked
from tests.servers.binaries import embedded_binaries, installed_binaries

TELLING = 8
"""Marks shorter than that could stand anywhere by chance; their rows are looked at instead."""
GOES = (Erase.DELETE_ROW, Erase.BLANK)


def to_go() -> Iterator[tuple[str, str, Erase]]:
    """Every column that erasing a person takes away: table, name, how."""
    for table in register.tables():
        for name, entry in register.columns(table).items():
            if entry is not None and entry.erase in GOES and table in db.metadata.tables:
                yield table, name, entry.erase


def make_plausible(somebody: Marked, other_idea: int) -> None:
    """Put values that can be where the acts of leaving need them; an answer to another's idea."""
    marks = somebody.rows
    asked = db.session.scalar(select(Idea.challenge_id).where(Idea.id == other_idea))
    version = marks["idea_versions"]["number"]
    values: dict[str, dict[str, Any]] = {
        "persons": {"kind": "resident", "language": "en"},
        "ideas": {
            "challenge_id": asked,
            "version": version,
            "stage": "open",
            "visibility": "published",
            "topic_id": None,
            "ward_id": None,
        },
        "comments": {"visibility": "published", "erased": False},
        "answers": {"idea_id": other_idea, "value": 1, "previous": None, "version": 1},
        "decisions": {"case_id": marks["cases"]["id"]},
        "cases": {"person_id": somebody.key, "idea_id": None, "comment_id": None},
    }
    with write():
        for name, changed in values.items():
            table = db.metadata.tables[name]
            db.session.execute(table.update().where(*_key(table, marks[name])).values(changed))
            marks[name] |= changed


def needles(somebody: Marked) -> dict[str, list[bytes]]:
    """How the marks that have to go may stand in a file: ``table.column`` → bytes.

    What stands in a column that is kept, too, is none: a key of an idea is left.
    """
    going = {(table, name) for table, name, _how in to_go()}
    kept = {
        str(value)
        for table, row in somebody.rows.items()
        for name, value in row.items()
        if (table, name) not in going
    } | {str(somebody.other)}
    found = {}
    for table, name in sorted(going):
        value = somebody.rows.get(table, {}).get(name)
        if value is not None and str(value) not in kept and (forms := written(value)):
            found[f"{table}.{name}"] = forms
    return found


def written(value: Any) -> list[bytes]:
    """How a value may be written in a file; empty for one that could stand there by chance."""
    if isinstance(value, UUID):
        return [value.bytes, value.hex.encode(), str(value).encode()]
    if isinstance(value, bytes):
        return [value, value.hex().encode()] if len(value) >= TELLING else []
    if isinstance(value, dict):
        return [str(each).encode() for each in value.values() if len(str(each)) >= TELLING]
    if isinstance(value, str) and len(value) >= TELLING:
        return [value.encode()]
    return []


def kept_bytes(app: Flask) -> dict[str, bytes]:
    """Every byte that the installation keeps: each file of it, and a dump of PostgreSQL."""
    db.session.rollback()
    folder = Path(app.config["INSTANCE"])
    assets = folder / "assets"
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and assets not in path.parents
    }
    journal = Path(app.config["ERASURE_JOURNAL"])
    if journal.exists():
        found["the erasure journal"] = journal.read_bytes()
    if dialect() == "postgresql":
        found["the dump"] = _dump(app.config["SQLALCHEMY_DATABASE_URI"])
    return found


def standing(looked_for: dict[str, list[bytes]], kept: dict[str, bytes]) -> dict[str, list[str]]:
    """Which of them stand where: ``table.column`` → names of files."""
    found = {
        name: [file for file, content in kept.items() if any(form in content for form in forms)]
        for name, forms in looked_for.items()
    }
    return {name: files for name, files in found.items() if files}


def left_in_rows(somebody: Marked) -> list[str]:
    """The columns that should be gone or empty in somebody's rows, and are not."""
    db.session.rollback()
    left = []
    for table, name, how in to_go():
        row = somebody.rows.get(table)
        if row is None:
            continue
        there = _row(db.metadata.tables[table], row)
        if there is not None and (how is Erase.DELETE_ROW or not _is_empty(there[name])):
            left.append(f"{table}.{name} ({how})")
    return left


def _row(table: Table, row: dict[str, Any]) -> Any:
    found = db.session.execute(select(*table.columns).where(*_key(table, row)))
    return found.mappings().one_or_none()


def _key(table: Table, row: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in table.primary_key.columns]


def _is_empty(value: Any) -> bool:
    return not value or (isinstance(value, dict) and not any(value.values()))


def _dump(url: str) -> bytes:
    folder = installed_binaries() or embedded_binaries()
    given = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    program = str(Path(folder) / "pg_dump") if folder is not None else "pg_dump"
    return subprocess.run(
        [program, f"--dbname={given}"], check=True, capture_output=True, env=dict(os.environ)
    ).stdout
