"""One idea at a time: the fewest answered first, each once, never one's own; and what is left."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.site.models import SiteSettings
from citizen_voice.web import pagination
from tests.accounts.walk import ask, enter, letter
from tests.client import HTMX, Client, token_in
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.habits.marks import once
from tests.habits.statements import counted


def asked_about(page: str) -> int | None:
    """The number of the idea that a page asks about; ``None`` where it asks about none."""
    bar = page.partition('class="one__bar"')[2]
    found = re.search(r"/ideas/CV-(\d+)/answer", bar)
    return int(found[1]) if found else None


def skip_link(page: str) -> str:
    bar = page.partition('class="one__bar"')[2]
    found = re.search(r'<a [^>]*href="([^"]*/next\?after=[^"]+)"', bar)
    assert found, page
    return found[1]


def reply(
    client: Client, number: int, value: str, headers: dict[str, str] | None = None
) -> TestResponse:
    """Press one of the buttons."""
    fields = {"value": value, "from": "next"}
    return client.send(f"/ideas/CV-{number}/answer", fields, headers=headers or {})


def answered(number: int, people: int) -> None:
    for _ in range(people):
        person = resident()
        with write():
            answering.cast(person, number, "support")


def three(made: Challenge, author: UUID | None = None) -> list[int]:
    return [idea(made, author or resident()) for _ in range(3)]


def test_the_fewest_answered_come_first_and_each_comes_once(client: Client) -> None:
    made = challenge()
    numbers = three(made)
    answered(numbers[0], 5)
    answered(numbers[1], 1)
    with write():
        services.reshuffle()
    reader = resident()
    client.sign_in(reader)
    page, seen = client.get(f"/challenges/{made.slug}/next"), []
    for value in ("support", "oppose", "skip"):
        number = asked_about(page.text)
        assert number is not None
        seen.append(number)
        sent = reply(client, number, value)
        assert sent.status_code == 303
        assert sent.location == f"/challenges/{made.slug}/next?last=CV-{number}"
        page = client.get(sent.location)
    assert seen == numbers[::-1]
    assert asked_about(page.text) is None
    assert "You have seen them all. Thank you." in page.text
    assert [figures(number) for number in numbers] == [(5, 0, 1), (1, 1, 0), (1, 0, 0)]


def test_ones_own_ideas_and_those_answered_elsewhere_do_not_come(client: Client) -> None:
    made, reader = challenge(), resident()
    idea(made, reader)
    before = idea(made)
    with write():
        answering.cast(reader, before, "oppose")
    client.sign_in(reader)
    page = client.get(f"/challenges/{made.slug}/next").text
    assert asked_about(page) is None
    assert "You have seen them all" in page
    other = idea(made)
    assert asked_about(client.get(f"/challenges/{made.slug}/next").text) == other


def test_only_what_can_be_answered_comes(client: Client) -> None:
    made = challenge()
    hidden, adopted, withdrawn = three(made, author := resident())
    idea(challenge())
    with write():
        services.hide(hidden, actor=None, reason="x")
        services.withdraw(withdrawn, author, why="happened", words="", language="en")
        decided = update(IdeaListing).where(IdeaListing.idea_id == adopted)
        db.session.execute(decided.values(stage="adopted"))
    client.sign_in(resident())
    assert asked_about(client.get(f"/challenges/{made.slug}/next").text) is None


def test_after_an_answer_it_says_so_and_undo_brings_the_idea_again(client: Client) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
    assert number is not None
    page = client.get(reply(client, number, "support").location).text
    assert "Counted. You support this:" in page
    assert f'action="/ideas/CV-{number}/answer"' in page.partition('class="one__bar"')[0]
    assert asked_about(page) != number
    undone = reply(client, number, "none")
    assert undone.location == f"/challenges/{made.slug}/next?again=CV-{number}"
    page = client.get(undone.location).text
    assert "Taken back." in page
    assert asked_about(page) == number
    assert figures(number) == (0, 0, 0)


def test_what_it_says_of_the_last_answer_is_true(client: Client) -> None:
    """Whatever an address claims: somebody else may have made it."""
    made, other = challenge(), challenge()
    three(made)
    elsewhere, secret = idea(other), idea(challenge(moderation="before"), title="A secret")
    reader = resident()
    with write():
        answering.cast(reader, elsewhere, "support")
    unanswered = idea(made, title="Never answered")
    client.sign_in(reader)
    for name in ("last", "again"):
        for ref in (f"CV-{elsewhere}", f"CV-{secret}", "CV-99999", "x", "CV-1' OR 1=1"):
            shown = client.get(f"/challenges/{made.slug}/next", query_string={name: ref})
            assert shown.status_code == 200
            assert "Counted" not in shown.text
            assert "Taken back" not in shown.text
            assert "A secret" not in shown.text
    page = client.get(f"/challenges/{made.slug}/next?last=CV-{unanswered}").text
    assert "Counted" not in page
    own = idea(made, reader)
    page = client.get(f"/challenges/{made.slug}/next?again=CV-{own}").text
    assert asked_about(page) != own


def test_where_support_is_all_that_counts_skip_only_goes_on(client: Client) -> None:
    made = challenge(ballot="support")
    numbers = three(made)
    client.sign_in(resident())
    page, seen = client.get(f"/challenges/{made.slug}/next").text, []
    for _ in range(3):
        assert 'value="oppose"' not in page
        assert 'value="skip"' not in page
        seen.append(asked_about(page))
        page = client.get(skip_link(page)).text
    assert sorted(number for number in seen if number) == sorted(numbers)
    assert "You have seen them all" in page
    assert "Go through them again" in page
    assert [figures(number) for number in numbers] == [(0, 0, 0)] * 3


def test_with_support_alone_an_answer_goes_on_from_where_one_was(client: Client) -> None:
    made = challenge(ballot="support")
    three(made)
    client.sign_in(resident())
    first = client.get(f"/challenges/{made.slug}/next").text
    second = client.get(skip_link(first)).text
    number = asked_about(second)
    assert number is not None
    third = client.get(reply(client, number, "support").location).text
    assert asked_about(third) not in (None, asked_about(first), number)


def test_a_visitor_reads_them_and_skips_on(client: Client) -> None:
    made = challenge()
    numbers = three(made)
    page, seen = client.get(f"/challenges/{made.slug}/next").text, []
    for _ in range(3):
        seen.append(asked_about(page))
        page = client.get(skip_link(page)).text
    assert sorted(number for number in seen if number) == sorted(numbers)
    assert "You have seen them all" in page


def test_a_visitors_answer_goes_through_sign_in_and_on_to_the_next(client: Client) -> None:
    made = challenge()
    three(made)
    resident(email="ada@example.org")
    first = client.get(f"/challenges/{made.slug}/next").text
    second = client.get(skip_link(first)).text
    number = asked_about(second)
    assert number is not None
    sent = client.post(f"/ideas/CV-{number}/answer", data={"value": "support", "from": "next"})
    assert sent.location == "/sign-in"
    ask(client, "ada@example.org")
    landed = enter(client, letter("ada@example.org").code)
    assert landed.location.endswith(f"/challenges/{made.slug}/next?last=CV-{number}")
    client.csrf = None
    page = client.get(landed.location).text
    assert "Counted. You support this:" in page
    third = asked_about(page)
    assert third not in (None, number, asked_about(first))
    page = client.get(reply(client, third or 0, "support").location).text
    assert asked_about(page) == asked_about(first), "what was passed over comes at the end"


@pytest.mark.parametrize("value", ["support", "oppose", "skip"])
def test_with_htmx_the_next_idea_comes_in_place(client: Client, value: str) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
    assert number is not None
    answer = reply(client, number, value, HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="one"')
    assert answer.headers["HX-Replace-Url"] == f"/challenges/{made.slug}/next?last=CV-{number}"
    assert "data-focus" in answer.text
    assert asked_about(answer.text) not in (None, number)
    again = reply(client, number, "none", HTMX)
    assert asked_about(again.text) == number
    assert 'data-announce="Taken back."' in again.text


def test_a_challenge_that_closed_meanwhile_says_so(client: Client) -> None:
    made = challenge()
    number = three(made)[0]
    client.sign_in(resident())
    close(made)
    for headers, status in (({}, 422), (HTMX, 200)):
        answer = reply(client, number, "support", headers)
        assert answer.status_code == status
        assert (
            "This challenge has closed, so answers can’t change any more."
            in answer.text.replace("&#39;", "’")
        )
        assert asked_about(answer.text) is None
    assert figures(number) == (0, 0, 0)


def test_an_idea_hidden_meanwhile_is_passed_by(client: Client) -> None:
    made = challenge()
    number = three(made)[0]
    client.sign_in(resident())
    with write():
        services.hide(number, actor=None, reason="Names somebody")
    answer = reply(client, number, "support", HTMX)
    assert answer.status_code == 200
    assert "That idea is not there any more." in answer.text
    assert asked_about(answer.text) not in (None, number)


def test_an_answer_that_is_none_shows_the_idea_again(client: Client) -> None:
    number = idea()
    client.sign_in(resident())
    answer = reply(client, number, "maybe")
    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text
    assert asked_about(answer.text) == number


def test_challenges_without_ideas_before_and_after(client: Client) -> None:
    empty, closed = challenge(), challenge()
    idea(closed)
    close(closed)
    assert "No ideas yet. Be the first." in client.get(f"/challenges/{empty.slug}/next").text
    assert "This challenge is closed" in client.get(f"/challenges/{closed.slug}/next").text
    unpublished = challenge(published=False)
    assert client.get(f"/challenges/{unpublished.slug}/next").status_code == 404
    assert client.get("/challenges/nowhere/next").status_code == 404


def test_a_challenge_not_yet_open_says_when(client: Client) -> None:
    made = challenge(opens=clock.today() + timedelta(days=3))
    page = client.get(f"/challenges/{made.slug}/next")
    assert page.status_code == 200
    assert "Answers are not open yet" in page.text


@once
@pytest.mark.parametrize(
    "after", ["x", "bm9uZQ", pagination.encode(1), pagination.encode(0, 99, 0, 1), "1" * 3_000]
)
def test_a_place_that_cannot_be_is_refused(client: Client, after: str) -> None:
    made = challenge()
    idea(made)
    answer = client.get(f"/challenges/{made.slug}/next", query_string={"after": after})
    assert answer.status_code == 400


def test_a_place_of_yesterday_begins_anew(client: Client) -> None:
    made = challenge()
    three(made)
    page = client.get(f"/challenges/{made.slug}/next").text
    link = skip_link(page)
    with write():
        db.session.execute(update(SiteSettings).values(fair_offset=SiteSettings.fair_offset + 1))
    answer = client.get(link)
    assert answer.status_code == 303
    assert answer.location == f"/challenges/{made.slug}/next"
    assert parse_qs(urlsplit(answer.location).query) == {}


def test_the_way_there_is_on_the_challenge_and_the_home_page(client: Client) -> None:
    made = challenge()
    address = f'href="/challenges/{made.slug}/next"'
    assert address not in client.get(f"/challenges/{made.slug}").text
    assert address not in client.get("/").text
    idea(made)
    assert address in client.get(f"/challenges/{made.slug}").text
    assert address in client.get("/").text


def test_an_answer_in_place_takes_few_statements(client: Client) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    for _ in range(2):
        number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
        client.csrf = token_in(client.get("/").text)
        with counted() as statements:
            assert reply(client, number or 0, "support", HTMX).status_code == 200
        assert len(statements) <= 2 + 5, str(statements)
    with counted() as statements:
        client.get(f"/challenges/{made.slug}/next?last=CV-{number}")
    assert len(statements) <= 2 + 4, str(statements)
