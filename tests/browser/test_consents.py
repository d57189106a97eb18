"""Choices in a browser: as easy to take back as to give, with and without scripts, in Welsh."""

import json
from urllib.request import Request, urlopen
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.consent import queries
from citizen_voice.consent.models import GIVEN, NEWSLETTER, RESEARCH, WITHDRAWN
from citizen_voice.consent.tokens import token_of
from citizen_voice.db import db
from citizen_voice.team.models import ADMINISTRATOR, PRIVACY_OFFICER
from tests.browser.hands import Keyboard, Mouse
from tests.browser.judging import Findings, judge
from tests.browser.town import Town
from tests.factories.consents import give
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
SWITCH = "Newsletter by e-mail"


class Steps:
    """A page whose presses are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taken = 0

    def press(self, role: str, name: str) -> None:
        """Press what has this accessible name."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]  # a role
        self.taken += 1

    def open_menu(self) -> None:
        """Open the menu of the account."""
        self.page.locator("details.menu summary").click()
        self.taken += 1


def standing(town: Town, person: UUID) -> dict[str, str]:
    """What the ledger says now."""
    with town.inside():
        db.session.rollback()
        return queries.standing(person)


def to_the_switch(town: Town, page: Page, *, on: bool) -> int:
    """From the front page to having pressed the switch: how many presses that takes."""
    page.goto(town.url)
    steps = Steps(page)
    steps.open_menu()
    steps.press("link", "My data")
    steps.press("link", "Change my choices")
    switch = page.get_by_role("switch", name=SWITCH)
    expect(switch).to_have_attribute("aria-checked", "false" if on else "true")
    steps.press("switch", SWITCH)
    after = page.get_by_role("switch", name=SWITCH)
    expect(after).to_have_attribute("aria-checked", "true" if on else "false")
    return steps.taken


@WITH_AND_WITHOUT
def test_taking_back_takes_as_many_steps_as_giving(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    person = town.sign_in(page)
    giving = to_the_switch(town, page, on=True)
    assert standing(town, person) == {NEWSLETTER: GIVEN}
    taking_back = to_the_switch(town, page, on=False)
    assert standing(town, person) == {NEWSLETTER: WITHDRAWN}
    assert giving == taking_back == 4
    expect(page.get_by_text("yes, on My choices, in English")).to_be_visible()
    expect(page.get_by_text("taken back, on My choices, in English")).to_be_visible()


@pytest.mark.parametrize("hands", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_the_switch_stays_under_the_hand_and_nothing_else_moves(
    town: Town, visit: Visits, hands: type[Mouse]
) -> None:
    page = visit()
    person = town.sign_in(page)
    page.goto(f"{town.url}/my-data/choices")
    page.evaluate("window.stayed = true")
    hand = hands(page)
    for on in ("true", "false"):
        hand.press("switch", SWITCH)  # type: ignore[arg-type]  # a role
        switch = page.get_by_role("switch", name=SWITCH)
        expect(switch).to_have_attribute("aria-checked", on)
        expect(switch).to_be_focused()
    assert page.evaluate("window.stayed")
    assert standing(town, person) == {NEWSLETTER: WITHDRAWN}


def test_one_click_in_a_letter_needs_no_cookie_and_no_sign_in(town: Town, visit: Visits) -> None:
    person = town.join()
    with town.inside():
        give(person)
        address = f"{town.url}/letters/{token_of(person, NEWSLETTER)}"
    page = visit()
    page.goto(address)
    expect(page.get_by_role("button", name="Stop these e-mails")).to_be_visible()
    assert standing(town, person) == {NEWSLETTER: GIVEN}
    request = Request(address, data=b"List-Unsubscribe=One-Click", method="POST")
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 200
        assert answer.headers["Set-Cookie"] is None
    assert standing(town, person) == {NEWSLETTER: WITHDRAWN}
    page.reload()
    expect(page.get_by_text("We don’t send you these e-mails.")).to_be_visible()
    assert page.context.cookies() == []


@WITH_AND_WITHOUT
def test_the_page_of_a_letter_stops_them_with_one_button(
    town: Town, visit: Visits, javascript: bool
) -> None:
    person = town.join()
    with town.inside():
        give(person)
        address = f"{town.url}/letters/{token_of(person, NEWSLETTER)}"
    page = visit(javascript=javascript)
    page.goto(address)
    page.get_by_role("button", name="Stop these e-mails").click()
    expect(page.get_by_text("Done. We send you no more of these e-mails.")).to_be_visible()
    assert standing(town, person) == {NEWSLETTER: WITHDRAWN}
    assert page.context.cookies() == []


def test_a_receipt_is_read_and_downloaded(town: Town, visit: Visits) -> None:
    page = visit()
    town.sign_in(page)
    page.goto(f"{town.url}/my-data/choices")
    page.get_by_role("switch", name=SWITCH).click()
    page.get_by_role("link", name="Receipt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Receipt: {SWITCH}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as JSON").click()
    said = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert said["events"][0]["event_state"] == "dpv:ConsentGiven"


@pytest.mark.parametrize("prefix", ["", "/cy"], ids=["en", "cy"])
def test_every_state_is_accessible(
    town: Town, visit: Visits, findings: Findings, prefix: str
) -> None:
    page = visit()
    person = town.sign_in(page)
    choices = f"{town.url}{prefix}/my-data/choices"
    page.goto(choices)
    judge(page, findings, "nothing chosen", thoroughly=not prefix)
    page.locator(f"#choice-{NEWSLETTER} [role=switch]").click()
    on = page.locator(f"#choice-{NEWSLETTER} [role=switch][aria-checked=true]")
    expect(on).to_be_visible()
    page.locator(f"#choice-{RESEARCH} .button--link").click()
    expect(page.locator(f"#choice-{RESEARCH} .choice__history")).to_be_visible()
    judge(page, findings, "one on, one refused", thoroughly=not prefix)
    page.goto(choices)
    page.locator(f"#choice-{RESEARCH} [name=notice_version]").evaluate("field => field.value = 99")
    page.locator(f"#choice-{RESEARCH} [role=switch]").click()
    expect(page.locator(f"#choice-{RESEARCH} [role=alert]")).to_be_visible()
    judge(page, findings, "refused: no notice", thoroughly=not prefix)
    page.goto(choices)
    page.locator(f"#choice-{NEWSLETTER} .choice__history a").click()
    expect(page.locator("dl.facts")).to_be_visible()
    judge(page, findings, "a receipt", thoroughly=not prefix)
    with town.inside():
        token = token_of(person, NEWSLETTER)
    page.goto(f"{town.url}{prefix}/letters/{token}")
    judge(page, findings, "the letter’s page", thoroughly=not prefix)
    page.locator("main form button").click()
    expect(page.locator(".notice--good")).to_be_visible()
    judge(page, findings, "stopped", thoroughly=not prefix)


@pytest.mark.parametrize("prefix", ["", "/cy"], ids=["en", "cy"])
def test_the_screens_of_staff_are_accessible(
    town: Town, visit: Visits, findings: Findings, prefix: str
) -> None:
    person = town.join()
    with town.inside():
        give(person)
    page = visit()
    town.sign_in(page, town.colleague(ADMINISTRATOR, PRIVACY_OFFICER), staff=True)
    page.goto(f"{town.url}{prefix}/staff/privacy/consents")
    judge(page, findings, "the ledger", thoroughly=not prefix)
    page.locator("form[action$='/consents/verify'] button").click()
    expect(page.locator(".notice--good")).to_be_visible()
    judge(page, findings, "the ledger holds", thoroughly=not prefix)
    page.goto(f"{town.url}{prefix}/staff/newsletters/new")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page, findings, "a newsletter without words", thoroughly=not prefix)
    for name in ("subject_en", "subject_cy", "text_en", "text_cy"):
        page.locator(f"[name={name}]").fill("Come and talk")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("form[action$='/send']")).to_be_visible()
    judge(page, findings, "looked at", thoroughly=not prefix)
    page.locator("form[action$='/send'] button").click()
    expect(page.locator("table")).to_be_visible()
    judge(page, findings, "newsletters", thoroughly=not prefix)
