"""Feeds as a reader of feeds takes them."""

import re
from html import unescape
from typing import Any

import feedparser  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from tests.client import Client

IDEAS = "/feeds/ideas.atom"
CHANGES = "/feeds/changes.atom"


def parsed(answer: TestResponse) -> Any:
    """A feed that was sent, read without a complaint."""
    assert answer.status_code == 200, answer.text
    headers = {name.lower(): value for name, value in answer.headers}
    found = feedparser.parse(answer.data, response_headers=headers)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    assert found.feed.author, "an Atom feed without entries has an author of its own"
    for each in (found.feed, *found.entries):
        for name in ("id", "title", "link", "updated_parsed"):
            assert each.get(name), (name, each)
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    return found


def feed(client: Client, address: str) -> Any:
    """The feed under an address."""
    return parsed(client.get(address))


def titles(client: Client, address: str = IDEAS) -> list[str]:
    """What its entries are called, in their order."""
    return [entry.title for entry in feed(client, address).entries]


def refs(client: Client, address: str = IDEAS) -> list[str]:
    """The ideas that its entries lead to, in their order."""
    return [entry.link.rpartition("/")[2] for entry in feed(client, address).entries]


def on_page(client: Client, address: str) -> list[str]:
    """The ideas on a page of a list, in their order."""
    page = client.get(address)
    assert page.status_code == 200
    return list(dict.fromkeys(re.findall(r'href="[^"]*/ideas/(CV-\d+)"', page.text)))


def links(found: Any, rel: str) -> list[str]:
    """Where a feed leads."""
    return [link.href for link in found.feed.links if link.rel == rel]


def named_by(client: Client, page: str) -> str:
    """The address of the feed that a page names in its head, and to people."""
    html = client.get(page).text
    found = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', html)
    assert len(found) == 1, (page, found)
    named = re.search(r'href="([^"]+)"', found[0])
    assert named is not None
    assert html.count(f'<a href="{named[1]}"') == 1
    return unescape(named[1])
