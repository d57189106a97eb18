"""The real server, on the database of the test."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import db as database_module
from citizen_voice.config import Settings
from citizen_voice.db import db
from tests.faults import storm
from tests.faults.resident import Resident
from tests.faults.trouble import Tab
from tests.servers.site import LiveSite


@pytest.fixture
def site(app: Flask, fresh: Settings) -> Iterator[LiveSite]:
    """The site with two web processes, not started yet; the test's ``app`` looks at its rows."""
    url = None if fresh.sqlite else fresh.database_url
    live = LiveSite(fresh.instance, database_url=url, workers=2)
    yield live
    live.stop()


def let_go() -> None:
    """Close the test's own connections: what is left of a crash is then for the site to mend."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a second for a lock, not five."""
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 1)


@pytest.fixture
def tab() -> Iterator[Tab]:
    """Open a browser's tab at a real server, with a connection of its own."""
    tabs: list[Resident] = []

    def opened(site: LiveSite, person: UUID | None, number: int) -> Resident:
        tabs.append(Resident(storm.who(site, person, [number])))
        tabs[-1].connect()
        return tabs[-1]

    yield opened
    for each in tabs:
        each.close()
