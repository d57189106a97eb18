"""What is left on a device: nothing by reading, and never more than the manifest says."""

from itertools import cycle

import pytest
from playwright.sync_api import Page, Request, Response, expect

from citizen_voice.site import storage
from tests.browser.pages import Places
from tests.habits.world import READERS
from tests.servers.browser import Visits

NAMES = {stored.name for stored in storage.MANIFEST}


@pytest.mark.parametrize("reader", READERS)
def test_reading_every_page_leaves_and_asks_for_nothing_else(
    where: Places, visit: Visits, reader: str
) -> None:
    page = visit()
    where.become(page, reader)
    before = kept(page)
    asked: set[str] = set()
    setting: list[str] = []

    def hear(request: Request) -> None:
        asked.add(request.url)

    def look(response: Response) -> None:
        if "set-cookie" in response.headers:
            setting.append(f"{response.url}: {response.headers['set-cookie']}")

    page.on("request", hear)
    page.on("response", look)
    for path, prefix in zip(where.paths_of(reader), cycle(("", "/cy")), strict=False):
        page.goto(where.town.url + prefix + path)
    assert setting == []
    assert kept(page) == before
    assert before <= NAMES
    elsewhere = {url for url in asked if not url.startswith((where.town.url + "/", "data:image/"))}
    assert elsewhere == set()


def kept(page: Page) -> set[str]:
    """The names of everything that is kept on the device."""
    found = {cookie["name"] for cookie in page.context.cookies() if "name" in cookie}
    if page.url == "about:blank":
        return found
    found |= set(page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"))
    databases = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    workers = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    caches = page.evaluate("caches.keys()")
    return found | set(databases) | set(caches) | ({"a service worker"} if workers else set())


def test_answering_and_writing_keep_no_more(where: Places, visit: Visits) -> None:
    page = visit(f"{where.town.url}/challenges/{where.open.slug}")
    page.locator("article.card form button").first.click()
    page.wait_for_url("**/sign-in")
    assert kept(page) == {storage.PENDING}
    cookie = page.context.cookies()[0]
    assert cookie.get("httpOnly")
    assert cookie.get("sameSite") == "Lax"
    where.town.sign_in(page)
    page.goto(f"{where.town.url}/ideas?order=newest")
    page.locator("#listing .answer button").first.click()
    page.locator("#listing .button--done").first.wait_for()
    page.locator("[data-more]").click()
    page.goto(f"{where.town.url}/challenges/{where.open.slug}/suggest")
    page.locator("[name=title]").fill("A tap")
    page.locator("[data-keep-typed]").click()
    page.wait_for_url("**/cy/**")
    assert kept(page) <= NAMES
    page.goto(f"{where.town.url}/cookies")
    told = page.locator(".table tbody th").all_inner_texts()
    assert set(told) == NAMES


def test_a_button_deletes_what_was_typed_and_the_site_goes_on(where: Places, visit: Visits) -> None:
    address = f"{where.town.url}/challenges/{where.open.slug}/suggest"
    page = visit(address)
    page.locator("[name=title]").fill("A tap by the square")
    page.goto(f"{where.town.url}/cookies")
    assert kept(page) == {storage.DRAFTS}
    page.locator("[data-forget] button").click()
    expect(page.get_by_text("Deleted. This browser keeps nothing")).to_be_focused()
    assert kept(page) == set()
    page.goto(address)
    assert page.locator("[name=title]").input_value() == ""


def test_what_is_kept_is_named_in_both_languages(where: Places, visit: Visits) -> None:
    page = visit(f"{where.town.url}/cookies")
    english = page.locator(".table tbody").inner_text()
    page.goto(f"{where.town.url}/cy/cookies")
    welsh = page.locator(".table tbody").inner_text()
    for name in NAMES:
        assert name in english
        assert name in welsh
    assert english != welsh
