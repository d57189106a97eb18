"""Tests of behaviour run on SQLite and on a real PostgreSQL, each on a database of its own."""

import gc
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from citizen_voice import config, create_app, kept
from citizen_voice.cli import schema
from citizen_voice.db import db
from citizen_voice.web import assets
from citizen_voice.widgets import tallies
from tests import quick_sites, scratch
from tests.client import Client
from tests.servers.postgres import PostgresDatabases

pytest_plugins = ["tests.servers.plugin"]

DATABASES = ("sqlite", "postgresql")

quick_sites.remember()
scratch.choose()


def pytest_collection_finish() -> None:
    """Leave out what lives to the end when garbage is looked for: the code and all the tests."""
    gc.collect()
    gc.freeze()


def settings(instance: Path, database_url: str | None = None, **further: str) -> config.Settings:
    """Settings of a test's site: the name of a setting in lower case → its value."""
    values = {"ENV": "development", "INSTANCE": str(instance), "SECRET_KEY": "a" * 64}
    if database_url is not None:
        values["DATABASE_URL"] = database_url
    values |= {name.upper(): value for name, value in further.items()}
    return config.load({config.PREFIX + name: value for name, value in values.items()})


def migrated(app: Flask) -> None:
    """Bring an app's empty database to the newest schema."""
    with app.app_context():
        schema.bring_up_to_date(app)
        kept.close()  # the last to go writes the log back into the file, which is copied
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, otherwise empty SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings(folder))
    migrated(app)
    return folder / "citizen-voice.db"


@pytest.fixture(scope="session")
def postgresql_template(
    postgres: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a migrated, otherwise empty PostgreSQL database, to be copied."""
    name = f"template_{os.getpid()}"
    url = postgres.create_database(name)
    migrated(create_app(settings(tmp_path_factory.mktemp("template"), url)))
    return name


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def built_assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stylesheet and the script, put together once: compressing them takes a while."""
    folder = tmp_path_factory.mktemp("assets")
    assets.build(folder)
    return folder


@pytest.fixture
def fresh(
    database: str, built_assets: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[config.Settings]:
    """Settings with a migrated database of the test's own."""
    shutil.copytree(built_assets, tmp_path / "assets")
    if database == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "citizen-voice.db")
        yield settings(tmp_path)
        return
    postgres: PostgresDatabases = request.getfixturevalue("postgres")
    name = f"test_{uuid.uuid4().hex}"
    url = postgres.create_database(name, template=request.getfixturevalue("postgresql_template"))
    yield settings(tmp_path, url)
    postgres.drop_database(name)


@pytest.fixture
def app(fresh: config.Settings) -> Iterator[Flask]:
    """The site on a database of its own, inside an app context."""
    app = create_app(fresh, pool_size=16)
    app.testing = True
    app.test_client_class = Client
    # views are written down where a test asks: no minute passes in the middle of another one
    app.extensions["citizen_voice.tallies"] = tallies.Tallies(app, every=24 * 3600)
    with app.app_context():
        yield app
        tallies.of(app).close()
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["citizen_voice.jobs"].close()


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor's browser, without scripts."""
    found = app.test_client()
    assert isinstance(found, Client)
    return found
