"""A backup in the middle of a storm, restored elsewhere; and backups and restores that are killed.

The storm's processes are the residents of ``test_storm``. Everything here goes through the real
server and the real commands.
"""

import os
import random
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, select

from citizen_voice import revisions
from citizen_voice.answers import services as answers
from citizen_voice.answers.models import NAMES, Answer
from citizen_voice.backups import archive, making, restoring
from citizen_voice.cli import main
from citizen_voice.config import Settings
from citizen_voice.db import write
from tests.conftest import settings
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.servers.binaries import embedded_binaries, installed_binaries
from tests.servers.postgres import PostgresDatabases
from tests.servers.site import LiveSite

BEFORE, AFTER = 1.5, 5.0  # seconds of answers before the backup begins, and from then on
TIMES = 12
URL = "CITIZEN_VOICE_DATABASE_URL"


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs, of the server that runs, can be found."""
    folder = installed_binaries() or embedded_binaries()
    if folder is not None:
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(
    database: str, built_assets: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[LiveSite]:
    """Another installation, with an empty database of its own."""
    url, name = None, f"elsewhere_{uuid.uuid4().hex}"
    if database == "postgresql":
        postgres: PostgresDatabases = request.getfixturevalue("postgres")
        url = postgres.create_database(name)
    site = LiveSite(tmp_path / "elsewhere", database_url=url, workers=1)
    (site.instance / "assets").symlink_to(built_assets)
    yield site
    site.stop()
    if url:
        postgres.drop_database(name)


def test_a_backup_in_a_storm_holds_every_answer_acknowledged_before_it_began(
    site: LiveSite, elsewhere: LiveSite, fresh: Settings, database: str, tmp_path: Path
) -> None:
    asked = challenge()
    ideas = [idea(asked) for _ in range(20)]
    persons = [resident() for _ in range(8)]
    with storm.talkers(site, persons, ideas, readers=0) as talkers:
        let_go()
        site.start()
        for talker in talkers:
            talker.set_off(BEFORE)
        for talker in talkers:
            talker.begun()
        first = {talker.person: talker.spell() for talker in talkers}
        for talker in talkers:
            talker.set_off(AFTER)
        for talker in talkers:
            talker.begun()  # they are all at it
        began = time.monotonic()
        said = command(site, "backup", "--to", str(tmp_path / "kept"))
        took = time.monotonic() - began
        second = {talker.person: talker.spell() for talker in talkers}
    for spell in (*first.values(), *second.values()):
        assert spell["problems"] == []
        assert spell["acknowledged"]

    said = elsewhere.command("restore", said.partition(": ")[0], "--no-erasures-yet")
    assert "0 differences." in said
    assert "entries of the journal hold" in said
    assert elsewhere.command("check") == "0 differences.\n"
    restored = rows_of(elsewhere, fresh)
    wrong = []
    for person, spell in first.items():
        assert person is not None
        for reference, value in spell["last"].items():
            number = int(reference.removeprefix("CV-"))
            found = restored.get((person, number), "none")
            # or what they said of it while the backup was made
            if found != value and reference not in second[person]["last"]:
                wrong.append((person, number, found, value))
    assert wrong == []
    assert restored.keys() <= {(person, number) for person in persons for number in ideas}
    later = storm.rows()
    assert later != restored, "there was no storm while the backup was made"
    with elsewhere, urlopen(f"{elsewhere.base_url}/ideas/CV-{ideas[0]}", timeout=30) as page:
        assert page.status == 200
    print(  # noqa: T201  # for who runs it with -s
        f"\n{database}: {len(restored)} answers restored; the backup took {took:.1f} s, "
        f"{sum(spell['acknowledged'] for spell in second.values())} answers went on"
    )


def command(site: LiveSite, *arguments: str) -> str:
    """Run a command in this process: in a storm, to start another takes longer than the storm."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in site._settings.items():
            patch.setenv(name, value)
        done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def rows_of(site: LiveSite, like: Settings) -> storm.Rows:
    """Every answer in an installation's database."""
    url = like.database_url
    if like.sqlite:
        url = f"sqlite:///{site.instance / 'citizen-voice.db'}"
    else:
        url = site._settings[URL].replace("postgresql", "postgresql+psycopg", 1)
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(Answer.person_id, Answer.idea_id, Answer.value)).all()
    engine.dispose()
    return {(row.person_id, row.idea_id): NAMES[row.value] for row in found}


def test_a_backup_that_is_killed_has_no_name_and_leaves_nothing_behind_for_long(
    fresh: Settings, tmp_path: Path, app: Flask
) -> None:
    some_answers()
    where = making.place(tmp_path / "kept")
    where.folder.mkdir()
    killed = 0
    for _ in range(TIMES):
        killed += kill_within(where.folder, 0.04, making.make, fresh, where, unseen)
    assert killed
    for file in where.folder.glob("*.tar"):  # those that were quicker are whole
        with archive.opened(file) as opened:
            opened.unpack(tmp_path / file.stem, unseen(0))
    making.make(fresh, where, unseen)
    assert {path.suffix for path in where.folder.iterdir()} == {".tar"}


def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(
    elsewhere: LiveSite, fresh: Settings, tmp_path: Path, app: Flask
) -> None:
    files = []
    for _ in range(2):
        some_answers()
        files.append(making.make(fresh, making.place(tmp_path / "kept"), unseen).path)
    there = settings(elsewhere.instance, elsewhere._settings.get(URL))
    newest = revisions.newest()

    def restore(file: Path) -> None:
        restoring.restore(
            there,
            file,
            newest=newest or "",
            replace=True,
            measured=unseen,
            no_erasures_yet=not there.erasure_journal.exists(),
        )

    restore(files[0])
    counts = {15, 30}
    assert len(rows_of(elsewhere, fresh)) == 15
    killed, seen = 0, set()
    for turn in range(TIMES):
        longest = 0.1 if fresh.sqlite else 1.0
        killed += kill_within(elsewhere.instance, longest, restore, files[(turn + 1) % 2])
        seen.add(len(rows_of(elsewhere, fresh)))
    assert killed
    assert seen <= counts
    with elsewhere, urlopen(f"{elsewhere.base_url}/ideas", timeout=30) as page:
        assert page.status == 200
        assert elsewhere.command("check") == "0 differences.\n"
    restore(files[1])
    assert len(rows_of(elsewhere, fresh)) == 30
    assert list(elsewhere.instance.rglob("*.part")) == []


def some_answers() -> None:
    """Fifteen more answers."""
    asked = challenge()
    numbers = [idea(asked) for _ in range(3)]
    for person in [resident() for _ in range(5)]:
        with write():
            for number in numbers:
                answers.cast(person, number, "support")
    let_go()


def unseen(_total: int) -> Callable[[int], None]:
    """Progress that nobody looks at."""
    return lambda _count: None


def kill_within(folder: Path, longest: float, act: Callable[..., object], *given: object) -> bool:
    """Have a process do something, and kill it once it is at work in a folder.

    Gives whether it still ran. It is a fork: to start Python takes longer than the work.
    """
    before = parts(folder)
    running = get_context("fork").Process(target=act, args=given, daemon=True)
    running.start()
    while running.is_alive() and not parts(folder) - before:
        time.sleep(0.001)
    time.sleep(random.random() * longest)
    running.kill()
    running.join()
    assert running.exitcode in (0, -signal.SIGKILL)
    return running.exitcode != 0


def parts(folder: Path) -> set[Path]:
    """What is half done in a folder."""
    return set(folder.glob("*.part"))
