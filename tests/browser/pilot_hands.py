"""What staff do with a trial in a browser, from the board to the decision."""

from collections.abc import Sequence
from datetime import date

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.town import Place

TITLE = "Warm benches"
LEARNED = "People stay where it is warm."
NEXT = "Ten more benches."
MEASURE = "Minutes people stay"
SHEET = "Day\tMinutes\tNote\n16/3/2027\t5\train\n17/3/2027\tn/a\n18/3/2027\t7,5\tsun\n"
"""As a spreadsheet hands it over: a line of names, and a cell where nobody had counted."""
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1366, "height": 900}


def thanked(page: Page) -> Locator:
    """What the page says of what was just done."""
    return page.locator(".notice--good")


def begin(place: Place, page: Page, titles: Sequence[str], *, ends: date, tells: int) -> str:
    """Choose ideas on the board, say what is tried, look at it, and start; gives its reference."""
    page.goto(f"{place.url}/staff/top?stage=shortlisted")
    for title in titles:
        page.get_by_role("checkbox", name=title, exact=True).check()
    page.get_by_role("button", name="Start a trial with the chosen").click()
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what you try.")
    fill(page, ends=ends)
    page.get_by_label("What you take from it").first.fill("The warmth")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".preview")).to_contain_text(TITLE)
    expect(page.locator(".preview")).to_contain_text(f"This tells {tells} people")
    page.get_by_role("button", name="Start the trial").click()
    expect(thanked(page)).to_contain_text("The trial has begun.")
    return page.url.rpartition("/")[2].partition("?")[0]


def fill(page: Page, *, ends: date) -> None:
    """Say what is tried: five fields."""
    page.get_by_label("What do you try?", exact=True).fill(TITLE)
    page.get_by_label("Where, and with whom?", exact=True).fill("Market square")
    page.get_by_label("Which team runs it?", exact=True).fill("Parks")
    page.get_by_label("When does it end?").fill(ends.isoformat())
    page.get_by_label("How will you know whether it works?", exact=True).fill("We count")


def say(page: Page, state: str, words: str, *, next_on: date) -> None:
    """How it is going, on a phone: a tap, a sentence, a day, a tap."""
    page.set_viewport_size(PHONE)
    page.get_by_label(state, exact=True).check()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say it in a sentence.")
    expect(page.get_by_label(state, exact=True)).to_be_checked()
    page.get_by_label("In a sentence", exact=True).fill(words)
    page.locator("#next_on").fill(next_on.isoformat())
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".trial-updates")).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)


def measure(page: Page) -> None:
    """Say what is measured; ends on its page."""
    page.get_by_role("link", name="Measures and readings").click()
    page.get_by_role("link", name="Add a measure").click()
    page.get_by_label("What is measured?", exact=True).fill(MEASURE)
    page.get_by_label("Unit", exact=True).fill("minutes")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose which way is better.")
    expect(page.get_by_label("What is measured?", exact=True)).to_have_value(MEASURE)
    page.get_by_label("More is better").check()
    page.get_by_label("How it was before").fill("4")
    page.get_by_label("Target", exact=True).fill("8")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text(MEASURE)
    expect(page.get_by_text("The chart shows here once there is a reading.")).to_be_visible()


def paste(page: Page) -> None:
    """Paste readings from a spreadsheet; the line that is wrong is named, and put right."""
    page.get_by_role("link", name="Paste many, or send a file").click()
    field = page.get_by_label("Paste from a spreadsheet")
    field.fill(SHEET)
    page.get_by_role("button", name="Look at it first").click()
    looked = page.locator(".notice--warn")
    for words in ("Nothing is saved yet", "Line 1 names the columns.", "1 line can’t be read"):
        expect(looked).to_contain_text(words)
    expect(looked.locator(".site-faults")).to_contain_text("Line 3")
    expect(looked.locator(".site-faults")).to_contain_text("n/a")
    expect(looked).to_contain_text("written 7,5")
    expect(page.get_by_role("button", name="Keep the 2 good ones")).to_be_visible()
    expect(field).to_have_value(SHEET)
    field.fill(field.input_value().replace("n/a", "6"))
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".site-faults")).to_have_count(0)
    page.get_by_role("button", name="Save 3 readings").click()
    expect(thanked(page)).to_be_visible()
    expect(page.locator("h1")).to_have_text(MEASURE)
    expect(page.locator(".measure svg")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(3)


def decide(page: Page, *, next_on: date) -> None:
    """Move a running trial on, and declare the decision."""
    page.get_by_role("button", name="Move to: Evaluating").click()
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("What was learned?", exact=True).fill(LEARNED)
    page.get_by_role("button", name="Declare the decision").click()
    summary = page.locator(".govuk-error-summary")
    for missing in ("Say what the figures show.", "Choose: scale", "Say what happens next."):
        expect(summary).to_contain_text(missing)
    page.get_by_label("What do the figures show?", exact=True).fill("Nearly twice as long.")
    page.get_by_label("Scale").check()
    page.get_by_label("What happens next?", exact=True).fill(NEXT)
    page.locator("#next_on").fill(next_on.isoformat())
    page.get_by_role("button", name="Declare the decision").click()
    expect(thanked(page)).to_contain_text("Declared.")
    expect(page.get_by_role("button", name="Confirm: make it public")).to_have_count(0)


def confirm(place: Place, page: Page, *, tells: int) -> None:
    """A second person finds it on *Today*, sees what it does, and confirms it."""
    page.goto(f"{place.url}/staff")
    waiting = page.locator(".today__rows > li", has_text="A decision waits for you to confirm")
    waiting.get_by_role("link", name=TITLE).click()
    expect(page.locator("#main")).to_contain_text(f"This tells {tells} people")
    expect(page.get_by_text("Happening")).to_have_count(2)
    page.get_by_role("button", name="Confirm: make it public").click()
    expect(thanked(page)).to_contain_text("Confirmed.")
