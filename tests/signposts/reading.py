"""Reads sitemaps as sitemaps.org describes them, and a page's schema.org facts."""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]  # it has no stubs

from tests.client import Client

BASE = "http://localhost"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST, LARGEST = 50_000, 50 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """An address of a sitemap: the day of its last change, its address in each language."""

    address: str
    on: str | None
    languages: dict[str, str] = field(default_factory=dict)


def entries(content: bytes, root: str) -> list[Entry]:
    """What a sitemap (``urlset``) or an index (``sitemapindex``) names; checks the protocol."""
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert len(content) <= LARGEST
    read = etree.fromstring(content)
    assert read.tag == SITEMAP + root
    found = [_entry(each, "url" if root == "urlset" else "sitemap") for each in read]
    assert 1 <= len(found) <= MOST
    assert len({each.address for each in found}) == len(found), "an address twice"
    return found


def _entry(element: Any, name: str) -> Entry:
    assert element.tag == SITEMAP + name
    assert next(each.tag for each in element) == SITEMAP + "loc"
    assert {each.tag for each in element} <= {SITEMAP + "loc", SITEMAP + "lastmod", LINK}
    address, on = element.findtext(SITEMAP + "loc"), element.findtext(SITEMAP + "lastmod")
    assert address.startswith(BASE + "/")
    assert len(address) < 2_048
    assert on is None or DAY.fullmatch(on)
    links = element.findall(LINK)
    assert all(link.get("rel") == "alternate" for link in links)
    return Entry(address, on, {link.get("hreflang"): link.get("href") for link in links})


def whole_map(client: Client) -> list[Entry]:
    """Every page that the site's sitemaps name."""
    index = entries(client.get("/sitemap.xml").data, "sitemapindex")
    return [
        entry
        for file in index
        for entry in entries(client.get(file.address.removeprefix(BASE)).data, "urlset")
    ]


def paths(client: Client) -> list[str]:
    """The same, as paths."""
    return [entry.address.removeprefix(BASE) for entry in whole_map(client)]


@dataclass
class Item:
    """A thing that a page tells of: its type of schema.org, and its facts by name."""

    kind: str
    facts: dict[str, list[Any]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        (only,) = self.facts[name]
        return only


def items(page: str) -> list[Item]:
    """The things that stand on their own in a page's microdata."""
    read = html.fromstring(page)
    bare = read.xpath("//*[@itemprop][not(ancestor::*[@itemscope])]")
    assert not bare, f"a fact of nothing: {[each.get('itemprop') for each in bare]}"
    return [_item(each) for each in read.xpath("//*[@itemscope][not(@itemprop)]")]


def _item(element: Any) -> Item:
    found = Item(element.get("itemtype"))
    for each in element.xpath(".//*[@itemprop]"):
        (owner,) = each.xpath("ancestor::*[@itemscope][1]")
        if owner is element:
            found.facts.setdefault(each.get("itemprop"), []).append(_value(each))
    return found


def _value(element: Any) -> Any:
    """What HTML says is the value of a property."""
    if element.get("itemscope") is not None:
        return _item(element)
    if element.tag == "meta":
        return element.get("content")
    if element.tag in ("a", "link"):
        return element.get("href")
    return element.text_content()
