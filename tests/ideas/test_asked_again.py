"""Who answered an idea before it was edited is asked again, and counts once."""

import pytest

from citizen_voice.answers import services as answering
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, write
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.ideas.writing import edit, edited


def test_who_answered_before_an_edit_is_asked_again(client: Client) -> None:
    number, author = edited("A bench")
    reader = resident()
    with write():
        answering.cast(reader, number, "support")
    client.sign_in(reader)
    assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text
    edit(number, author, "A bench and a roof")
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited since you answered." in page
    assert "Still support" in page
    assert "Not for me" in page
    assert "Undo" in page
    assert f"/ideas/CV-{number}/versions?since=1" in page


@pytest.mark.parametrize("value", ["support", "oppose", "skip"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["form", "htmx"])
def test_still_the_same_answer_counts_once_and_is_of_the_new_version(
    client: Client, value: str, headers: dict[str, str]
) -> None:
    number, author = edited("A bench")
    reader = resident()
    with write():
        answering.cast(reader, number, value)
    edit(number, author, "A bench and a roof")
    before = figures(number)
    client.sign_in(reader)
    client.send(f"/ideas/CV-{number}/answer", {"value": value, "from": "page"}, headers=headers)
    assert figures(number) == before
    answer = db.session.get_one(Answer, (number, reader), populate_existing=True)
    assert (answer.version, answer.value) == (2, {"support": 1, "oppose": -1, "skip": 0}[value])
    assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text


def test_after_an_edit_another_answer_and_undo_count_as_ever(client: Client) -> None:
    number, author = edited("A bench")
    one, other = resident(), resident()
    with write():
        answering.cast(one, number, "support")
        answering.cast(other, number, "support")
    edit(number, author, "A bench and a roof")
    for person, value in ((one, "oppose"), (other, "none")):
        client.sign_in(person)
        client.send(f"/ideas/CV-{number}/answer", {"value": value})
        assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text
    assert figures(number) == (0, 1, 0)


def test_once_answers_are_closed_nobody_is_asked_again(client: Client) -> None:
    asked, author, reader = challenge(), resident(), resident()
    number = idea(asked, author)
    with write():
        answering.cast(reader, number, "support")
    edit(number, author, "Something else")
    close(asked)
    client.sign_in(reader)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited since you answered." in page
    assert "Still support" not in page
