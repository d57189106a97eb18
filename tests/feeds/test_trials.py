"""The feed of a trial: how it began, its updates, what was decided."""

import re
from datetime import timedelta
from typing import Any

import pytest

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import PilotUpdate
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    owner_of,
    said,
    shortlisted,
)
from tests.feeds.reading import feed, links, titles


def trial(**given: Any) -> int:
    return a_pilot(*shortlisted([idea()]), **given)


def address(number: int) -> str:
    return f"/feeds/pilots/CVT-{number}.atom"


def test_it_tells_what_happened_the_newest_first(client: Client) -> None:
    day = clock.now()
    with clock.at(day - timedelta(days=9)):
        number = trial()
    with clock.at(day - timedelta(days=6)):
        said(number)
    with clock.at(day - timedelta(days=3)):
        said(number, state="stuck", words_en="It rains in.\nWe <wait>.")
    decided(number)
    found = feed(client, address(number))
    assert [each.title for each in found.entries] == [
        "It worked, so it goes on: Benches that warm up",
        "Stuck: Benches that warm up",
        "On track: Benches that warm up",
        "A trial began: Benches that warm up",
    ]
    assert "<p>It rains in.<br />We &lt;wait&gt;.</p>" in found.entries[1].content[0].value
    assert "People sit where it is warm." in found.entries[0].content[0].value
    assert "Ten more benches." in found.entries[0].content[0].value
    assert {each.author for each in found.entries} == {"The council"}
    assert {each.link for each in found.entries} == {f"http://localhost/pilots/CVT-{number}"}
    assert links(found, "self") == [f"http://localhost{address(number)}"]
    assert found.feed.title == "Benches that warm up – Citizen Voice"
    times = [each.updated_parsed for each in found.entries]
    assert times == sorted(times, reverse=True)


def test_its_updates_are_those_of_the_page(client: Client) -> None:
    number = trial()
    kept, gone = said(number, words_en="It is warm."), said(number, words_en="It was wrong.")
    with write():
        db.session.get_one(PilotUpdate, gone).taken_back_at = clock.now()
    page = client.get(f"/pilots/CVT-{number}").text
    shown = re.findall(r"It (?:is warm|was wrong)", page.partition("<main")[2])
    told = feed(client, address(number)).entries
    assert set(shown) == {"It is warm"}
    assert [each.content[0].value for each in told[:-1]] == ["<p>It is warm.</p>"]
    assert f"/said/{kept}/" in told[0].id


def test_a_decision_that_nobody_confirmed_is_not_told(client: Client) -> None:
    number = evaluated(trial())
    declared(number)
    assert titles(client, address(number)) == ["A trial began: Benches that warm up"]
    assert "Ten more benches" not in client.get(address(number)).text


def test_one_that_was_cancelled_is_gone(client: Client) -> None:
    number = trial()
    tag = client.get(address(number)).headers["ETag"]
    with write():
        services.cancel(number, actor=owner_of(number))
    assert client.get(address(number), headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize("ref", ["CVT-99", "CVT-0", "nonsense", "CVT-99999999999", "%00"])
def test_there_is_no_such_trial(client: Client, ref: str) -> None:
    assert client.get(f"/feeds/pilots/{ref}.atom").status_code == 404


def test_in_welsh_what_is_english_is_marked(client: Client) -> None:
    number = trial(title_cy="Meinciau cynnes")
    said(number, words_cy="Mae'n gynnes.")
    said(number)
    welsh, english = feed(client, f"/cy{address(number)}"), feed(client, address(number))
    assert welsh.feed.title == "Meinciau cynnes – Citizen Voice"
    contents = [each.content[0].value for each in welsh.entries]
    assert contents[0] == '<p lang="en">The first bench is warm.</p>'
    assert contents[1] == "<p>Mae'n gynnes.</p>"
    assert welsh.entries[0].content[0].language == "cy"
    assert not {each.id for each in welsh.entries} & {each.id for each in english.entries}
