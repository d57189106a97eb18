"""What somebody writes in place stands there once, also when they then read on to the end."""

import re

from playwright.sync_api import Page, expect

from citizen_voice.comments import services as comments
from citizen_voice.db import write
from tests.browser.town import Town
from tests.servers.browser import Visits


def said_often(town: Town, page: Page) -> str:
    """An idea with more comments than a page has, and a first one with many replies."""
    ref = town.idea(title="A lamp that hums")
    number = int(ref.removeprefix("CV-"))
    author = town.join(name="Heron")
    with town.inside(), write():
        top = comments.comment(author, number, body="The first of all.", language="en").id
        for each in range(22):
            comments.comment(author, number, body=f"Hum {each}.", language="en")
        for each in range(5):
            comments.reply(author, top, body=f"Hush {each}.", language="en")
    town.sign_in(page, town.join(name="Wren"))
    return ref


def test_it_comes_once_with_the_oldest_first(town: Town, visit: Visits) -> None:
    page = visit()
    page.goto(f"{town.url}/ideas/{said_often(town, page)}")
    page.get_by_role("link", name="Oldest first").click()
    expect(page.get_by_role("link", name="Oldest first")).to_have_attribute("aria-current", "true")
    page.get_by_label("Add a comment").fill("Written in place.")
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#comment-new > article")).to_contain_text("Written in place.")
    page.get_by_role("link", name="Show more comments").click()
    expect(page.get_by_text("Hum 21.")).to_be_visible()
    expect(page.get_by_role("link", name="Show more comments")).to_have_count(0)
    expect(page.get_by_text("Written in place.")).to_have_count(1)
    first = page.locator("article").filter(has_text="The first of all.").first
    first.get_by_role("link", name="Reply to Heron").click()
    first.get_by_role("textbox").fill("Replied in place.")
    first.get_by_role("button", name="Publish reply").click()
    expect(first.locator(".replies")).to_contain_text("Replied in place.")
    first.get_by_role("link", name=re.compile("^Show 2 more replies")).click()
    expect(first.get_by_text("Hush 4.")).to_be_visible()
    expect(first.get_by_text("Replied in place.")).to_have_count(1)
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), (each) => each.id)")
    assert len(ids) == len(set(ids))
