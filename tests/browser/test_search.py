"""Searching as one types, and ideas like the one that is being written."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits

LISTS = ("/ideas", f"/challenges/{QUESTION}")


@pytest.mark.parametrize("path", LISTS)
def test_typing_finds_while_focus_and_letters_stay(town: Town, visit: Visits, path: str) -> None:
    page = visit(town.url + path)
    page.evaluate("window.stayed = true")
    box = page.get_by_label("Search ideas")
    box.press_sequentially("bus sto", delay=40)
    expect(page.locator("#live")).to_have_text(re.compile(r"^\d+ ideas? found\.$"))
    expect(page.locator("#listing mark").first).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("bus sto")
    assert re.search(r"[?&]q=bus\+sto", page.url)
    assert page.evaluate("window.stayed")
    shown = titles(page)
    page.reload()
    assert titles(page) == shown, "the address does not show the same list"
    page.get_by_label("Search ideas").fill("")
    expect(page.locator("#listing mark")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("The list has changed.")


def test_orders_and_filters_go_together_with_a_search(town: Town, visit: Visits) -> None:
    page = visit(f"{town.url}/ideas?q=bus")
    expect(page.locator(".orders a[aria-current=true]")).to_have_text("Best match")
    page.get_by_role("link", name="Newest").click()
    page.wait_for_url(re.compile("order=newest"))
    page.get_by_text("Choose topic, place or stage").click()
    page.get_by_label("Stage").select_option(label="Open for support")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("stage=open"))
    page.get_by_label("Search ideas").fill("bench")
    page.wait_for_url(re.compile("q=bench"))
    assert "stage=open" in page.url
    assert "order=newest" in page.url
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile("q=bench"))
    assert "stage=open" in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_found_can_be_cleared_or_suggested(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(f"{town.url}/ideas", javascript=javascript)
    page.get_by_label("Search ideas").fill("Zeppelin <b>")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("link", name="Suggest it as an idea").click()
    expect(page.get_by_label("What should change?")).to_have_value("Zeppelin <b>")
    page.go_back()
    page.get_by_role("link", name="Clear search").first.click()
    expect(page.locator("#listing article.card").first).to_be_visible()


def test_a_search_without_javascript_keeps_order_and_filters(town: Town, visit: Visits) -> None:
    page = visit(f"{town.url}/ideas?order=newest&stage=open", javascript=False)
    page.get_by_label("Search ideas").fill("bus")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile("q=bus"))
    assert "order=newest" in page.url
    assert "stage=open" in page.url
    assert page.url.endswith("#listing")
    assert titles(page)


def test_ideas_alike_show_after_the_title_and_can_be_supported(town: Town, visit: Visits) -> None:
    ref = town.idea(author=town.join(), title="Quieter hand dryers at the lido")
    page = visit()
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = page.get_by_label("What should change?")
    title.fill("Quiet hand dryers for the lido")
    title.press("Tab")
    expect(page.locator("#live")).to_have_text(re.compile("like yours"))
    expect(page.locator("textarea[name=body]")).to_be_focused()
    page.get_by_role("button", name="Support: Quieter hand dryers at the lido").press("Enter")
    expect(page.locator("#live")).to_have_text("Counted. You support this idea.")
    supported = page.get_by_role("button", name="Supported: Quieter hand dryers at the lido")
    expect(supported).to_be_focused()
    assert town.supporters(ref) == 1
    expect(title).to_have_value("Quiet hand dryers for the lido")


def test_mine_is_different_is_said_once_and_stays(town: Town, visit: Visits) -> None:
    town.idea(author=town.join(), title="A kiosk for hot soup by the quay")
    page = visit(f"{town.url}/challenges/{QUESTION}/suggest")
    title = page.get_by_label("What should change?")
    title.fill("Hot soup kiosk at the quay")
    title.press("Tab")
    page.get_by_role("button", name="Mine is different").click()
    expect(page.locator("#live")).to_have_text("Fine. Go on with your idea.")
    expect(page.locator(".alike")).to_have_count(0)
    for words in ("Something else", "Hot soup kiosk at the quay"):
        with page.expect_response(re.compile("/ideas/alike")):
            title.fill(words)
            title.press("Tab")
    expect(page.locator(".alike")).to_have_count(0)


def test_without_javascript_the_preview_shows_ideas_alike(town: Town, visit: Visits) -> None:
    town.idea(author=town.join(), title="A ferry bell for foggy mornings")
    page = visit(f"{town.url}/challenges/{QUESTION}/suggest", javascript=False)
    page.get_by_label("What should change?").fill("Ferry bell on foggy mornings")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("link", name="A ferry bell for foggy mornings")).to_be_visible()
    expect(page.get_by_label("What should change?")).to_have_value("Ferry bell on foggy mornings")


def titles(page: Page) -> list[str]:
    """The titles of a list."""
    return page.locator("#listing article.card h3").all_inner_texts()
