"""One reply to twelve ideas: ticked, looked at, published; read on each, and in the news."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.team.models import MODERATOR
from tests.browser.hands import Keyboard
from tests.browser.town import Town
from tests.factories.replies import working_day
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1366, "height": 900}
DAY = working_day(60)


def due(town: Town, page: Page, slug: str) -> None:
    """Open what is due in one challenge."""
    with town.inside():
        key = db.session.scalars(select(Challenge.id).where(Challenge.slug == slug)).one()
    page.goto(f"{town.url}/staff/replies")
    page.locator(".filters > summary").click()
    page.locator("#filter-challenge").select_option(value=str(key))
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".due tbody tr")).to_have_count(12)


def write_it(page: Page) -> None:
    """Reply to what was ticked: forget this and that, look at it, change it, publish it."""
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what the council says.")
    page.get_by_label("Not now: we’ll look again").check()
    page.get_by_label("Reason, in English").fill("The bells are away until autumn.")
    page.get_by_label("Reason, in Welsh").fill("Mae’r clychau i ffwrdd tan yr hydref.")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator("#next_on-error")).to_contain_text("Say by which day people hear more.")
    page.get_by_label("Next word by").fill(DAY.isoformat())
    page.get_by_role("button", name="Look at it first").click()
    preview = page.locator(".preview")
    expect(preview).to_contain_text("The bells are away until autumn.")
    expect(preview.locator("div[lang=cy]")).to_contain_text("Mae’r clychau i ffwrdd")
    page.get_by_label("Reason, in English").fill("The bells are away until June.")
    page.get_by_role("button", name="Publish the reply to 12 ideas").click()
    expect(preview).to_contain_text("The bells are away until June.")
    page.get_by_role("button", name="Publish the reply to 12 ideas").click()
    expect(page.get_by_text("Reply published to 12 ideas.")).to_be_visible()


def read_it(town: Town, reader: Page, refs: list[str], people: tuple[UUID, ...]) -> None:
    """On each idea, and in the news of each of the people."""
    for ref in refs:
        reader.goto(f"{town.url}/ideas/{ref}")
        expect(reader.locator(".council")).to_contain_text("The bells are away until June.")
        expect(reader.locator(".council")).to_contain_text("We look at it again by")
    for person in people:
        reader.context.clear_cookies()
        town.sign_in(reader, person)
        reader.goto(town.url)
        reader.locator(".menu summary").click()
        reader.get_by_role("link", name="News", exact=True).click()
        expect(reader.locator(".news__item")).to_have_count(12)
        expect(reader.locator(".news__item").first).to_contain_text("The bells are away")
        assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def undo_it(page: Page) -> None:
    """In place, or from the reply's own page once the thirty seconds are over."""
    page.reload()
    if page.get_by_role("button", name="Undo").count():
        page.get_by_role("button", name="Undo").click()
    else:
        page.get_by_role("link", name="See the reply").click()
        page.get_by_role("button", name="Undo this reply").click()
    expect(page.get_by_text("Taken back. Everything is as it was")).to_be_visible()


@WITH_AND_WITHOUT
def test_one_reply_to_twelve_ideas_shows_on_each_and_in_the_news_of_author_and_supporter(
    town: Town, visit: Visits, javascript: bool
) -> None:
    slug = town.challenge(f"twelve-{javascript}".lower())
    author, supporter = town.join(name="Wren"), town.join(name="Heron")
    refs = [town.idea(slug, author=author, title=f"Ring bell {number}") for number in range(12)]
    for ref in refs:
        with town.inside(), write():
            answering.cast(supporter, int(ref[3:]), "support")
    page, reader = visit(javascript=javascript), visit(javascript=javascript)
    page.set_viewport_size(DESK)
    reader.set_viewport_size(PHONE)
    town.sign_in(page, town.colleague(MODERATOR), staff=True)
    due(town, page, slug)
    for ref in refs:
        page.locator(f"input[name=idea][value={ref}]").check()
    page.get_by_role("button", name="Reply to the chosen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply to 12 ideas")
    expect(page.get_by_text("Tells 2 people").first).to_be_visible()
    write_it(page)
    read_it(town, reader, refs, (author, supporter))
    reader.get_by_role("link", name="Ring bell 0", exact=True).click()
    reader.wait_for_url(f"**/ideas/{refs[0]}#reply")
    reader.goto(f"{town.url}/news")
    reader.get_by_role("button", name="Mark all as read").click()
    expect(reader.get_by_text("Marked as read.")).to_be_visible()
    expect(reader.locator(".news__item--new")).to_have_count(0)
    undo_it(page)
    reader.goto(f"{town.url}/news")
    expect(reader.get_by_role("heading", name="No news yet")).to_be_visible()
    reader.goto(f"{town.url}/ideas/{refs[0]}")
    expect(reader.locator(".council")).not_to_contain_text("The bells")


def test_by_keyboard_alone_an_idea_is_replied_to(town: Town, visit: Visits) -> None:
    ref = town.idea(title="A swing by keyboard")
    page = visit()
    page.set_viewport_size(DESK)
    town.sign_in(page, town.colleague(MODERATOR), staff=True)
    page.goto(f"{town.url}/staff/replies/new?idea={ref}")
    keyboard = Keyboard(page)
    keyboard.choose("No, because …")
    keyboard.write("Reason, in English", "There is no room for it.")
    keyboard.press("button", "Look at it first")
    keyboard.press("button", "Publish the reply to 1 idea")
    expect(page.get_by_text("Reply published to 1 idea.")).to_be_visible()
    keyboard.press("link", "See the reply")
    keyboard.press("button", "Undo this reply")
    expect(page.get_by_text("This reply was taken back.")).to_be_visible()
