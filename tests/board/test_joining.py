"""Joining two ideas from the board: seen side by side, done, listed, undone."""

from datetime import timedelta

import pytest

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.board.queries import pairs
from citizen_voice.db import write
from citizen_voice.ideas.queries.lists import LARGEST_NUMBER
from citizen_voice.merging import services as merging
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea, stored
from tests.factories.people import resident
from tests.factories.team import colleague


@pytest.fixture
def moderator(client: Client) -> Client:
    """A moderator's browser."""
    client.sign_in(colleague(MODERATOR), staff=True)
    return client


@pytest.fixture
def two(app: object) -> tuple[int, int]:
    """Two ideas; three people support both, two the first alone."""
    asked = challenge()
    first, second = idea(asked, title="A bell"), idea(asked, title="Ring a bell")
    people = [resident() for _each in range(5)]
    with write():
        for person in people:
            answering.cast(person, first, "support")
        for person in people[:3]:
            answering.cast(person, second, "support")
    return first, second


def test_both_stand_side_by_side_and_can_be_swapped(
    moderator: Client, two: tuple[int, int]
) -> None:
    first, second = two
    html = moderator.get(f"/staff/merge?from=CV-{first}&into=cv-{second}").text
    assert html.index("A bell") < html.index("Ring a bell")
    assert "3 people have answered both" in html
    assert f"/staff/merge?from=CV-{second}&amp;into=CV-{first}" in html


def test_joined_from_the_page_counted_once_listed_and_taken_apart(
    moderator: Client, two: tuple[int, int]
) -> None:
    first, second = two
    pair = {"source": f"CV-{first}", "into": f"CV-{second}"}
    refused = moderator.send("/staff/merge", pair)
    assert refused.status_code == 422
    assert "Say why they belong together." in refused.text
    joined = moderator.send("/staff/merge", pair | {"reason": "Both want a bell."})
    assert joined.location == "/staff/merges?done=ideas-joined"
    assert stored(first).stage == "merged"
    assert figures(second) == (5, 0, 0)
    html = moderator.get(joined.location).text
    assert "Both want a bell." in html
    again = moderator.send("/staff/merge", pair | {"reason": "Once more, with <care>."})
    assert again.status_code == 422
    assert "Once more, with &lt;care&gt;." in again.text
    (row,), _after = pairs.merges(LARGEST_NUMBER)
    apart = moderator.send(f"/staff/merges/{row.id}/undo")
    assert apart.location == "/staff/merges?done=ideas-apart"
    assert stored(first).stage == "open"
    assert figures(first) == (5, 0, 0)
    assert figures(second) == (3, 0, 0)
    assert moderator.send(f"/staff/merges/{row.id}/undo").status_code == 403
    assert "Taken apart" in moderator.get("/staff/merges").text


def test_after_six_months_the_list_offers_no_way_back(
    moderator: Client, two: tuple[int, int]
) -> None:
    pair = {"source": f"CV-{two[0]}", "into": f"CV-{two[1]}", "reason": "The same."}
    moderator.send("/staff/merge", pair)
    assert "/undo" in moderator.get("/staff/merges").text
    with clock.at(clock.now() + timedelta(days=200)):
        moderator.sign_in(colleague(MODERATOR), staff=True)
        html = moderator.get("/staff/merges").text
    assert "/undo" not in html
    assert "Older than six months" in html


def test_numbers_that_are_none_are_asked_for_again(moderator: Client, two: tuple[int, int]) -> None:
    assert moderator.get("/staff/merge").status_code == 200
    for query in (f"from=CV-{two[0]}&into=CV-999999", "from=1&into=2", "from=%00&into=CV-1"):
        answered = moderator.get(f"/staff/merge?{query}")
        assert answered.status_code == 404
        assert "There is no idea with one of these numbers." in answered.text
    for fields in ({}, {"source": "CV-1", "into": "CV-2"}, {"source": "x", "into": "y"}):
        assert moderator.send("/staff/merge", fields | {"reason": "Why."}).status_code == 404
    assert moderator.send(f"/staff/merges/{2**40}/undo").status_code == 404
    assert moderator.send("/staff/merges/7/undo").status_code == 404


def test_an_idea_cannot_be_joined_with_itself(moderator: Client, two: tuple[int, int]) -> None:
    same = {"source": f"CV-{two[0]}", "into": f"CV-{two[0]}", "reason": "The same."}
    refused = moderator.send("/staff/merge", same)
    assert refused.status_code == 422
    assert "This is the same idea." in refused.text


def test_an_administrator_who_is_no_moderator_joins_nothing(
    client: Client, two: tuple[int, int]
) -> None:
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    pair = {"source": f"CV-{two[0]}", "into": f"CV-{two[1]}", "reason": "The same."}
    assert client.send("/staff/merge", pair).status_code == 403
    assert client.get("/staff/merges").status_code == 403
    assert stored(two[0]).stage == "open"


def test_nobody_joins_or_parts_their_own_ideas(client: Client) -> None:
    asked, author = challenge(), colleague(MODERATOR)
    own, other = idea(asked, author), idea(asked)
    client.sign_in(author, staff=True)
    for source, into in ((own, other), (other, own)):
        pair = {"source": f"CV-{source}", "into": f"CV-{into}", "reason": "The same."}
        refused = client.send("/staff/merge", pair)
        assert refused.status_code == 422
        assert "Nobody decides about their own words." in refused.text
    with write():
        key = merging.merge(own, other, actor=None, reason="The same.")
    assert client.send(f"/staff/merges/{key}/undo").status_code == 403
    assert stored(own).stage == "merged"
