"""Every column is in the personal-data register: what it is for, how it leaves, what erases it."""

from flask import Flask

from citizen_voice import register
from citizen_voice.db import db
from citizen_voice.register import Erase, Personal
from citizen_voice.search import indexes
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


def there() -> dict[str, set[str]]:
    """Every table and its columns: those of models, and those of search indexes, which are none."""
    found = {
        table.name: {column.name for column in table.columns} for table in db.metadata.sorted_tables
    }
    return found | {
        name: set(columns) for index in indexes() for name, columns in index.tables.items()
    }


def test_every_column_is_declared(app: Flask) -> None:
    missing = [
        f"{table}.{column}"
        for table, columns in there().items()
        for column in columns
        if column not in register.columns(table)
    ]
    assert not missing, (
        f"Declare in the personal_data.py of the feature (and import that in create_app): {missing}"
    )


def test_nothing_is_declared_that_is_not_there(app: Flask) -> None:
    surplus = [
        f"{table}.{name}"
        for table in register.tables()
        for name in register.columns(table)
        if name not in there().get(table, ())
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


def test_what_is_held_to_be_searched_is_erased_with_what_it_copies(app: Flask) -> None:
    kept = [
        f"{table}.{name}"
        for index in indexes()
        for table in index.tables
        for name, entry in register.columns(table).items()
        if entry is not None and entry.erase is not Erase.DELETE_ROW
    ]
    assert not kept, f"An index holds a copy of people's words: it goes with them: {kept}"
