"""Erasing a person: journalled before it is done, done once, finished where it was cut off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import erasures, services
from citizen_voice.accounts.erasure_journal import DONE, VOID, CannotErase, Head
from citizen_voice.accounts.erasure_journal import erasures as listed_in
from citizen_voice.accounts.erasure_models import ErasuresApplied
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")


def kind(person: UUID) -> str:
    """Of what kind somebody is."""
    db.session.rollback()
    return str(db.session.scalar(select(Person.kind).where(Person.id == person)))


def erase(person: UUID, *, remove_words: bool = False, actor: UUID | None = None) -> bool:
    """Erase somebody."""
    with write():
        return erasures.erase(person, remove_words=remove_words, actor=actor)


def said() -> list[str]:
    """What the lines of the journal say."""
    return [line.what for line in erasures.file().read()]


def test_an_erasure_is_noted_before_and_after_it_is_committed() -> None:
    person = resident()
    assert erase(person, remove_words=True)
    begun, done = erasures.file().read()
    assert (begun.what, begun.person, begun.remove_words) == ("begun", str(person), True)
    assert (done.what, done.of) == (DONE, 1)
    row = db.session.execute(select(ErasuresApplied.number, ErasuresApplied.hash)).one()
    assert tuple(row) == (1, begun.hash)


def test_an_act_that_fails_erases_nobody_and_notes_nothing() -> None:
    person = resident()
    with pytest.raises(NotHere), write():
        assert [erasures.erase(each, remove_words=False) for each in (person, uuid4())]
    assert said() == []
    assert kind(person) != FORMER
    with write():  # and nothing of it is carried into the next act
        services.set_name(person, "Ada")
    assert said() == []


def test_a_second_erasure_does_nothing() -> None:
    person = resident()
    assert erase(person)
    assert not erase(person)
    assert said() == ["begun", DONE]
    with pytest.raises(NotHere):
        erase(uuid4())


def test_two_at_once_erase_once(app: Flask) -> None:
    person = resident()

    def press(_number: int) -> bool:
        with app.app_context():
            return erase(person)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [False, False, False, True]
    assert said() == ["begun", DONE]


def test_many_people_at_once_make_one_journal(app: Flask) -> None:
    people = [resident() for _ in range(8)]

    def leave(person: UUID) -> bool:
        with app.app_context():
            return erase(person)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(leave, people))
    listed = listed_in(erasures.file().read())
    assert {each.person_id for each in listed} == set(people)
    assert all(each.done for each in listed)
    assert erasures.verify() == (16, 0)


def test_without_a_place_for_the_line_nobody_is_erased(client: Client, app: Flask) -> None:
    person = resident(name="Ada")
    client.sign_in(person)
    app.config["ERASURE_JOURNAL"] = str(Path(app.config["INSTANCE"]) / "nowhere" / "lines")
    answer = client.send("/me/leave", {"words": "keep"})
    assert answer.status_code == 503
    assert "Nothing was deleted. Please try again later." in answer.text
    assert kind(person) != FORMER
    with pytest.raises(CannotErase):
        erase(person)


def test_somebody_else_who_erases_is_in_the_journal_of_acts() -> None:
    person, officer = resident(), colleague(MODERATOR)
    erase(person, actor=officer)
    assert db.session.execute(
        db.text("SELECT subject FROM journal_entries WHERE act = 'person erased'")
    ).scalars().all() == [f"person {person}"]


def test_the_last_administrator_stays_and_nothing_is_noted() -> None:
    boss = colleague(ADMINISTRATOR)
    with pytest.raises(Refusal, match="There has to be an administrator"):
        erase(boss)
    with pytest.raises(Refusal), write():
        team.leave(boss, remove_words=False)
    assert said() == []


def cut_off(person: UUID) -> None:
    """A process was killed between the line and the commit."""
    erasures.file().begin(person, remove_words=True, at=clock.now(), applied=Head())


def committed_and_cut_off(person: UUID) -> None:
    """A process was killed between the commit and the line after it."""
    erase(person, remove_words=True)
    path = erasures.file().path
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("kill", [cut_off, committed_and_cut_off])
def test_what_was_cut_off_is_finished_by_tidying(kill: Callable[[UUID], None]) -> None:
    person = resident(name="Ada")
    number = idea(author=person, title="A bench by the pond")
    kill(person)
    housekeeping.tidy()
    assert said() == ["begun"]  # it may still be under way
    with clock.at(clock.now() + timedelta(minutes=6)):
        housekeeping.tidy()
        assert kind(person) == FORMER
        assert said() == ["begun", DONE]
        assert housekeeping.tidy()["erasures-cut-off"] == 0
    assert "bench" not in str(db.session.execute(db.text("SELECT title FROM idea_versions")).all())
    assert number


def test_what_was_rolled_back_is_not_done_later() -> None:
    person = resident()
    cut_off(person)
    erasures.file().end(1, VOID, at=clock.now())
    with clock.at(clock.now() + timedelta(minutes=6)):
        housekeeping.tidy()
    assert kind(person) != FORMER


def test_a_start_finishes_what_was_cut_off_and_refuses_a_database_from_before() -> None:
    one, two = resident(), resident()
    cut_off(one)
    assert erasures.refuse_unapplied() == 1
    assert kind(one) == FORMER
    assert erasures.refuse_unapplied() == 0
    cut_off(two)
    erasures.file().end(3, DONE, at=clock.now())
    with pytest.raises(Refusal, match=r"1 person was erased and .*: citizen-voice erasures replay"):
        erasures.refuse_unapplied()
    assert erasures.replay() == erasures.Replayed(2, 1)
    assert erasures.replay() == erasures.Replayed(2, 0)
    assert erasures.refuse_unapplied() == 0


def test_a_journal_that_is_another_ones_or_lost_its_end_is_refused() -> None:
    for _ in range(2):
        erase(resident())
    path = erasures.file().path
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]))
    with pytest.raises(Refusal, match="knows of 3 lines, the file has 2"):
        erasures.refuse_unapplied()
    path.unlink()
    with pytest.raises(Refusal, match="the file has 0"):
        erasures.refuse_unapplied()
    with pytest.raises(Refusal, match="the file has 0"):
        erasures.replay()
    with pytest.raises(CannotErase):
        erase(resident())


def test_a_site_that_erased_nobody_gets_an_empty_journal() -> None:
    path = erasures.file().path
    assert not path.exists()
    assert erasures.refuse_unapplied() == 0
    assert path.read_bytes() == b""


def test_answers_go_where_a_challenge_is_open_and_stand_detached_where_it_closed() -> None:
    person, other = resident(), resident()
    old, new = challenge(), challenge()
    counted, open_still = idea(old), idea(new)
    for number in (counted, open_still):
        for who in (person, other):
            with write():
                answers.cast(who, number, "support")
    close(old)
    erase(person)
    assert figures(counted) == (2, 0, 0)
    assert figures(open_still) == (1, 0, 0)
    detached = db.text("SELECT idea_id, detached_support FROM idea_listing ORDER BY idea_id")
    assert {tuple(row) for row in db.session.execute(detached)} == {(counted, 1), (open_still, 0)}
    left = db.text("SELECT idea_id FROM answers")
    assert len(db.session.execute(left).all()) == 2
    assert recount.differences() == []
