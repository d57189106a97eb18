"""The index says what the rows say, whatever happens, on both databases."""

import random
import re
import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from citizen_voice.accounts import services as accounts
from citizen_voice.cli import schema
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import indexing, services
from citizen_voice.ideas.models import Idea, IdeaListing
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward

pytestmark = pytest.mark.usefixtures("app")
WORDS = ("bench", "tree", "street", "bus", "stops", "crossing", "crossings", "café", "dŵr", "20mph")


def held() -> set[int]:
    """The ideas that the index holds."""
    return {key for key, _title, _words in indexing.INDEX.stored()}


def listed() -> set[int]:
    """The ideas that lists show."""
    return set(db.session.scalars(select(IdeaListing.idea_id).where(IdeaListing.listed)))


@pytest.mark.parametrize("seed", range(3))
def test_the_index_agrees_after_whatever_is_done(seed: int) -> None:
    chance = random.Random(seed)
    author = resident()
    places = [challenge(), challenge(moderation="before")]
    wards = [None, ward()]
    made: list[int] = []

    def written() -> dict[str, object]:
        return {
            "title": " ".join(chance.choices(WORDS, k=4)),
            "body": " ".join(chance.choices(WORDS, k=9)),
            "language": chance.choice(["en", "cy"]),
            "topic_id": None,
            "ward_id": chance.choice(wards),
        }

    def propose() -> None:
        made.append(services.propose(author, chance.choice(places).id, **written()).id)  # type: ignore[arg-type]

    acts: list[Callable[[], object]] = [
        propose,
        propose,
        lambda: services.edit(chance.choice(made), author, **written()),  # type: ignore[arg-type]
        lambda: services.hide(chance.choice(made), actor=None, reason="No"),
        lambda: services.publish(chance.choice(made), actor=None),
        lambda: services.shortlist(chance.choice(made), actor=None, reason="Many"),
        lambda: services.withdraw(
            chance.choice(made), author, why="other", words="No more", language="en"
        ),
        lambda: services.bring_back(chance.choice(made), author),
    ]
    with write():
        propose()
    for _ in range(60):
        try:
            with write():
                chance.choice(acts)()
        except Refusal:
            continue
    assert held() == listed()
    assert listed()
    assert indexing.differences() == []
    with write():
        accounts.leave(author, remove_words=True)
    assert held() == set()
    assert indexing.INDEX.stored_terms() == {}, "their words are gone from the index, too"
    assert indexing.differences() == []


def test_an_act_that_fails_leaves_the_index_as_it_was() -> None:
    made = idea(title="A bench")
    before = [*indexing.INDEX.stored()], indexing.INDEX.stored_terms()

    def fail() -> None:
        with write():
            services.hide(made, actor=None, reason="No")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ([*indexing.INDEX.stored()], indexing.INDEX.stored_terms()) == before


def test_what_differs_is_told_and_mended(app: Flask) -> None:
    place = challenge()
    lost, other, surplus = (idea(place, title=f"A bench {n}") for n in range(3))
    with write():
        indexing.INDEX.remove([lost])
        indexing.INDEX.put(
            [indexing.of(db.session.get_one(Idea, other), title="X", body="", language="en")]
        )
        db.session.execute(update(Idea).where(Idea.id == surplus).values(visibility="hidden"))
        db.session.execute(text("UPDATE idea_search_terms SET documents = 9 WHERE term = 'bench'"))
    *ideas, terms = indexing.differences()
    assert ideas == [
        f"CV-{lost}: the search does not have it",
        f"CV-{other}: the search has other words than the idea",
        f"CV-{surplus}: the search has it, and lists do not",
    ]
    assert re.fullmatch(r"search: \d+ words stand in another number of ideas than it says", terms)
    assert indexing.rebuild() == 2
    assert indexing.differences() == []
    assert indexing.is_current()


def test_many_who_write_at_once_leave_an_index_that_agrees(app: Flask) -> None:
    place = challenge()
    people = [resident() for _ in range(6)]
    failures: list[BaseException] = []

    def write_some(author: UUID) -> None:
        with app.app_context():
            try:
                for number in range(4):
                    with write():
                        made = services.propose(
                            author,
                            place.id,
                            title=f"A bench in street {number}",
                            body=" ".join(WORDS),
                            language="en",
                            topic_id=None,
                            ward_id=None,
                        ).id
                    with write():
                        services.hide(made, actor=None, reason="No")
                    with write():
                        services.publish(made, actor=None)
            except BaseException as error:  # noqa: BLE001  # told by the test
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write_some, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 24
    assert indexing.differences() == []


def test_an_index_of_an_older_form_is_made_anew_at_the_next_start(app: Flask) -> None:
    made = idea(title="A bench")
    assert indexing.is_current()
    with write():
        db.session.execute(text("UPDATE idea_search_terms SET documents = 1 WHERE term = '/form'"))
        db.session.execute(text("DELETE FROM idea_search_terms WHERE term = 's/open'"))
    assert not indexing.is_current()
    schema.bring_up_to_date(app)
    assert indexing.is_current()
    assert indexing.differences() == []
    assert held() == {made}


def test_to_make_the_index_anew_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citizen_voice.search.index.BATCH", 2)
    place = challenge()
    for number in range(5):
        idea(place, title=f"A bench {number}")
    told: list[tuple[int, int]] = []
    assert indexing.rebuild(lambda done, everything: told.append((done, everything))) == 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert indexing.differences() == []
