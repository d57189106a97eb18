"""The sitemap: every public page in both languages, and nothing that is not for everybody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from citizen_voice import clock, kept
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.signposts.queries import LARGEST_NUMBER, PART
from citizen_voice.signposts.sitemap import MOST_ENTRIES
from citizen_voice.site import services as site
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import reply
from tests.habits import addresses
from tests.habits.statements import counted
from tests.habits.world import small
from tests.signposts.reading import BASE, entries, paths, whole_map
from tests.web.test_sharing import Head

PERSONAL = ("accounts.", "desk.", "moderation.receipt", "moderation.report", "news.", "team.")
NOT_LISTED = {"ideas.new", "ideas.look_alikes", "consent.letter"}
"""Pages for everybody that nobody looks for: forms, and what is shown while one is filled in."""


def test_every_address_is_a_page_that_says_so_itself(app: Flask, client: Client) -> None:
    small()
    found = whole_map(client)
    assert len(found) > 30
    for entry in found:
        answer = client.get(entry.address.removeprefix(BASE))
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), entry
        head = Head(answer.text)
        assert head.canonical == [entry.address]
        assert head.alternates == entry.languages
        assert "robots" not in head.said
        assert head.said["og:image"] == f"{BASE}/icons/512.png"
        assert head.said["og:url"] == entry.address
        assert head.said["og:title"]
        assert head.said["og:description"]
        here, other = ("cy_GB", "en_GB") if "/cy/" in entry.address else ("en_GB", "cy_GB")
        assert (head.said["og:locale"], head.said["og:locale:alternate"]) == (here, other)
    assert client.get("/icons/512.png").mimetype == "image/png"


def test_every_page_without_arguments_is_there_that_has_a_lasting_address(
    app: Flask, client: Client
) -> None:
    world, there = small(), set(paths(client))
    missing = {
        address.endpoint
        for address in addresses.safe(app, world)
        if not addresses_arguments(app, address.endpoint)
        and not address.endpoint.startswith(PERSONAL)
        and (answer := client.get(address.path)).mimetype == "text/html"
        and Head(answer.text).canonical
        and address.path.partition("?")[0] not in there
    }
    assert missing <= NOT_LISTED, "Put it into PLAIN of citizen_voice/signposts/routes.py."


def addresses_arguments(app: Flask, endpoint: str) -> set[str]:
    return {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}


def test_only_what_lists_show_is_there(client: Client) -> None:
    author, asked = resident(), challenge()
    kept, hidden, withdrawn = (idea(asked, author) for _ in range(3))
    held = idea(challenge(moderation="before"), author)
    gone, into = idea(asked), idea(asked)
    before = paths(client)
    assert {f"/ideas/CV-{number}" for number in (kept, hidden, withdrawn, gone)} <= set(before)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.withdraw(withdrawn, author, why="happened", words="", language="en")
    joined(gone, into)
    there = [path for path in paths(client) if path.startswith(("/ideas/", "/cy/ideas/"))]
    assert sorted(there) == sorted(
        f"{prefix}/ideas/CV-{number}" for prefix in ("", "/cy") for number in (kept, into)
    )
    assert f"CV-{held}" not in str(there)
    with write():
        ideas.publish(hidden, actor=None)
    assert f"/ideas/CV-{hidden}" in paths(client)


def test_challenges_and_trials_are_there_while_they_are_public(client: Client) -> None:
    asked, upcoming = challenge(), challenge(opens=clock.today() + timedelta(days=9))
    trial = a_pilot(*shortlisted([idea(asked)]))
    there = paths(client)
    assert {f"/challenges/{asked.slug}", f"/challenges/{upcoming.slug}"} <= set(there)
    assert f"/pilots/CVT-{trial}" in there
    assert f"/cy/pilots/CVT-{trial}" in there


def test_the_day_of_the_last_change_stands_beside_an_idea(client: Client) -> None:
    author = resident()
    with clock.at(datetime(2026, 3, 29, 23, 30, tzinfo=UTC)):  # the 30th in London
        asked = challenge(closes=date(2026, 12, 31))
        quiet, loud = idea(asked, author), idea(asked, author)
        assert days(client) == {quiet: "2026-03-30", loud: "2026-03-30"}
    with clock.at(datetime(2026, 4, 2, 9, tzinfo=UTC)):
        reply(loud)
        assert days(client) == {quiet: "2026-03-30", loud: "2026-04-02"}
        index = entries(client.get("/sitemap.xml").data, "sitemapindex")
        assert [file.on for file in index] == [None, "2026-04-02"]


def days(client: Client) -> dict[int, str | None]:
    begin = f"{BASE}/ideas/CV-"
    return {
        int(entry.address.removeprefix(begin)): entry.on
        for entry in whole_map(client)
        if entry.address.startswith(begin)
    }


def test_an_english_council_lists_english_pages(client: Client) -> None:
    number = idea()
    with write():
        site.change(welsh_on=False)
    found = whole_map(client)
    assert f"{BASE}/ideas/CV-{number}" in [entry.address for entry in found]
    assert not [entry for entry in found if "/cy" in entry.address or entry.languages]
    assert client.get("/cy/sitemap.xml").status_code == 302


def test_many_ideas_come_in_parts_each_idea_in_one(app: Flask, client: Client) -> None:
    first = idea()
    numbers = {first, *copies(first, [PART * 2 - 1, PART * 2, PART * 3 - 1, LARGEST_NUMBER])}
    files = [e.address for e in entries(client.get("/sitemap.xml").data, "sitemapindex")]
    parts = sorted({number // PART for number in numbers})
    assert files[1:] == [f"{BASE}/sitemap-ideas-{part}.xml" for part in parts]
    assert sorted(days(client)) == sorted(numbers)


def test_a_full_part_is_within_bounds_and_costs_what_an_empty_one_does(
    app: Flask, client: Client
) -> None:
    number = idea()
    path = f"/sitemap-ideas-{number // PART}.xml"
    client.get(path)
    few = statements(client, path)
    begin = number // PART * PART
    copies(number, [each for each in range(begin, begin + PART) if each != number])
    answer = client.get(path)
    assert len(entries(answer.data, "urlset")) == 2 * PART <= MOST_ENTRIES
    assert len(answer.data) < 3 * 1024 * 1024
    assert statements(client, path) == few <= 3


def statements(client: Client, path: str) -> int:
    """As after a commit."""
    kept.forget()
    with counted() as sent:
        assert client.get(path).status_code == 200
    return len(sent)


def copies(number: int, numbers: list[int]) -> list[int]:
    """The same idea under other numbers."""
    for model, key in ((Idea, "id"), (IdeaListing, "idea_id")):
        table: Any = model.__table__
        row = db.session.execute(select(table).where(table.c[key] == number)).mappings().one()
        with write():
            db.session.execute(insert(table), [dict(row) | {key: each} for each in numbers])
    return numbers


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-ideas-7.xml",
        f"/sitemap-ideas-{2**31 - 1}.xml",
        f"/sitemap-ideas-{10**40}.xml",
        "/sitemap-ideas--1.xml",
        "/sitemap-ideas-x.xml",
        "/sitemap-nothing.xml",
    ],
)
def test_what_is_no_part_is_not_there(client: Client, path: str) -> None:
    idea()
    assert client.get(path).status_code == 404


@pytest.fixture
def listed(client: Client) -> list[str]:
    number = idea()
    return ["/sitemap.xml", "/sitemap-pages.xml", f"/sitemap-ideas-{number // PART}.xml"]


def test_who_has_a_sitemap_is_told_so_until_it_changes(client: Client, listed: list[str]) -> None:
    tags = {}
    for path in listed:
        answer = client.get(path)
        assert answer.mimetype == "application/xml"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Vary" not in answer.headers
        tags[path] = answer.headers["ETag"]
        known = {"If-None-Match": f'"x", {tags[path]}'}
        again = client.get(path, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tags[path]
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert client.get(path, headers=known).status_code == 304
        head = client.head(path)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["ETag"] == tags[path]
    idea()
    path = listed[2]
    changed = client.get(path, headers={"If-None-Match": tags[path]})
    assert (changed.status_code, changed.headers["ETag"] == tags[path]) == (200, False)


def test_under_the_welsh_prefix_stands_the_same(client: Client, listed: list[str]) -> None:
    for path in listed:
        assert client.get(f"/cy{path}").data == client.get(path).data
