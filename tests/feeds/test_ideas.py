"""Feeds of ideas: what their lists show, the newest first."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.challenges.services import slugs
from citizen_voice.db import db, write
from citizen_voice.places.models import Ward
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.feeds.reading import IDEAS, feed, links, on_page, refs, titles
from tests.ideas.writing import edit


def a_ward(english: str, welsh: str) -> int:
    """A ward's key."""
    key = ward(english)
    with write():
        db.session.get_one(Ward, key).name_cy = welsh
    return key


def test_an_entry_says_what_the_page_says(client: Client) -> None:
    author = resident(name="Megan")
    body = "It is *steep*.\n\n- See [the other](/ideas/CV-9)\n- and [this](https://example.org/?a=1&b=2)"
    number = idea(challenge(question_en="What about hills?"), author, title="A bench", body=body)
    entry = feed(client, IDEAS).entries[0]
    assert entry.title == "A bench"
    assert entry.author == "Megan"
    assert entry.link == f"http://localhost/ideas/CV-{number}"
    assert [each.term for each in entry.tags] == ["What about hills?"]
    written = entry.content[0]
    assert written.type == "text/html"
    assert written.language == "en"
    for part in (
        "<em>steep</em>",
        "<li>See <a",
        'href="http://localhost/ideas/CV-9"',
        'href="https://example.org/?a=1&amp;b=2"',
    ):
        assert part in written.value, written.value


def test_the_newest_come_first_whatever_order_the_page_has(client: Client) -> None:
    asked = challenge()
    for day in (3, 1, 2):
        with clock.at(clock.now() - timedelta(days=day)):
            idea(asked, title=f"{day} days ago")
    newest = ["1 days ago", "2 days ago", "3 days ago"]
    for order in ("", "?order=supported", "?order=fair", "?order=newest"):
        assert titles(client, IDEAS + order) == newest
    times = [each.published_parsed for each in feed(client, IDEAS).entries]
    assert times == sorted(times, reverse=True)
    found = feed(client, IDEAS)
    assert found.feed.updated == found.entries[0].updated


def test_its_entries_are_the_rows_of_the_page(client: Client) -> None:
    here = ward("Castle")
    asked, other = challenge(topics=("Roads", "Parks")), challenge()
    topic = db.session.query(Topic).filter_by(challenge_id=asked.id, name_en="Parks").one().id
    for number in range(23):
        idea(asked, title=f"A bench {number}", topic_id=topic if number % 2 else None)
        idea(other, title=f"A crossing {number}", ward_id=here if number % 3 else None)
    idea(other, title="A bench that nobody looks for", body="Nothing")
    mine = f"challenges/{asked.slug}"
    for page, same, query in (
        ("/ideas", IDEAS, ""),
        ("/ideas", IDEAS, f"ward={here}"),
        ("/ideas", IDEAS, "q=bench"),
        ("/ideas", IDEAS, f"q=crossing&ward={here}&stage=open"),
        ("/ideas", IDEAS, "stage=adopted"),
        ("/ideas", IDEAS, "q=zzzz"),
        (f"/{mine}", f"/feeds/{mine}.atom", ""),
        (f"/{mine}", f"/feeds/{mine}.atom", f"topic={topic}"),
        (f"/{mine}", f"/feeds/{mine}.atom", "q=bench"),
    ):
        shown = on_page(client, f"{page}?order=newest&{query}")
        assert refs(client, f"{same}?{query}") == shown, (page, query)
        assert bool(shown) == (query not in ("stage=adopted", "q=zzzz"))


def test_who_goes_on_has_each_exactly_once(client: Client) -> None:
    made = [f"CV-{idea()}" for _ in range(45)]
    address, found = IDEAS, []
    for _ in range(3):
        found += refs(client, address)
        further = links(feed(client, address), "next")
        address = further[0].removeprefix("http://localhost") if further else ""
    assert found == made[::-1]
    assert address == "", "the third is the last"


def test_it_says_where_it_is_and_what_it_is_narrowed_to(client: Client) -> None:
    here = a_ward("Castle", "Y Castell")
    asked = challenge(question_en="Trains?", question_cy="Trenau?")
    idea(asked, ward_id=here)
    found = feed(client, f"/feeds/challenges/{asked.slug}.atom?q=bench&ward={here}&stage=open")
    assert found.feed.title == "Trains? · “bench” · Castle · Open for support – Citizen Voice"
    assert found.feed.subtitle
    query = f"q=bench&ward={here}&stage=open"
    path = f"/challenges/{asked.slug}"
    assert links(found, "self") == [f"http://localhost/feeds{path}.atom?{query}"]
    assert links(found, "alternate") == [f"http://localhost{path}?{query}&order=newest"]
    assert feed(client, IDEAS).feed.id != feed(client, f"{IDEAS}?ward={here}").feed.id
    assert feed(client, f"{IDEAS}?ward=999").entries == []


def test_it_is_there_in_welsh(client: Client) -> None:
    here = a_ward("Castle", "Y Castell")
    asked = challenge(question_en="Trains?", question_cy="Trenau?")
    number = idea(asked, title="Mainc", body="I orffwys.", language="cy", ward_id=here)
    idea(asked, title="A bench")
    address = f"/feeds/challenges/{asked.slug}.atom"
    welsh, english = feed(client, f"/cy{address}"), feed(client, address)
    assert welsh.feed.title == "Trenau? – Citizen Voice"
    assert [welsh.feed.language, english.feed.language] == ["cy", "en"]
    assert links(welsh, "self") == [f"http://localhost/cy{address}"]
    assert welsh.entries[1].link == f"http://localhost/cy/ideas/CV-{number}"
    assert [each.term for each in welsh.entries[1].tags] == ["Y Castell"]
    languages = [each.content[0].language for each in welsh.entries]
    assert languages == ["en", "cy"], "of what was written, not of the page"
    assert welsh.feed.id != english.feed.id
    assert [each.id for each in welsh.entries] == [each.id for each in english.entries]


def test_names_last_and_an_edit_is_told(client: Client) -> None:
    author = resident()
    with clock.at(clock.now() - timedelta(days=2)):
        number = idea(author=author, title="A bench")
        idea(title="A tap")
    before = feed(client, IDEAS)
    edit(number, author, "Two benches")
    after = feed(client, IDEAS)
    assert {each.id for each in before.entries} == {each.id for each in after.entries}
    entry = next(each for each in after.entries if each.title == "Two benches")
    assert entry.updated_parsed > entry.published_parsed
    assert after.feed.updated == entry.updated
    assert after.feed.id == before.feed.id


def test_a_challenge_with_another_address_keeps_its_feed(client: Client) -> None:
    asked = challenge()
    idea(asked)
    before = feed(client, f"/feeds/challenges/{asked.slug}.atom").feed.id
    with write():
        slugs.change(db.session.get_one(Challenge, asked.id), "newer-name")
    answer = client.get(f"/feeds/challenges/{asked.slug}.atom?stage=open")
    assert answer.status_code == 302
    where = urlsplit(answer.location)
    assert (where.path, where.query) == ("/feeds/challenges/newer-name.atom", "stage=open")
    assert feed(client, "/feeds/challenges/newer-name.atom").feed.id == before


@pytest.mark.parametrize(
    "query",
    ["stage=held", "stage=merged", "ward=abc", "ward=-1", "ward=" + "9" * 30, "order=loudest",
     "after=nonsense", "after=" + "A" * 400, "ward=%00", "stage=%F0%9F%98%80"],
)  # fmt: skip
def test_a_list_that_cannot_be_is_refused(client: Client, query: str) -> None:
    asked = challenge()
    for address in (IDEAS, f"/feeds/challenges/{asked.slug}.atom"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400, (address, query)
        assert answer.mimetype == "text/html"


def test_a_topic_that_cannot_be_is_refused_where_there_are_topics(client: Client) -> None:
    assert client.get(f"/feeds/challenges/{challenge().slug}.atom?topic=x").status_code == 400


def test_where_nothing_is_yet_it_is_a_feed_all_the_same(client: Client) -> None:
    asked = challenge()
    for address in (IDEAS, f"/feeds/challenges/{asked.slug}.atom", f"/cy{IDEAS}"):
        found = feed(client, address)
        assert found.entries == []
        assert client.get(address).data == client.get(address).data


def test_a_challenge_that_nobody_sees_has_none(client: Client, app: Flask) -> None:
    draft = challenge(published=False)
    coming = challenge(opens=clock.today() + timedelta(days=3))
    assert client.get(f"/feeds/challenges/{draft.slug}.atom").status_code == 404
    assert client.get("/feeds/challenges/no-such.atom").status_code == 404
    assert client.get("/feeds/challenges/%00.atom").status_code == 404
    assert feed(client, f"/feeds/challenges/{coming.slug}.atom").entries == []
