"""An import is broken off, run again, run twice at once, run while residents are about."""

import threading
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import recount
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict
from citizen_voice.ideas import services as proposing
from citizen_voice.imports import services
from citizen_voice.imports.answers import Answers
from citizen_voice.imports.models import ImportBatch, ImportSource
from citizen_voice.journal.models import JournalEntry
from tests.factories.people import resident
from tests.imports.conversations import (
    ALL,
    BATCHES,
    FIGURES,
    SLUG,
    BreakAfter,
    BrokenOff,
    bring_in,
    conversation,
    everything,
    figures,
    ideas,
    made,
    people,
)

pytestmark = pytest.mark.usefixtures("app")


def test_running_it_again_changes_nothing(folder: Path) -> None:
    bring_in(folder)
    before = everything()
    again = bring_in(folder)
    assert made(again) == dict.fromkeys(ALL, 0)
    assert {part: tally.there for part, tally in again.parts.items()} == ALL
    assert everything() == before


@pytest.mark.parametrize("batches", range(1, BATCHES + 1))
def test_broken_off_after_any_batch_it_goes_on_where_it_stopped(folder: Path, batches: int) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(batches))
    assert recount.differences() == []
    begun: int = db.session.scalar(select(func.sum(ImportBatch.rows))) or 0
    rest = services.run(conversation(folder), services.Wish(SLUG))
    assert sum(made(rest).values()) == sum(ALL.values()) - begun
    assert sum(tally.there for tally in rest.parts.values()) == begun
    assert figures() == FIGURES
    assert recount.differences() == []
    assert len(people()) == 3
    assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == BATCHES
    acts = list(db.session.scalars(select(JournalEntry.act)))
    assert acts == ["import finished"]


def test_a_failure_inside_a_batch_leaves_nothing_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(5))
    before = everything()

    def full_disk(*_args: object) -> int:
        raise BrokenOff

    with monkeypatch.context() as patch:
        patch.setattr(Answers, "insert", full_disk)
        with pytest.raises(BrokenOff):
            bring_in(folder)
    assert everything() == before
    bring_in(folder)
    assert figures() == FIGURES


def test_two_imports_at_once_write_every_row_once(app: Flask, folder: Path) -> None:
    outcomes: list[services.Outcome] = []

    def work() -> None:
        with app.app_context():
            outcomes.append(bring_in(folder))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome.new_challenge for outcome in outcomes) == 1
    assert {part: sum(made(one)[part] for one in outcomes) for part in ALL} == ALL
    assert {one.parts["answers"].left_out for one in outcomes} == {0}
    assert figures() == FIGURES
    assert recount.differences() == []
    assert db.session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_a_folder_that_has_changed_is_refused(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(6))
    before = everything()
    matrix = folder / "participants-votes.csv"
    matrix.write_text(matrix.read_text().replace("2,,1,3,1,2,-1,1,,-1", "2,,1,3,1,2,1,1,,-1"))
    for act in (services.plan, services.run):
        with pytest.raises(Conflict, match="changed"):
            act(conversation(folder), services.Wish(SLUG))
    assert everything() == before


def answer(person: UUID, number: int, value: str) -> None:
    with write():
        answering.cast(person, number, value)


def test_what_residents_answer_meanwhile_and_afterwards_stays(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(5))
    first, second = resident(), resident()
    library = ideas()[0].Idea.id
    answer(first, library, "support")
    bring_in(folder)
    assert figures()[0] == (2, 2, 0)
    answer(second, library, "oppose")
    answer(first, library, "skip")
    bring_in(folder)
    assert figures()[0] == (1, 3, 1)
    assert recount.differences() == []


def test_what_moderators_decided_meanwhile_stays(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(5))
    library, swimming = ideas()[0].Idea.id, ideas()[3].Idea.id
    with write():
        proposing.hide(library, actor=None, reason="A test")
        proposing.publish(swimming, actor=None)
    for _ in range(2):
        bring_in(folder)
        rows = ideas()
        assert rows[0].Idea.hidden_reason == "A test"
        assert rows[3].listed
        assert figures() == FIGURES
        assert recount.differences() == []


def test_answers_of_somebody_who_has_left_meanwhile_stay_away(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(5))  # people and ideas are in, and two answers
    with write():
        accounts.leave(people()[5].id, remove_words=False)
    outcome = bring_in(folder)
    assert outcome.parts["answers"].left_out == 3
    assert figures() == {0: (1, 1, 0), 1: (1, 0, 0), 2: (0, 1, 0), 3: (0, 1, 0)}
    assert recount.differences() == []


def test_the_size_of_its_batches_stays_with_an_import(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(1))
    services.run(conversation(folder), services.Wish(SLUG), batch_size=100)
    assert db.session.scalars(select(ImportSource.batch_size)).one() == 2
    assert figures() == FIGURES


def test_the_journal_knows_that_an_import_was_finished(folder: Path) -> None:
    bring_in(folder)
    bring_in(folder)
    entry = db.session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.subject) == ("import finished", f"challenge {SLUG}")
