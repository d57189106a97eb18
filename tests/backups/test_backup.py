"""A backup is one whole file or none, and what is restored is what was there."""

import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from citizen_voice import create_app
from citizen_voice.answers import services as answers
from citizen_voice.cli import schema
from citizen_voice.cli.apps import let_go
from citizen_voice.db import write
from citizen_voice.journal import services as journal
from tests.backups.archives import members
from tests.backups.conftest import Installation, Make
from tests.conftest import settings
from tests.factories.ideas import idea
from tests.factories.people import resident


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
