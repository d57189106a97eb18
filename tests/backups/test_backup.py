"""A backup is one whole file or none, and what is restored is what was there."""

import io
import json
import os
import resource
import shutil
import socket
import stat
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from citizen_voice import create_app
from citizen_voice.answers import services as answers
from citizen_voice.backups import making, programs
from citizen_voice.backups.archive import measure
from citizen_voice.cli import schema
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from tests.backups.conftest import Installation
from tests.conftest import settings
from tests.factories.ideas import idea
from tests.factories.people import resident

Make = Callable[[], Installation]
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"])


def members(file: Path) -> dict[str, bytes]:
    """What is in an archive."""
    with tarfile.open(file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]


def archive(file: Path, content: dict[str, bytes], *further: tarfile.TarInfo) -> Path:
    """Write an archive, with further entries without content."""
    with tarfile.open(file, "w") as tar:
        for name, value in content.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(value)
            tar.addfile(entry, io.BytesIO(value))
        for entry in further:
            tar.addfile(entry)
    return file


def changed(file: Path, target: Path, **manifest: Any) -> Path:
    """The same backup with another manifest."""
    content = members(file)
    said = json.loads(content["manifest.json"]) | manifest
    return archive(target, content | {"manifest.json": json.dumps(said).encode()})


# -- there and back -------------------------------------------------------------------------------


def test_what_is_restored_elsewhere_is_what_was_there(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    for number in range(3):
        with write():
            journal.append("act", actor=None, subject=f"{number}")
    (here.instance / "secret.key").write_text("b" * 64)
    (here.instance / "uploads" / "2027").mkdir(parents=True)
    (here.instance / "uploads" / "2027" / "0192f.webp").write_bytes(b"picture")
    (here.instance / "settings.toml").write_text('mail_from = "voice@example.org"\n')
    file = here.backup("--to", tmp_path / "kept")
    said = elsewhere.run("restore", file).output
    assert "4 answers" in said
    assert "0 differences." in said
    assert "entries of the journal hold" in said
    assert elsewhere.run("check").output == "0 differences.\n"
    held = here.run("journal", "verify").output
    assert elsewhere.run("journal", "verify").output == held
    assert (elsewhere.instance / "secret.key").read_text() == "b" * 64
    assert (elsewhere.instance / "uploads" / "2027" / "0192f.webp").read_bytes() == b"picture"
    assert not (elsewhere.instance / "settings.toml").exists()
    assert "mail_from" in (elsewhere.instance / "settings-of-the-backup.toml").read_text()
    for name in ("secret.key", "journal.head", "settings-of-the-backup.toml"):
        assert stat.S_IMODE((elsewhere.instance / name).stat().st_mode) == 0o600, name
    again = json.loads(members(elsewhere.backup())["manifest.json"])
    assert again["rows"] == json.loads(members(file)["manifest.json"])["rows"]
    assert here.left_over() == elsewhere.left_over() == []


def test_a_backup_is_for_its_owner_alone_and_says_what_it_is(here: Installation) -> None:
    said = here.run("backup").output
    file = Path(said.partition(": ")[0])
    assert ", 4 answers, schema " in said
    assert file.parent == here.instance / "backups"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    content = members(file)
    assert next(iter(content)) == "manifest.json"
    manifest = json.loads(content["manifest.json"])
    assert manifest["rows"]["answers"] == 4
    assert manifest["rows"]["ideas"] == 3
    assert set(manifest["members"]) == set(content) - {"manifest.json"}
    assert not [name for name in content if "queue" in name or "asset" in name]


@pytest.mark.parametrize("database", ["postgresql"])
def test_the_workers_queue_stays_where_it_is(here: Installation, elsewhere: Installation) -> None:
    file = here.backup()
    assert b"huey" not in members(file)["database.pgdump"]
    elsewhere.run("restore", file)
    elsewhere.run("restore", file, "--replace")  # its queue's tables are there by now


@pytest.mark.parametrize("database", ["postgresql"])
def test_the_password_stands_in_no_command_line(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    popen = subprocess.Popen.__init__

    def watched(self: Any, arguments: Any, *further: Any, **named: Any) -> None:
        seen.append([str(argument) for argument in arguments])
        popen(self, arguments, *further, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    here.backup()
    password = here.settings["DATABASE_URL"].split(":")[2].split("@")[0]
    assert [line for line in seen if "pg_dump" in line[0] and "--format=custom" in line]
    assert not [line for line in seen if password in " ".join(line)]


def test_a_restore_replaces_only_when_told_and_keeps_what_was_there(
    here: Installation, elsewhere: Installation, app: Flask
) -> None:
    first = here.backup()
    elsewhere.run("restore", first)
    number, person = idea(), resident()
    with write():
        answers.cast(person, number, "support")
    second = here.backup()
    assert "--replace" in elsewhere.refused("restore", second)
    assert "4 answers" in elsewhere.run("backup").output
    said = elsewhere.run("restore", second, "--replace").output
    before = Path(said.removeprefix("What was there: ").partition(": ")[0])
    assert json.loads(members(before)["manifest.json"])["rows"]["answers"] == 4
    assert "5 answers" in elsewhere.run("backup").output
    elsewhere.run("restore", before, "--replace")
    assert "4 answers" in elsewhere.run("backup").output
    assert elsewhere.run("check").output == "0 differences.\n"


def test_a_migrated_database_without_anything_can_be_replaced_too(
    here: Installation, elsewhere: Installation
) -> None:
    elsewhere.run("migrate")
    file = here.backup()
    elsewhere.refused("restore", file)
    elsewhere.run("restore", file, "--replace")


def test_an_older_backup_is_restored_and_migrated_if_wished(
    here: Installation, new_installation: Make, app: Flask, tmp_path: Path
) -> None:
    """What an older version made: its own schema, as the first migration made it."""
    old = new_installation()
    of_the_first_migration(old)
    file = old.backup("--to", tmp_path / "old.tar")
    asked, told = new_installation(), new_installation()
    assert "citizen-voice migrate" in asked.run("restore", file).output
    assert "Make a backup" in asked.refused("check")
    asked.run("migrate")
    assert asked.run("check").output == "0 differences.\n"
    said = told.run("restore", file, "--migrate").output
    assert "now at revision" in said
    assert told.run("check").output == "0 differences.\n"


def of_the_first_migration(installation: Installation) -> None:
    """Give an installation the schema that the first version had."""
    from flask_migrate import upgrade

    named = {name.lower(): value for name, value in installation.settings.items()}
    app = create_app(settings(installation.instance, named.get("database_url")))
    with app.app_context():
        schema.migrations(app)
        upgrade(revision="0001")
    let_go(app)


# -- where it goes --------------------------------------------------------------------------------


@ON_SQLITE
def test_the_oldest_go_once_a_new_one_is_there(here: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    made = [here.backup("--to", folder) for _ in range(3)]
    assert len(set(made)) == 3  # within a second, too
    (folder / "citizen-voice-of-the-council.tar").write_text("not ours")
    (folder / "notes.txt").write_text("nor this")
    said = here.run("backup", "--to", folder, "--keep", 2).output
    newest = Path(said.partition(": ")[0])
    assert sorted(folder.glob("citizen-voice-2*.tar")) == sorted([made[2], newest])
    assert said.count("Deleted") == 2
    assert (folder / "citizen-voice-of-the-council.tar").exists()
    assert (folder / "notes.txt").exists()


@ON_SQLITE
def test_a_file_that_is_there_is_never_written_over(here: Installation, tmp_path: Path) -> None:
    file = here.backup("--to", tmp_path / "mine.tar")
    content = file.read_bytes()
    assert "is there already" in here.refused("backup", "--to", file)
    assert file.read_bytes() == content


@ON_SQLITE
def test_wrong_use_is_exit_code_2(here: Installation, tmp_path: Path) -> None:
    for arguments in (
        ("backup", "--keep", "0"),
        ("backup", "--keep", "many"),
        ("backup", "--keep", "2", "--to", tmp_path / "mine.tar"),
        ("backup", "now"),
        ("restore",),
        ("restore", tmp_path / "nowhere.tar"),
        ("restore", tmp_path),
    ):
        here.run(*arguments, expect=2)


def test_nothing_is_backed_up_where_nothing_is(elsewhere: Installation) -> None:
    assert "empty" in elsewhere.refused("backup")
    assert list(elsewhere.instance.glob("backups/*")) == []


@ON_SQLITE
def test_two_backups_at_once_are_both_whole(
    here: Installation, elsewhere: Installation, fresh: Settings, tmp_path: Path
) -> None:
    place = making.place(tmp_path / "kept")
    with ThreadPoolExecutor(2) as both:
        made = [both.submit(making.make, fresh, place, unseen) for _ in range(2)]
    files = {done.result().path for done in made}
    assert len(files) == 2
    for file in files:
        elsewhere.run("restore", file, "--replace")
    assert set(place.folder.iterdir()) == files


# -- what is damaged, or of another kind ----------------------------------------------------------


def test_every_kind_of_damage_is_seen_before_anything_is_touched(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    good, bad = file.read_bytes(), tmp_path / "bad.tar"
    content = members(file)
    database = next(name for name in content if name.startswith("database."))
    in_database = good.index(content[database][:64]) + len(content[database]) // 2
    offsets = [0, 700, good.index(b'"sha256"') + 12, in_database]
    for offset in offsets:  # a byte is flipped
        bad.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        elsewhere.refused("restore", bad)
    for length in (0, 100, 512, 1_500, in_database, len(good) - len(content[database]) // 4):
        bad.write_bytes(good[:length])
        elsewhere.refused("restore", bad)
    bad.write_bytes(os.urandom(4_096))
    elsewhere.refused("restore", bad)
    archive(bad, {name: value for name, value in content.items() if name != database})
    assert database in elsewhere.refused("restore", bad)
    archive(bad, content | {"further.txt": b"x"})
    elsewhere.refused("restore", bad)
    archive(bad, dict(reversed(content.items())))
    elsewhere.refused("restore", bad)
    assert elsewhere.left_over() == []
    assert not (elsewhere.instance / "journal.head").exists()
    elsewhere.run("restore", file)  # into what is empty still


@pytest.mark.parametrize(
    "name", ["../../outside", "/tmp/outside", "uploads/../../outside", "uploads/.x"]
)
@ON_SQLITE
def test_no_name_leads_out_of_the_folder(
    here: Installation, elsewhere: Installation, tmp_path: Path, name: str
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    manifest = json.loads(content["manifest.json"])
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest["members"][name] = {"size": 1, "sha256": digest}  # of the letter x
    said = content | {"manifest.json": json.dumps(manifest).encode(), name: b"x"}
    elsewhere.refused("restore", archive(tmp_path / "bad.tar", said))
    without = content | {name: b"x"}
    elsewhere.refused("restore", archive(tmp_path / "worse.tar", without))
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
@ON_SQLITE
def test_only_regular_files_are_taken(
    here: Installation, elsewhere: Installation, tmp_path: Path, kind: bytes
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    for name in ("secret.key", "uploads/x"):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, str(tmp_path / "victim")
        manifest = json.loads(content["manifest.json"])
        manifest["members"][name] = {"size": 0, "sha256": "0" * 64}
        said = content | {"manifest.json": json.dumps(manifest).encode()}
        said.pop("secret.key", None)
        elsewhere.refused("restore", archive(tmp_path / "bad.tar", said, entry))
    assert not (elsewhere.instance / "uploads").exists()


def test_a_backup_of_the_other_database_or_of_a_later_version_is_refused_in_words(
    here: Installation, elsewhere: Installation, tmp_path: Path, database: str
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    manifest = json.loads(content["manifest.json"])
    ours, other = "database.sqlite", "database.pgdump"
    dialect = "postgresql"
    if database == "postgresql":
        ours, other, dialect = other, ours, "sqlite"
    turned = manifest["members"] | {other: manifest["members"][ours]}
    said = elsewhere.refused(
        "restore", changed(file, tmp_path / "other.tar", dialect=dialect, members=turned)
    )
    assert "CITIZEN_VOICE_DATABASE_URL" in said
    later = changed(file, tmp_path / "later.tar", schema="9999")
    assert "this version knows up to" in elsewhere.refused("restore", later)
    later = changed(file, tmp_path / "much-later.tar", format=2)
    assert "A later version" in elsewhere.refused("restore", later)
    damage: tuple[dict[str, Any], ...] = (
        {"rows": {'answers"; DROP TABLE ideas; --': 1}},
        {"rows": {"answers": -1}},
        {"rows": []},
        {"schema": 6},
        {"members": {}},
        {"moment": "yesterday"},
        {"further": 1},
    )
    for wrong in damage:
        bad = changed(file, tmp_path / "wrong.tar", **wrong)
        assert "manifest" in elsewhere.refused("restore", bad), wrong
    assert "empty" in elsewhere.refused("backup")


def test_a_database_that_a_true_checksum_does_not_mend_is_refused_and_the_old_one_stays(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    elsewhere.run("restore", file)
    content = members(file)
    name = next(name for name in content if name.startswith("database."))
    half = content[name][: len(content[name]) // 2]
    manifest = json.loads(content["manifest.json"])
    bad = tmp_path / "half"
    bad.write_bytes(half)
    digest = measure(bad, lambda _count: None)
    manifest["members"][name] = {"size": digest.size, "sha256": digest.sha256}
    content |= {name: half, "manifest.json": json.dumps(manifest).encode()}
    said = elsewhere.refused("restore", archive(tmp_path / "bad.tar", content), "--replace")
    assert "Nothing was restored" in said
    assert "4 answers" in elsewhere.run("backup").output
    assert elsewhere.run("check").output == "0 differences.\n"


# -- what is in the way ---------------------------------------------------------------------------


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
    journal_file.write_text("{}\n")
    assert "erased" in elsewhere.refused("restore", file)
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


def unseen(_total: int) -> Callable[[int], None]:
    """Progress that nobody looks at."""
    return lambda _count: None


# -- programs -------------------------------------------------------------------------------------


def test_the_nearest_programs_that_are_new_enough_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", os.defpath if not shutil.which("pg_dump") else str(tmp_path))
    for major in (14, 15, 17, 18):
        folder = tmp_path / str(major) / "bin"
        folder.mkdir(parents=True)
        for name in programs.NEEDED:
            program = folder / name
            program.write_text(
                f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.3 (Debian {major}.3)'\n"
            )
            program.chmod(0o755)
    (tmp_path / "17" / "bin" / "psql").unlink()
    assert programs.fitting(15).major == 15
    assert programs.fitting(16).major == 18
    with pytest.raises(Refusal, match=r"apt install .*postgresql-client"):
        programs.fitting(19)
