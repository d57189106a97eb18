"""A list, its feed, its file and the API are narrowed by one rule."""

import pytest

from citizen_voice.ideas.queries import choices
from tests.api.generic import Api
from tests.client import Client
from tests.exports.reading import column, read
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.places import ward
from tests.feeds.reading import on_page, refs

NOWHERE = 999


def everywhere(client: Client, slug: str | None, query: dict[str, object]) -> dict[str, set[str]]:
    """The references that each of them gives, of all ideas or of one challenge's."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    page = f"/challenges/{slug}" if slug else "/ideas"
    shown = on_page(client, f"{page}?{asked}")
    only = {"challenge": slug} if slug else {}
    found = Api(client).ask("ideas", **query, **only).get_json()["ideas"]
    file = f"/exports{page}/ideas.csv" if slug else "/exports/ideas.csv"
    return {
        "page": set(shown),
        "feed": set(refs(client, f"/feeds{page}.atom?{asked}")),
        "file": set(column(read(client, f"{file}?{asked}"), "Reference")),
        "api": {each["ref"] for each in found},
    }


@pytest.mark.parametrize("within", [True, False])
def test_each_filter_gives_the_same_ideas_everywhere(client: Client, within: bool) -> None:
    asked, place = challenge(topics=("Streets", "Parks")), ward("Castle")
    topic = choices(asked.id).topics[0].id
    of_topic, there = idea(asked, topic_id=topic), idea(asked, ward_id=place)
    both, other = f"CV-{of_topic}", f"CV-{there}"
    expectations: tuple[tuple[dict[str, object], set[str]], ...] = (
        ({}, {both, other}),
        ({"topic": topic}, {both} if within else {both, other}),
        ({"topic": NOWHERE}, set() if within else {both, other}),
        ({"ward": place}, {other}),
        ({"ward": place, "topic": topic}, set() if within else {other}),
        ({"ward": NOWHERE}, set()),
        ({"stage": "open"}, {both, other}),
        ({"stage": "adopted"}, set()),
    )
    for query, expected in expectations:
        found = everywhere(client, asked.slug if within else None, query)
        assert found == dict.fromkeys(found, expected), query


def test_a_topic_that_is_no_number_is_refused_everywhere(client: Client) -> None:
    asked = challenge()
    for slug in ("", f"/challenges/{asked.slug}"):
        for address in (slug or "/ideas", f"/feeds{slug or '/ideas'}.atom"):
            assert client.get(f"{address}?topic=x").status_code == 400, address
        assert client.get(f"/exports{slug}/ideas.csv?topic=x").status_code == 400
    assert client.get("/api/v1/ideas?topic=x").status_code == 400


def test_the_document_says_when_a_topic_narrows(client: Client) -> None:
    said = {
        each["name"]: each["description"]
        for each in Api(client).operations["ideas"][1]["parameters"]
    }
    assert "challenge" in said["topic"]
