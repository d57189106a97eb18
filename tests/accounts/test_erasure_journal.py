"""The erasure journal: whole lines in one chain, mended after a crash, and every change shows."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from citizen_voice.accounts.erasure_journal import (
    DONE,
    VOID,
    CannotErase,
    Damaged,
    Head,
    Journal,
    erasures,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal that is not there yet."""
    return Journal(tmp_path / "erasures.jsonl")


def begin(journal: Journal, *people: UUID, known: Head | None = None) -> Head:
    """Note that they are erased."""
    known = known or Head()
    for person in people:
        known = journal.begin(person, remove_words=True, at=NOW, applied=known)
    return known


def test_it_is_for_its_owner_alone_and_holds_a_key_a_moment_and_a_choice(journal: Journal) -> None:
    person = uuid4()
    begin(journal, person)
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    line = json.loads(journal.path.read_text())
    assert set(line) == {
        "number",
        "what",
        "person",
        "remove_words",
        "of",
        "at",
        "previous",
        "hash",
    }
    assert (line["person"], line["remove_words"]) == (str(person), True)


def test_what_was_rolled_back_is_not_listed_and_what_was_cut_off_is(journal: Journal) -> None:
    one, two, three = uuid4(), uuid4(), uuid4()
    begin(journal, one, two, three)
    journal.end(1, DONE, at=NOW)
    journal.end(2, VOID, at=NOW)
    listed = [(each.person_id, each.done) for each in erasures(journal.read())]
    assert listed == [(one, True), (three, False)]


def test_a_line_that_a_crash_tore_is_mended_by_the_next(journal: Journal) -> None:
    one, two = uuid4(), uuid4()
    begin(journal, one)
    whole = journal.path.read_bytes()
    begin(journal, two)
    for cut in (len(whole) + 1, len(whole) + 60, len(journal.path.read_bytes()) - 1):
        torn = journal.path.read_bytes()[:cut]
        journal.path.write_bytes(torn)
        assert [line.person for line in journal.read()] == [str(one)]
        begin(journal, two)
        assert [line.person for line in journal.read()] == [str(one), str(two)]
    journal.path.write_bytes(b'{"number":1,"wh')
    begin(journal, two)
    assert [line.number for line in journal.read()] == [1]


def test_any_byte_that_is_changed_is_named_with_its_line(journal: Journal) -> None:
    begin(journal, uuid4(), uuid4(), uuid4())
    whole = journal.path.read_bytes()
    for place in range(len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        journal.path.write_bytes(bytes(changed))
        with pytest.raises(Damaged) as found:
            journal.read()
        assert found.value.number == 1 + whole[:place].count(b"\n"), place


def test_lines_that_are_missing_or_in_another_order_are_named(journal: Journal) -> None:
    begin(journal, uuid4(), uuid4(), uuid4())
    one, two, three = journal.path.read_bytes().splitlines(keepends=True)
    for lines, number in (((one, three), 2), ((two, three), 1), ((two, one, three), 1)):
        journal.path.write_bytes(b"".join(lines))
        with pytest.raises(Damaged, match=f"Line {number} of .*does not follow"):
            journal.read()


def test_a_cut_end_takes_no_new_line_where_the_database_knows_more(journal: Journal) -> None:
    known = begin(journal, uuid4(), uuid4())
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(lines[0])
    with pytest.raises(CannotErase):
        begin(journal, uuid4(), known=known)
    journal.path.unlink()
    with pytest.raises(CannotErase):
        begin(journal, uuid4(), known=known)


def test_a_damaged_end_takes_no_new_line(journal: Journal) -> None:
    begin(journal, uuid4())
    journal.path.write_bytes(journal.path.read_bytes().replace(b"true", b"fals"))
    before = journal.path.read_bytes()
    with pytest.raises(CannotErase):
        begin(journal, uuid4())
    assert journal.path.read_bytes() == before


def test_many_who_write_at_once_make_one_chain(journal: Journal) -> None:
    people = [uuid4() for _ in range(60)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda person: begin(Journal(journal.path), person), people))
    assert {line.person for line in journal.read()} == {str(person) for person in people}


def test_a_place_that_cannot_be_written_erases_nobody(tmp_path: Path) -> None:
    with pytest.raises(CannotErase, match="Nothing was deleted"):
        begin(Journal(tmp_path / "nowhere" / "erasures.jsonl"), uuid4())
