"""Migrations and models say the same, on both databases, there and back."""

import re
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, Table, UniqueConstraint, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import Index

from citizen_voice import create_app
from citizen_voice.cli import schema
from citizen_voice.db import db, write
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.paths import ROOT
from citizen_voice.search import indexes
from tests.conftest import settings
from tests.servers.postgres import PostgresDatabases

NOT_OURS = ("huey_", "alembic_version", "sqlite_")
MEND = (
    "write a migration (flask-migrate's `revision --autogenerate` begins one) that makes the "
    "database what the models say, triggers included"
)
EVERYTHING = {
    "sqlite": "SELECT type || ' ' || name FROM sqlite_master",
    "postgresql": """
        SELECT 'relation ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    """,
}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture
def empty(
    database: str, built_assets: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The site on a database in which there is nothing yet, ready to be migrated."""
    (tmp_path / "assets").symlink_to(built_assets)
    url, name = None, f"empty_{uuid.uuid4().hex}"
    if database == "postgresql":
        postgres: PostgresDatabases = request.getfixturevalue("postgres")
        url = postgres.create_database(name)
    app = create_app(settings(tmp_path, url))
    schema.migrations(app)
    with app.app_context():
        yield app
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["citizen_voice.jobs"].close()
    if database == "postgresql":
        postgres.drop_database(name)


def test_migrations_go_there_and_back_and_there_again(empty: Flask, database: str) -> None:
    before = what_is_there(database)
    flask_migrate.upgrade()
    once = what_is_there(database)
    assert len(once) > len(before)
    flask_migrate.downgrade(revision="base")
    left = {thing for thing in what_is_there(database) - before if "alembic_version" not in thing}
    assert not left, f"The way back leaves {sorted(left)}: drop them in downgrade()"
    flask_migrate.upgrade()
    assert what_is_there(database) == once


def test_every_migration_can_be_undone_and_redone_by_itself(empty: Flask, database: str) -> None:
    flask_migrate.upgrade()
    newest = what_is_there(database)
    flask_migrate.downgrade(revision="-1")
    flask_migrate.upgrade()
    assert what_is_there(database) == newest


def test_migrations_agree_with_the_models(app: Flask) -> None:
    with db.engines[None].connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": defaults_differ,
                "include_object": ours,
                "target_metadata": db.metadata,
            },
        )
        differences = compare_metadata(context, db.metadata)
        connection.rollback()
    assert not differences, f"{MEND}: {differences}"


def test_check_constraints_agree_with_the_models(app: Flask) -> None:
    for table in db.metadata.sorted_tables:
        wanted = {
            str(rule.name): plain(str(rule.sqltext))
            for rule in table.constraints
            if isinstance(rule, CheckConstraint)
        }
        with db.engines["read"].connect() as connection:
            found = {
                str(rule["name"]): plain(str(rule["sqltext"]))
                for rule in inspect(connection).get_check_constraints(table.name)
            }
            if connection.dialect.name == "sqlite":  # PostgreSQL writes them anew in its own way
                assert found == wanted, f"{table.name}: {MEND}"
        assert set(found) == set(wanted), f"{table.name}: {MEND}"


def test_indexes_and_their_conditions_agree_with_the_models(app: Flask) -> None:
    for table in db.metadata.sorted_tables:
        with db.engines["read"].connect() as connection:
            found = indexes_found(connection, table.name)
            wanted = {str(i.name): described(i, connection.dialect.name) for i in table.indexes}
        assert found == wanted, f"{table.name}: {MEND}"


def test_keys_agree_with_the_models(app: Flask) -> None:
    for table in db.metadata.sorted_tables:
        with db.engines["read"].connect() as connection:
            inspector = inspect(connection)
            unique = {
                str(rule["name"]): tuple(rule["column_names"])
                for rule in inspector.get_unique_constraints(table.name)
            }
            foreign = {
                str(key["name"]): (
                    tuple(key["constrained_columns"]),
                    key["referred_table"],
                    (key.get("options") or {}).get("ondelete"),
                )
                for key in inspector.get_foreign_keys(table.name)
            }
            primary = inspector.get_pk_constraint(table.name)["constrained_columns"]
        assert unique == {
            str(rule.name): tuple(column.name for column in rule.columns)
            for rule in table.constraints
            if isinstance(rule, UniqueConstraint)
        }, f"{table.name}: {MEND}"
        assert foreign == foreign_keys(table), f"{table.name}: {MEND}"
        assert primary == [column.name for column in table.primary_key], f"{table.name}: {MEND}"


def test_triggers_are_those_that_the_features_name(app: Flask, database: str) -> None:
    with db.engines["read"].connect() as connection:
        found = set(connection.execute(text(TRIGGERS[database])).scalars())
    assert found == named_triggers(database), (
        "A batch migration makes a table anew and loses its triggers: make them again in the "
        "migration. A new trigger is named in the triggers.py of its feature."
    )


def test_search_indexes_have_the_tables_and_columns_that_they_name(
    app: Flask, database: str
) -> None:
    for index in indexes():
        with db.engines["read"].connect() as connection:
            inspector = inspect(connection)
            for name, columns in index.tables.items():
                rows = connection.execute(text(f"SELECT * FROM {name} LIMIT 0"))
                found = set(rows.keys()) | ({"rowid"} & set(columns))
                assert found == set(columns), f"{name}: {MEND}"
            if database == "postgresql":
                kinds = [
                    each["dialect_options"].get("postgresql_using")
                    for each in inspector.get_indexes(index.name)
                ]
                assert kinds == ["gin"], f"{index.name}: {MEND}"


def test_the_journal_takes_entries_and_refuses_to_change_or_lose_one(app: Flask) -> None:
    with write():
        journal.append("first act", actor=None, subject="a thing")
        journal.append("second act", actor=None, subject="a thing", detail="because")
    table = JournalEntry.__tablename__
    for change in (
        f"UPDATE {table} SET act = 'other' WHERE number = 1",
        f"UPDATE {table} SET number = 9 WHERE number = 2",
        f"DELETE FROM {table} WHERE number = 2",
        f"DELETE FROM {table}",
    ):
        with pytest.raises(DBAPIError, match="append-only"), write():
            db.session.execute(text(change))
    assert journal.verify() == 2


def what_is_there(database: str) -> set[str]:
    """Every table, index, trigger, function, type of the database."""
    with db.engines[None].connect() as connection:
        return set(connection.execute(text(EVERYTHING[database])).scalars())


def ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether a table is ours to compare: no search index, nor what SQLite keeps for one."""
    searched = tuple(index.name for index in indexes())
    return not (kind == "table" and (name or "").startswith(NOT_OURS + searched))


def defaults_differ(
    context: MigrationContext, _there: Any, _model: Any, found: Any, _wanted: Any, rendered: Any
) -> bool | None:
    """Whether a default differs; alembic's own comparison takes SQLite's '' for a difference."""
    if context.dialect.name != "sqlite":
        return None
    return bare(found) != bare(rendered)


def bare(default: object) -> str | None:
    """A default without its quotes and brackets."""
    return None if default is None else str(default).strip("()'\"")


def plain(sql: str) -> str:
    """A condition without what does not matter."""
    return re.sub(r"[\s()]+", " ", sql).strip().replace('"', "").lower()


def indexes_found(connection: Connection, table: str) -> dict[str, tuple[object, ...]]:
    """The indexes of a table in the database: columns, uniqueness, condition."""
    found: dict[str, tuple[object, ...]] = {}
    dialect = connection.dialect.name
    for index in inspect(connection).get_indexes(table):
        if index.get("duplicates_constraint"):
            continue
        where = (index.get("dialect_options") or {}).get(f"{dialect}_where")
        found[str(index["name"])] = (
            tuple(index["column_names"]),
            bool(index["unique"]),
            None if where is None else plain(str(where)),
        )
    return found


def described(index: Index, dialect: str) -> tuple[object, ...]:
    """The same of an index of a model."""
    where = index.dialect_options[dialect].get("where")
    return (
        tuple(column.name for column in index.columns),
        bool(index.unique),
        None if where is None else plain(str(where)),
    )


def foreign_keys(table: Table) -> dict[str, tuple[object, ...]]:
    """The foreign keys of a model: columns, table referred to, what its deletion does."""
    return {
        str(key.name): (
            tuple(column.name for column in key.columns),
            key.referred_table.name,
            key.ondelete,
        )
        for key in table.foreign_key_constraints
    }


def named_triggers(database: str) -> set[str]:
    """The triggers that features name in their ``triggers.py`` for the database at hand."""
    modules = (ROOT / "citizen_voice").rglob("triggers.py")
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules]
    modules_found = [import_module(name) for name in names]
    triggers = {trigger for module in modules_found for trigger in module.NAMES}
    if database == "postgresql":
        triggers |= {name for module in modules_found for name in module.NAMES_ON_POSTGRESQL}
    return triggers
