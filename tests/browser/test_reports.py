"""A report without signing in, followed to its end through its receipt."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.moderation.models import Case
from tests.browser.town import Town
from tests.factories.moderation import decide
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
WORDS = "It says where my neighbour lives."


def letter(page: Page, town: Town, address: str) -> str:
    """The words of the newest letter to an address, from the outbox page."""
    page.goto(f"{town.url}/outbox")
    return page.locator("article", has_text=address).first.inner_text()


@WITH_AND_WITHOUT
def test_a_report_without_signing_in_is_followed_to_its_end(
    town: Town, visit: Visits, javascript: bool
) -> None:
    ref = town.idea(title=f"A hedge at number 9 ({javascript})")
    page = visit(f"{town.url}/ideas/{ref}", javascript=javascript)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Report this idea").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report an idea")
    page.get_by_role("button", name="Send report").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what is wrong.")
    page.get_by_label("Somebody’s private details").check()
    page.get_by_label("Tell us more").fill(WORDS)
    address = f"follows-{javascript}@example.org".lower()
    page.get_by_label("E-mail address, if you want to hear back").fill(address)
    page.get_by_role("button", name="Send report").click()
    page.wait_for_url("**/reports/R-*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report")
    receipt = page.locator(".receipt-number").inner_text()
    assert re.fullmatch(r"R(-[0-9A-Z]{4}){4}", receipt)
    assert not page.context.cookies()
    expect(page.locator("main")).to_contain_text("Waiting for a moderator")
    first = letter(page, town, address)
    assert receipt in first
    assert WORDS not in first
    with town.inside():
        case = db.session.scalars(select(Case.id).where(Case.idea_id == int(ref[3:]))).one()
        decide(case, "hide")
    page.goto(f"{town.url}/reports")
    page.get_by_label("Number of your report").fill(receipt.lower().replace("-", " "))
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("We have hidden it.")
    expect(page.locator("main")).to_contain_text("The reason:")
    assert "looked at your report" in letter(page, town, address)
    link = re.search(r"http\S+/reports/\S+", letter(page, town, address))
    assert link
    page.goto(link[0])
    expect(page.locator("main")).to_contain_text("We have hidden it.")
    page.goto(f"{town.url}/report?idea={ref}")
    expect(page.locator("main")).to_contain_text("hidden this already")


def test_a_comment_and_the_name_beside_it_are_reported_by_keyboard(
    town: Town, visit: Visits
) -> None:
    ref = town.idea(title="A hedge that everybody likes", author=town.join(name="Heron"))
    page = visit(f"{town.url}/report?idea={ref}")
    page.get_by_role("link", name="It is about their name instead").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a name")
    expect(page.locator(".reported")).to_have_text("Heron")
    page.get_by_label("Insults or bullying").press("Space")
    page.get_by_role("button", name="Send report").press("Enter")
    page.wait_for_url("**/reports/R-*")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("main")).to_contain_text("A name")
