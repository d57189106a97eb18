"""One byte of one row: whatever is changed in the journal is named, and so is what is missing."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from citizen_voice.db import db, dialect, write
from citizen_voice.journal import services, triggers
from citizen_voice.journal.models import JournalEntry
from citizen_voice.journal.services import Broken

pytestmark = pytest.mark.usefixtures("app")

COLUMNS = tuple(column.name for column in JournalEntry.__table__.columns)


def written(count: int = 5) -> None:
    """So many entries."""
    for number in range(count):
        with write():
            services.append("idea hidden", actor=uuid4(), subject=f"idea CV-{number}", detail="Why")


def tamper(statement: str, **values: object) -> None:
    """Change the table as somebody with the database's password would: its triggers go first."""
    db.session.remove()
    with db.engine.connect() as connection, connection.begin():
        names: tuple[str, ...] = triggers.NAMES
        if dialect() == "postgresql":
            names += triggers.NAMES_ON_POSTGRESQL
        for name in names:
            table = "" if dialect() == "sqlite" else " ON journal_entries"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{table}"))
        connection.execute(text(statement), values)


def last_letter(column: str) -> str:
    """SQL for a text column with its last byte turned into another."""
    other = f"CASE WHEN substr({column}, length({column})) = 'x' THEN 'y' ELSE 'x' END"
    return f"substr({column}, 1, length({column}) - 1) || {other}"


def one_byte_of(column: str) -> str:
    """SQL for the column with one byte of it changed, and nothing else."""
    lite = dialect() == "sqlite"
    if column == "number":
        return "number + 64"
    if column == "at":
        return "at + 1" if lite else "at + interval '1 microsecond'"
    if column == "actor":
        if lite:
            return "CAST(substr(actor, 1, 15) || x'00' AS BLOB)"
        return "(substr(actor::text, 1, 34) || '00')::uuid"
    return last_letter(column)


@pytest.mark.parametrize("row", [1, 3, 5])
@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_of_any_column_is_named(column: str, row: int) -> None:
    written()
    assert services.verify() == 5
    tamper(f"UPDATE journal_entries SET {column} = {one_byte_of(column)} WHERE number = {row}")
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == row
    assert str(found.why)


UNREADABLE = {
    "a moment that is a word": ("at", "'yesterday'"),
    "a moment beyond all": ("at", "9223372036854775807"),
    "a key that is too short": ("actor", "x'0102'"),
    "an act that is no text": ("act", "x'ff00ff'"),
    "an act that is no UTF-8": ("act", "CAST(x'ff00ff' AS TEXT)"),
    "no subject but a number": ("subject", "x'00'"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_makes_no_sense_is_named_and_does_not_stop_the_reading(what: str) -> None:
    written()
    if dialect() == "postgresql":
        pytest.skip("PostgreSQL lets no such value into a column")
    column, value = UNREADABLE[what]
    tamper(f"UPDATE journal_entries SET {column} = {value} WHERE number = 3")
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == 3


@pytest.mark.parametrize("row", [1, 3, 5])
def test_a_row_that_was_taken_out_is_named(row: int) -> None:
    written()
    tamper(f"DELETE FROM journal_entries WHERE number = {row}")
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == row
    assert "is missing" in str(found.why)


@pytest.mark.parametrize("left", [0, 1, 4])
def test_an_end_that_was_cut_off_is_named(left: int) -> None:
    written()
    tamper(f"DELETE FROM journal_entries WHERE number > {left}")
    assert services.verify() == Broken(left + 1, "is missing: 5 entries were written")


def test_a_head_that_is_damaged_or_gone_is_said() -> None:
    written()
    head = services.CHAIN.head_file()
    head.write_text("five abc", encoding="ascii")
    found = services.verify()
    assert isinstance(found, Broken)
    assert "damaged" in str(found.why)
    head.unlink()
    found = services.verify()
    assert isinstance(found, Broken)
    assert "missing" in str(found.why)


def test_entries_of_many_pages_are_read() -> None:
    with write():
        for number in range(2 * services.PAGE + 3):
            services.append("act", actor=None, subject=f"{number}")
    assert services.verify() == 2 * services.PAGE + 3
    tamper("UPDATE journal_entries SET subject = 'x' WHERE number = :row", row=services.PAGE + 1)
    assert services.verify() == Broken(services.PAGE + 1, "was changed")
