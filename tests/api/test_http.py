"""How it is asked and answered: tags, other sites' scripts, what goes wrong, what it costs."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from citizen_voice import kept
from citizen_voice.api import queries
from citizen_voice.api.addresses import ADDRESSES
from citizen_voice.challenges.models import Challenge
from citizen_voice.challenges.services import slugs
from citizen_voice.db import db, dialect, write
from citizen_voice.ideas.queries.choices import names
from tests.api.conftest import Site
from tests.api.generic import Api
from tests.api.test_answers import values
from tests.client import Client
from tests.factories.ideas import idea
from tests.habits.statements import counted
from tests.habits.test_statements import MARK, commit

PROBLEM = "application/problem+json"
MOST = 3


def paths(site: Site) -> list[str]:
    """An address of each kind."""
    found = [each.path.format(**values(site, each.endpoint)) for each in ADDRESSES]
    further = [f"/ideas?challenge={site.first.slug}&order=number&limit=100", "/ideas?limit=100"]
    further += [f"/changes?challenge={site.first.slug}"]
    return [f"/api/v1{path}" for path in [*found, *further]]


def test_who_has_it_already_gets_no_body(client: Client, site: Site) -> None:
    for path in [*paths(site), "/api/v1/openapi.json", "/api/v1/docs", "/cy/api/v1/ideas"]:
        first = client.get(path)
        tag = first.headers["ETag"]
        for said in (tag, f'"other", {tag}', f'W/"x", {tag.removeprefix("W/")}', "*"):
            answer = client.get(path, headers={"If-None-Match": said})
            if said == "*":
                assert answer.status_code in (200, 304)
                continue
            assert answer.status_code == 304, (path, said)
            assert answer.data == b""
            assert answer.headers["ETag"] == tag
            assert answer.headers.get("Link") == first.headers.get("Link")
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tag_changes_with_what_is_told(client: Client, site: Site) -> None:
    before = client.get("/api/v1/ideas").headers["ETag"]
    idea(site.first)
    answer = client.get("/api/v1/ideas", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


def test_it_may_be_kept_by_anybody_and_is_asked_for_each_time(client: Client, site: Site) -> None:
    for path in paths(site):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert "Vary" not in answer.headers
        assert "Set-Cookie" not in answer.headers


def test_scripts_of_other_sites_may_read_it(client: Client, site: Site) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for path in [*paths(site), "/api/v1/openapi.json"]:
        tag = client.get(path).headers["ETag"]
        for further in ({}, {"If-None-Match": tag}):
            answer = client.get(path, headers=elsewhere | further)
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        asks = elsewhere | {
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "If-None-Match",
        }
        first = client.open(path, method="OPTIONS", headers=asks)
        assert first.status_code == 200
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert "GET" in first.headers["Access-Control-Allow-Methods"]
        assert first.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.get("/api/v1/nowhere").headers["Access-Control-Allow-Origin"] == "*"


def test_heads_are_those_of_the_answer(client: Client, site: Site) -> None:
    for path in paths(site):
        head, answer = client.head(path), client.get(path)
        assert (head.status_code, head.data) == (200, b"")
        for name in ("ETag", "Link", "Content-Type", "Content-Length"):
            assert head.headers.get(name) == answer.headers.get(name), (path, name)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ideas?limit=101", "It takes a whole number from 1 to 100."),
        ("ideas?order=best", "It takes one of these: newest, supported, number."),
        ("ideas?q=bench", "There are these: "),
        ("ideas?after=", "can’t have that value."),
        ("challenges?limit=1", "There is no parameter “limit” here."),
    ],
)
def test_a_refusal_says_what_would_be_taken(
    client: Client, site: Site, address: str, says: str
) -> None:
    assert site
    said = client.get(f"/api/v1/{address}").get_json(force=True)["detail"]
    assert says in said
    assert said.endswith(".")
    assert "  " not in said
    assert said != client.get(f"/cy/api/v1/{address}").get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("status", "path"),
    [
        *(
            (400, f"ideas?{query}")
            for query in (
                *(f"limit={text}" for text in ("0", "-1", "101", "1000000000", "abc", "", "1.0")),
                *(f"limit={text}" for text in ("%2B1", "01", "1_0", "%20 1", "%D9%A1", "1e1")),
                *("limit=1&limit=2", "order=fair", "order=", "stage=merged", "stage=withdrawn"),
                *("topic=0", "ward=north", "ward=2147483648", "ward=99999999999999999999"),
                *("challenge=", f"challenge={'x' * 61}", "after=", "after=x", f"after={'W' * 201}"),
                *("unknown=1", "LIMIT=1", "q=bench", "limit=%FF", "after=%00"),
            )
        ),
        (400, "ideas/CV-1001?limit=1"),
        (400, "challenges?limit=1"),
        (400, "ideas/CV-1001/comments?after=x"),
        (404, "ideas?challenge=none"),
        (404, "ideas?challenge=%00"),
        (404, "ideas/CV-999999"),
        (404, "ideas/CV-99999999999"),
        (404, "ideas/1001"),
        (404, "challenges/none"),
        (404, "pilots/CVT-999"),
        (404, "pilots/CVT-999/readings"),
        (404, "nowhere"),
        (404, "ideas/CV-1001/../x"),
    ],
)
def test_what_goes_wrong_is_said_as_a_problem(
    client: Client, site: Site, status: int, path: str
) -> None:
    assert site
    for prefix in ("", "/cy"):
        answer = client.get(f"{prefix}/api/v1/{path}")
        assert answer.status_code == status
        assert answer.mimetype == PROBLEM
        said = answer.get_json(force=True)
        assert said["status"] == status
        assert said["type"].endswith(f"/api/v1/docs#problem-{status}")
        assert said["title"]
        assert said["detail"]
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_changed(client: Client, site: Site, method: str) -> None:
    for path in (*paths(site), "/api/v1/docs", "/api/v1/openapi.json"):
        answer = client.open(path, method=method, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 405
        assert answer.mimetype == PROBLEM
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_pages_of_people_keep_their_error_pages(client: Client) -> None:
    for path in ("/nowhere", "/apinowhere", "/ideas?order=sideways"):
        assert client.get(path).mimetype == "text/html"


def test_a_mistake_and_a_silent_database_are_problems(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    for error, status in (
        (ZeroDivisionError("a secret"), 500),
        (OperationalError("SELECT a secret", {}, Exception("a secret")), 503),
    ):

        def fail(*_args: Any, error: Exception = error, **_values: Any) -> None:
            raise error

        monkeypatch.setattr(queries, "ideas", fail)
        answer = client.get("/api/v1/ideas")
        assert answer.status_code == status
        Api(client).checked("ideas", answer)
        assert "secret" not in answer.text
        assert ("reference" in answer.get_json(force=True)) == (status == 500)
    assert answer.headers["Retry-After"]


def test_a_former_name_of_a_challenge_leads_on(client: Client, site: Site) -> None:
    before = site.first.slug
    with write():
        slugs.change(db.session.get_one(Challenge, site.first.id), "better-streets")
    for path, there in (
        (f"/challenges/{before}", "/challenges/better-streets"),
        (f"/ideas?challenge={before}&limit=3", "/ideas?challenge=better-streets&limit=3"),
        (f"/changes?challenge={before}", "/changes?challenge=better-streets"),
    ):
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"/api/v1{there}")
        assert client.get(answer.headers["Location"]).status_code == 200


def test_an_answer_costs_three_statements_whatever_the_number_of_rows(
    client: Client, site: Site
) -> None:
    few = costs(client, site)
    for _ in range(12):
        idea(site.first)
    many = costs(client, site)
    assert few == many
    assert max(many.values()) <= MOST, many


def costs(client: Client, site: Site) -> dict[str, int]:
    """What each address asks the database after somebody has committed something else."""
    found = {}
    for path in paths(site):
        kept.forget()
        client.get(path)
        names()
        commit()
        with counted() as statements:
            assert client.get(path).status_code == 200
        found[path] = len(statements) - (MARK if dialect() == "postgresql" else 0)
    return found
