"""Lists: what is in them, filters, and the lively ones for newcomers."""

import re

import pytest
from sqlalchemy import select

from citizen_voice.db import db, write
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.ideas.services import stages
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.listing import ORDERS, answer, more, seen

pytestmark = pytest.mark.usefixtures("app", "small_pages")


def shown(page: str) -> list[int]:
    """The numbers of the ideas on a page, in their order."""
    listing = page.partition('id="listing"')[2] or page
    return [int(number) for number in re.findall(r'<h3[^>]*><a href="[^"]*CV-(\d+)"', listing)]


def test_hidden_held_and_withdrawn_ideas_are_in_no_list_and_no_total(client: Client) -> None:
    author, asked = resident(), challenge()
    listed, hidden, gone = idea(asked, author), idea(asked, author), idea(asked)
    held = idea(challenge(moderation="before"), author)
    reader = resident()
    for number in (listed, hidden):
        answer(reader, number)
    leaver = db.session.execute(select(Idea.author_id).where(Idea.id == gone)).scalar_one()
    assert leaver is not None
    with write():
        services.hide(hidden, actor=None, reason="x")
        stages.remove_words_of(leaver)
    for order in ORDERS:
        assert seen(order) == [listed]
        assert seen(order, challenge_id=asked.id) == [listed]
    assert queries.totals(asked.id) == queries.Totals(1, 1, 0, 0)
    assert queries.totals_by_challenge()[asked.id] == queries.Totals(1, 1, 0, 0)
    page = client.get(f"/challenges/{asked.slug}").text
    for number in (hidden, gone, held):
        assert f"CV-{number}" not in page + client.get("/ideas").text
    assert stored_stage(gone) == "withdrawn"


def stored_stage(number: int) -> str:
    """The stage in the table of lists."""
    return db.session.get_one(IdeaListing, number, populate_existing=True).stage


def test_filters_narrow_alone_and_together_over_pages(client: Client) -> None:
    asked = challenge(topics=("Streets", "Parks"))
    author, castle, other = resident(), ward("Castle"), ward("Abbey")
    streets, parks = (row.id for row in queries.choices(asked.id).topics)
    numbers = [
        idea(
            asked,
            author,
            topic_id=(streets, parks, None)[n % 3],
            ward_id=(castle, other)[n % 2],
        )
        for n in range(18)
    ]
    with write():
        services.shortlist(numbers[0], actor=None, reason="x")
        services.shortlist(numbers[6], actor=None, reason="x")
    expected = {
        "topic": {n for i, n in enumerate(numbers) if i % 3 == 0},
        "ward": {n for i, n in enumerate(numbers) if i % 2 == 0},
        "stage": {numbers[0], numbers[6]},
    }
    values = {"topic": str(streets), "ward": str(castle), "stage": "shortlisted"}
    for chosen in (("topic",), ("ward",), ("stage",), ("topic", "ward"), tuple(values)):
        wanted = set.intersection(*(expected[name] for name in chosen))
        for order in ORDERS:
            query = {"order": order} | {name: values[name] for name in chosen}
            page = client.get(f"/challenges/{asked.slug}", query_string=query).text
            met = shown(page)
            while (address := more(page)) is not None:
                page = client.get(address).text
                met += shown(page)
            assert sorted(met) == sorted(wanted), (chosen, order)


def test_empty_filters_mean_all_and_wrong_ones_are_no_list(client: Client) -> None:
    number = idea()
    for query in ("topic=&ward=", "topic=&ward=&stage=&order=&after=", "order=fair", "x=y"):
        assert shown(client.get(f"/ideas?{query}").text) == [number]
    for query in (
        "order=active",
        "order=x'",
        "ward=x",
        "ward=-1",
        "ward=%D9%A1",
        "ward=1e3",
        "ward=99999999999999999999",
        "ward=%00",
        "stage=withdrawn",
        "stage=merged",
        "stage=x",
        "stage=%00",
    ):
        answer = client.get(f"/ideas?{query}")
        assert answer.status_code == 400, query
        assert "Home" in answer.text
    assert shown(client.get("/ideas?ward=123456789").text) == []
    assert "Nothing found" in client.get("/ideas?ward=123456789").text


def test_the_three_lively_ones_come_to_newcomers_on_the_first_page_alone(client: Client) -> None:
    asked, author = challenge(), resident()
    numbers = [idea(asked, author) for _number in range(6)]
    answer(resident(), numbers[2])
    page = client.get(f"/challenges/{asked.slug}").text
    assert "Start with these" in page
    beside = page.partition("Start with these")[2].partition('id="listing"')[0]
    assert f"CV-{numbers[2]}" in beside
    assert len(set(re.findall(r"/ideas/(CV-\d+)", beside))) == 3
    further = more(page)
    assert further is not None
    assert "Start with these" not in client.get(further).text
    client.sign_in(author)
    assert "Start with these" not in client.get(f"/challenges/{asked.slug}").text
