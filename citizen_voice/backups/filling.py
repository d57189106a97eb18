"""Emptying a PostgreSQL database and filling it from a copy, in one transaction."""

import shutil
import subprocess  # nosec B404  # PostgreSQL's programs
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import IO

from citizen_voice.backups.archive import CHUNK
from citizen_voice.backups.programs import Programs

SECONDS = 5
STATEMENT_FAILED = 3
"""psql's exit code where the server refused a statement: nothing after it was sent."""

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
BEGIN = f"""
BEGIN;
SET LOCAL lock_timeout = '{SECONDS}s';
SET LOCAL client_min_messages = warning;
{EMPTY}
"""
COMMIT = "\nCOMMIT;\n"


class End(Enum):
    """How the transaction ended."""

    COMMITTED = auto()
    UNDONE = auto()
    UNKNOWN = auto()
    """The commit was asked for, and no answer came."""


def fill(
    tools: Programs, address: str, environ: Mapping[str, str], file: Path, said: IO[bytes]
) -> End:
    """Have psql do what pg_restore makes of a copy; ``said`` takes what the two complain of.

    ``address`` is without the password, which stands in ``environ``. Raises
    ``KeyboardInterrupt``, and the database is as it was.
    """
    reading = ["--file=-", "--no-owner", "--no-privileges", "--no-comments", str(file)]
    writing = [
        f"--dbname={address}",
        "--no-password",
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
    ]
    with (
        tools.running(
            "pg_restore", *reading, environ=environ, said=said, stdout=subprocess.PIPE
        ) as out,
        tools.running("psql", *writing, environ=environ, said=said, stdin=subprocess.PIPE) as into,
    ):
        return _fed(out, into)


def _fed(out: subprocess.Popen[bytes], into: subprocess.Popen[bytes]) -> End:
    """Give the one what the other writes; the commit follows once all of it is there.

    Whoever is killed in between leaves a transaction without an end, which the server undoes.
    """
    assert out.stdout is not None  # nosec B101  # both were asked for
    assert into.stdin is not None  # nosec B101
    try:
        into.stdin.write(BEGIN.encode())
        shutil.copyfileobj(out.stdout, into.stdin, CHUNK)
        into.stdin.flush()
        if out.wait():
            return End.UNDONE
    except BrokenPipeError:
        return End.UNDONE
    try:
        with suppress(BrokenPipeError):
            into.stdin.write(COMMIT.encode())
            into.stdin.close()
        code = into.wait()
    except KeyboardInterrupt:
        return End.UNKNOWN
    if code == 0:
        return End.COMMITTED
    return End.UNDONE if code == STATEMENT_FAILED else End.UNKNOWN
