"""A discussion page by page: each comment once, in order."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from citizen_voice.comments import recount, services
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.people import resident

MORE = re.compile(r'<p class="more[^"]*" id="more-[^"]*"><a [^>]*href="([^"]+)"')
WITHOUT = re.compile(r'name="without" value="([0-9a-f-]{36})"')
KEYS = re.compile(r'<article class="comment[^"]*" id="comment-([0-9a-f-]{36})"')


def walk(client: Client, address: str, **kwargs: Any) -> list[str]:
    """Every comment met by following "Show more", in the order in which they are met."""
    met: list[str] = []
    for _page in range(100):
        answer = client.get(address, **kwargs)
        assert answer.status_code == 200
        met += KEYS.findall(answer.text)
        more = MORE.search(answer.text)
        if more is None:
            return met
        address = more[1].replace("&amp;", "&")
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_every_comment_is_met_once_in_order(client: Client, order: str) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(47)]
    wanted = keys[::-1] if order == "newest" else keys
    assert walk(client, f"/ideas/CV-{number}/comments?order={order}") == wanted
    assert walk(client, f"/cy/ideas/CV-{number}/comments?order={order}") == wanted
    parts = walk(
        client,
        f"/ideas/CV-{number}/comments?order={order}",
        headers=HTMX | {"HX-Target": "p#more-comments"},
    )
    assert parts == wanted


def test_the_idea_page_has_the_newest_five_and_the_way_to_the_others(client: Client) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(12)][::-1]
    page = client.get(f"/ideas/CV-{number}").text
    assert KEYS.findall(page) == keys[:5]
    assert 'id="comment-count">12<' in page
    assert walk(client, f"/ideas/CV-{number}") == keys


def test_three_replies_are_shown_and_the_others_on_the_comments_page(client: Client) -> None:
    number = idea()
    top = comment(number)
    replies = [str(reply(top)) for _each in range(26)]
    page = client.get(f"/ideas/CV-{number}").text
    assert KEYS.findall(page) == [str(top), *replies[:3]]
    assert "Show 23 more replies" in page
    more = re.search(rf'href="(/comments/{top}\?after=[^"]+)"', page)
    assert more is not None
    part = client.get(more[1], headers=HTMX | {"HX-Target": f"p#more-{top}"}).text
    assert KEYS.findall(part) == replies[3:23]
    assert "<html" not in part
    assert [key for key in walk(client, f"/comments/{top}") if key != str(top)] == replies


def test_a_comment_that_arrives_meanwhile_moves_nothing_out_of_the_list(client: Client) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(30)][::-1]
    first = client.get(f"/ideas/CV-{number}/comments").text
    comment(number)
    more = re.search(r'id="more-comments"><a [^>]*href="([^"]+)"', first)
    assert more is not None
    second = client.get(more[1].replace("&amp;", "&")).text
    assert KEYS.findall(first) + KEYS.findall(second) == keys


def test_the_readers_own_waiting_comments_stand_in_their_place(client: Client) -> None:
    asked = challenge(moderation="before")
    author = resident()
    number = idea(asked, author)
    with write():
        ideas.publish(number, actor=None)
    keys = []
    for each in range(12):
        key = comment(number, author if each % 2 else None)
        if each % 3:
            with write():
                services.publish(key, actor=None)
        keys.append((str(key), bool(each % 3), bool(each % 2)))
    seen = [key for key, shown, _own in keys if shown][::-1]
    assert walk(client, f"/ideas/CV-{number}") == seen
    client.sign_in(author)
    assert (
        walk(client, f"/ideas/CV-{number}") == [k for k, shown, own in keys if shown or own][::-1]
    )
    assert recount.differences() == []


@pytest.mark.parametrize(
    "place",
    ["x", "0", "null", "' OR 1=1 --", "%00", "1" * 5_000, str(UUID(int=0))[:-1], "%F0%9F%99%82"],
)
def test_a_tampered_place_is_a_bad_address(client: Client, place: str) -> None:
    number = idea()
    top = comment(number)
    assert client.get(f"/ideas/CV-{number}/comments?after={place}").status_code == 400
    assert client.get(f"/comments/{top}?after={place}").status_code == 400


def test_a_place_that_was_never_given_out_is_only_another_place(client: Client) -> None:
    number = idea()
    comment(number)
    for place in (UUID(int=0), UUID(int=2**128 - 1), uuid4()):
        for order in ("newest", "oldest"):
            address = f"/ideas/CV-{number}/comments?order={order}&after={place}"
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("order", ["sideways", "newest'", "NEWEST"])
def test_another_order_is_a_bad_address(client: Client, order: str) -> None:
    answer = client.get(f"/ideas/CV-{idea()}/comments", query_string={"order": order})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "1",
        "None",
        str(UUID(int=1)),
        "0B09D387-A53D-4467-9A3E-7B8978C9136D",
        "%00",
        "a" * 3_000,
    ],
)
def test_what_is_no_comment_is_not_found(client: Client, key: str) -> None:
    client.sign_in(resident())
    for path in ("", "/edit", "/versions"):
        assert client.get(f"/comments/{key}{path}").status_code == 404
    for path in ("/replies", "/edit", "/remove", "/restore"):
        fields = {"comment": "Kept.", "lang": "en"}
        assert client.send(f"/comments/{key}{path}", fields).status_code == 404


def test_an_idea_without_comments_says_so(client: Client) -> None:
    number = idea()
    assert "No comments yet." in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/ideas/CV-{number}/comments").status_code == 200


def test_what_was_posted_in_place_comes_only_once_and_nothing_is_hidden_by_an_address(
    client: Client,
) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(23)]
    client.sign_in(resident(name="Sam"))
    page = client.get(f"/ideas/CV-{number}/comments?order=oldest").text
    assert KEYS.findall(page) == keys[:20]
    assert 'hx-include="#comment-new [name=without]"' in page
    sent = client.send(
        f"/ideas/CV-{number}/comments", {"comment": "New.", "lang": "en"}, headers=HTMX
    )
    posted = WITHOUT.findall(sent.text)
    assert posted == KEYS.findall(sent.text)
    more = MORE.search(page)
    assert more is not None
    address = f"{more[1].replace('&amp;', '&')}&without={posted[0]}&without=nonsense"
    part = client.get(address, headers=HTMX | {"HX-Target": "p#more-comments"})
    assert KEYS.findall(part.text) == keys[20:]
    assert KEYS.findall(client.get(address).text) == [*keys[20:], *posted]


def test_a_reply_posted_in_place_comes_only_once(client: Client) -> None:
    number = idea()
    top = comment(number)
    replies = [str(reply(top)) for _each in range(5)]
    client.sign_in(resident(name="Sam"))
    page = client.get(f"/ideas/CV-{number}").text
    assert f'hx-include="#replies-{top} [name=without]"' in page
    sent = client.send(f"/comments/{top}/replies", {"comment": "New.", "lang": "en"}, headers=HTMX)
    posted = WITHOUT.findall(sent.text)
    more = re.search(rf'href="(/comments/{top}\?after=[^"]+)"', page)
    assert more is not None
    address = f"{more[1]}&without={posted[0]}"
    part = client.get(address, headers=HTMX | {"HX-Target": f"p#more-{top}"})
    assert KEYS.findall(part.text) == replies[3:]
    assert posted[0] in KEYS.findall(client.get(address).text)
