"""Copying PostgreSQL with pg_dump, and giving a database what such a copy holds."""

import os
import shutil
import subprocess  # nosec B404  # PostgreSQL's programs
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from citizen_voice.backups import programs
from citizen_voice.backups.archive import CHUNK, Progress
from citizen_voice.backups.programs import Programs
from citizen_voice.backups.state import State, ours, refuse_empty
from citizen_voice.errors import Refusal

QUEUE = "huey_*"
SECONDS = 5

# Everything in the schema but the worker's queue and what belongs to an extension.
TABLES = r"""
SELECT c.relname FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND c.relname NOT LIKE 'huey\_%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
EMPTY = r"""
DO $$
DECLARE thing text;
BEGIN
  FOR thing IN
    SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW'
           WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname)
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND c.relname NOT LIKE 'huey\_%'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('DROP TEXT SEARCH CONFIGURATION IF EXISTS public.%I CASCADE', t.cfgname)
    FROM pg_catalog.pg_ts_config t
    WHERE t.cfgnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
  LOOP EXECUTE thing; END LOOP;
END $$;
"""
BEGIN = f"BEGIN;\nSET LOCAL lock_timeout = '{SECONDS}s';\n{EMPTY}\n"


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
            there = {name for (name,) in connection.execute(TABLES)}
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
            return connection.execute(TABLES).fetchone() is None

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
        """Empty the database and fill it from a copy, in one transaction."""
        with self._connected() as connection:
            tools = _programs(connection)
        reading = ["--file=-", "--no-owner", "--no-privileges", "--no-comments", str(file)]
        with (
            tempfile.TemporaryFile() as said,
            self._running(tools, "pg_restore", *reading, stdout=subprocess.PIPE, said=said) as out,
            self._running(
                tools,
                "psql",
                f"--dbname={self._address}",
                "--no-password",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                stdin=subprocess.PIPE,
                said=said,
            ) as into,
        ):
            done = _fed(out, into)
            if not done:
                raise Refusal(f"Nothing was restored. PostgreSQL says: {_first_lines(said)}")

    def count(self, tables: Iterable[str]) -> dict[str, int]:
        """How many rows each table has; a table that is not there has none."""
        with self._connected() as connection:
            there = {name for (name,) in connection.execute(TABLES)}
            return {name: _count(connection, name) if name in there else 0 for name in tables}

    def _dump(self, tools: Programs, snapshot: str, target: Path, progress: Progress) -> None:
        with tempfile.TemporaryFile() as said:
            with self._running(
                tools,
                "pg_dump",
                f"--dbname={self._address}",
                "--no-password",
                "--format=custom",
                f"--snapshot={snapshot}",
                f"--exclude-table={QUEUE}",
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                f"--file={target}",
                said=said,
            ) as dump:
                written = 0
                while dump.poll() is None:
                    time.sleep(0.02)
                    now = target.stat().st_size if target.exists() else 0
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

    @contextmanager
    def _running(
        self,
        tools: Programs,
        name: str,
        *arguments: str,
        said: IO[bytes],
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A program of PostgreSQL's; the password goes to it by the environment."""
        program = subprocess.Popen(  # nosec B603  # a program found where PostgreSQL puts it
            [tools.path(name), *arguments],
            env=self._environ,
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        )
        try:
            yield program
        finally:
            for pipe in (program.stdin, program.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # it has ended by itself
                        pipe.close()
            program.kill()
            program.wait()


def _fed(out: subprocess.Popen[bytes], into: subprocess.Popen[bytes]) -> bool:
    """Give the one what the other writes; the commit follows once all of it is there.

    Whoever is killed in between leaves a transaction without an end, which the server undoes.
    """
    assert out.stdout is not None  # nosec B101  # both were asked for
    assert into.stdin is not None  # nosec B101
    try:
        into.stdin.write(BEGIN.encode())
        shutil.copyfileobj(out.stdout, into.stdin, CHUNK)
        if out.wait():
            return False
        into.stdin.write(b"\nCOMMIT;\nANALYZE;\n")
        into.stdin.close()
    except BrokenPipeError:
        return False
    return into.wait() == 0


def _programs(connection: Any) -> Programs:
    return programs.fitting(connection.info.server_version // 10_000)


def _number(connection: Any, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])


def _count(connection: Any, table: str) -> int:
    # a name out of our own models, or one that the manifest's pattern let through
    return _number(connection, f'SELECT count(*) FROM public."{table}"')  # nosec B608


def _first_lines(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(2_000).decode("utf-8", "replace").strip() or "nothing"
