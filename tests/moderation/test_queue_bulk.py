"""Many cases in one act: who is touched, who is left out, all of them or none."""

import re
from uuid import UUID

from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services, things
from citizen_voice.moderation.models import Case, Decision, Ground
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.team import colleague

LETTERS = {"words_en": "About “{title}”: no.", "words_cy": "Am “{title}”: na."}


def ticks(cases: list[UUID]) -> list[str]:
    """What the boxes of some cases send."""
    return [f"{key}|{things.mark_of(db.session.get_one(Case, key))}" for key in cases]


def some(number: int) -> tuple[list[int], list[UUID]]:
    """Ideas, each with a case."""
    asked = challenge()
    numbers = [idea(asked) for _ in range(number)]
    return numbers, [case(idea_id=each) for each in numbers]


def test_a_look_says_whom_it_touches_and_changes_nothing(client: Client, moderator: UUID) -> None:
    ground()
    author = resident()
    asked = challenge()
    cases = [case(idea_id=idea(asked, author)) for _ in range(3)]
    cases.append(case(idea_id=idea(asked)))
    own = case(idea_id=idea(asked, moderator, title="My own"))
    taken = case(idea_id=idea(asked, title="Somebody is on it"))
    changed_author = resident()
    number = idea(asked, changed_author, title="Old")
    changed = case(idea_id=number)
    decided = case(idea_id=idea(asked, title="Over"))
    boxes = ticks([*cases, own, taken, changed, decided])
    decide(decided, "keep")
    other = colleague()
    with write():
        services.claim(taken, other)
        ideas.edit(
            number,
            changed_author,
            title="New words",
            body="",
            language="en",
            topic_id=None,
            ward_id=None,
        )
    before = db.session.query(Decision).count()
    page = client.send("/staff/queue/bulk", {"act": "hide", "case": boxes}).text
    for words in (
        "Hide: 4",
        "It touches 4 things",
        "2 people are told",
        "Left out: 4",
        "My own",
        "You wrote it",
        "Somebody else is on it",
        "Its words have changed since you ticked it",
        "It is decided already",
    ):
        assert words in page, words
    assert db.session.query(Decision).count() == before


def test_each_author_reads_a_letter_in_their_own_language_about_their_own_words(
    client: Client, moderator: UUID
) -> None:
    numbers, cases = some(2)
    with write():
        db.session.get_one(Person, stored(numbers[1]).author_id).language = "cy"
    fields = {"act": "hide", "case": ticks(cases), "ground": ground(), "confirm": "1"}
    answer = client.send("/staff/queue/bulk", fields | LETTERS)
    assert answer.status_code == 303, answer.text
    found = {made.case_id: made for made in db.session.query(Decision)}
    first, second = found[cases[0]], found[cases[1]]
    assert (first.language, second.language) == ("en", "cy")
    assert first.words.startswith("About “A bench at stop")
    assert second.words.startswith("Am “A bench at stop")
    assert first.batch_id == second.batch_id is not None
    page = client.get(answer.location).text
    assert "Hidden: 2" in page
    undo = re.search(r'action="(/staff/batches/[^"]+/undo)"', page)
    assert undo
    assert client.send(undo[1]).status_code == 303
    assert {stored(number).visibility for number in numbers} == {"published"}


def test_what_misses_is_said_and_what_was_written_is_kept(client: Client, moderator: UUID) -> None:
    numbers, cases = some(2)
    with write():
        db.session.add(Ground(name_en="Another", position=2))
    ground()
    fields = {"act": "hide", "case": ticks(cases), "ground": "", "confirm": "1"}
    answer = client.send("/staff/queue/bulk", fields | LETTERS)
    assert answer.status_code == 422
    assert "Choose the ground." in answer.text
    assert "About “{title}”: no." in answer.text
    assert {stored(number).visibility for number in numbers} == {"published"}


def test_nothing_ticked_is_said(client: Client, moderator: UUID) -> None:
    some(1)
    answer = client.send("/staff/queue/bulk", {"act": "hide"})
    assert answer.status_code == 303
    assert "Tick one case or more first." in client.get(answer.location).text
    assert client.get("/staff/queue/bulk").status_code == 303
