"""Every registered column leaves in a copy of somebody's data, and nothing of anybody else."""

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask

from citizen_voice import clock, register
from citizen_voice.answers import models as answers
from citizen_voice.db import db
from citizen_voice.privacy import meanings
from citizen_voice.privacy.finding import holdings
from citizen_voice.privacy.names import KEPT, NAMES
from citizen_voice.privacy.queries import why_kept
from citizen_voice.privacy.reading import plain
from citizen_voice.privacy.writing import write_copy
from tests.factories.copies import read
from tests.habits.marking import Marked, marked
from tests.habits.marks import once

TELLING = 6
"""Marks shorter than that could stand anywhere by chance."""


def exported() -> dict[str, dict[str, str]]:
    """What the register says that leaves: table → column → name."""
    found = {
        table: {
            name: entry.export
            for name, entry in register.columns(table).items()
            if entry is not None and entry.export is not None
        }
        for table in register.tables()
    }
    return {table: columns for table, columns in found.items() if columns}


def written(somebody: Marked, folder: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
    """Their copy: table → rows, and everything in it as one text."""
    path = folder / f"{somebody.key}.zip"
    write_copy(
        path, somebody.key, site_name="Town", made_at=clock.now(), progress=lambda _count: None
    )
    inside = read(path)
    tables: list[dict[str, Any]] = inside["tables"]
    return {each["table"]: each["rows"] for each in tables}, inside["everything"]


@once
def test_every_table_that_leaves_has_a_title_and_a_way_to_its_people(app: Flask) -> None:
    untitled = [table for table in exported() if not str(register.title(table))]
    assert not untitled, f"Give declare(…, title=_(…)) of personal_data.py: {untitled}"
    lost = [
        f"{table}.{name}"
        for table, columns in exported().items()
        for name in columns
        if not register.of(table).get(getattr(register.columns(table)[name], "whose", ""))
    ]
    assert not lost, f"Say in declare(…, of={{whose: …}}) how a person's rows are found: {lost}"


@once
def test_every_table_that_leaves_is_read(app: Flask) -> None:
    read_columns = {
        each.name: {name for part in each.parts for name in part.columns} for each in holdings()
    }
    assert read_columns == {table: set(columns) for table, columns in exported().items()}


@once
def test_what_the_register_says_to_people_is_in_the_catalogue(app: Flask) -> None:
    names = {label for columns in exported().values() for label in columns.values()}
    unknown = names - {str(each) for each in NAMES}
    assert not unknown, f"Put into NAMES of privacy/names.py, and into the catalogue: {unknown}"
    reasons = {why_kept(each) for each in holdings()} - {"", *(str(each) for each in KEPT)}
    assert not reasons, f"Put into KEPT of privacy/names.py, and into the catalogue: {reasons}"


def test_every_registered_column_of_somebody_is_in_their_copy(app: Flask, tmp_path: Path) -> None:
    somebody, _other = marked(app)
    tables, _everything = written(somebody, tmp_path)
    missing = [
        f"{table}.{name} ({label})"
        for table, columns in exported().items()
        for name, label in columns.items()
        if not any(
            said(table, name, somebody.rows[table][name]) in str(row.get(label))
            for row in tables.get(table, ())
        )
    ]
    assert not missing, f"Not in the copy: {missing}"


def test_nothing_of_somebody_else_is_in_it(app: Flask, tmp_path: Path) -> None:
    somebody, other = marked(app)
    _tables, everything = written(somebody, tmp_path)
    theirs = [
        f"{table}.{name}"
        for table, row in other.rows.items()
        for name, value in row.items()
        if value != somebody.key and telling(value) and str(plain(value)) in everything
    ]
    assert not theirs
    assert str(other.key) not in everything


def test_what_the_register_holds_back_is_not_in_it(app: Flask, tmp_path: Path) -> None:
    somebody, _other = marked(app)
    tables, everything = written(somebody, tmp_path)
    leaving = exported()
    known = {
        str(plain(somebody.rows[table][name]))
        for table, columns in leaving.items()
        for name in columns
    }
    seen = [
        f"{table}.{name}"
        for table, row in somebody.rows.items()
        if table != "idea_listing"  # its titles name their own ideas
        for name, value in row.items()
        if name not in leaving.get(table, ()) and telling(value)
        if not named(table, name) and str(plain(value)) not in known
        if str(plain(value)) in everything
    ]
    assert not seen
    surplus = [
        (table, label)
        for table, rows in tables.items()
        for row in rows
        for label in row
        if label not in {*leaving[table].values(), "about"}
    ]
    assert not surplus


def said(table: str, name: str, value: Any) -> str:
    """How a mark stands in the copy."""
    if table in meanings.ANSWERED and name in meanings.ANSWERS:
        return answers.NAMES.get(value, str(value))
    return str(plain(value))


def named(table: str, name: str) -> bool:
    """Whether a column leads to an idea or a trial that is named by its number."""
    return name in meanings.leads_to(db.metadata.tables[table])


def telling(value: Any) -> bool:
    """Whether a mark is long enough to be found by."""
    return not isinstance(value, (bool, dict)) and (
        isinstance(value, UUID) or len(str(plain(value))) >= TELLING
    )
