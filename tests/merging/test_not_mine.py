"""Whoever answered an idea that was joined with another can take their answer out for 14 days."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import services as ideas
from citizen_voice.merging import services
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.merging import joined, parted
from tests.factories.people import resident
from tests.merging.rows import differences, rows
from tests.merging.saying import NOW, answered, said

OFFER = "Take my support out"


def test_the_answer_goes_and_the_figure_follows(app: Flask, client: Client) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support", days=-1)
    joined(source, into)
    client.sign_in(person)
    page = client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    assert OFFER in page
    assert f"You supported CV-{source}, which was joined with this idea." in page
    answer = client.send(f"/ideas/CV-{into}/not-mine")
    assert answer.status_code == 303
    assert figures(into) == (0, 0, 0)
    assert answered(into, person) is None
    page = client.get(answer.location).get_data(as_text=True)
    assert OFFER not in page
    assert "Taken out." in page
    assert differences() == []


def test_htmx_gets_the_answers_anew(app: Flask, client: Client) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support", days=-1)
    joined(source, into)
    client.sign_in(person)
    answer = client.send(f"/ideas/CV-{into}/not-mine", headers=HTMX)
    part = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert part.lstrip().startswith("<section")
    assert "<b>0</b>" in part
    assert OFFER not in part


def test_what_they_had_said_of_the_one_that_stays_comes_back_as_it_was(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(into, person, "skip", days=-3)
    said(into, person, "oppose", days=-2)
    said(source, person, "support", days=-1)
    was = rows(into)
    key = joined(source, into)
    with write():
        services.not_mine(person, key)
    assert rows(into)["answers"] == was["answers"]
    assert figures(into) == (0, 1, 0)
    assert differences() == []


def test_taken_apart_it_returns_to_the_idea_that_it_was_given_to(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(into, person, "oppose", days=-2)
    said(source, person, "support", days=-1)
    was = rows(source, into)
    key = joined(source, into)
    with write():
        services.not_mine(person, key)
    parted(key)
    assert rows(source, into) == was


def test_there_is_nothing_to_take_out_of_ones_own_answer(app: Flask, client: Client) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    changed, own, other, gone = (resident() for _each in range(4))
    for person in (changed, own, gone):
        said(source, person, "support", days=-2)
    said(into, own, "support", days=-1)
    said(into, other, "support", days=-1)
    key = joined(source, into)
    said(into, changed, "oppose", days=1)
    said(into, gone, "none", days=1)
    was = figures(into)
    for person in (changed, own, other, gone):
        with pytest.raises(services.NothingToTakeOut), write():
            services.not_mine(person, key)
        client.sign_in(person)
        assert OFFER not in client.get(f"/ideas/CV-{into}").get_data(as_text=True)
        answer = client.send(f"/ideas/CV-{into}/not-mine")
        assert answer.status_code == 403
        assert "There is nothing to take out" in answer.get_data(as_text=True)
    assert figures(into) == was


def test_it_is_offered_for_14_days(app: Flask, client: Client) -> None:
    asked, person = challenge(opens=clock.today() - timedelta(days=30)), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support", days=-20)
    with clock.at(NOW - timedelta(days=15)):
        key = joined(source, into)
    with pytest.raises(NotAllowed, match="14 days"), write():
        services.not_mine(person, key)
    client.sign_in(person)
    assert OFFER not in client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    answer = client.send(f"/ideas/CV-{into}/not-mine")
    assert "14 days" in answer.get_data(as_text=True)
    assert figures(into) == (1, 0, 0)


def test_also_where_the_challenge_has_closed_since_it_was_not_they_who_moved_it(
    app: Flask, client: Client
) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support", days=-1)
    close(asked)
    joined(source, into)
    client.sign_in(person)
    assert OFFER in client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    assert client.send(f"/ideas/CV-{into}/not-mine").status_code == 303
    assert figures(into) == (0, 0, 0)
    assert differences() == []


def test_of_an_idea_joined_on_and_on_the_one_that_they_answered_is_named(
    app: Flask, client: Client
) -> None:
    asked, person = challenge(), resident()
    first, second, third = (idea(asked) for _each in range(3))
    said(first, person, "support", days=-1)
    was = rows(first, second, third)
    one, two = joined(first, second), joined(second, third)
    client.sign_in(person)
    page = client.get(f"/ideas/CV-{third}").get_data(as_text=True)
    assert f"You supported CV-{first}, which was joined with this idea." in page
    assert client.send(f"/ideas/CV-{first}/not-mine").status_code == 303
    assert figures(third) == (0, 0, 0)
    assert differences() == []
    parted(two)
    parted(one)
    assert rows(first, second, third) == was


def test_a_visitor_signs_in_first_and_it_is_done_then(app: Flask, client: Client) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    joined(source, into)
    answer = client.send(f"/ideas/CV-{into}/not-mine")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location


def test_nobody_takes_anything_out_of_what_is_hidden(app: Flask, client: Client) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support", days=-1)
    joined(source, into)
    with write():
        ideas.hide(into, actor=None, reason="Names somebody")
    client.sign_in(person)
    assert client.send(f"/ideas/CV-{into}/not-mine").status_code == 404
    assert figures(into) == (1, 0, 0)
