"""What Chromium makes of the manifest, its icons and the facts that stand in pages."""

import json

import pytest

from tests.browser.town import Town
from tests.servers.browser import Visits


@pytest.mark.parametrize(("prefix", "lang"), [("", "en-GB"), ("/cy", "cy-GB")])
def test_the_manifest_is_read_without_an_error(
    town: Town, visit: Visits, prefix: str, lang: str
) -> None:
    page = visit()
    page.goto(f"{town.url}{prefix}/ideas")
    session = page.context.new_cdp_session(page)
    read = session.send("Page.getAppManifest")
    assert read["url"] == f"{town.url}{prefix}/site.webmanifest"
    assert read["errors"] == []
    assert json.loads(read["data"])["lang"] == lang


def test_the_icons_are_shown_at_their_sizes(town: Town, visit: Visits) -> None:
    page = visit()
    page.goto(f"{town.url}/rules")
    sizes = page.evaluate(
        """() => Promise.all(
            ['/favicon.ico', '/apple-touch-icon.png', '/icons/192.png', '/icons/512.png',
             '/icons/512-maskable.png'].map(async (address) => {
                const shown = new Image();
                shown.src = address;
                await shown.decode();
                return shown.naturalWidth;
            }))"""
    )
    assert sizes == [48, 180, 192, 512, 512]


def test_facts_about_a_page_take_no_room(town: Town, visit: Visits) -> None:
    page = visit()
    for path in ("/", f"/ideas/{town.refs()[0]}"):
        page.goto(town.url + path)
        heights = page.locator("[itemscope]:not(article, .band, span)").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert heights
        assert set(heights) == {0}
