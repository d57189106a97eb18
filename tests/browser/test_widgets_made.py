"""Making a widget in a browser: what is chosen shows at once, and is what others' pages show."""

import pytest
from playwright.sync_api import Locator, Page, expect

from citizen_voice.team.models import MODERATOR
from tests.browser.town import Town
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
SITE = "https://www.example.gov.uk"


def moderator(town: Town, visit: Visits, *, javascript: bool) -> Page:
    """The moderator's list of widgets."""
    page = visit(f"{town.url}/", javascript=javascript)
    town.sign_in(page, town.colleague(MODERATOR, name="Ann Bell"), staff=True)
    page.goto(f"{town.url}/staff/widgets")
    return page


def height(frame: Locator) -> float:
    """How tall the frame is."""
    box = frame.bounding_box()
    assert box
    return box["height"]


@WITH_AND_WITHOUT
def test_what_changed_in_a_challenge_is_previewed_saved_taken_away_and_put_back(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = moderator(town, visit, javascript=javascript)
    page.get_by_role("link", name="Make a widget").click()
    page.get_by_role("link", name="What changed").first.click()
    page.get_by_label("Name, for staff alone").fill(f"At the foot ({javascript})")
    chosen = page.locator("#subject option:not([value=''])").first
    question = chosen.inner_text()
    page.locator("#subject").select_option(question)
    page.get_by_label("Always dark").check()
    if not javascript:
        page.get_by_role("button", name="Preview").click()
    narrow = page.frame_locator(".widget-frame--narrow")
    expect(narrow.get_by_role("heading", level=1)).to_have_text("What changed")
    expect(narrow.locator("main")).to_contain_text(question)
    background = narrow.locator("body").evaluate("body => getComputedStyle(body).color")
    assert background != "rgb(35, 32, 28)", "it is dark"
    value = chosen.get_attribute("value")
    page.get_by_label("Sites that may show it").fill("https://*.gov.uk")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("*.gov.uk")
    expect(page.locator("#subject")).to_have_value(value or "")
    expect(page.get_by_label("Sites that may show it")).to_have_value("https://*.gov.uk")
    page.get_by_label("Sites that may show it").fill(SITE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"At the foot ({javascript})")
    card = page.get_by_label("A card in plain HTML", exact=True).input_value()
    assert "/changes" in card
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator("main")).to_contain_text("Taken away")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("button", name="Take it away")).to_be_visible()


def test_the_preview_is_as_tall_as_what_it_shows_and_no_other_frame_says_so(
    town: Town, visit: Visits
) -> None:
    page = moderator(town, visit, javascript=True)
    page.goto(f"{town.url}/staff/widgets/new/challenge")
    page.locator("#subject").select_option(index=1)
    frame = page.locator(".widget-frame--narrow")
    inside = page.frame_locator(".widget-frame--narrow").locator("html")
    inside.wait_for()
    page.wait_for_timeout(300)
    needed = inside.evaluate("page => page.getBoundingClientRect().height")
    assert abs(height(frame) - needed) <= 3
    before = height(frame)
    page.evaluate("window.postMessage({citizenVoice: 'height', value: 2000}, '*')")
    inside.evaluate("() => window.parent.postMessage({citizenVoice: 'height', value: 1e9}, '*')")
    inside.evaluate("() => window.parent.postMessage({citizenVoice: 'height', value: 'x'}, '*')")
    page.wait_for_timeout(200)
    assert height(frame) == before
