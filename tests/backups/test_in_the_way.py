"""What is in the way of a backup or a restore is said, and leaves things as they were."""

import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from tests.backups.conftest import ON_SQLITE, Installation


def test_nothing_is_restored_under_a_site_that_runs(
    here: Installation, app: Flask, fresh: Any, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    app.test_client().get("/")  # which keeps the database open
    assert "in use" in here.refused("restore", file, "--replace")


@ON_SQLITE
def test_nothing_is_restored_while_somebody_answers_at_the_sites_address(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    with socket.create_server(("127.0.0.1", 0)) as server:
        elsewhere.settings["BIND"] = f"127.0.0.1:{server.getsockname()[1]}"
        assert "The site runs" in elsewhere.refused("restore", file)


@ON_SQLITE
def test_nothing_is_restored_where_people_were_erased_whom_it_would_bring_back(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    journal_file = tmp_path / "erasures.jsonl"
    elsewhere.settings["ERASURE_JOURNAL"] = str(journal_file)
    assert "The erasure journal is missing" in elsewhere.refused("restore", file)
    journal_file.write_text("{}\n")
    assert f"Line 1 of {journal_file} can't be read" in elsewhere.refused("restore", file)
    journal_file.write_text("")
    elsewhere.run("restore", file)


@ON_SQLITE
def test_a_file_that_is_no_database_is_not_replaced_unseen(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    (elsewhere.instance / "citizen-voice.db").write_bytes(os.urandom(8_192))
    assert "Move it away" in elsewhere.refused("restore", file, "--replace")
    (elsewhere.instance / "citizen-voice.db").unlink()
    (elsewhere.instance / "citizen-voice.db-wal").write_bytes(os.urandom(8_192))
    elsewhere.run("restore", file)


# -- the disk -------------------------------------------------------------------------------------


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file can grow beyond this, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_backup_and_no_rest_of_one(
    here: Installation, tmp_path: Path
) -> None:
    whole = here.backup("--to", tmp_path / "whole").stat().st_size
    folder = tmp_path / "kept"
    for size in (0, 20_000, whole - 1_024):
        with files_up_to(size):
            said = here.refused("backup", "--to", folder)
        assert "The backup can't be written" in said, (size, said)
        assert list(folder.iterdir()) == []
    here.backup("--to", folder)


@ON_SQLITE
def test_a_full_disk_leaves_the_old_database(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    elsewhere.run("restore", file)
    before = (elsewhere.instance / "citizen-voice.db").stat().st_ino
    with files_up_to(100_000):
        elsewhere.refused("restore", file, "--replace")
    assert (elsewhere.instance / "citizen-voice.db").stat().st_ino == before
    assert elsewhere.run("check").output == "0 differences.\n"
    assert elsewhere.left_over() == []


@ON_SQLITE
def test_a_place_that_cannot_be_written_is_named(here: Installation, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    said = here.refused("backup", "--to", tmp_path / "a-file" / "kept")
    assert "a-file" in said
    assert "written" in said
