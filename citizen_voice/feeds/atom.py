"""A feed as Atom 1.0 (RFC 4287) writes it, from what is said in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed  # type: ignore[import-untyped]

from citizen_voice.web.xml import text

KIND = "application/atom+xml"
MOST = 100
"""So many entries of what has no pages, the newest."""
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed changed last in which nothing has stood yet."""


class Entry(NamedTuple):
    """One entry. ``content`` is clean HTML, ``lang`` the language of its words."""

    id: str
    title: str
    address: str
    lang: str
    author: str
    published: datetime
    updated: datetime
    content: str
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: ``address`` is its own, ``page`` that of the same for people, ``further`` goes on."""

    id: str
    title: str
    subtitle: str
    lang: str
    author: str
    address: str
    page: str
    further: str | None = None
    since: datetime = BEGINNING
    entries: Sequence[Entry] = field(default=())


def tag(home: str, what: str) -> str:
    """A lasting name (RFC 4151) of what a site says: ``home`` is the site's address."""
    return f"tag:{urlsplit(home).hostname},2026:{what}"


def written(feed: Feed) -> str:
    """The feed as XML."""
    made = _Atom(
        text(feed.title),
        feed.page,
        None,
        language=feed.lang,
        author_name=text(feed.author),
        subtitle=text(feed.subtitle),
        feed_url=feed.address,
        feed_guid=feed.id,
        further=feed.further,
        since=feed.since,
    )
    for entry in feed.entries:
        made.add_item(
            text(entry.title),
            entry.address,
            None,
            unique_id=entry.id,
            author_name=text(entry.author),
            pubdate=entry.published,
            updateddate=entry.updated,
            content=text(entry.content) or None,
            categories=[text(each) for each in entry.categories],
            lang=entry.lang,
        )
    xml: str = made.writeString("utf-8")
    return xml


class _Atom(Atom1Feed):  # type: ignore[misc]  # it has no types
    """Atom with where it goes on (RFC 5005), and the language of each entry."""

    def add_root_elements(self, handler: Any) -> None:
        """The feed's own elements."""
        super().add_root_elements(handler)
        if self.feed["further"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["further"]})

    def item_attributes(self, item: Any) -> dict[str, str]:
        """The language of an entry's words."""
        return {"xml:lang": item["lang"]}

    def latest_post_date(self) -> datetime:
        """When the newest of it was changed."""
        newest: datetime = max(
            (item["updateddate"] for item in self.items), default=self.feed["since"]
        )
        return newest
