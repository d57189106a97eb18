"""Fixtures of the real servers. In the root conftest: `pytest_plugins = ["tests.servers.plugin"]`.

One PostgreSQL serves the whole session, however many workers pytest-xdist runs: the process that
spreads the tests starts it before its workers and hands them its address in the environment.
Without xdist it starts when the first test asks. Set CITIZEN_VOICE_TEST_POSTGRES to the address
of a server (a superuser's) to use that one instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.servers import connections
from tests.servers.browser import Visits, chromium
from tests.servers.folders import NoPostgres
from tests.servers.postgres import PostgresDatabases, PostgresServer, databases_at
from tests.servers.site import LiveSite
from tests.servers.smtp import SmtpServer

ADDRESS = "CITIZEN_VOICE_TEST_POSTGRES"

_ours = pytest.StashKey[PostgresServer]()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL where this process spreads the tests over workers."""
    connections.watch()
    spreads = bool(getattr(config.option, "tx", None)) and not hasattr(config, "workerinput")
    if spreads and not config.option.collectonly:
        _databases(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    server = config.stash.get(_ours, None)
    if server is not None:
        os.environ.pop(ADDRESS, None)
        server.stop()


@pytest.fixture(autouse=True)
def connections_are_closed() -> Iterator[None]:
    """Fails the test that leaves a connection to PostgreSQL open, and says who opened it."""
    before = connections.still_open()
    yield
    left = {each: at for each, at in connections.still_open().items() if each not in before}
    for each in left:
        each.close()
    if left:
        opened = "\n".join(left.values())
        pytest.fail(f"{len(left)} connections were left open:\n{opened}", pytrace=False)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> PostgresDatabases:
    """The session's PostgreSQL: `.create_database(name)` gives an address, `.drop_database`."""
    return _databases(pytestconfig)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    """A mail server of this test's own."""
    with SmtpServer() as server:
        yield server


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., LiveSite]]:
    """Make installations of the site, stopped at the end of the module.

    Takes the keyword arguments of `LiveSite` but for the folder; the site is not started yet.
    """
    made: list[LiveSite] = []

    def make(**described: object) -> LiveSite:
        folder: Path = tmp_path_factory.mktemp("site") / "instance"
        site = LiveSite(folder, **described)  # type: ignore[arg-type]
        made.append(site)
        return site

    yield make
    for site in made:
        site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for each process that runs tests."""
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Open pages as fresh visitors: `visit(url, javascript=False)` gives a page.

    Fails the test at its end if a page had a script error or broke its Content-Security-Policy;
    a test that provokes one empties `visit.problems`.
    """
    visits = Visits(browser)
    yield visits
    visits.close()
    if visits.problems:
        pytest.fail("\n".join(["The browser complained:", *visits.problems]), pytrace=False)


def _databases(config: pytest.Config) -> PostgresDatabases:
    """Give the databases of the session's server, starting it where nobody has yet."""
    if ADDRESS not in os.environ:
        try:
            server = PostgresServer.start()
        except NoPostgres as problem:
            pytest.exit(str(problem), returncode=pytest.ExitCode.USAGE_ERROR)
        config.stash[_ours] = server
        os.environ[ADDRESS] = server.server_url
    return databases_at(os.environ[ADDRESS])
