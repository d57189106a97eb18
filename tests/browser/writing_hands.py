"""Hands of somebody who writes: into the form of an idea, and to see what became of the words."""

import json
import re
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.ideas.models import Draft
from tests.browser.town import QUESTION, Town

BODY = "Line one: <b>bold</b> & “quotes”.\n\nPara two, *starred*. ŵ ŷ 🙂"
SAVED = re.compile(r"Draft saved \d\d:\d\d")
_numbers = count(1)


def suggest(town: Town, page: Page, slug: str = QUESTION) -> str:
    """Open the form and type; gives the title."""
    page.goto(f"{town.url}/challenges/{slug}/suggest")
    title = f"Lamp & “seat” no. {next(_numbers)} <here>"
    page.get_by_label("What should change?").fill(title)
    page.get_by_label("Why, and who would it help?").fill(BODY)
    return title


def expect_words(page: Page, title: str, body: str = BODY) -> None:
    """Every word stands in the form."""
    expect(page.get_by_label("What should change?")).to_have_value(title)
    expect(page.get_by_label("Why, and who would it help?")).to_have_value(body)


def saved_line(page: Page) -> Locator:
    """What the form says of its draft."""
    return page.locator("#draft-line [data-saved]")


def kept(page: Page) -> dict[str, Any]:
    """What the browser keeps for good, and until the tab is closed: key → words."""
    return kept_in(page, "localStorage") | kept_in(page, "sessionStorage")


def kept_in(page: Page, place: str) -> dict[str, Any]:
    """What is kept in one of the two places: key → words."""
    found = json.loads(page.evaluate(f"{place}.drafts ?? '{{}}'"))
    return {key: one["words"] for key, one in found.items()}


def drafts_of(town: Town, person: UUID) -> list[tuple[str, str]]:
    """Title and words of everything that the site keeps for somebody."""
    rows = select(Draft.title, Draft.body).where(Draft.person_id == person).order_by(Draft.id)
    with town.inside():
        return [(row.title, row.body) for row in db.session.execute(rows)]


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()


def expect_published(page: Page, title: str) -> None:
    """It is up, with every word, and nothing of it is left on the device."""
    page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".idea__words")).to_contain_text("Para two, starred. ŵ ŷ 🙂")
    wait_for(page, lambda: kept(page) == {})


def wait_for(page: Page, what: Callable[[], bool], seconds: float = 8) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds * 10)):
        if what():
            return
        page.wait_for_timeout(100)
    assert what()
