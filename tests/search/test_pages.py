"""The search on its pages, and ideas like the one that is being written."""

import re
from html import unescape

import pytest
from flask import Flask

from citizen_voice.db import write
from citizen_voice.ideas import services
from tests.client import HTMX, Client, token_in
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.factories.places import ward

pytestmark = pytest.mark.usefixtures("app")
LISTING = HTMX | {"HX-Target": "section#listing"}


def titles(page: str) -> list[str]:
    """The titles of the ideas of a list."""
    found = re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", page)
    return [unescape(re.sub("</?mark>", "", title)) for title in found]


def liked(page: str) -> list[str]:
    """The titles of the look-alikes of a page."""
    return [unescape(each) for each in re.findall(r'alike__title"[^>]*><a[^>]*>(.*?)</a>', page)]


def test_lists_are_searched_with_every_filter(client: Client) -> None:
    place, castle = challenge(topics=("Streets",)), ward()
    idea(place, title="A safer crossing", ward_id=castle)
    idea(place, title="Crossing at the school")
    idea(place, title="More trees")
    for path in ("/ideas", f"/challenges/{place.slug}"):
        assert set(titles(client.get(f"{path}?q=crossings").text)) == {
            "A safer crossing",
            "Crossing at the school",
        }
        assert titles(client.get(f"{path}?q=crossings&ward={castle}").text) == ["A safer crossing"]
        assert titles(client.get(f"{path}?q=crossings&stage=adopted").text) == []
    assert titles(client.get("/ideas?q=&order=").text)[0]


def test_best_match_is_the_order_of_a_search_and_of_nothing_else(client: Client) -> None:
    idea(title="A bench")
    page = client.get("/ideas?q=bench").text
    assert 'id="order-best"' in page
    assert "Ideas with your words in the title come first." in page
    for order in ("fair", "supported", "newest"):
        page = client.get(f"/ideas?q=bench&order={order}").text
        assert titles(page) == ["A bench"]
        assert f'name="order" value="{order}"' in page
        assert f"/ideas?q=bench&amp;order={order}" in page
    assert "order-best" not in client.get("/ideas").text
    assert client.get("/ideas?order=best").status_code == 400
    assert client.get("/ideas?order=other&q=a").status_code == 400


def test_the_words_found_are_marked_and_everything_else_is_escaped(client: Client) -> None:
    idea(title="A <b>bench</b> & more", body="Sit on a **bench** <script>alert(1)</script>")
    page = client.get('/ideas?q=bench+"<script>').text
    assert "A &lt;b&gt;<mark>bench</mark>&lt;/b&gt; &amp; more" in page
    assert "Sit on a <mark>bench</mark>" in page
    assert "<script>alert" not in page
    assert 'value="bench &#34;&lt;script&gt;"' in page


def test_how_many_were_found_is_said_and_read_out(client: Client) -> None:
    place = challenge()
    for number in range(3):
        idea(place, title=f"A bench {number}")
    page = client.get("/ideas?q=bench", headers=LISTING).text
    assert 'data-announce="3 ideas found."' in page
    assert ">3 ideas found. <a" in page
    assert "1 idea found." in client.get("/ideas?q=bench+2").text
    assert "These ideas have some of them." in client.get("/ideas?q=bench+umbrella").text


def test_nothing_found_says_what_to_try(client: Client) -> None:
    place, castle = challenge(), ward()
    idea(place, title="A bench")
    page = client.get(f"/ideas?q=ski <lift>&ward={castle}").text
    assert "Nothing found" in page
    assert f'href="/ideas?ward={castle}"' in page, "clear the search"
    assert 'href="/ideas?q=ski+%3Clift%3E"' in page, "clear the filters"
    address = re.search(r'href="(/ideas/new\?title=[^"]+)"', page)
    assert address
    assert 'value="ski &lt;lift&gt;"' in client.get(unescape(address[1])).text
    assert 'data-announce="Nothing found."' in client.get("/ideas?q=lift", headers=LISTING).text
    close(place)
    page = client.get(f"/challenges/{place.slug}?q=lift").text
    assert "Nothing found" in page
    assert "?title=" not in page


def test_further_pages_of_a_search_go_on_where_the_last_ended(client: Client) -> None:
    place, author = challenge(), resident()
    with write():
        for number in range(45):
            services.propose(
                author,
                place.id,
                title=f"Bench number {number}",
                body="",
                language="en",
                topic_id=None,
                ward_id=None,
            )
    seen: list[str] = []
    address: str | None = "/ideas?q=bench"
    while address:
        page = client.get(address, headers=HTMX | {"HX-Target": "p#more"}).text
        seen += titles(page)
        further = re.search(r'hx-get="([^"]*after=[^"]*)"', page)
        address = unescape(further[1]) if further else None
    assert len(seen) == len(set(seen)) == 45
    assert client.get("/ideas?q=bench&after=WzEsMSwxXQ").status_code == 400
    assert client.get("/ideas?q=bench&order=fair&after=WzEsMSwxLDFd").status_code == 303


def test_what_is_hidden_withdrawn_or_edited_is_found_as_it_is_now(client: Client) -> None:
    author, place = resident(), challenge()
    made = idea(place, author, title="A bench")
    held = idea(challenge(moderation="before"), author, title="A held bench")
    assert titles(client.get("/ideas?q=bench").text) == ["A bench"]
    with write():
        services.publish(held, actor=None)
    assert set(titles(client.get("/ideas?q=bench").text)) == {"A bench", "A held bench"}
    with write():
        services.hide(held, actor=None, reason="No")
        services.edit(
            made,
            author,
            title="A fountain",
            body="",
            language="en",
            topic_id=None,
            ward_id=None,
        )
    assert titles(client.get("/ideas?q=bench").text) == []
    assert titles(client.get("/ideas?q=fountain").text) == ["A fountain"]
    with write():
        services.withdraw(made, author, why="other", words="No more", language="en")
    assert titles(client.get("/ideas?q=fountain").text) == []
    with write():
        services.bring_back(made, author)
    assert titles(client.get("/ideas?q=fountain").text) == ["A fountain"]


def test_look_alikes_are_shown_for_a_title(client: Client) -> None:
    place, elsewhere = challenge(), challenge()
    idea(place, title="A safer crossing by Hillside School", body="Cars race down the hill.")
    idea(elsewhere, title="A crossing at Hillside School")
    for number in range(5):
        idea(place, title=f"More trees in street {number}")
    page = client.get("/ideas/alike?title=Crossing+for+Hillside+School", headers=HTMX).text
    assert len(liked(page)) == 2
    assert 'data-announce="2 ideas are like yours."' in page
    assert "<html" not in page
    within = client.get(
        f"/ideas/alike?title=Crossing+for+Hillside+School&challenge={place.id}", headers=HTMX
    ).text
    assert liked(within) == ["A safer crossing by Hillside School"]
    assert len(liked(client.get("/ideas/alike?title=trees+in+the+street").text)) == 3
    for title in ("", "Swimming lessons", "the", "x" * 500, "\x00'\"*"):
        nothing = client.get("/ideas/alike", query_string={"title": title}, headers=HTMX).text
        assert liked(nothing) == []
        assert "data-announce" not in nothing


def test_look_alikes_are_only_what_everyone_can_read(client: Client) -> None:
    author, place = resident(), challenge()
    hidden = idea(place, author, title="A safer crossing by Hillside School")
    with write():
        services.hide(hidden, actor=None, reason="No")
    idea(challenge(moderation="before"), author, title="A crossing by Hillside School")
    assert liked(client.get("/ideas/alike?title=Crossing+by+Hillside+School").text) == []


def test_mine_is_different_stays_so_for_that_title(client: Client) -> None:
    idea(title="A bench by the river")
    page = client.get("/ideas/alike?title=Bench+by+the+river", headers=HTMX).text
    address = re.search(r'hx-get="([^"]*different=[^"]*)"', page)
    assert address
    said = client.get(unescape(address[1]), headers=HTMX).text
    assert "Fine. Go on with your idea." in said
    assert 'name="different" value="Bench by the river"' in said
    again = {"title": " Bench  by the river", "different": "Bench by the river"}
    assert liked(client.get("/ideas/alike", query_string=again, headers=HTMX).text) == []
    other = again | {"title": "Two benches by the river"}
    assert liked(client.get("/ideas/alike", query_string=other, headers=HTMX).text)


def test_a_resident_supports_a_look_alike_in_place(app: Flask, client: Client) -> None:
    made, person = idea(title="A bench by the river"), resident()
    address = "/ideas/alike?title=Bench+by+the+river"
    assert "<button" not in client.get(address).text.split('id="alike"')[1].split("</main>")[0]
    client.sign_in(person)
    page = client.get(address, headers=HTMX).text
    assert f'hx-post="/ideas/CV-{made}/answer"' in page
    token = token_in(client.get("/ideas/new").text)
    fields = {"value": "support", "from": "alike", "csrf_token": token}
    answer = client.post(f"/ideas/CV-{made}/answer", data=fields, headers=HTMX)
    assert figures(made)[0] == 1
    assert "Counted. You support this idea." in answer.text
    assert 'aria-pressed="true"' in answer.text
    plain = client.post(f"/ideas/CV-{made}/answer", data=fields | {"value": "none"})
    assert plain.status_code == 303
    assert figures(made)[0] == 0


def test_without_scripts_look_alikes_come_with_the_preview(client: Client) -> None:
    place = challenge()
    idea(place, title="A bench by the river")
    page = client.get(f"/challenges/{place.slug}/suggest").text
    assert 'id="alike"' in page
    assert liked(page) == []
    fields = {
        "title": "Bench by the river",
        "body": "To rest",
        "place": "",
        "lang": "en",
        "csrf_token": token_in(page) if "csrf_token" in page else "",
        "_preview": "1",
    }
    page = client.post(f"/challenges/{place.slug}/suggest", data=fields).text
    assert liked(page) == ["A bench by the river"]
    assert 'value="Bench by the river"' in page
