"""One byte of one row of the ledger: whatever is changed, removed, reordered or cut is named."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from citizen_voice.consent import services, triggers
from citizen_voice.consent.models import ConsentEntry
from citizen_voice.consent.services import ledger
from citizen_voice.db import db, dialect, write
from citizen_voice.journal.chains import Broken
from tests.factories.consents import HOW, give, told
from tests.factories.people import resident

pytestmark = pytest.mark.usefixtures("app")

COLUMNS = tuple(column.name for column in ConsentEntry.__table__.columns)


def written(count: int = 5) -> None:
    """So many entries, each of somebody else."""
    for _number in range(count):
        give(resident())


def tamper(*statements: str) -> None:
    """Change the tables as somebody with the database's password would: the triggers go first."""
    db.session.remove()
    with db.engine.connect() as connection, connection.begin():
        names: tuple[str, ...] = triggers.NAMES
        if dialect() == "postgresql":
            names += triggers.NAMES_ON_POSTGRESQL
        for name in names:
            table = "" if dialect() == "sqlite" else " ON consents"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{table}"))
        for statement in statements:
            connection.execute(text(statement))


def one_byte_of(column: str) -> str:
    """SQL for the column with one byte of it changed, and nothing else."""
    lite = dialect() == "sqlite"
    if column in ("number", "notice_version"):
        return f"{column} + 64"
    if column == "at":
        return "at + 1" if lite else "at + interval '1 microsecond'"
    if column in ("subject", "pseudonym", "person_id"):
        if lite:
            return f"CAST(substr({column}, 1, 15) || x'00' AS BLOB)"
        return f"(substr({column}::text, 1, 34) || '00')::uuid"
    if column == "salt":
        return "CAST(substr(salt, 1, 31) || x'00' AS BLOB)" if lite else "set_byte(salt, 31, 0)"
    other = f"CASE WHEN substr({column}, length({column})) = 'x' THEN 'y' ELSE 'x' END"
    return f"substr({column}, 1, length({column}) - 1) || {other}"


@pytest.mark.parametrize("row", [1, 3, 5])
@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_of_any_column_is_named(column: str, row: int) -> None:
    written()
    assert services.verify() == 5
    tamper(f"UPDATE consents SET {column} = {one_byte_of(column)} WHERE number = {row}")
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == row
    assert str(found.why)


@pytest.mark.parametrize("row", [1, 3, 5])
def test_an_entry_that_was_taken_out_is_named(row: int) -> None:
    written()
    tamper(f"DELETE FROM consents WHERE number = {row}")
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == row
    assert "is missing" in str(found.why)


@pytest.mark.parametrize("left", [0, 1, 4])
def test_an_end_that_was_cut_off_is_named(left: int) -> None:
    written()
    tamper(f"DELETE FROM consents WHERE number > {left}")
    assert services.verify() == Broken(left + 1, "is missing: 5 entries were written")


def test_entries_in_another_order_are_named() -> None:
    written()
    tamper(
        "UPDATE consents SET number = 99 WHERE number = 2",
        "UPDATE consents SET number = 2 WHERE number = 3",
        "UPDATE consents SET number = 3 WHERE number = 99",
    )
    assert services.verify() == Broken(2, "does not follow the entry before it")


def test_an_end_that_was_written_anew_is_named() -> None:
    written(2)
    table = ConsentEntry.__table__
    with db.engine.connect() as connection:
        row = connection.execute(select(table).where(table.c.number == 2)).one()
    forged = SimpleNamespace(**row._asdict() | {"state": "refused"})
    forged.hash = ledger.LEDGER.digest(forged)
    tamper(f"UPDATE consents SET state = 'refused', hash = '{forged.hash}' WHERE number = 2")
    assert services.verify() == Broken(2, "is not the entry that was written")


def test_an_entry_that_is_given_to_somebody_else_is_named() -> None:
    written(3)
    other = resident()
    key = f"x'{other.hex}'" if dialect() == "sqlite" else f"'{other}'"
    tamper(
        f"UPDATE consent_subjects SET person_id = {key}"
        " WHERE pseudonym = (SELECT subject FROM consents WHERE number = 2)"
    )
    assert services.verify() == Broken(2, "is not of the person whose it is said to be")


def test_a_salt_that_was_changed_is_named() -> None:
    written(3)
    tamper(
        f"UPDATE consent_subjects SET salt = {one_byte_of('salt')}"
        " WHERE pseudonym = (SELECT subject FROM consents WHERE number = 2)"
    )
    found = services.verify()
    assert isinstance(found, Broken)
    assert found.number == 2


def test_a_head_that_is_damaged_or_gone_is_said() -> None:
    written()
    head = ledger.LEDGER.head_file()
    assert head.name == "consents.head"
    assert head.read_text().split()[0] == "5"
    head.write_text("five abc", encoding="ascii")
    found = services.verify()
    assert isinstance(found, Broken)
    assert "consents.head, which is damaged" in str(found.why)
    head.unlink()
    found = services.verify()
    assert isinstance(found, Broken)
    assert "missing" in str(found.why)


def test_what_is_rolled_back_leaves_no_trace() -> None:
    person = resident()
    versions = told(person)

    def give_and_fail() -> None:
        with write():
            services.give(person, "newsletter", **versions, **HOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_and_fail()
    assert services.verify() == 0
    assert not ledger.LEDGER.head_file().exists()
