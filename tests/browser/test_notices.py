"""Notices in a browser: the officer writes one, people are told, and say that they have seen it."""

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.team.models import PRIVACY_OFFICER
from tests.browser.judging import Findings, judge
from tests.browser.town import Town
from tests.factories import notices
from tests.factories.people import resident
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
BAND = "What we do with your data has changed"


def officer(town: Town, visit: Visits, *, javascript: bool) -> Page:
    """The privacy officer's page of notices."""
    page = visit(f"{town.url}/", javascript=javascript)
    who = town.colleague(PRIVACY_OFFICER, name="Ann Bell")
    town.sign_in(page, who, staff=True)
    page.goto(f"{town.url}/staff/privacy/notices")
    return page


@WITH_AND_WITHOUT
def test_an_officer_writes_a_notice_is_told_what_is_missing_and_publishes(
    town: Town, visit: Visits, javascript: bool
) -> None:
    reader = visit(f"{town.url}/", javascript=javascript)
    town.sign_in(reader, town.join(name="Heron"))
    page = officer(town, visit, javascript=javascript)
    page.locator("form[action$='/notices/privacy/begin'] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy notice")
    dpo = page.locator("#dpo_en")
    dpo.fill("")
    page.locator("#changed_en").fill(f"We name the officer ({javascript}).")
    page.locator("#changed_cy").fill("Rydyn ni'n enwi'r swyddog.")
    page.get_by_label("This matters to people").check()
    page.get_by_role("button", name="Save and look at it").click()
    missing = page.locator(".notice--warn")
    expect(missing).to_contain_text("Our data protection officer: missing (English).")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("missing (English)")
    expect(page.locator("#changed_en")).to_have_value(f"We name the officer ({javascript}).")
    page.locator("#dpo_en").fill(f"Ann Bell ({javascript}), dpo@example.org")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.locator("main")).to_contain_text("Nothing is missing")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/staff/privacy/notices?done=notice-published")

    reader.goto(f"{town.url}/ideas")
    band = reader.locator(".told")
    expect(band).to_contain_text(BAND)
    expect(band).to_contain_text(f"We name the officer ({javascript}).")
    band.get_by_role("link", name="What changed").click()
    expect(reader.locator(".told-words")).to_contain_text("Ann Bell")
    reader.get_by_role("link", name="Every change, word for word").click()
    expect(reader.locator(".told-change--in").first).to_contain_text("Put in")
    reader.locator(".told").get_by_role("button", name="I’ve seen it").click()
    expect(reader.locator(".told")).to_have_count(0)
    reader.goto(f"{town.url}/ideas")
    expect(reader.locator(".told")).to_have_count(0)


@WITH_AND_WITHOUT
def test_an_officer_reads_on_which_basis_a_purpose_stays_and_why_on_no_other(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = officer(town, visit, javascript=javascript)
    page.goto(f"{town.url}/staff/privacy/purposes")
    page.locator("#purpose-news").get_by_role("link", name="Change").click()
    expect(page.locator("#basis")).to_contain_text("Public task")
    expect(page.locator("#basis")).to_contain_text("cannot rest its tasks on legitimate interests")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/staff/privacy/purposes?done=purpose-saved")


def test_the_screens_are_accessible_at_every_size_in_both_languages(
    town: Town, visit: Visits, findings: Findings
) -> None:
    with town.inside():
        notices.drafted(notices.complete("research"), "research")
        notices.published("young-people", material=True)
    page = officer(town, visit, javascript=True)
    for address in (
        "/staff/privacy/notices",
        "/staff/privacy/notices/research/draft",
        "/staff/privacy/notices/research/preview",
        "/staff/privacy/accessibility",
        "/staff/privacy/purposes",
        "/staff/privacy/purposes/taking-part",
        "/staff/privacy/purposes/news/end",
    ):
        page.goto(f"{town.url}{address}")
        judge(page, findings)
    page.goto(f"{town.url}/cy/staff/privacy/purposes/account/end")
    judge(page, findings)
    reader = visit(f"{town.url}/")
    with town.inside():
        young = resident(name="Wren", age="teen", email="wren@notices.example")
    town.sign_in(reader, young)
    for address in (
        "/",
        "/privacy",
        "/privacy/young-people",
        "/privacy/notices",
        "/privacy/notices/young-people/2/changes",
        "/cy/privacy/notices/privacy/1",
        "/accessibility",
        "/cy/accessibility",
        "/sign-in",
    ):
        reader.goto(f"{town.url}{address}")
        judge(reader, findings)
