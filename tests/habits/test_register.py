"""Every column is in the personal-data register: what it is for, how it leaves, what erases it."""

from flask import Flask

from citizen_voice import register
from citizen_voice.db import db
from citizen_voice.register import Erase, Personal
from tests.habits.marks import once

pytestmark = once


def declared() -> list[tuple[str, Personal]]:
    """Every column about a person: ``table.column`` and its entry."""
    return [
        (f"{table}.{name}", entry)
        for table in register.tables()
        for name, entry in register.columns(table).items()
        if entry is not None
    ]


def test_every_column_is_declared(app: Flask) -> None:
    missing = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name not in register.columns(table.name)
    ]
    assert not missing, (
        f"Declare in the personal_data.py of the feature (and import that in create_app): {missing}"
    )


def test_nothing_is_declared_that_is_not_there(app: Flask) -> None:
    surplus = [
        f"{table}.{name}"
        for table in register.tables()
        for name in register.columns(table)
        if table not in db.metadata.tables or name not in db.metadata.tables[table].columns
    ]
    assert not surplus, f"Take out of personal_data.py, or add to models.py: {surplus}"


def test_every_personal_column_has_a_known_purpose_and_somebody_whose_it_is(app: Flask) -> None:
    wrong = [
        name
        for name, entry in declared()
        if entry.purpose not in register.PURPOSES or not entry.whose
    ]
    assert not wrong, f"Give a purpose of register.PURPOSES, and whose it is: {wrong}"


def test_what_does_not_leave_in_an_export_says_why(app: Flask) -> None:
    silent = [
        name
        for name, entry in declared()
        if entry.export == "" or (entry.export is None and not entry.why)
    ]
    assert not silent, f"Give a name for the export, or None and the reason in why: {silent}"


def test_what_erasure_keeps_says_why(app: Flask) -> None:
    silent = [name for name, entry in declared() if entry.erase is Erase.KEEP and not entry.why]
    assert not silent, f"Erase.KEEP needs its reason in why: {silent}"


def test_names_in_an_export_are_not_used_twice_in_a_table(app: Flask) -> None:
    for table in register.tables():
        names = [e.export for e in register.columns(table).values() if e is not None and e.export]
        assert len(names) == len(set(names)), f"{table}: two columns leave under one name: {names}"


def test_a_table_that_names_a_person_has_personal_columns(app: Flask) -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "persons" for key in column.foreign_keys)
        and register.columns(table.name).get(column.name) is None
    ]
    assert not silent, f"A key of a person is personal: declare it so in personal_data.py: {silent}"
