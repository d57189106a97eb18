"""The journal: nothing in it can change without being named."""

import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, dialect, write
from citizen_voice.errors import Busy
from citizen_voice.ideas import services as ideas
from citizen_voice.journal import services, triggers
from citizen_voice.journal.services import Broken
from tests.factories.ideas import idea

pytestmark = pytest.mark.usefixtures("app")


def append(count: int = 5) -> None:
    """So many entries, each an act of its own."""
    for number in range(count):
        with write():
            services.append("idea open to shortlisted", actor=uuid4(), subject=f"idea CV-{number}")


def tamper(*statements: str) -> None:
    """Change the table as somebody with the database's password would."""
    db.session.remove()
    with db.engine.connect() as connection, connection.begin():
        for name in triggers.NAMES:
            table = "" if dialect() == "sqlite" else " ON journal_entries"
            connection.execute(text(f"DROP TRIGGER {name}{table}"))
        for statement in statements:
            connection.execute(text(statement))


def head_file(app: Flask) -> Path:
    """Where the last entry is also written down."""
    return Path(app.config["INSTANCE"]) / "journal.head"


def test_a_chain_holds_and_says_how_long_it_is() -> None:
    assert services.verify() == 0
    append(5)
    assert services.verify() == 5
    with write():
        for number in range(3):
            services.append("act", actor=None, subject=f"{number}", detail="why")
    assert services.verify() == 8


def test_a_reason_is_kept_as_its_hash_alone() -> None:
    number = idea()
    with write():
        ideas.hide(number, actor=resident_now(), reason="It names Jo Bloggs of 3 High Street")
    rows = db.session.execute(text("SELECT * FROM journal_entries")).all()
    assert len(rows) == 1
    assert "Bloggs" not in str(rows)
    assert f"idea CV-{number}" in str(rows)


def resident_now() -> Any:
    """Somebody, made inside the transaction at hand."""
    return accounts.join("inside@example.org", "adult", "en")


def test_an_act_that_was_rolled_back_is_not_in_it(app: Flask) -> None:
    append(1)

    def broken_off() -> None:
        with write():
            services.append("act", actor=None, subject="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert services.verify() == 1
    assert head_file(app).read_text().startswith("1 ")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entries SET act = 'other' WHERE number = 1",
        "DELETE FROM journal_entries WHERE number = 5",
        "DELETE FROM journal_entries",
    ],
)
def test_the_database_refuses_every_change_and_removal(statement: str) -> None:
    append()

    def attempt(connection: Connection) -> None:
        with connection.begin():
            connection.execute(text(statement))

    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        attempt(connection)
    with pytest.raises((DBAPIError, Busy)), write():
        db.session.execute(text(statement))
    assert services.verify() == 5


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (
            ["UPDATE journal_entries SET act = 'other' WHERE number = 3"],
            Broken(3, "was changed"),
        ),
        (
            ["UPDATE journal_entries SET actor = NULL WHERE number = 1"],
            Broken(1, "was changed"),
        ),
        (
            [f"UPDATE journal_entries SET detail_hash = '{services.START}' WHERE number = 5"],
            Broken(5, "was changed"),
        ),
        (["DELETE FROM journal_entries WHERE number = 2"], Broken(2, "is missing")),
        (["DELETE FROM journal_entries WHERE number = 1"], Broken(1, "is missing")),
        (
            [
                "DELETE FROM journal_entries WHERE number = 2",
                "UPDATE journal_entries SET number = number - 1 WHERE number > 2",
            ],
            Broken(2, "does not follow the entry before it"),
        ),
        (
            [
                "UPDATE journal_entries SET number = 99 WHERE number = 2",
                "UPDATE journal_entries SET number = 2 WHERE number = 3",
                "UPDATE journal_entries SET number = 3 WHERE number = 99",
            ],
            Broken(2, "does not follow the entry before it"),
        ),
        (
            ["DELETE FROM journal_entries WHERE number > 3"],
            Broken(4, "is missing: 5 entries were written"),
        ),
        (["DELETE FROM journal_entries"], Broken(1, "is missing: 5 entries were written")),
    ],
    ids=[
        "changed",
        "actor taken out",
        "reason changed",
        "removed",
        "first removed",
        "removed and renumbered",
        "reordered",
        "tail cut",
        "emptied",
    ],
)
def test_what_was_done_to_it_is_named(statements: list[str], broken: Broken) -> None:
    append()
    tamper(*statements)
    assert services.verify() == broken


def test_a_tail_that_was_written_anew_is_named() -> None:
    append()
    tamper("DELETE FROM journal_entries WHERE number > 3")
    db.session.remove()
    with write():  # the same number of entries, each well made, by somebody without the head file
        for number in (4, 5):
            services.append("other", actor=None, subject=f"{number}")
    found = services.verify()
    assert found == Broken(5, "is not the entry that was written")


def test_eight_at_once_make_one_chain(app: Flask) -> None:
    failures: list[BaseException] = []

    def work(name: int) -> None:
        try:
            with app.app_context():
                for number in range(6):
                    with write():
                        services.append("act", actor=None, subject=f"{name}-{number}")
                db.session.remove()
        except BaseException as failure:  # noqa: BLE001  # shown below
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert services.verify() == 48
    number, _hash = head_file(app).read_text().split()
    assert number == "48"
