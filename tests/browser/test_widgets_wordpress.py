"""Frames in WordPress's pages: in its sandbox, resized and followed by its script."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.council import WORDPRESS, Council, council
from tests.browser.framed import FRAME, KINDS, Widgets, expect_shown, grown, inner, make, tall
from tests.browser.town import Town
from tests.servers.browser import Visits
from tests.widgets.test_oembed import Kept


@pytest.fixture(scope="module")
def parks() -> Iterator[Council]:
    """The council's site."""
    with council() as made:
        yield made


@pytest.fixture(scope="module")
def widgets(town: Town, parks: Council) -> Widgets:
    """A widget of each kind that the council's site may show, and so may what has none."""
    return make(town, parks)


def wordpress(town: Town, url: str) -> str:
    """What WordPress makes of an oEmbed answer: three tags, a sandbox and a secret."""
    with urlopen(f"{town.url}/oembed?url={quote(url)}&maxwidth=600&maxheight=250") as answer:
        html = Kept(json.load(answer)["html"]).html
    marks = 'class="wp-embedded-content" data-secret="abc123XYZ0"'
    html = html.replace("<blockquote", f"<blockquote {marks}")
    hidden = 'style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"'
    sandbox = f'<iframe {marks} sandbox="allow-scripts" security="restricted" {hidden}'
    html = html.replace("<iframe", sandbox)
    return re.sub(r'src="([^"]+)"', r'src="\1#?secret=abc123XYZ0"', html)


@pytest.mark.parametrize("kind", KINDS)
def test_in_wordpress_it_shows_resizes_and_leads_on(
    town: Town, parks: Council, widgets: Widgets, visit: Visits, kind: str
) -> None:
    embedded = wordpress(town, town.url + widgets.path(kind))
    page = visit(parks.allowed + parks.put(f"/wp-{kind}", embedded + WORDPRESS), width=800)
    page.wait_for_function("!document.querySelector('iframe').hasAttribute('style')")
    expect(page.locator("blockquote")).to_be_hidden()
    expect_shown(widgets, page.frame_locator(FRAME), kind)
    document = inner(page)
    assert document.evaluate("getComputedStyle(document.querySelector('main')).borderTopWidth") == (
        "4px"
    )
    before = tall(page)
    more = grown(page, 300, than=before)
    assert more > before
    assert grown(page, 0, than=more) == before
    page.frame_locator(FRAME).locator(f'a[href="{widgets.home}"]').click()
    page.wait_for_url(widgets.home)


def test_in_wordpress_a_page_s_own_link_is_enough(
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    assert widgets
    ref = town.refs()[0]
    embedded = wordpress(town, f"{town.url}/ideas/{ref}")
    page = visit(parks.allowed + parks.put("/wp-page", embedded + WORDPRESS))
    expect(page.frame_locator(FRAME).get_by_role("heading", level=1)).to_have_text(town.title(ref))
    other = visit(parks.allowed + parks.put("/wp-plain", embedded), javascript=False)
    expect(other.locator("blockquote a")).to_be_visible()
