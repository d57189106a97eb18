"""An installation with something in it, and another one to restore into."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from citizen_voice import config
from citizen_voice.answers import services as answers
from citizen_voice.cli import main
from citizen_voice.config import Settings
from citizen_voice.db import write
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.servers.binaries import embedded_binaries, installed_binaries
from tests.servers.postgres import PostgresDatabases
from tests.servers.processes import free_port


class Installation:
    """An instance folder and a database, and the command line on them."""

    def __init__(self, instance: Path, database_url: str | None) -> None:
        self.instance = instance
        instance.mkdir(exist_ok=True)
        self.settings = {
            "ENV": "development",
            "INSTANCE": str(instance),
            "BIND": f"127.0.0.1:{free_port()}",
        }
        if database_url:
            self.settings["DATABASE_URL"] = database_url
        self.erasures = instance.with_name(instance.name + "-erasures.jsonl")
        self.erasures.touch()  # as where the site was served, and nobody was erased

    @property
    def environment(self) -> dict[str, str]:
        """Its settings as environment variables."""
        return {config.PREFIX + name: value for name, value in self.settings.items()}

    def run(self, *arguments: object, expect: int = 0) -> Result:
        """Run a command."""
        with pytest.MonkeyPatch.context() as patch:
            for name in config.NAMES:
                patch.delenv(config.PREFIX + name, raising=False)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        said = (arguments, result.output, result.exception)
        assert result.exit_code == expect, said
        assert result.exception is None or isinstance(result.exception, SystemExit), said
        return result

    def refused(self, *arguments: object) -> str:
        """Run a command that is refused; gives what it says."""
        return self.run(*arguments, expect=1).output

    def backup(self, *arguments: object) -> Path:
        """Make a backup; gives where it is."""
        return Path(self.run("backup", *arguments).output.partition(": ")[0])

    def left_over(self) -> list[str]:
        """The names of what is half done."""
        return [path.name for path in self.instance.rglob("*.part")]


Make = Callable[[], Installation]
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs, of the server that runs, can be found."""
    folder = installed_binaries() or embedded_binaries()
    if folder is not None:
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def here(app: Flask, fresh: Settings) -> Installation:
    """The installation of the test's ``app``, with three ideas and four answers."""
    ideas = [idea(challenge()) for _ in range(3)]
    person, other = resident(), resident(name="Siân ‘Llew’ O’Brien")
    with write():
        answers.cast(person, ideas[0], "support")
        answers.cast(person, ideas[1], "oppose")
        answers.cast(other, ideas[0], "support")
        answers.cast(other, ideas[2], "skip")
    found = Installation(fresh.instance, None if fresh.sqlite else fresh.database_url)
    found.settings["SECRET_KEY"] = fresh.secret_key
    return found


@pytest.fixture
def elsewhere(
    new_installation: Make,
) -> Installation:
    """Another installation, with an empty database."""
    return new_installation()


@pytest.fixture
def new_installation(
    database: str, tmp_path: Path, request: pytest.FixtureRequest, built_assets: Path
) -> Iterator[Make]:
    """Make installations with empty databases."""
    names: list[str] = []

    def make() -> Installation:
        name = f"other_{uuid.uuid4().hex}"
        url = None
        if database == "postgresql":
            postgres: PostgresDatabases = request.getfixturevalue("postgres")
            url = postgres.create_database(name)
            names.append(name)
        made = Installation(tmp_path / name, url)
        (made.instance / "assets").symlink_to(built_assets)
        return made

    yield make
    for name in names:
        request.getfixturevalue("postgres").drop_database(name)
