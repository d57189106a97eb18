"""Two oEmbed consumers of others' making read what can be embedded, told nothing but its address.

One is Python's, one is JavaScript's, as published: it runs in a page of the site's own, since
pages (unlike oEmbed answers) are nothing that scripts of other sites may read.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pyoembed
import pytest
from playwright.sync_api import Error
from pyoembed.exceptions import ProviderException
from pyoembed.providers import get_provider
from pyoembed.providers.autodiscover import AutoDiscoverProvider
from sqlalchemy import func, select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.pilots.models import Pilot
from tests.browser.town import QUESTION, Town
from tests.factories.widgets import widget
from tests.servers.browser import Visits

EXTRACTOR = Path(__file__).parent / "vendor" / "oembed-extractor.min.js"
PREFIXES = {"en": "", "cy": "/cy"}
NOT_FOR_EMBEDDING = ("/", "/ideas", "/rules", "/cy/rules", "/widgets/99999", "/nowhere")

Reader = Callable[..., dict[str, Any]]
"""Reads an address; ``maxwidth`` and ``maxheight`` if given. Raises where nothing is offered."""


@dataclass(frozen=True, slots=True)
class Embeddable:
    """What has an answer: its path, and the paths of the page and of the frame in the answer."""

    path: str
    page: str
    frame: str


@pytest.fixture(scope="module")
def pages(town: Town) -> list[Embeddable]:
    """Every sort of page in every stage, every sort of frame, and a widget of each sort twice."""
    with town.inside():
        shown = select(func.min(Idea.id)).join(IdeaListing, IdeaListing.idea_id == Idea.id)
        ideas = db.session.scalars(shown.where(IdeaListing.listed).group_by(Idea.stage)).all()
        slugs = db.session.scalars(
            select(Challenge.slug).where(Challenge.published_at.is_not(None))
        )
        trials = db.session.scalars(select(func.min(Pilot.id)).group_by(Pilot.stage)).all()
        subjects = [
            *((f"/ideas/CV-{each}", f"/widgets/idea/CV-{each}") for each in ideas),
            *((f"/challenges/{each}", f"/widgets/challenge/{each}") for each in slugs),
            *((f"/pilots/CVT-{each}", f"/widgets/pilot/CVT-{each}") for each in trials),
            ("/changes", "/widgets/changes"),
        ]
        asked = db.session.scalars(select(Challenge.id).where(Challenge.slug == QUESTION)).one()
        about: dict[str, tuple[str, dict[str, Any]]] = {
            "idea": (f"/ideas/CV-{ideas[0]}", {"idea_id": ideas[0]}),
            "top": (f"/challenges/{QUESTION}", {"challenge_id": asked}),
            "challenge": (f"/challenges/{QUESTION}", {"challenge_id": asked}),
            "pilot": (f"/pilots/CVT-{trials[0]}", {"pilot_id": trials[0]}),
            "changes": ("/changes", {}),
        }
        own = [
            (f"/widgets/{widget(kind, language=code, **columns)}", PREFIXES[code], page)
            for code, (kind, (page, columns)) in product(PREFIXES, about.items())
        ]
    top = f"/widgets/top/{QUESTION}"
    found = []
    for at in PREFIXES.values():
        found += [Embeddable(at + page, at + page, at + frame) for page, frame in subjects]
        found += [Embeddable(at + frame, at + page, at + frame) for page, frame in subjects]
        found += [Embeddable(at + top, f"{at}/challenges/{QUESTION}", at + top)]
        found += [Embeddable(at + path, its + page, its + path) for path, its, page in own]
    return found


@pytest.fixture(scope="module")
def titles(town: Town, pages: list[Embeddable]) -> dict[str, str]:
    """What each of the pages is headed: its path → its title."""
    return {path: heading(town.url + path) for path in {each.page for each in pages}}


@pytest.fixture(params=["pyoembed", "oembed-extractor"])
def read(request: pytest.FixtureRequest, town: Town, visit: Visits) -> Iterator[Reader]:
    """Each of the two."""
    if request.param == "pyoembed":
        yield by_pyoembed
        return
    page = visit(f"{town.url}/rules")
    source = EXTRACTOR.read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {source}\n window.oembedExtractor = oembedExtractor; }}")

    def by_extractor(url: str, **most: int) -> dict[str, Any]:
        asking = "([url, most]) => oembedExtractor.extract(url, most)"
        found: dict[str, Any] = page.evaluate(asking, [url, most])
        assert found.pop("method") == "auto-discovery", url
        return found

    yield by_extractor


def by_pyoembed(url: str, **most: int) -> dict[str, Any]:
    """What pyoembed reads, which knows some sites and has to find out about others."""
    assert isinstance(get_provider(url), AutoDiscoverProvider), url
    found: dict[str, Any] = pyoembed.oEmbed(url, **most)
    return found


def heading(url: str) -> str:
    """What a page is headed."""
    with urlopen(url, timeout=10) as answer:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.read().decode(), re.DOTALL)
    assert found, url
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def kept(page: str, title: str) -> str:
    """What others keep as the name of a page: of an idea its number, since its title may go."""
    idea = re.fullmatch(r"(?:/cy)?/ideas/(CV-[0-9]+)", page)
    if idea is None:
        return title
    if page.startswith("/cy/"):
        return f"Syniad ({idea[1]}) – Llais Aberwern"
    return f"An idea ({idea[1]}) – Aberwern Voice"


def test_it_reads_every_page_and_every_frame(
    town: Town, pages: list[Embeddable], titles: dict[str, str], read: Reader
) -> None:
    for each in pages:
        found, title = read(town.url + each.path), titles[each.page]
        assert (found["type"], found["version"]) == ("rich", "1.0"), each
        assert found["title"] == title, each
        provider = "Llais Aberwern" if each.page.startswith("/cy/") else "Aberwern Voice"
        assert found["provider_name"] == provider, each
        assert found["provider_url"] == f"{town.url}/", each
        embedded = ET.fromstring(f"<div>{found['html']}</div>")
        assert [child.tag for child in embedded] == ["blockquote", "iframe"], each
        [link], frame = embedded[0], embedded[1]
        name = kept(each.page, title)
        assert (link.tag, link.text) == ("a", name), each
        assert link.get("href") == town.url + each.page, each
        assert (frame.get("src"), frame.get("title")) == (town.url + each.frame, name), each
        for side in ("width", "height"):
            assert frame.get(side) == str(found[side]), each
    assert len(pages) > 60
    assert len(set(titles.values())) > 20


def test_it_gets_the_size_that_it_asks_for(
    town: Town, pages: list[Embeddable], read: Reader
) -> None:
    for each in pages[:3]:
        found = read(town.url + each.path, maxwidth=320, maxheight=240)
        assert (found["width"], found["height"]) == (320, 240)
        assert 'width="320" height="240"' in found["html"]


def test_it_finds_nothing_where_nothing_is_offered(town: Town, read: Reader) -> None:
    for path in NOT_FOR_EMBEDDING:
        with pytest.raises(
            (ProviderException, Error), match=r"No oEmbed|Failed to auto-|Request failed"
        ):
            read(town.url + path)
