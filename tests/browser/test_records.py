"""The officer's registers in a browser: an assessment to its signature, a breach to its end."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.team.models import PRIVACY_OFFICER
from tests.browser.hands import Keyboard, Mouse
from tests.browser.judging import PHONE, Findings, judge
from tests.browser.town import Town
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
PRIVACY = "/staff/privacy"
SCREENS = (
    "processing",
    "controller",
    "processors",
    "processors/new",
    "processors/1",
    "processors/1/edit",
    "breaches",
    "breaches/new",
    "breaches/1",
    "assessments",
    "assessments/new",
    "assessments/1",
    "looks",
    "online-safety",
    "online-safety/scope",
    "online-safety/risks/fraud",
)


def officer(town: Town, page: Page) -> UUID:
    """The page is the privacy officer's from now on."""
    key = town.colleague(PRIVACY_OFFICER, name="Aisha Khan")
    town.sign_in(page, key, staff=True)
    return key


def write(page: Page, **words: str) -> None:
    """Fill in fields by their names, and go on."""
    for name, text in words.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_role("button", name="Save and go on").click()


@WITH_AND_WITHOUT
def test_an_assessment_is_written_step_by_step_and_signed(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    officer(town, page)
    page.goto(f"{town.url}{PRIVACY}/assessments")
    page.get_by_role("link", name="Begin an assessment").click()
    page.get_by_role("radio", name="Something else").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#title-error")).to_contain_text("Say what it is about.")
    title = f"Sensors on bins {javascript}"
    page.locator("#title").fill(title)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Before it can be signed")).to_be_visible()
    page.get_by_role("link", name=re.compile("Write ?: Why an assessment")).click()
    write(page, need="Bins that say when they are full.")
    write(page, nature="They count.", scope="Days.", context="Neighbours.", aims="Fewer vans.")
    write(page, consultation="The street’s residents.")
    write(page, necessity="The Environment Act lets us.")
    page.locator("#what").fill("Somebody’s habits show.")
    page.locator("#measure").fill("Figures by street alone.")
    page.get_by_role("radio", name="Possible").check()
    page.get_by_role("radio", name="Some harm").check()
    page.get_by_role("radio", name="Low").check()
    page.get_by_role("button", name="Add this risk").click()
    expect(page.locator("table")).to_contain_text("Somebody’s habits show.")
    page.get_by_role("link", name="Go on", exact=True).click()
    page.locator("#advice").fill("Go on.")
    page.locator("#advice_by").fill("Aisha Khan")
    page.locator("#followed").fill("Yes.")
    page.locator("#signed_by").fill("Jo Rees, head of streets")
    page.locator("#signed_on").fill("2026-01-05")
    page.locator("#review_on").fill("2099-01-05")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed by Jo Rees, head of streets on 5 January 2026")).to_be_visible()
    expect(page.get_by_text("Look at it again by 5 January 2099").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@WITH_AND_WITHOUT
def test_a_breach_is_entered_told_of_and_closed(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    officer(town, page)
    page.goto(f"{town.url}{PRIVACY}/breaches")
    page.get_by_role("link", name="Enter a breach").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#known_at-error")).to_contain_text("Say when the council knew.")
    page.locator("#title").fill("A lost key")
    page.locator("#known_at").fill("2026-01-05T10:00")
    page.locator("#happened").fill("A key was lost.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Report by 8 January 2026, 10:00")).to_be_visible()
    expect(page.get_by_text("Late by")).to_be_visible()
    page.get_by_label("What happened now?").fill("We looked in the yard.")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("We looked in the yard.")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("#whose-error")).to_contain_text("Say whose data it is.")
    page.locator("#whose").fill("Nobody’s yet")
    page.locator("#how_many").fill("1,000")
    page.locator("#data").fill("Names")
    page.locator("#consequences").fill("None.")
    page.locator("#measures").fill("A new lock.")
    page.locator("#risk").select_option(label="No risk to people is likely")
    page.locator("#not_reported_why").fill("Nobody opened the cupboard.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not reported, with the reason")).to_be_visible()
    page.emulate_media(media="print")
    paper = page.locator("body").inner_text()
    for words in ("1,000", "A new lock.", "We looked in the yard.", "Nobody opened the cupboard."):
        assert words in paper
    expect(page.get_by_role("button", name="Close it")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Closed. It stays in the register.")).to_be_visible()


@pytest.mark.parametrize("way", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_processor_is_added_by_mouse_and_by_keyboard(
    town: Town, visit: Visits, way: type[Mouse]
) -> None:
    page = visit()
    officer(town, page)
    hands = way(page)
    page.goto(f"{town.url}{PRIVACY}/processors/new")
    name = f"Gull Post {way.__name__}"
    hands.write("Who is it?", name)
    hands.write("What do they do for us?", "Carry letters")
    hands.choose("To sign you in and keep your account safe")
    hands.write("Which data do they see?", "Addresses")
    hands.write("Where is the data?", "Bangor")
    hands.choose("They keep the data safe")
    hands.pick(
        "What lets the data leave the United Kingdom?",
        "None: the data stays in the United Kingdom",
    )
    hands.press("button", "Save")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("No contract yet")).to_be_visible()


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_every_screen_is_accessible_and_fits(
    town: Town, visit: Visits, findings: Findings, prefix: str
) -> None:
    page = visit()
    officer(town, page)
    for screen in SCREENS:
        page.goto(f"{town.url}{prefix}{PRIVACY}/{screen}")
        judge(page, findings, thoroughly=not prefix)
    page.goto(f"{town.url}{prefix}{PRIVACY}/processors/new")
    page.locator("form.site-form button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page, findings, "(refused)", thoroughly=not prefix)
    for step in ("steps/need", "risks", "sign"):
        page.goto(f"{town.url}{prefix}{PRIVACY}/assessments/new")
        page.locator("input[name=about][value=other]").check()
        page.locator("#title").fill("Sensors")
        page.locator("form.site-form button[type=submit]").click()
        expect(page.locator("h1")).to_contain_text("Sensors")
        page.goto(f"{page.url}/{step}")
        judge(page, findings, f"({step})", thoroughly=not prefix)
