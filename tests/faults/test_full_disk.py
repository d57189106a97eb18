"""A full disk: nothing half-saved, nothing typed lost."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event, text

from citizen_voice import create_app
from citizen_voice.answers import recount
from citizen_voice.db import db, write
from citizen_voice.errors import Busy
from citizen_voice.limits import LimitHit
from tests.client import Client
from tests.conftest import settings
from tests.factories.ideas import figures
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.faults.trouble import (
    SENT,
    assert_reading_works,
    assert_typed_is_given_back,
    saved,
    send_again,
    suggesting,
)

pytestmark = pytest.mark.usefixtures("short_patience")


class SmallDisk:
    """Where the database lies. ``fill`` leaves no room, ``make_room`` gives it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mounted = False
        self._ballast = folder / "ballast"
        with suppress(FileNotFoundError):
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder],
                capture_output=True,
                check=False,
            )
            self.mounted = done.returncode == 0

    def fill(self) -> None:
        """Not a byte is left."""
        if not self.mounted:
            self._limit("PRAGMA max_page_count = 1")  # which means: as many as there are now
            fill_pages()
            return
        with self._ballast.open("ab", buffering=0) as ballast, suppress(OSError):
            for size in (65_536, 4_096, 1):
                with suppress(OSError):
                    while True:
                        ballast.write(b"\0" * size)

    def make_room(self) -> None:
        """Somebody deletes something."""
        if not self.mounted:
            self._limit("PRAGMA max_page_count = 1000000")
            return
        self._ballast.unlink()

    def _limit(self, pragma: str) -> None:
        engine = db.engines[None]
        engine.dispose()
        event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma))

    def close(self) -> None:
        """Take the disk away."""
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.folder], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir()
    disk = SmallDisk(folder)
    if not disk.mounted:
        print("No disk can be mounted here: SQLite's page limit stands in.")  # noqa: T201
    yield disk
    disk.close()


@pytest.fixture
def on_small_disk(small_disk: SmallDisk, sqlite_template: Path, tmp_path: Path) -> Iterator[Client]:
    """A browser at a site whose database lies on the small disk."""
    place = small_disk.folder / "citizen-voice.db"
    place.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings(tmp_path / "instance", f"sqlite:///{place}"), pool_size=4)
    app.testing = True
    app.test_client_class = Client
    with app.app_context():
        client = app.test_client()
        assert isinstance(client, Client)
        yield client
        let_go()
    app.extensions["citizen_voice.jobs"].close()


def test_a_full_disk_loses_nothing_and_gives_back_what_was_typed(
    on_small_disk: Client, small_disk: SmallDisk
) -> None:
    client = on_small_disk
    address, number = suggesting(client)
    small_disk.fill()
    for _ in range(10):  # what room its last pages have is used up at last
        before = saved()
        refused = client.send(address, SENT)
        if refused.status_code != 303:
            break
    assert_typed_is_given_back(refused)
    answered = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    assert answered.status_code in (303, 503)  # it may fit where something was deleted
    assert_reading_works(client, number)
    assert len(storm.rows()) == (answered.status_code == 303)
    assert saved() == before
    assert recount.differences() == []
    small_disk.make_room()
    assert send_again(client, refused).status_code == 303
    assert saved() == before + 1
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "oppose"}).status_code == 303
    assert figures(number) == (0, 1, 0)
    assert recount.differences() == []
    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def fill_pages() -> None:
    """Write until a write fails."""
    with suppress(Busy):
        while True:
            with write():
                db.session.add(
                    LimitHit(scope="filler", subject=os.urandom(16).hex(), window_end=1, hits=1)
                )
