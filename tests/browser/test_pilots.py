"""From two shortlisted ideas to a decided pilot, confirmed by a second person, ideas adopted."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER
from tests.browser.town import Town
from tests.factories.pilots import stored
from tests.factories.replies import working_day
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1366, "height": 900}


def begin(town: Town, page: Page, titles: list[str]) -> None:
    """Choose the ideas on the board, say what is tried, look at it, and start."""
    page.goto(f"{town.url}/staff/top?stage=shortlisted")
    for title in titles:
        page.get_by_role("checkbox", name=title, exact=True).check()
    page.get_by_role("button", name="Start a trial with the chosen").click()
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what you try.")
    page.get_by_label("What do you try?", exact=True).fill("Warm benches")
    page.get_by_label("Where, and with whom?", exact=True).fill("Market square")
    page.get_by_label("Which team runs it?", exact=True).fill("Parks")
    page.get_by_label("When does it end?").fill((clock.today() + timedelta(60)).isoformat())
    page.get_by_label("How will you know whether it works?", exact=True).fill("We count")
    page.get_by_label("What you take from it").first.fill("The warmth")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".preview")).to_contain_text("Warm benches")
    expect(page.locator(".preview")).to_contain_text("This tells 2 people")
    page.get_by_role("button", name="Start the trial").click()
    expect(page.locator(".notice--good")).to_contain_text("The trial has begun.")


def say_how_it_goes(page: Page) -> None:
    """On a phone: a tap, a sentence, a tap."""
    page.set_viewport_size(PHONE)
    page.get_by_label("Stuck").check()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say it in a sentence.")
    expect(page.get_by_label("Stuck")).to_be_checked()
    page.get_by_label("In a sentence", exact=True).fill("The benches come late.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".trial-updates")).to_contain_text("The benches come late.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)


def decide(page: Page) -> None:
    """Move it on, and declare the decision."""
    page.get_by_role("button", name="Move to: Running").click()
    page.get_by_role("button", name="Move to: Evaluating").click()
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("What was learned?", exact=True).fill("People stay where it is warm.")
    page.get_by_role("button", name="Declare the decision").click()
    summary = page.locator(".govuk-error-summary")
    for missing in ("Say what the figures show.", "Choose: scale", "Say what happens next."):
        expect(summary).to_contain_text(missing)
    page.get_by_label("What do the figures show?", exact=True).fill("Twice as many.")
    page.get_by_label("Scale").check()
    page.get_by_label("What happens next?", exact=True).fill("Ten more benches.")
    page.get_by_role("button", name="Declare the decision").click()
    expect(page.locator(".notice--good")).to_contain_text("Declared.")
    expect(page.get_by_role("button", name="Confirm: make it public")).to_have_count(0)


def confirm(town: Town, page: Page) -> None:
    """A second person finds it on *Today*, sees what it does, and confirms it."""
    page.goto(f"{town.url}/staff")
    waiting = page.locator(".today__rows > li", has_text="A decision waits for you to confirm")
    waiting.get_by_role("link", name="Warm benches").click()
    expect(page.locator("#main")).to_contain_text("This tells 2 people")
    expect(page.get_by_text("Happening")).to_have_count(2)
    page.get_by_role("button", name="Confirm: make it public").click()
    expect(page.locator(".notice--good")).to_contain_text("Confirmed.")


@WITH_AND_WITHOUT
def test_two_shortlisted_ideas_become_a_trial_that_is_decided_by_two_people(
    town: Town, visit: Visits, *, javascript: bool
) -> None:
    titles = [f"{words}, {javascript}" for words in ("Warm seats", "Seats by the stop")]
    refs = [town.idea(title=title) for title in titles]
    with town.inside():
        for ref in refs:
            with write():
                ideas.shortlist(int(ref[3:]), actor=None, reason="It can be tried.")
    page = visit(f"{town.url}/rules", javascript=javascript)
    page.set_viewport_size(DESK)
    town.sign_in(page, town.colleague(PILOT_OWNER, MODERATOR, name="Olwen Rees"), staff=True)
    begin(town, page, titles)
    pilot = pilot_number(page.url.rpartition("/")[2].partition("?")[0])
    say_how_it_goes(page)
    with town.inside(), write():
        services.add_measure(
            pilot, better="more", baseline=4.0, target=8.0, name_en="Minutes", actor=None
        )
    decide(page)
    second = visit(f"{town.url}/rules", javascript=javascript)
    town.sign_in(second, town.colleague(ADMINISTRATOR, name="Ann Bell"), staff=True)
    confirm(town, second)
    for ref in refs:
        second.goto(f"{town.url}/ideas/{ref}")
        expect(second.locator(".stage-line")).to_contain_text("Happening")
    with town.inside():
        assert stored(pilot).stage == "decided"


def test_a_trial_started_by_mistake_is_undone(town: Town, visit: Visits) -> None:
    ref = town.idea(title="A seat by mistake")
    with town.inside(), write():
        ideas.shortlist(int(ref[3:]), actor=None, reason="It can be tried.")
    page = visit(f"{town.url}/rules")
    town.sign_in(page, town.colleague(PILOT_OWNER, name="Olwen Rees"), staff=True)
    page.goto(f"{town.url}/staff/pilots/new?idea={ref}")
    page.get_by_label("What do you try?", exact=True).fill("A mistake")
    page.get_by_label("Where, and with whom?", exact=True).fill("Here")
    page.get_by_label("Which team runs it?", exact=True).fill("Parks")
    page.get_by_label("When does it end?").fill(working_day(60).isoformat())
    page.get_by_label("How will you know whether it works?", exact=True).fill("We see")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Start the trial").click()
    page.get_by_role("button", name="Undo the start").click()
    expect(page.locator(".notice--good")).to_contain_text("The trial is undone.")
    page.goto(f"{town.url}/ideas/{ref}")
    expect(page.locator(".stage-line")).to_contain_text("Being looked at")
