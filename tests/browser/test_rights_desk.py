"""The officer answers a letter by keyboard alone; everybody can use every state of the desk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from citizen_voice.config import Settings
from citizen_voice.team.models import PRIVACY_OFFICER
from tests.browser.hands import Keyboard
from tests.browser.judging import Findings, judge
from tests.browser.passing import PassingPlace, passing_place
from tests.servers.browser import Visits
from tests.servers.smtp import SmtpServer

WIDE: ViewportSize = {"width": 1366, "height": 900}
ASKED, ANSWERED = date(2027, 3, 3), date(2027, 3, 8)
BODY = "Dear Nell,\n\nwhich years do you mean?"


@pytest.fixture
def council(fresh: Settings, smtp: SmtpServer) -> Iterator[PassingPlace]:
    """An empty council on a Monday in March."""
    with passing_place(fresh, smtp) as place:
        yield place


@dataclass
class Officer:
    """The officer at work, by keyboard alone; every state is judged."""

    council: PassingPlace
    page: Page
    key: UUID
    findings: Findings

    def __post_init__(self) -> None:
        self.hands = Keyboard(self.page)
        self.page.set_viewport_size(WIDE)

    def look(self, state: str) -> None:
        """Judge the page as it stands."""
        judge(self.page, self.findings, state)
        self.page.set_viewport_size(WIDE)

    def come(self, day: date | None = None) -> None:
        """On a day, sign in and open the list."""
        if day is not None:
            self.council.until(day)
        self.council.sign_in(self.page, self.key, staff=True)
        self.page.goto(f"{self.council.url}/staff/privacy/requests")

    def open(self) -> None:
        """Open the request."""
        self.hands.press("link", "Access · DP-1")

    def sees(self, words: str) -> None:
        """The page says so."""
        expect(self.page.locator("main")).to_contain_text(words)

    def enter(self) -> None:
        """A letter came."""
        self.sees("Nothing is asked")
        self.look("empty")
        self.hands.press("link", "Enter a letter or a call")
        self.sees("The clock counts from this day.")
        self.look("entering")
        self.hands.write("Name", "Nell Gwyn")
        self.hands.write("Postal address", "1 High Street")
        self.hands.press("button", "Enter it")
        self.sees("Due in 31 days")
        self.sees("Entered.")
        self.look("entered")

    def ask(self) -> None:
        """Ask what is meant, on paper: the clock stops."""
        self.hands.press("link", "What do you mean?")
        self.hands.press("button", "Send it, or make it for paper")
        expect(self.page.locator(".govuk-error-summary")).to_contain_text("[Write here]")
        self.look("letter with a gap")
        self.hands.write("The letter", BODY)
        self.hands.press("button", "Send it, or make it for paper")
        self.sees("which years do you mean?")
        self.look("letter on paper")
        self.page.emulate_media(media="print")
        expect(self.page.locator(".rights-paper")).to_be_visible()
        for part in (".desk-nav", ".staff__menu", ".back"):
            expect(self.page.locator(part)).to_be_hidden()
        self.page.emulate_media(media="screen")
        self.open()
        self.sees("Clock stopped")
        self.look("clock stopped")

    def extend(self) -> None:
        """Note the answer, and take two months more."""
        self.hands.press("button", "Note the answer")
        self.sees("The clock stood for 6 days")
        self.sees("So it is due on 7 April 2027.")
        self.hands.press("link", "We need two months more")
        letter = self.page.get_by_label("The letter", exact=True)
        expect(letter).to_have_value(re.compile("We answer by 7 June 2027"))
        self.hands.write("The letter", "There is much of it. We answer by 7 June 2027.")
        self.hands.press("button", "Send it, or make it for paper")
        self.sees("There is much of it.")
        self.open()
        self.sees("So it is due on 7 June 2027.")

    def close(self) -> None:
        """Decide, change nothing in the letter, and close."""
        self.hands.press("link", "Decide and close")
        self.hands.press("button", "Go on to the letter")
        expect(self.page.locator(".govuk-error-summary")).to_contain_text("Choose how it ends.")
        self.hands.choose("Done as asked")
        self.hands.press("button", "Go on to the letter")
        expect(self.page.get_by_role("heading", name="The letter")).to_be_visible()
        self.look("deciding")
        self.hands.press("button", "Close it with this letter")
        self.sees("1 High Street")
        self.open()
        self.sees("Done as asked")
        self.look("closed")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_letter_is_entered_stopped_extended_printed_and_closed_by_keyboard_alone(
    council: PassingPlace, visit: Visits, findings: Findings
) -> None:
    key = council.colleague(PRIVACY_OFFICER, name="Olive Rees")
    officer = Officer(council, visit(f"{council.url}/rules", javascript=True), key, findings)
    officer.come()
    officer.enter()
    officer.come(ASKED)
    officer.open()
    officer.ask()
    officer.come(ANSWERED)
    officer.open()
    officer.extend()
    officer.close()
    for there in ("?tab=closed", "/settings"):
        officer.page.goto(f"{council.url}/staff/privacy/requests{there}")
        officer.look(there)


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
def test_a_visitor_complains_and_follows_it(
    council: PassingPlace, visit: Visits, findings: Findings, *, javascript: bool
) -> None:
    page = visit(f"{council.url}/privacy/complain", javascript=javascript)
    page.get_by_role("button", name="Send complaint").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("how we can answer")
    page.get_by_label("What went wrong?", exact=True).fill("You lost my letter.")
    page.get_by_label("E-mail address", exact=True).fill("nell@example.org")
    if javascript:
        judge(page, findings, "complaining")
    page.get_by_role("button", name="Send complaint").click()
    expect(page.get_by_role("heading", name="Thank you. We have it")).to_be_visible()
    receipt = page.locator(".receipt-number").inner_text()
    if javascript:
        judge(page, findings, "complained")
    page.goto(f"{council.url}/privacy/asked")
    page.get_by_label("Number of your request", exact=True).fill(receipt.lower())
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("We answer by")
    if javascript:
        page.goto(f"{council.url}/cy/privacy/ask")
        judge(page, findings, "asking, in Welsh")
