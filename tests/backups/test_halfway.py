"""A restore that goes wrong late says how far it came, where the old is, and what to do."""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from citizen_voice.answers import services as answers
from citizen_voice.backups import postgresql
from citizen_voice.backups.programs import NEEDED
from citizen_voice.db import db, write
from tests.backups.archives import changed
from tests.backups.conftest import ON_SQLITE, Installation
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.servers.binaries import embedded_binaries, installed_binaries
from tests.servers.postgres import PostgresServer

REPLACED = "The database is now that of the backup"
AGAIN = "then restore the same backup again, with --replace."
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"])


@pytest.fixture
def picture(here: Installation) -> Path:
    """The installation has an upload; gives its name in the folder."""
    name = Path("uploads", "2027", "0192f.webp")
    (here.instance / name).parent.mkdir(parents=True)
    (here.instance / name).write_bytes(b"picture")
    return name


def an_answer_more() -> None:
    """There are five answers now."""
    number, person = idea(), resident()
    with write():
        answers.cast(person, number, "support")


def holds(installation: Installation, count: int) -> None:
    """The installation's database has so many answers, and is as it should be."""
    assert f"{count} answers" in installation.run("backup").output
    assert installation.run("check").output == "0 differences.\n"


def kept(said: str) -> Path:
    """The backup of what was there before, as the words name it."""
    return Path(said.partition("What was there before is in ")[2].partition(".tar")[0] + ".tar")


# -- files ----------------------------------------------------------------------------------------


def test_uploads_that_cannot_be_put_are_said_to_be_missing_under_the_new_database(
    here: Installation, elsewhere: Installation, tmp_path: Path, picture: Path
) -> None:
    elsewhere.run("restore", here.backup("--to", tmp_path / "first.tar"))
    an_answer_more()
    second = here.backup("--to", tmp_path / "second.tar")
    shutil.rmtree(elsewhere.instance / "uploads")
    (elsewhere.instance / "uploads").write_text("a file where a folder belongs")
    said = elsewhere.refused("restore", second, "--replace")
    assert REPLACED in said
    assert str(elsewhere.instance / "uploads") in said
    assert AGAIN in said
    assert "Nothing was restored" not in said
    holds(elsewhere, 5)
    (elsewhere.instance / "uploads").unlink()
    elsewhere.run("restore", second, "--replace")
    assert (elsewhere.instance / picture).read_bytes() == b"picture"
    elsewhere.run("restore", kept(said), "--replace")
    holds(elsewhere, 4)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nothing can be written there, by root neither."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,ro", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("root, and no disk can be mounted")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@ON_SQLITE
def test_an_unwritable_folder_of_uploads_is_named(
    here: Installation, elsewhere: Installation, tmp_path: Path, picture: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    folder = elsewhere.instance / "uploads"
    folder.mkdir()
    with unwritable(folder):
        said = elsewhere.refused("restore", file)
    assert REPLACED in said
    assert str(folder) in said
    assert AGAIN in said
    assert "What was there before" not in said, "nothing was there before"
    elsewhere.run("restore", file, "--replace")
    assert (elsewhere.instance / picture).exists()


def test_what_cannot_be_backed_up_first_is_not_replaced(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    elsewhere.run("restore", file)
    (elsewhere.instance / "backups").write_text("a file where a folder belongs")
    said = elsewhere.refused("restore", file, "--replace")
    assert said.startswith("Nothing was restored, since what is there can't be backed up first.")
    (elsewhere.instance / "backups").unlink()
    holds(elsewhere, 4)


def test_a_backup_that_lacks_rows_is_not_to_be_restored_once_more(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    elsewhere.run("restore", here.backup("--to", tmp_path / "good.tar"))
    wrong = changed(tmp_path / "good.tar", tmp_path / "wrong.tar", rows={"answers": 5})
    said = elsewhere.refused("restore", wrong, "--replace")
    assert REPLACED in said
    assert "other numbers of rows than the backup says: answers" in said
    assert "restore another backup" in said
    assert kept(said).exists()


def test_a_migration_that_fails_afterwards_does_not_unsay_the_restore(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    with write():  # what makes a migration fail: it makes tables that are there
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    said = elsewhere.refused("restore", here.backup("--to", tmp_path / "old.tar"), "--migrate")
    assert "Restored as of" in said
    assert "The backup is restored, but could not be migrated and looked through" in said
    assert "already exists" in said
    assert "citizen-voice migrate, then erasures replay, then check, then journal verify" in said


# -- the server -----------------------------------------------------------------------------------

STAND_IN = """
#!{python}
import os, signal, subprocess, sys
script = sys.stdin.buffer.read()
assert script.endswith(b"COMMIT;\\n")
if {withheld}:
    script = script.removesuffix(b"COMMIT;\\n")
done = subprocess.run(["{real}", *sys.argv[1:]], input=script).returncode
assert done == 0
if {server}:
    os.kill({server}, signal.SIGKILL)
sys.exit({code})
"""
CONNECTION_LOST = 2
Loses = Callable[..., None]


@pytest.fixture
def psql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loses:
    """Have the server, or what it said, be lost at one moment: the commit.

    That moment cannot be hit from outside, so a program stands in for psql. It does by the real
    one what psql does, up to that moment, and ends as psql does where the connection is lost.
    """
    real = next(
        folder
        for folder in (installed_binaries(), embedded_binaries())
        if folder and all((folder / name).exists() for name in NEEDED)
    )
    monkeypatch.setattr(postgresql, "SECONDS", 1)

    def lose(*, withheld: bool = False, server: int = 0, code: int = CONNECTION_LOST) -> None:
        folder = tmp_path / "programs"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in NEEDED:
            (folder / name).symlink_to(real / name)
        (folder / "psql").unlink()
        program = STAND_IN.format(
            python=sys.executable, real=real / "psql", withheld=withheld, server=server, code=code
        )
        (folder / "psql").write_text(textwrap.dedent(program).lstrip())
        (folder / "psql").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr("citizen_voice.backups.programs._folders", lambda: [folder])

    return lose


@ON_POSTGRESQL
def test_where_the_answer_to_the_commit_is_lost_the_database_itself_tells(
    here: Installation, elsewhere: Installation, tmp_path: Path, psql: Loses
) -> None:
    elsewhere.run("restore", here.backup("--to", tmp_path / "first.tar"))
    an_answer_more()
    second = here.backup("--to", tmp_path / "second.tar")
    psql(withheld=True)
    said = elsewhere.refused("restore", second, "--replace")
    assert said.endswith("Nothing was restored. PostgreSQL says: nothing\n")
    holds(elsewhere, 4)
    psql(withheld=False)
    assert "5 answers" in elsewhere.run("restore", second, "--replace").output
    holds(elsewhere, 5)


@pytest.fixture
def passing(elsewhere: Installation) -> Iterator[PostgresServer]:
    """A server of its own, which can be killed, under the other installation."""
    with PostgresServer.start(durable=True) as server:
        elsewhere.settings["DATABASE_URL"] = server.create_database("voice")
        yield server


def pid(server: PostgresServer) -> int:
    return int((server.folder / "data" / "postmaster.pid").read_text().split()[0])


@ON_POSTGRESQL
@pytest.mark.parametrize("withheld", [True, False], ids=["undone", "committed"])
def test_a_server_killed_in_the_commit_leaves_a_doubt_that_is_said(
    here: Installation,
    elsewhere: Installation,
    passing: PostgresServer,
    tmp_path: Path,
    psql: Loses,
    withheld: bool,
) -> None:
    elsewhere.run("restore", here.backup("--to", tmp_path / "first.tar"))
    an_answer_more()
    second = here.backup("--to", tmp_path / "second.tar")
    psql(withheld=withheld, server=pid(passing))
    said = elsewhere.refused("restore", second, "--replace")
    assert "which of the two can't be told" in said
    assert "The database can't be reached" in said
    assert AGAIN in said
    assert "Nothing was restored" not in said
    passing.restart()
    holds(elsewhere, 4 if withheld else 5)
    assert kept(said).exists()


@ON_POSTGRESQL
def test_a_server_killed_after_the_commit_leaves_the_new_database_without_its_files(
    here: Installation,
    elsewhere: Installation,
    passing: PostgresServer,
    tmp_path: Path,
    psql: Loses,
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    psql(server=pid(passing), code=0)
    said = elsewhere.refused("restore", file)
    assert REPLACED in said
    assert "The database can't be reached" in said
    assert AGAIN in said
    passing.restart()
    holds(elsewhere, 4)


@ON_POSTGRESQL
def test_statistics_that_fail_do_not_make_the_restore_fail(
    here: Installation, elsewhere: Installation
) -> None:
    """ANALYZE computes what an index is over; the one here, in a schema that is not ours, fails."""
    file = here.backup()
    with psycopg.connect(elsewhere.settings["DATABASE_URL"], autocommit=True) as connection:
        function = (
            "CREATE OR REPLACE FUNCTION council.half(n int) RETURNS int IMMUTABLE "
            "LANGUAGE plpgsql AS $$ BEGIN {} END $$"
        )
        connection.execute("CREATE SCHEMA council")
        connection.execute("CREATE TABLE council.roads AS SELECT 4 AS length")
        connection.execute(function.format("RETURN n / 2;"))
        connection.execute("CREATE INDEX ON council.roads (council.half(length))")
        connection.execute(function.format("RAISE 'no halves today';"))
    said = elsewhere.run("restore", file).output
    assert "Restored as of" in said
    assert "but one thing that it can do without" in said
    assert "no halves today" in said
    assert "0 differences." in said
    holds(elsewhere, 4)
