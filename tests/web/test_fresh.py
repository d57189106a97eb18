"""A page that has not changed is not sent again, and one that has always is."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock, create_app, kept
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.site import services as site
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted


def tag_of(client: Client, path: str, **headers: str) -> str:
    """The page's tag, from reading it whole."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["ETag"].startswith('W/"')
    return str(answer.headers["ETag"])


def again(client: Client, path: str, tag: str, **headers: str) -> int:
    """The status of asking once more with the tag."""
    answer = client.get(path, headers={"If-None-Match": tag, **headers})
    if answer.status_code == 304:
        assert answer.data == b""
        assert answer.headers["ETag"] in tag
        assert "Cookie" in answer.headers["Vary"]
        assert "no-cache" in answer.headers["Cache-Control"]
    return answer.status_code


@pytest.fixture
def place(app: Flask) -> dict[str, str]:
    """Pages of an idea in a challenge, by name."""
    asked = challenge(slug="asked")
    number = idea(asked)
    return {
        "list": "/ideas",
        "challenge": "/challenges/asked",
        "idea": f"/ideas/CV-{number}",
        "home": "/",
        "rules": "/cy/rules",
        "number": str(number),
    }


PAGES = ["list", "challenge", "idea", "home", "rules"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(
    client: Client, place: dict[str, str], name: str
) -> None:
    tag = tag_of(client, place[name])
    assert again(client, place[name], tag) == 304
    assert again(client, place[name], f'"another", {tag}') == 304
    assert again(client, place[name], '"another"') == 200
    resident()
    assert again(client, place[name], tag) == 304
    assert client.head(place[name], headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["list", "challenge", "idea"])
def test_an_answer_changes_every_page_that_shows_its_figure(
    client: Client, place: dict[str, str], name: str
) -> None:
    before = tag_of(client, place[name])
    person = resident()
    with write():
        answering.cast(person, int(place["number"]), "support")
    assert again(client, place[name], before) == 200
    supported = tag_of(client, place[name])
    assert supported != before
    with write():
        answering.cast(person, int(place["number"]), "none")
    assert again(client, place[name], supported) == 200
    assert again(client, place[name], before) == 304


def test_while_nothing_is_committed_nothing_is_read(
    client: Client, place: dict[str, str], database: str
) -> None:
    tag = tag_of(client, "/ideas")
    costs = []
    for _ in range(20):
        with counted() as statements:
            assert again(client, "/ideas", tag) == 304
        costs.append(len(statements))
        tag_of(client, "/ideas")
    if database == "sqlite":
        assert set(costs) == {0}
    else:  # its mark changes with what others do to other databases of the same server, too
        assert min(costs) == 1, "to ask for the mark is all it takes"
    resident()
    with counted() as statements:
        assert again(client, "/ideas", tag) == 304
    assert len(statements) >= 2, "somebody committed: it has to look"


def test_what_another_process_commits_is_seen(
    client: Client, place: dict[str, str], fresh: Settings
) -> None:
    tag = tag_of(client, "/ideas")
    assert again(client, "/ideas", tag) == 304
    other = create_app(fresh)
    with other.app_context(), write():
        ideas.hide(int(place["number"]), actor=None, reason="Names somebody")
    let_go(other)
    assert again(client, "/ideas", tag) == 200


def test_each_reader_has_tags_of_their_own(
    app: Flask, client: Client, place: dict[str, str]
) -> None:
    visitors = tag_of(client, "/ideas")
    person = resident(name="Heron")
    client.sign_in(person)
    assert again(client, "/ideas", visitors) == 200
    theirs = tag_of(client, "/ideas")
    assert theirs != visitors
    assert again(client, "/ideas", theirs) == 304
    with write():
        accounts.set_name(person, "Kingfisher")
    assert again(client, "/ideas", theirs) == 200
    other = app.test_client()
    assert isinstance(other, Client)
    assert again(other, "/ideas", theirs) == 200
    assert again(other, "/ideas", visitors) == 304


def test_a_part_of_a_page_has_another_tag_than_the_page(
    client: Client, place: dict[str, str]
) -> None:
    whole = tag_of(client, "/ideas")
    part = tag_of(client, "/ideas", **HTMX)
    assert part != whole
    assert again(client, "/ideas", whole, **HTMX) == 200
    assert again(client, "/ideas", part) == 200
    assert tag_of(client, "/cy/ideas") != whole


def test_a_challenge_that_closes_at_midnight_changes_its_pages_though_nobody_writes(
    client: Client, place: dict[str, str]
) -> None:
    last = clock.today() + timedelta(days=30)
    with clock.at(clock.end_of(last) - timedelta(minutes=1)):
        tags = {name: tag_of(client, place[name]) for name in ("list", "challenge", "idea")}
        assert all(again(client, place[name], tag) == 304 for name, tag in tags.items())
    with clock.at(clock.end_of(last)):
        assert all(again(client, place[name], tag) == 200 for name, tag in tags.items())
        assert "<form" not in client.get("/ideas").text.partition('class="cards')[2]


def test_the_sites_own_words_change_every_page(client: Client, place: dict[str, str]) -> None:
    tags = {name: tag_of(client, place[name]) for name in PAGES}
    with write():
        site.change(council_en="Another council", council_cy="Cyngor arall")
    assert all(again(client, place[name], tag) == 200 for name, tag in tags.items())


@pytest.mark.parametrize("path", ["/sign-in/code", "/me", "/nowhere"])
def test_what_is_for_one_person_alone_and_what_is_not_there_has_no_tag(
    client: Client, place: dict[str, str], path: str
) -> None:
    assert "ETag" not in client.get(path, follow_redirects=False).headers


def test_what_is_kept_is_kept_until_anything_is_committed(app: Flask) -> None:
    reads = []

    @kept.kept
    def read(what: str) -> int:
        reads.append(what)
        return len(reads)

    before = kept.state()
    values = [read("a"), read("a"), read("b"), read("a")]
    if kept.state() == before:  # nobody was at the server of the tests meanwhile
        assert values == [1, 1, 2, 1]
    with write():
        first = read("a")
        assert read("a") == first + 1, "inside a transaction it is read afresh"
    resident()
    assert read("a") == first + 2, "after a commit, too"
