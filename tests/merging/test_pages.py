"""What readers see of joined ideas: the address leads on, both authors are named."""

import pytest
from flask import Flask

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import figures, idea
from tests.factories.merging import joined, parted
from tests.factories.people import resident
from tests.habits.statements import counted


@pytest.mark.parametrize("further", ["", "/comments", "/versions", "/qr.svg"])
def test_every_address_of_a_joined_idea_leads_to_the_other(
    app: Flask, client: Client, further: str
) -> None:
    asked = challenge()
    first, second, third = (idea(asked) for _each in range(3))
    joined(first, second)
    one = joined(second, third)
    for prefix in ("", "/cy"):
        answer = client.get(f"{prefix}/ideas/CV-{first}{further}")
        assert answer.status_code == 302
        assert answer.location == f"{prefix}/ideas/CV-{third}{further}"
        assert client.get(answer.location).status_code == 200
    parted(one)
    assert client.get(f"/ideas/CV-{first}{further}").location == f"/ideas/CV-{second}{further}"
    assert client.get(f"/ideas/CV-{second}{further}").status_code == 200


@pytest.mark.parametrize("further", ["/edit", "/withdraw"])
def test_an_author_finds_the_other_idea_where_they_would_have_changed_theirs(
    app: Flask, client: Client, further: str
) -> None:
    asked, author = challenge(), resident()
    source, into = idea(asked, author), idea(asked)
    joined(source, into)
    client.sign_in(author)
    answer = client.get(f"/ideas/CV-{source}{further}")
    assert (answer.status_code, answer.location) == (302, f"/ideas/CV-{into}")


def test_both_authors_are_named_by_the_names_they_have_now(app: Flask, client: Client) -> None:
    asked, author, leaver = challenge(), resident(name="Sam Small"), resident(name="Kim Tall")
    source, other = idea(asked, author, title="A seat"), idea(asked, leaver, title="A wall")
    into = idea(asked)
    joined(source, into)
    joined(other, into)
    page = client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    assert f"Also suggested by Sam Small as CV-{source}:" in page
    assert "A seat" in page
    assert f"Also suggested by Kim Tall as CV-{other}:" in page
    with write():
        accounts.leave(leaver, remove_words=True)
    page = client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    assert f"Also suggested by Former participant as CV-{other}:" in page
    assert "A wall" not in page
    assert "Kim Tall" not in page


def test_what_is_hidden_is_not_named_and_leads_nowhere(app: Flask, client: Client) -> None:
    asked = challenge()
    source, into = idea(asked, resident(name="Sam Small"), title="Ring 555 now"), idea(asked)
    joined(source, into)
    with write():
        ideas.hide(source, actor=None, reason="Names somebody")
    page = client.get(f"/ideas/CV-{into}").get_data(as_text=True)
    assert "Sam Small" not in page
    assert "Ring 555" not in page
    assert client.get(f"/ideas/CV-{source}").status_code == 410


def test_comments_say_what_they_were_said_about(app: Flask, client: Client) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    comment(into, body="Said here.")
    top = comment(source, body="Said there.")
    reply(top, body="And answered.")
    joined(source, into)
    for address in (f"/ideas/CV-{into}", f"/ideas/CV-{into}/comments", f"/comments/{top}"):
        page = client.get(address).get_data(as_text=True)
        mark = f"Said about CV-{source}, which was joined with this idea."
        assert page.count(mark) == 1, address
        assert "And answered." in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_answer_to_a_joined_idea_is_refused_and_the_other_is_shown(
    app: Flask, client: Client, headers: dict[str, str]
) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked, title="The one that stays")
    joined(source, into)
    client.sign_in(person)
    answer = client.send(f"/ideas/CV-{source}/answer", {"value": "support"}, headers=headers)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    if headers:
        assert "Please answer there." in page
    else:
        assert f"CV-{source} was joined with this idea." in page
        assert "The one that stays" in page
    assert figures(into) == (0, 0, 0)


def test_a_comment_on_a_joined_idea_is_refused_and_its_words_stay(
    app: Flask, client: Client
) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    joined(source, into)
    client.sign_in(person)
    answer = client.send(f"/ideas/CV-{source}/comments", {"comment": "Mind the slope."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Please comment there." in page
    assert "Mind the slope." in page


def test_the_page_of_an_idea_costs_no_more_where_none_was_joined_with_it(
    app: Flask, client: Client
) -> None:
    asked = challenge()
    source, into, alone, person = idea(asked), idea(asked), idea(asked), resident()
    joined(source, into)
    client.get(f"/ideas/CV-{alone}")

    def cost(number: int) -> int:
        answers.answer(person, alone, "support")
        with counted() as statements:
            assert client.get(f"/ideas/CV-{number}").status_code == 200
        return len(statements)

    for number in (alone, into):  # what a process reads once
        cost(number)
    assert cost(into) == cost(alone) + 1


def test_a_reader_sees_at_once_that_ideas_were_joined_and_parted(
    app: Flask, client: Client
) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    tag = client.get(f"/ideas/CV-{into}").headers["ETag"]
    key = joined(source, into)
    again = client.get(f"/ideas/CV-{into}", headers={"If-None-Match": tag})
    assert again.status_code == 200
    parted(key)
    page = client.get(f"/ideas/CV-{into}", headers={"If-None-Match": again.headers["ETag"]})
    assert page.status_code == 200
    assert "Also suggested by" not in page.get_data(as_text=True)
