"""``kill -9`` in the middle of a storm: what was acknowledged is there, once, and nothing else."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from citizen_voice import create_app
from citizen_voice.answers import recount
from tests.conftest import migrated, settings
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.servers.postgres import PostgresServer
from tests.servers.processes import is_alive
from tests.servers.site import LiveSite

ROUNDS = 10
LONGEST = 30.0  # a storm ends when the site does, long before


class Aftermath:
    """A storm that is broken off again and again, and what the database says each time."""

    def __init__(self, site: LiveSite) -> None:
        asked = challenge()
        self.site = site
        self.ideas = [idea(asked) for _ in range(20)]
        self.persons = [resident() for _ in range(8)]
        self.acknowledged = 0
        self.under_way = 0
        self._ledger = storm.Ledger()
        self._chance = random.Random()

    @contextmanager
    def residents(self) -> Iterator[list[storm.Talker]]:
        """Their processes, which live through every round."""
        with storm.talkers(self.site, self.persons, self.ideas, readers=0) as talkers:
            let_go()
            yield talkers

    def round(self, talkers: list[storm.Talker], crash: Callable[[], None]) -> None:
        """Storm for a moment, crash, and listen to what everybody was told until then."""
        for talker in talkers:
            talker.set_off(LONGEST)
        for talker in talkers:
            talker.begun()
        time.sleep(self._chance.random())
        crash()
        for talker in talkers:
            assert talker.person is not None
            spell = talker.spell()
            assert spell["acknowledged"]
            assert len(spell["problems"]) == 1, spell["problems"]
            self._ledger.note(talker.person, spell)
            self.acknowledged += spell["acknowledged"]
            self.under_way += spell["under_way"] is not None

    def look(self) -> None:
        """Every acknowledged answer is there, and no figure differs."""
        rows = storm.rows()
        assert self._ledger.hold_against(rows) == []
        assert recount.differences() == []
        figures = storm.counted(rows)
        assert storm.listed() == {n: figures.get(n, Counter()) for n in self.ideas}
        let_go()


def test_the_whole_server_is_killed_ten_times(site: LiveSite, database: str) -> None:
    aftermath = Aftermath(site)
    with aftermath.residents() as talkers:
        site.start()
        for _ in range(ROUNDS):
            everything = family(site.pid)
            assert len(everything) == 4, "the server, two web processes and the worker"
            aftermath.round(talkers, site.kill)
            assert [pid for pid in everything if is_alive(pid)] == []
            site.start()  # on the same port: nobody holds it
            aftermath.look()
    assert site.command("check") == "0 differences.\n"
    assert site.stop() == 0
    assert aftermath.acknowledged
    print(  # noqa: T201  # for who runs it with -s
        f"\n{database}: {aftermath.acknowledged} answers acknowledged in {ROUNDS} rounds, "
        f"{aftermath.under_way} under way when the server was killed"
    )


def test_the_server_alone_is_killed_and_takes_everything_along(site: LiveSite) -> None:
    aftermath = Aftermath(site)
    with aftermath.residents() as talkers:
        site.start()
        everything = family(site.pid)
        aftermath.round(talkers, lambda: os.kill(site.pid, signal.SIGKILL))
        wait_for(lambda: not any(is_alive(pid) for pid in everything), "an end of all of them")
        site.kill()  # nothing is left; it forgets the server
        site.start()
        aftermath.look()
    assert site.command("check") == "0 differences.\n"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_web_process_alone_is_killed_and_another_takes_its_place(site: LiveSite) -> None:
    site.start()
    main, *_others = before = family(site.pid)
    web = [pid for pid in before[1:] if "serve" in command(pid)]
    os.kill(web[0], signal.SIGKILL)
    wait_for(lambda: web[0] not in family(main) and len(family(main)) == 4, "another one")
    assert site.stop() == 0


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("database", ["sqlite"])
def test_a_server_that_has_just_begun_can_be_stopped_and_killed(
    site: LiveSite, moment: float
) -> None:
    """Its web processes are not ready for signals yet, but heed them."""
    site.start()  # one of them answers, the other may still be reading its code
    time.sleep(moment)
    assert site.stop() == 0
    site.start()
    everything = family(site.pid)
    time.sleep(moment)
    os.kill(site.pid, signal.SIGKILL)
    wait_for(lambda: not any(is_alive(pid) for pid in everything), "an end of all of them")


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_server_itself_holds_no_database_that_its_forks_would_share(site: LiveSite) -> None:
    """SQLite in a fork takes the locks of its parent's connections for its own."""
    site.start()
    main, *others = family(site.pid)
    assert databases_of(main) == set()
    held = [databases_of(pid) for pid in others if "serve" in command(pid)]
    assert any("citizen-voice.db" in names for names in held)


@pytest.fixture
def postgres_of_its_own(built_assets: Path) -> Iterator[PostgresServer]:
    """A server that keeps its promises when it is killed itself."""
    with PostgresServer.start(durable=True) as server:
        yield server


def test_postgresql_itself_is_killed(postgres_of_its_own: PostgresServer, tmp_path: Path) -> None:
    server = postgres_of_its_own
    url = server.create_database("voice")
    app = create_app(settings(tmp_path / "instance", url), pool_size=4)
    migrated(app)
    site = LiveSite(tmp_path / "instance", database_url=url, workers=2)
    with app.app_context():
        aftermath = Aftermath(site)
        with aftermath.residents() as talkers, site:
            for _ in range(2):
                aftermath.round(talkers, server.kill)
                server.restart()
                aftermath.look()
            aftermath.round(talkers, lambda: both(server, site))
            server.restart()
            site.start()
            aftermath.look()
            assert site.command("check") == "0 differences.\n"
    app.extensions["citizen_voice.jobs"].close()
    server.drop_database("voice")


def both(server: PostgresServer, site: LiveSite) -> None:
    """Everything goes down at once."""
    server.kill()
    site.kill()


def family(main: int) -> list[int]:
    """The processes of the server's group, it first."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and is_alive(int(entry.name)):
            try:
                if os.getpgid(int(entry.name)) == main:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return sorted(found, key=lambda pid: (pid != main, pid))


def databases_of(pid: int) -> set[str]:
    """The names of the database files that a process has open."""
    opened = (Path(os.path.realpath(entry)) for entry in Path(f"/proc/{pid}/fd").iterdir())
    return {path.name for path in opened if path.suffix.startswith(".db")}


def wait_for(done: Callable[[], bool], what: str, seconds: float = 15) -> None:
    """Wait until ``done``; fails the test when that takes too long."""
    give_up = time.monotonic() + seconds
    while not done():
        if time.monotonic() > give_up:
            pytest.fail(f"waited for {what}")
        time.sleep(0.02)


def command(pid: int) -> str:
    """How a process was started."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
