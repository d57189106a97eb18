"""Visitors get a page again as it was made, byte for byte, while nothing was committed."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice import config, create_app
from citizen_voice.cli.apps import let_go
from citizen_voice.web import front
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.growing import grow
from tests.habits.statements import counted
from tests.habits.world import small

TRIES = 20


@pytest.fixture
def page(app: Flask) -> str:
    """The address of an idea."""
    return f"/ideas/CV-{idea(challenge())}"


def test_the_same_bytes_and_headers_come_again_without_the_database(
    client: Client, page: str, database: str
) -> None:
    first = client.get(page)
    costs = []
    for _ in range(TRIES):
        with counted() as statements:
            second = client.get(page)
        costs.append(len(statements))
        assert second.data == first.data
        assert sorted(_headers(second)) == sorted(_headers(first))
    # PostgreSQL's mark changes with what others do to other databases of the same server, too
    assert min(costs) == (0 if database == "sqlite" else 1)


def _headers(answer: TestResponse) -> list[tuple[str, str]]:
    given = [*answer.headers]
    assert "X-Request-Id" in dict(given)
    return [each for each in given if each[0] != "X-Request-Id"]


def test_each_answer_has_an_id_of_its_own(client: Client, page: str) -> None:
    assert len({client.get(page).headers["X-Request-Id"] for _ in range(5)}) == 5


def test_a_page_for_one_reader_is_never_another_s(client: Client, page: str) -> None:
    visitors = client.get(page).text
    client.sign_in(resident(name="Heron"))
    assert "Heron" in client.get(page).text
    assert "Heron" in client.get(page).text
    client.delete_cookie("session")
    assert client.get(page).text == visitors


def test_the_other_language_part_and_query_are_other_pages(client: Client, page: str) -> None:
    whole = client.get(page).data
    assert client.get(f"/cy{page}").data != whole
    assert client.get(page, headers=HTMX).data != whole
    assert client.get(page).data == whole
    assert client.head(page).data == b""
    assert b"http://other.example" in client.get(page, base_url="http://other.example").data
    assert b"http://other.example" not in client.get(page).data


def test_a_commit_of_anything_has_the_site_look_again(client: Client, page: str) -> None:
    before = client.get(page).data
    client.get(page)
    resident()
    with counted() as statements:
        assert client.get(page).data == before
    assert len(statements) >= 2


def test_what_is_not_for_everybody_is_not_remembered(client: Client, app: Flask) -> None:
    known = app.extensions[front._KNOWN]
    client.get("/sign-in")
    client.get("/nowhere")
    client.get("/healthz")
    client.get("/ideas?q=" + "a" * front.LONGEST_QUERY)
    addresses = {address[3] for address in known}
    assert not addresses & {"/sign-in", "/nowhere", "/healthz", "/ideas"}


def test_requests_answered_so_are_logged_like_all(
    fresh: config.Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(replace(fresh, log_requests=True))
    client = app.test_client()
    capsys.readouterr()
    tag = client.get("/ideas").headers["ETag"]
    client.get("/ideas")
    client.get("/ideas", headers={"If-None-Match": tag})
    let_go(app)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 304]
    assert len({line["route"] for line in lines}) == 1
    assert lines[0]["bytes"] == lines[1]["bytes"] > 0
    assert lines[2]["bytes"] == 0
    assert lines[0].keys() == lines[1].keys() == lines[2].keys()


def test_what_is_held_is_bounded_in_bytes(client: Client, app: Flask, page: str) -> None:
    for _ in range(50):
        comment(int(page.rpartition("-")[2]), body="So would I. " * 120)
    client.get(page)
    held = app.extensions[front._BODIES]
    before = dict(held)
    assert before
    addresses = [f"/api/v1{page}/comments?limit={limit}" for limit in range(47, 51)]
    for address in addresses:
        first = client.get(address)
        assert len(first.data) > front.LARGEST_BODY
        assert client.get(address).data == first.data
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
    assert dict(held) == before
    most = front.MOST_BODIES * front.LARGEST_BODY
    assert most <= 16 * 1024 * 1024
    assert all(len(each.content) <= front.LARGEST_BODY for each in held.values())


def test_the_usual_pages_are_light_enough_to_be_held(client: Client, app: Flask) -> None:
    world = small()
    grow(world)
    held = app.extensions[front._BODIES]
    for address in ("/", "/ideas", "/challenges", f"/ideas/CV-{world.shortlisted}", "/pilots"):
        answer = client.get(address)
        assert answer.data in {each.content for each in held.values()}, address
        assert len(answer.data) < front.LARGEST_BODY * 3 // 4
