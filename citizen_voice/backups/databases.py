"""What a backup needs of a database, whichever it is."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from citizen_voice.backups.archive import Progress
from citizen_voice.backups.postgresql import PostgreSQL
from citizen_voice.backups.sqlite import SQLite
from citizen_voice.backups.state import State
from citizen_voice.config import Settings


class Database(Protocol):
    """SQLite or PostgreSQL, seen from outside the site. Each method raises ``Refusal``."""

    dialect: str

    def size(self) -> int:
        """About how many bytes there are to copy."""

    def copy(self, target: Path, progress: Progress) -> State:
        """Write the database as it is at one moment into a file, while others write."""

    def is_empty(self) -> bool:
        """Whether there is nothing that a restore would replace."""

    def refuse_if_used(self) -> None:
        """Raise where another process has it open."""

    def put(self, file: Path) -> None:
        """Make it what ``copy`` wrote, wholly or not at all; ``InDoubt`` is raised of both.

        ``OSError`` comes before anything was changed, too.
        """

    def finish(self) -> None:
        """Do what is good to have afterwards. Raises ``OSError``, too; it holds what was put."""

    def count(self, tables: Iterable[str]) -> dict[str, int]:
        """How many rows each table has."""


def database(settings: Settings) -> Database:
    """The database of an installation."""
    return SQLite(settings.database_url) if settings.sqlite else PostgreSQL(settings.database_url)
