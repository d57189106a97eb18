"""Whether the site is well, for machines that watch it."""

import os
import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from citizen_voice import create_app
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from tests.conftest import settings
from tests.servers.postgres import PostgresServer


def test_a_well_site_is_alive_and_ready_and_nobody_keeps_the_answer(app: Flask) -> None:
    client = app.test_client()
    for address, said in (("/healthz", "ok"), ("/readyz", "ready")):
        answer = client.get(address)
        assert (answer.status_code, answer.json) == (200, {"status": said})
        assert answer.headers["Cache-Control"] == "no-store"


def test_another_schema_is_not_ready(app: Flask) -> None:
    with write():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert reason(app.test_client()) == "schema"
    with write():
        db.session.execute(text("DROP TABLE alembic_version"))
    assert reason(app.test_client()) == "schema"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_disk_that_is_all_but_full_is_not_ready(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert reason(app.test_client()) == "disk"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_file_that_cannot_be_written_is_not_ready(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _how: False)  # root may write all
    assert reason(app.test_client()) == "read-only"


@pytest.fixture
def down(tmp_path: object, fresh: Settings) -> Iterator[Flask]:
    """A site whose PostgreSQL has gone away."""
    with PostgresServer.start() as server:
        app = create_app(settings(fresh.instance, server.create_database("voice")))
        server.kill()
    yield app
    let_go(app)


@pytest.mark.parametrize("database", ["sqlite"])
def test_without_its_database_it_is_alive_and_not_ready_and_says_no_more(down: Flask) -> None:
    client = down.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert reason(client) == "database"


def reason(client: FlaskClient) -> str:
    """Why it is not ready; nothing else is told."""
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert set(answer.json) == {"status", "reason"}
    assert client.get("/healthz").status_code == 200
    return str(answer.json["reason"])
