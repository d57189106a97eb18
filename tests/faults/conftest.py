"""The real server, on the database of the test."""

from collections.abc import Iterator

import pytest
from flask import Flask

from citizen_voice.config import Settings
from citizen_voice.db import db
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
