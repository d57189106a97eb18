"""A restored backup brings nobody back who was erased after it was made."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import create_app
from citizen_voice.accounts import erasures
from citizen_voice.accounts.models import Person
from citizen_voice.cli.apps import let_go
from citizen_voice.db import db, write
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR
from tests.backups.conftest import Installation
from tests.conftest import settings
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.team import colleague

NAME = "Rhiannon Ferch Hefeydd"


def erase(app: Flask, person: UUID, *, remove_words: bool = True) -> None:
    """Somebody deletes their account."""
    with app.app_context(), write():
        erasures.erase(person, remove_words=remove_words)


def kept_beside(here: Installation, elsewhere: Installation) -> None:
    """The journal that was copied elsewhere is put where the restored site looks for it."""
    elsewhere.erasures.write_bytes(here.erasures.read_bytes())


def kinds(of: Installation) -> dict[UUID, tuple[str, str | None]]:
    """Who is in an installation: key → kind and name."""
    app = create_app(settings(of.instance, of.settings.get("DATABASE_URL")))
    try:
        with app.app_context():
            people = db.session.execute(select(Person.id, Person.kind, Person.display_name))
            return {row.id: (row.kind, row.display_name) for row in people}
    finally:
        let_go(app)


@pytest.fixture
def left(here: Installation, app: Flask, tmp_path: Path) -> tuple[UUID, Path]:
    """Somebody who was erased after a backup was made, and the backup."""
    person = resident(name=NAME)
    idea(author=person, title="A bench by the pond")
    file = here.backup("--to", tmp_path / "before.tar")
    erase(app, person)
    return person, file


def test_who_was_erased_after_the_backup_is_absent_once_it_is_restored(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path]
) -> None:
    person, file = left
    kept_beside(here, elsewhere)
    said = elsewhere.run("restore", file).output
    assert "1 erasure in the erasure journal; 1 person was here again, and now absent." in said
    assert "0 differences." in said
    assert kinds(elsewhere)[person] == ("former", None)
    assert elsewhere.run("erasures", "verify").output == "2 lines hold.\n"
    app = create_app(settings(elsewhere.instance, elsewhere.settings.get("DATABASE_URL")))
    assert NAME not in app.test_client().get("/ideas").text
    let_go(app)


def test_restore_refuses_without_the_journal(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path]
) -> None:
    _person, file = left
    elsewhere.erasures.unlink()
    assert "The erasure journal is missing" in elsewhere.refused("restore", file)
    assert "The database is empty" in elsewhere.refused("backup")
    assert here.erasures.exists()


def test_a_site_that_never_erased_anybody_says_so_once(
    here: Installation, elsewhere: Installation
) -> None:
    file = here.backup()
    elsewhere.erasures.unlink()
    elsewhere.run("restore", file, "--no-erasures-yet")
    assert "0 lines hold." in elsewhere.run("erasures", "verify").output


def test_nobody_says_so_of_a_journal_that_lists_people(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path]
) -> None:
    _person, file = left
    kept_beside(here, elsewhere)
    said = elsewhere.refused("restore", file, "--no-erasures-yet")
    assert "leave out --no-erasures-yet" in said


def test_a_journal_with_a_changed_byte_is_named_and_nothing_is_restored(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path]
) -> None:
    _person, file = left
    kept_beside(here, elsewhere)
    content = elsewhere.erasures.read_bytes()
    elsewhere.erasures.write_bytes(content.replace(b"true", b"fals", 1))
    assert f"Line 1 of {elsewhere.erasures} can't be read" in elsewhere.refused("restore", file)
    first = json.loads(content.splitlines()[0])
    changed = json.dumps(first | {"remove_words": False}, separators=(",", ":")).encode()
    elsewhere.erasures.write_bytes(b"\n".join([changed, *content.splitlines()[1:], b""]))
    assert "Line 1 of" in (said := elsewhere.refused("restore", file))
    assert "was changed" in said
    assert "The database is empty" in elsewhere.refused("backup")


def test_a_backup_that_knows_of_more_erasures_than_the_journal_is_not_to_be_served(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path], tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "after.tar")
    said = elsewhere.refused("restore", file)
    assert "lost its end: the database knows of 1 lines, the file has 0" in said
    assert left


def test_a_database_put_in_place_by_hand_is_not_served(
    here: Installation, elsewhere: Installation, left: tuple[UUID, Path]
) -> None:
    person, file = left
    elsewhere.run("restore", file)  # with a journal from before
    assert kinds(elsewhere)[person] == ("resident", NAME)
    kept_beside(here, elsewhere)
    said = elsewhere.refused("serve")
    assert "1 person was erased and is in this database" in said
    assert "citizen-voice erasures replay" in said
    assert "citizen-voice erasures replay" in elsewhere.refused("worker")
    assert "1 person was in it" in elsewhere.refused("erasures", "verify")
    assert "now absent" in elsewhere.run("erasures", "replay").output
    assert kinds(elsewhere)[person] == ("former", None)


def test_who_was_the_only_administrator_then_is_erased_again_all_the_same(
    here: Installation, elsewhere: Installation, app: Flask, tmp_path: Path
) -> None:
    boss = colleague(ADMINISTRATOR)
    file = here.backup("--to", tmp_path / "before.tar")
    successor = colleague(ADMINISTRATOR)
    with app.app_context(), write():
        team.leave(boss, remove_words=False)
    kept_beside(here, elsewhere)
    elsewhere.run("restore", file)
    assert kinds(elsewhere)[boss] == ("former", None)
    assert successor not in kinds(elsewhere)
