"""Copying SQLite while it is written to, and putting a copy in its place."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from citizen_voice.backups import workplace
from citizen_voice.backups.archive import Progress
from citizen_voice.backups.state import EMPTY, State, ours, refuse_empty
from citizen_voice.errors import Refusal

PAGES = 2_000
PATIENCE = 1.0


class SQLite:
    """The embedded database, one file."""

    dialect = "sqlite"

    def __init__(self, url: str) -> None:
        self.path = Path(make_url(url).database or "").resolve()

    def size(self) -> int:
        """About how many bytes there are to copy."""
        return self.path.stat().st_size if self.path.exists() else 0

    def copy(self, target: Path, progress: Progress) -> State:
        """Write the database as it is at one moment into a file, while others write.

        The pages are read inside one transaction. Without it SQLite would begin again with every
        change that somebody else makes, and in a storm never come to an end.
        """
        if not self.path.exists():
            raise Refusal(EMPTY)
        with self._trouble(), closing(_connect(self.path)) as source:
            source.execute("PRAGMA query_only = ON")
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            page_size = source.execute("PRAGMA page_size").fetchone()[0]
            left = -1

            def tell(_status: int, remaining: int, total: int) -> None:
                nonlocal left
                before, left = (total if left < 0 else left), remaining
                progress((before - remaining) * page_size)

            with closing(sqlite3.connect(target)) as copied:
                copied.execute("PRAGMA synchronous = OFF")  # it is synced when the archive is
                source.backup(copied, pages=PAGES, progress=tell, sleep=0)
                copied.execute("PRAGMA journal_mode = DELETE")
            source.execute("ROLLBACK")
        return self._state(target)

    def is_empty(self) -> bool:
        """Whether there is nothing that a restore would replace."""
        if not self.path.exists() or not self.path.stat().st_size:
            return True
        with self._trouble(), closing(_connect(self.path)) as connection:
            return not _tables(connection)

    def refuse_if_used(self) -> None:
        """Raise ``Refusal`` where another process has the file open."""
        if self.path.exists():
            with self._alone():
                pass

    def put(self, file: Path) -> None:
        """Put a copy in the file's place, in one step, once SQLite has read all of it."""
        if not _is_whole(file):
            raise Refusal("The database in this backup is damaged. Nothing was restored.")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        workplace.belongs_as(file, self.path.parent)
        if not self.path.exists():
            for ending in ("-wal", "-shm", "-journal"):  # of a file that somebody took away
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            file.replace(self.path)
        else:
            with self._alone():  # nothing of it is left in a log of its own beside it
                file.replace(self.path)

    def finish(self) -> None:
        """See that the file's name is on the disk, too."""
        workplace.keep(self.path.parent)

    def count(self, tables: Iterable[str]) -> dict[str, int]:
        """How many rows each table has; a table that is not there has none."""
        with self._trouble(), closing(_connect(self.path)) as connection:
            there = _tables(connection)
            return {name: _count(connection, name) if name in there else 0 for name in tables}

    def _state(self, copied: Path) -> State:
        with closing(_connect(copied)) as connection:
            there = _tables(connection)
            schema = None
            if "alembic_version" in there:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                schema = row and str(row[0])
            counts = {name: _count(connection, name) for name in ours(there)}
        return State(refuse_empty(schema), sqlite3.sqlite_version, counts)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Have the file for ourselves; raises ``Refusal`` where others have it open.

        SQLite ends the use of a log beside the file only when nobody else is there.
        """
        with self._trouble(), closing(_connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            yield
            connection.execute("ROLLBACK")

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Refusal(
                    "The database is in use. Stop the site and its worker, and whatever else has "
                    "it open, then try again."
                ) from None
            raise OSError(None, str(error), str(self.path)) from None
        except sqlite3.DatabaseError as error:
            raise Refusal(f"{self.path.name} can't be read: {error}. Move it away.") from None


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that is there."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _is_whole(path: Path) -> bool:
    try:
        with closing(_connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name for (name,) in found}


def _count(connection: sqlite3.Connection, table: str) -> int:
    # a name out of our own models, or one that the manifest's pattern let through
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # nosec B608
    return int(row[0])
