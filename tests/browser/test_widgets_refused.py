"""Frames in pages that may not show them: the browser refuses, wherever the page stands."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.council import Council, council
from tests.browser.framed import KINDS, Widgets, expect_shown, make, tags
from tests.browser.town import Town
from tests.servers.browser import Visits

BLOCKED = "chrome-error://chromewebdata/"


@pytest.fixture(scope="module")
def parks() -> Iterator[Council]:
    """The council's site."""
    with council() as made:
        yield made


@pytest.fixture(scope="module")
def widgets(town: Town, parks: Council) -> Widgets:
    """A widget of each kind that the council's site may show, and so may what has none."""
    return make(town, parks)


def words_of(widgets: Widgets) -> set[str]:
    """What would show of them."""
    shown = widgets.shown.values()
    return {each.heading for each in shown} | {each.words for each in shown} | {widgets.gone}


def showing(page: Page, words: set[str]) -> set[str]:
    """Which words stand in any of the page's frames."""
    sources = [frame.content() for frame in page.frames]
    return {each for each in words if any(each in source for source in sources)}


def test_each_kind_is_refused_on_another_site(
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    addresses = [town.url + widgets.path(kind) for kind in KINDS]
    addresses += [f"{town.url}/widgets/changes", f"{town.url}/widgets/99999"]
    path = parks.put("/refused", tags(addresses))
    page = visit()
    page.goto(parks.refused + path, wait_until="networkidle")
    assert [frame.url for frame in page.frames[1:]] == [BLOCKED] * len(addresses)
    assert showing(page, words_of(widgets)) == set()
    assert len(visit.problems) >= len(addresses)
    assert all("frame-ancestors" in each for each in visit.problems)
    visit.problems.clear()
    page.goto(parks.allowed + path, wait_until="networkidle")
    assert [frame.url for frame in page.frames[1:]] == addresses
    for place, kind in enumerate(KINDS):
        expect_shown(widgets, page.frame_locator("iframe").nth(place), kind)
    assert showing(page, words_of(widgets)) == words_of(widgets)


def test_each_kind_is_refused_where_another_site_is_around_the_allowed_page(
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    addresses = [town.url + widgets.path(kind) for kind in KINDS]
    middle = parks.allowed + parks.put("/middle", tags(addresses))
    path = parks.put("/outermost", tags([middle]))
    page = visit()
    page.goto(parks.refused + path, wait_until="networkidle")
    assert [frame.url for frame in page.frames[1:]] == [middle, *[BLOCKED] * len(addresses)]
    assert all(frame.parent_frame is page.frames[1] for frame in page.frames[2:])
    assert showing(page, words_of(widgets)) == set()
    assert len(visit.problems) >= len(addresses)
    assert all("frame-ancestors" in each for each in visit.problems)
    visit.problems.clear()
    page.goto(parks.allowed + path, wait_until="networkidle")
    assert [frame.url for frame in page.frames[1:]] == [middle, *addresses]
    inside = page.frame_locator("iframe").first
    for place, kind in enumerate(KINDS):
        expect_shown(widgets, inside.frame_locator("iframe").nth(place), kind)
