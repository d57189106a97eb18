"""Show more, orders and filters: in place with htmx, with real addresses behind them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits

LISTS = ("/ideas", f"/challenges/{QUESTION}")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("order", ["fair", "supported", "newest"])
def test_show_more_appends_and_moves_focus_to_the_first_of_them(
    town: Town, visit: Visits, path: str, order: str
) -> None:
    page = visit(f"{town.url}{path}?order={order}")
    first = titles(page)
    page.get_by_role("link", name="Show more").press("Enter")
    expect(page.locator("#listing article.card").nth(len(first))).to_be_visible()
    both = titles(page)
    assert both[: len(first)] == first
    assert len(set(both)) == len(both), "an idea came twice"
    expect(page.locator("#listing article.card h3 a").nth(len(first))).to_be_focused()
    assert page.url == f"{town.url}{path}?order={order}"
    while page.get_by_role("link", name="Show more").count():
        shown = len(titles(page))
        page.get_by_role("link", name="Show more").click()
        expect(page.locator("#listing article.card").nth(shown)).to_be_visible()
    assert len(set(titles(page))) == len(titles(page))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", LISTS)
def test_show_more_without_javascript_is_the_next_page(
    town: Town, visit: Visits, path: str
) -> None:
    with_it, without = visit(f"{town.url}{path}"), visit(f"{town.url}{path}", javascript=False)
    first = titles(without)
    without.get_by_role("link", name="Show more").click()
    without.wait_for_url(re.compile("after="))
    with_it.get_by_role("link", name="Show more").click()
    expect(with_it.locator("#listing article.card").nth(len(first))).to_be_visible()
    assert titles(with_it) == [*first, *titles(without)]
    without.go_back()
    assert titles(without) == first


@pytest.mark.parametrize("path", LISTS)
def test_orders_and_filters_push_their_address_and_back_works(
    town: Town, visit: Visits, path: str
) -> None:
    page = visit(town.url + path)
    page.evaluate("window.stayed = true")
    fair = titles(page)
    page.get_by_role("link", name="Most supported").click()
    page.wait_for_url(re.compile("order=supported"))
    expect(current(page)).to_have_text("Most supported")
    expect(page.get_by_role("link", name="Most supported")).to_be_focused()
    expect(page.locator("#live")).to_have_text("The list has changed.")
    assert page.evaluate("window.stayed")
    supporters = [int(n) for n in page.locator("#listing .support b").all_inner_texts()]
    assert supporters == sorted(supporters, reverse=True)
    supported = titles(page)
    page.get_by_text("Choose topic, place or stage").click()
    page.get_by_label("Place").select_option(label="Castle")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile(r"ward=\d+"))
    assert "order=supported" in page.url
    expect(page.locator("#listing .card__meta").first).to_contain_text("Castle")
    assert all("Castle" in each for each in page.locator("#listing .card__meta").all_inner_texts())
    expect(page.get_by_label("Place")).to_be_visible()
    castle = titles(page)
    page.reload()
    assert titles(page) == castle, "the address does not show the same list"
    page.go_back()
    expect(current(page)).to_have_text("Most supported")
    assert titles(page) == supported
    page.go_back()
    expect(current(page)).to_have_text("Needs answers")
    assert titles(page) == fair
    page.go_forward()
    expect(current(page)).to_have_text("Most supported")
    assert titles(page) == supported


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_found_offers_to_clear_the_filters(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(f"{town.url}/ideas", javascript=javascript)
    everything = titles(page)
    page.get_by_text("Choose topic, place or stage").click()
    page.get_by_label("Place").select_option(label="Penrhos")
    page.get_by_label("Stage").select_option(label="Happening")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("link", name="Clear filters").last.click()
    expect(page.locator("#listing article.card").first).to_be_visible()
    assert titles(page) == everything


def current(page: Page) -> Locator:
    """The order that the list is in."""
    return page.locator(".orders a[aria-current=true]")


def titles(page: Page) -> list[str]:
    """The titles of a list."""
    return page.locator("#listing article.card h3").all_inner_texts()
