"""The app for commands."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError, ProgrammingError

from citizen_voice import create_app
from citizen_voice.cli import schema
from citizen_voice.errors import Refusal
from citizen_voice.words import force_locale

Command = TypeVar("Command", bound=Callable[..., Any])


def with_app(*, current_schema: bool = True) -> Callable[[Command], Command]:
    """Run a command inside the app. Refuses a database whose schema is not the present one."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def inside(*args: Any, **kwargs: Any) -> Any:
            app = create_app()
            with app.app_context(), force_locale("en"):
                if current_schema:
                    refuse_other_schema()
                return command(*args, **kwargs)

        return inside  # type: ignore[return-value]  # the same signature

    return decorate


def refuse_other_schema() -> None:
    """Raise ``Refusal`` unless the database is at the newest migration."""
    try:
        found, newest = schema.revision(), schema.newest()
    except (OperationalError, ProgrammingError) as error:
        raise Refusal(f"The database can't be reached: {error.orig}") from None
    if found != newest:
        raise Refusal(
            f"The database is at revision {found or 'none'}; this version needs {newest}. "
            f"Make a backup, then run: citizen-voice migrate"
        )
