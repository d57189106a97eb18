"""Copying PostgreSQL with pg_dump, and giving a database what such a copy holds."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from citizen_voice.backups import filling, programs
from citizen_voice.backups.archive import Progress
from citizen_voice.backups.filling import End
from citizen_voice.backups.programs import Programs
from citizen_voice.backups.state import InDoubt, State, ours, refuse_empty
from citizen_voice.errors import Refusal

QUEUE = "huey_*"
SECONDS = 5

# Everything in the schema but the worker's queue and what belongs to an extension.
TABLES = r"""
SELECT c.relname, c.oid FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND c.relname NOT LIKE 'huey\_%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


class PostgreSQL:
    """A database of a PostgreSQL server."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        from psycopg import conninfo  # noqa: PLC0415  # installed where PostgreSQL is used

        plain = url.replace("postgresql+psycopg", "postgresql", 1)
        given: dict[str, Any] = conninfo.conninfo_to_dict(plain)
        password = given.pop("password", None)
        self._address = conninfo.make_conninfo(**given)
        self._environ = dict(os.environ)
        if password is not None:
            self._environ["PGPASSWORD"] = str(password)
        self._password = password

    def size(self) -> int:
        """About how many bytes there are to copy."""
        with self._connected() as connection:
            return _number(connection, "SELECT pg_database_size(current_database())") // 4

    def copy(self, target: Path, progress: Progress) -> State:
        """Write the database as it is at one moment into a file, while others write.

        What is counted and what pg_dump copies is one snapshot.
        """
        with self._connected() as connection:
            tools = _programs(connection)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            there = _tables(connection)
            schema = None
            if "alembic_version" in there:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                schema = row and row[0]
            state = State(
                refuse_empty(schema),
                str(connection.info.server_version // 10_000),
                {name: _count(connection, name) for name in ours(there)},
            )
            self._dump(tools, snapshot, target, progress)
        return state

    def is_empty(self) -> bool:
        """Whether there is nothing that a restore would replace."""
        with self._connected() as connection:
            return not _tables(connection)

    def refuse_if_used(self) -> None:
        """Raise ``Refusal`` where somebody else is connected to the database."""
        with self._connected() as connection:
            others = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            give_up = time.monotonic() + SECONDS
            while count := _number(connection, others):
                if time.monotonic() > give_up:
                    raise Refusal(
                        f"The database is in use, by {count} connections. Stop the site and its "
                        f"worker, and whatever else is connected, then try again."
                    )
                time.sleep(0.1)  # who has just gone is still listed

    def put(self, file: Path) -> None:
        """Empty the database and fill it from a copy, in one transaction.

        Raises ``Refusal``, and the database is as it was; ``InDoubt`` where that can't be told.
        """
        with self._connected() as connection:
            tools = _programs(connection)
            before = _tables(connection)
        with tempfile.TemporaryFile() as said:
            end = filling.fill(tools, self._address, self._environ, file, said)
            if end is End.UNKNOWN:
                end = End.UNDONE if self._tables_after_all() == before else End.COMMITTED
            if end is End.UNDONE:
                raise Refusal(f"Nothing was restored. PostgreSQL says: {_first_lines(said)}")

    def finish(self) -> None:
        """Give the server its statistics, which it would otherwise gather by and by."""
        with self._connected() as connection:
            connection.execute("ANALYZE")

    def count(self, tables: Iterable[str]) -> dict[str, int]:
        """How many rows each table has; a table that is not there has none."""
        with self._connected() as connection:
            there = _tables(connection)
            return {name: _count(connection, name) if name in there else 0 for name in tables}

    def _tables_after_all(self) -> dict[str, int]:
        """The tables once everybody else has gone, whose transactions have then come to an end."""
        give_up = time.monotonic() + SECONDS
        while True:
            try:
                self.refuse_if_used()
                with self._connected() as connection:
                    return _tables(connection)
            except Refusal as refusal:  # a server that comes back takes a moment
                if time.monotonic() > give_up:
                    raise InDoubt(str(refusal)) from None
            time.sleep(0.2)

    def _dump(self, tools: Programs, snapshot: str, target: Path, progress: Progress) -> None:
        # It is given the file open: were we killed, it would make none in a folder being cleared.
        with tempfile.TemporaryFile() as said, target.open("wb") as file:
            with tools.running(
                "pg_dump",
                f"--dbname={self._address}",
                "--no-password",
                "--format=custom",
                f"--snapshot={snapshot}",
                f"--exclude-table={QUEUE}",
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                environ=self._environ,
                said=said,
                stdout=file.fileno(),
            ) as dump:
                written = 0
                while dump.poll() is None:
                    time.sleep(0.02)
                    now = target.stat().st_size
                    progress(now - written)
                    written = now
            if dump.returncode:
                raise OSError(None, f"pg_dump says: {_first_lines(said)}", str(target))

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A connection; raises ``Refusal`` where the server can't be reached."""
        import psycopg  # noqa: PLC0415  # installed where PostgreSQL is used

        secret: dict[str, Any] = {}
        if self._password is not None:
            secret["password"] = str(self._password)
        try:
            connection = psycopg.connect(
                self._address, autocommit=True, connect_timeout=SECONDS, **secret
            )
        except psycopg.OperationalError as error:
            raise Refusal(f"The database can't be reached: {error}") from None
        with connection:
            try:
                yield connection
            except psycopg.Error as error:
                raise Refusal(f"The database gave up: {error}") from None


def _programs(connection: Any) -> Programs:
    return programs.fitting(connection.info.server_version // 10_000)


def _tables(connection: Any) -> dict[str, int]:
    """Each table and the number that the server gave it, which a table made anew has not."""
    return dict(connection.execute(TABLES).fetchall())


def _number(connection: Any, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])


def _count(connection: Any, table: str) -> int:
    # a name out of our own models, or one that the manifest's pattern let through
    return _number(connection, f'SELECT count(*) FROM public."{table}"')  # nosec B608


def _first_lines(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(2_000).decode("utf-8", "replace").strip() or "nothing"
