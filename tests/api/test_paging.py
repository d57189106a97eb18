"""Programs page through everything and get each idea exactly once, while others write."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import services as answers
from citizen_voice.db import db, rows, write
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.imports import services as imports
from citizen_voice.imports.polis import read
from tests.api.conftest import Site
from tests.api.generic import Api, links
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident

ORDERS = ("newest", "supported", "number")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 5, 100])
def test_a_list_gives_each_idea_once_in_its_order(
    client: Client, site: Site, order: str, limit: int
) -> None:
    found = [
        each
        for page in Api(client).pages("ideas", order=order, limit=limit)
        for each in page["ideas"]
    ]
    assert sorted(each["ref"] for each in found) == sorted(f"CV-{key}" for key in site.ideas)
    keys = {
        "newest": [each["published_at"] for each in found][::-1],
        "supported": [each["support"] for each in found][::-1],
        "number": [int(each["ref"][3:]) for each in found],
    }
    assert keys[order] == sorted(keys[order])


@pytest.mark.parametrize("order", ["newest", "number"])
def test_each_idea_comes_exactly_once_while_others_write(
    client: Client, site: Site, order: str
) -> None:
    seen: Counter[str] = Counter()
    for page in Api(client).pages("ideas", order=order, limit=3):
        seen.update(each["ref"] for each in page["ideas"])
        reader = resident()
        for number in site.ideas[3::2]:
            with write():
                answers.cast(reader, number, "support")
        if sum(seen.values()) < 12:
            idea(site.first)
    assert all(seen[f"CV-{number}"] == 1 for number in site.ideas)
    assert set(seen.values()) == {1}


def test_a_real_conversation_is_read_whole_while_others_write(client: Client) -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis" / "bowling-green"
    if not folder.is_dir():
        pytest.skip("the real export bowling-green is not beside the repository")
    last = clock.today() + timedelta(days=30)
    imports.run(read(folder, clock.now()), imports.Wish("bowling-green", closes_on=last))
    listed = {row.idea_id for row in rows(select(IdeaListing.idea_id).where(IdeaListing.listed))}
    db.session.rollback()
    assert len(listed) > 500
    seen: Counter[str] = Counter()
    reader, chance = resident(), Random(2_018)
    for page in Api(client).pages("ideas", order="number", limit=50):
        seen.update(each["ref"] for each in page["ideas"])
        with write():
            answers.cast(reader, chance.choice(sorted(listed)), "support")
        idea()
    assert {f"CV-{number}" for number in listed} <= seen.keys()
    assert set(seen.values()) == {1}


def test_filters_narrow_what_is_paged_through(client: Client, site: Site) -> None:
    api = Api(client)
    for asked, expected in (
        ({"challenge": site.second.slug}, site.ideas[9:]),
        ({"stage": "open", "challenge": site.first.slug}, site.ideas[2:9]),
        ({"stage": "piloting"}, site.ideas[:1]),
        ({"ward": 1}, []),
        ({"topic": 2**31 - 1, "challenge": site.first.slug}, []),
        ({"topic": 2**31 - 1}, site.ideas),
    ):
        found = [each for page in api.pages("ideas", **asked, limit=2) for each in page["ideas"]]
        assert {each["ref"] for each in found} == {f"CV-{number}" for number in expected}


def test_what_is_measured_and_said_is_paged_through_too(client: Client, site: Site) -> None:
    api = Api(client)
    readings = [
        each["day"]
        for page in api.pages("readings", pilot_ref=f"CVT-{site.pilot}", limit=2)
        for each in page["readings"]
    ]
    assert len(readings) == 3
    assert readings == sorted(readings)
    for order in ("newest", "oldest"):
        asked = {"ref": f"CV-{site.ideas[1]}", "limit": 2, "order": order}
        said = [each for page in api.pages("comments", **asked) for each in page["comments"]]
        moments = [each["written_at"] for each in said]
        assert len(moments) == 3
        assert sorted(moments, reverse=order == "newest") == moments
        assert [each["replies_in_all"] for each in said] == [1, 1, 1]
        assert all(len(each["replies"]) == 1 for each in said)


def test_the_first_page_is_linked_from_every_other(client: Client, site: Site) -> None:
    first = client.get("/api/v1/ideas?order=number&limit=4")
    second = client.get(links(first)["next"])
    assert client.get(links(second)["first"]).get_json() == first.get_json()
    assert second.get_json()["ideas"][0]["ref"] == f"CV-{site.ideas[4]}"


@pytest.mark.parametrize("path", ["ideas", "ideas?order=number", "ideas?order=supported"])
def test_a_cursor_that_was_tampered_with_is_refused(client: Client, site: Site, path: str) -> None:
    mark = "&" if "?" in path else "?"
    there = client.get(f"/api/v1/{path}{mark}limit=2").get_json()["next"]
    place = there.rpartition("after=")[2]
    other = "WzcsMV0" if "number" not in path else "WzIsMSwxXQ"
    for tampered in (place[1:], place + "x", place[::-1], "x", "%F0%9F%8C%B3", "W10", other):
        answer = client.get(f"/api/v1/{path}{mark}after={tampered}")
        assert answer.status_code == 400, tampered
        assert answer.get_json(force=True)["status"] == 400
    assert site.ideas
