"""Runs migrations through the engine that writes. The worker's queue and search indexes have no
models: autogenerate leaves them alone."""

from typing import Any

from alembic import context
from flask import current_app

from citizen_voice.search import indexes

database = current_app.extensions["migrate"].db
arguments: dict[str, Any] = dict(current_app.extensions["migrate"].configure_args)


def ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether autogenerate should look at a table."""
    without_models = ("huey_", *(index.name for index in indexes()))
    return not (kind == "table" and (name or "").startswith(without_models))


def run() -> None:
    """Bring the database to the revision that was asked for, in one transaction."""
    engine = database.engines[None]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # a batch migration makes tables anew, which foreign keys would take for deletions
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=ours,
            transaction_per_migration=False,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


run()
