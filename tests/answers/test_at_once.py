"""Many at once, and two things in the same instant: every figure is what the rows say."""

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import recount, services
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.meanwhile import meanwhile

VALUES = ("support", "oppose", "skip", "none", "support", "support")


def test_many_at_once_on_one_idea_are_counted_exactly(app: Flask) -> None:
    number = idea()
    people = [resident() for _each in range(8)]
    failed: list[BaseException] = []

    def answer(person: UUID, begin: int) -> None:
        try:
            with app.app_context():
                for turn in range(12):
                    services.answer(person, number, VALUES[(begin + turn) % len(VALUES)])
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits
            failed.append(error)

    threads = [
        threading.Thread(target=answer, args=(person, place))
        for place, person in enumerate([*people, *people])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    db.session.rollback()
    assert recount.differences() == []
    rows = db.session.scalars(select(Answer.value).where(Answer.idea_id == number)).all()
    assert figures(number) == (rows.count(1), rows.count(-1), rows.count(0))


def test_who_leaves_in_the_same_instant_is_not_counted(app: Flask) -> None:
    person, number = resident(), idea()

    def leave() -> None:
        accounts.leave(person, remove_words=False)

    def answer() -> None:
        services.answer(person, number, "support")

    assert meanwhile(app, leave, answer) == {"other", "Refusal"}
    assert figures(number) == (0, 0, 0)
    assert recount.differences() == []


def test_an_answer_just_before_leaving_goes_along(app: Flask) -> None:
    person, number = resident(), idea()

    def answer() -> None:
        services.cast(person, number, "support")

    def leave() -> None:
        with write():
            accounts.leave(person, remove_words=False)

    assert meanwhile(app, answer, leave) == {"other", "done"}
    assert figures(number) == (0, 0, 0)
    assert recount.differences() == []


@pytest.mark.parametrize("before", ["none", "oppose"])
def test_an_idea_that_is_hidden_in_the_same_instant_takes_no_answer(
    app: Flask, before: str
) -> None:
    person, number = resident(), idea()
    services.answer(person, number, before)
    was = figures(number)

    def hide() -> None:
        ideas.hide(number, actor=None, reason="Names somebody")

    def answer() -> None:
        services.answer(person, number, "support")

    assert meanwhile(app, hide, answer) == {"other", "NotHere"}
    assert figures(number) == was
    assert recount.differences() == []


def test_what_is_answered_while_figures_are_mended_is_counted(app: Flask) -> None:
    person, number = resident(), idea()
    with write():
        db.session.execute(update(IdeaListing).values(support=7))

    def answer() -> None:
        services.cast(person, number, "support")

    def mend() -> None:
        assert recount.fix() == 1

    assert meanwhile(app, answer, mend) == {"other", "done"}
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


@pytest.mark.parametrize("database", ["postgresql"])
@pytest.mark.parametrize("value", ["support", "none"])
def test_nobody_hears_that_their_answer_counts_before_it_is_on_the_disk(
    app: Flask, value: str
) -> None:
    person, number = resident(), idea()
    services.answer(person, number, "oppose")
    name = db.engine.url.database
    with write():  # the tests' own server does not wait for its disk otherwise
        db.session.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
    before = db.session.execute(text("SELECT pg_current_wal_insert_lsn()")).scalar_one()
    services.answer(person, number, value)
    flushed = text("SELECT pg_current_wal_flush_lsn() > CAST(:before AS pg_lsn)")
    assert db.session.execute(flushed, {"before": before}).scalar_one()
