"""The app for commands."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from citizen_voice import create_app, kept, revisions
from citizen_voice.accounts import erasures
from citizen_voice.db import db
from citizen_voice.errors import Refusal
from citizen_voice.words import force_locale

Command = TypeVar("Command", bound=Callable[..., Any])


def with_app(*, current_schema: bool = True) -> Callable[[Command], Command]:
    """Run a command inside the app. Refuses a database whose schema is not the present one."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def inside(*args: Any, **kwargs: Any) -> Any:
            app = create_app()
            try:
                with app.app_context(), force_locale("en"):
                    if current_schema:
                        refuse_other_schema()
                    return command(*args, **kwargs)
            finally:
                let_go(app)

        return inside  # type: ignore[return-value]  # the same signature

    return decorate


def refuse_other_schema() -> None:
    """Raise ``Refusal`` unless the database is at the newest migration."""
    try:
        found, newest = revisions.revision(), revisions.newest()
    except (OperationalError, ProgrammingError) as error:
        raise Refusal(f"The database can't be reached: {error.orig}") from None
    if found != newest:
        raise Refusal(
            f"The database is at revision {found or 'none'}; this version needs {newest}. "
            f"Make a backup, then run: citizen-voice migrate"
        )


def refuse_erased_people() -> None:
    """Raise ``Refusal`` where people are here who were erased; finishes what was cut off."""
    finished = erasures.refuse_unapplied()
    if finished:
        click.echo(f"Erasures that were cut off, now done: {finished}.", err=True)


def let_go(app: Flask) -> None:
    """Close what this process has open of the databases.

    The web processes are forks of ``serve``, and SQLite in a fork believes that it holds the locks
    of the connections it came with: it would then write without any.
    """
    with app.app_context():
        db.session.remove()
        kept.close()
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["citizen_voice.jobs"].close()
