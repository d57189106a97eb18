"""Whatever goes wrong has a page: what happened, what to do, and what was typed given back."""

import json
import re
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from citizen_voice.ideas import ordering
from citizen_voice.site import queries as site
from citizen_voice.site import routes as pages
from citizen_voice.web import pagination
from tests.client import HTMX, Client
from tests.habits.marks import once
from tests.habits.queries import END
from tests.habits.world import World, browser

MOMENT = f"{2**31} at 1: 200"
"""Of *newest* the place is a moment in microseconds, which may well be that."""

MISSING = [
    (404, "/nowhere"),
    (404, "/ideas/CV-999999"),
    (404, "/ideas/1"),
    (404, "/ideas/CV-99999999999"),
    (404, "/challenges/none"),
    (404, "/challenges/none/suggest"),
    (405, "/sign-out"),
    (405, "/me/name"),
    (405, "/ideas/CV-1001/answer"),
    (400, "/ideas?order=sideways"),
    (400, "/ideas?stage=forgotten"),
    (400, "/ideas?ward=north"),
    (400, "/ideas?after=x"),
    (400, "/ideas?after=%F0%9F%8C%B3"),
    (400, "/ideas?order=newest&after=WzFd"),
]
WORDS = {
    "title": "A bench by the library",
    "body": "So that people can rest.\nAnd <b>read</b> & talk.",
    "name": "Sam of the hill",
}


@pytest.mark.parametrize(("status", "path"), MISSING)
def test_an_address_that_cannot_be_has_a_page_in_both_languages(
    client: Client, status: int, path: str
) -> None:
    for prefix, language in (("", "en"), ("/cy", "cy")):
        answer = client.get(prefix + path)
        assert answer.status_code == status, f"{prefix}{path}: {answer.status_code}"
        assert_page(answer, language)
    fragment = client.get(path, headers=HTMX)
    assert fragment.status_code == status
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#alert"


@pytest.mark.parametrize("order", ordering.ORDERS)
def test_a_place_in_a_list_that_was_tampered_with_is_refused(client: Client, order: str) -> None:
    good = decoded(ordering.cursor(order, END, 0))
    assert client.get(f"/ideas?order={order}&after={pagination.encode(*good)}").status_code == 200
    let_in = []
    for position in range(len(good)):
        for number in (2**31, 2**61, 2**70, -(2**61)):
            bad = pagination.encode(*good[:position], number, *good[position + 1 :])
            status = client.get(f"/ideas?order={order}&after={bad}").status_code
            begins_anew = order == ordering.FAIR and position == 0 and status in (302, 303)
            if status != 400 and not begins_anew:
                let_in.append(f"{number} at {position}: {status}")
    if order == ordering.NEWEST:
        let_in.remove(MOMENT)
    assert not let_in, (
        f"Refuse with BadCursor in ideas.ordering what no row can have (keys and figures have 31 "
        f"bits), or PostgreSQL answers with an error: {let_in}"
    )


def decoded(cursor: str) -> list[int]:
    """The numbers of a cursor."""
    numbers: list[int] = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return numbers


@once
def test_error_pages_are_said_in_welsh(client: Client) -> None:
    for path in ("/nowhere", "/sign-out", "/ideas?order=sideways"):
        english, welsh = heading(client.get(path)), heading(client.get("/cy" + path))
        assert english != welsh, f"{path}: {english!r} has no Welsh (run `make messages`)"


@once
def test_what_may_be_done_at_an_address_is_said_with_405(client: Client) -> None:
    assert "POST" in client.get("/sign-out").headers["Allow"]


def test_a_stale_page_gives_back_what_was_typed(app: Flask, world: World) -> None:
    client = browser(app, world, "resident")
    for prefix, language in (("", "en"), ("/cy", "cy")):
        answer = client.post(f"{prefix}/ideas/new", data=WORDS | {"csrf_token": "x"})
        assert answer.status_code == 403
        assert_page(answer, language)
        assert_kept(answer)
        assert f'action="{prefix}/ideas/new"' in answer.text, "it can be sent again"


@once
def test_a_forged_form_is_not_given_back(client: Client) -> None:
    answer = client.post("/ideas/new", data=WORDS, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert_page(answer, "en")
    assert WORDS["title"] not in answer.text


def test_a_form_that_is_too_big_has_a_page(app: Flask, world: World) -> None:
    huge = "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)
    for reader, path in (
        ("visitor", "/sign-in"),
        ("visitor", "/ideas/new"),
        ("resident", "/me/name"),
    ):
        client = browser(app, world, reader)
        for prefix, language in (("", "en"), ("/cy", "cy")):
            answer = client.post(prefix + path, data={"title": huge})
            assert answer.status_code == 413, f"{path} as {reader}: {answer.status_code}"
            assert_page(answer, language)


def test_a_form_with_too_many_fields_has_a_page(client: Client) -> None:
    answer = client.post("/sign-in", data={f"field{number}": "x" for number in range(5_000)})
    assert answer.status_code in (413, 422)
    assert_page(answer, "en")


def test_a_mistake_of_ours_shows_a_reference_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "the inside of the machine"
    monkeypatch.setattr(pages, "plain_page", raises(RuntimeError(secret)))
    for prefix, language in (("", "en"), ("/cy", "cy")):
        answer = client.get(f"{prefix}/rules")
        assert answer.status_code == 500
        assert_page(answer, language)
        assert secret not in answer.text
        assert re.search(r"<b>[0-9a-f]{8}</b>", answer.text), "a reference number"


def test_a_database_that_does_not_answer_has_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unwell = OperationalError("SELECT", {}, Exception("the database is locked"))
    monkeypatch.setattr(site, "settings", raises(unwell))
    for path in ("/", "/cy/ideas"):
        answer = client.get(path)
        assert answer.status_code == 503, f"{path}: {answer.status_code}"
        assert_page(answer, "cy" if path.startswith("/cy") else "en")
        assert answer.headers["Retry-After"]


def raises(error: Exception) -> Any:
    """A function that raises."""

    def raising(*_args: object, **_named: object) -> None:
        raise error

    return raising


def assert_page(answer: TestResponse, language: str) -> None:
    """It is a whole page of ours in a language, with a title, and shows nothing of the inside."""
    html = answer.text
    assert answer.mimetype == "text/html"
    assert f'<html lang="{language}"' in html
    assert heading(answer)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title is not None
    assert heading(answer) in title[1], "the title says what the heading says"
    for inside in ("Traceback", "werkzeug", "sqlalchemy", 'File "', "psycopg", "sqlite3"):
        assert inside not in html, f"the page shows the inside: {inside}"
    assert answer.headers["Cache-Control"] == "no-store"


def heading(answer: TestResponse) -> str:
    """The words of the page's <h1>."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    assert found is not None, answer.text[:300]
    return found[1].strip()


def assert_kept(answer: TestResponse) -> None:
    """Every word that was typed stands in the page, escaped."""
    assert WORDS["title"] in answer.text
    assert "And &lt;b&gt;read&lt;/b&gt; &amp; talk." in answer.text
    assert WORDS["name"] in answer.text
