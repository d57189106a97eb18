"""A moderator at the queue: by keyboard alone, many at once, without scripts, and too late."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from citizen_voice.db import db
from citizen_voice.moderation.models import Case
from tests.browser.town import Town
from tests.factories.moderation import case, decide
from tests.factories.team import colleague
from tests.servers.browser import Visits

LETTER = "We have hidden it, since it gives a phone number."


@pytest.fixture
def page(town: Town, visit: Visits) -> Page:
    """A moderator's page, at a laptop."""
    opened = visit(f"{town.url}/rules")
    opened.set_viewport_size({"width": 1366, "height": 768})
    town.sign_in(opened, town.colleague("moderator"), staff=True)
    return opened


def waiting(town: Town) -> int:
    """How many cases are open."""
    with town.inside():
        return int(db.session.scalar(select(func.count()).where(Case.closed_at.is_(None))) or 0)


def seed(town: Town, number: int, title: str) -> list[UUID]:
    """Ideas of the test's own, each with a case."""
    refs = [town.idea(title=f"{title} {each + 1}") for each in range(number)]
    with town.inside():
        return [case(idea_id=int(ref[3:]), waits_for="abuse") for ref in refs]


def test_what_is_typed_while_the_letter_comes_stays(town: Town, page: Page) -> None:
    about = seed(town, 1, "Type ahead")[0]
    page.goto(f"{town.url}/staff/cases/{about}/decide?act=hide")
    asked: list[Route] = []
    page.route("**/decide**", lambda route: asked.append(route))  # noqa: PLW0108  # it is looked into
    with page.expect_request("**/decide**"):
        page.locator("#ground").select_option(index=2)
    ground = page.locator("#ground").input_value()
    page.locator("#words").fill(LETTER)
    asked[0].continue_()
    expect(page.locator("input[name=begun]")).not_to_have_value("")
    expect(page.locator("#words")).to_have_value(LETTER)
    expect(page.locator("#ground")).to_have_value(ground)


def test_a_moderator_clears_twenty_cases_by_keyboard_alone(town: Town, page: Page) -> None:
    seed(town, 20, "Clear me")
    before = waiting(town)
    page.goto(f"{town.url}/staff/queue")
    keys = page.keyboard
    keys.press("j")
    expect(page.locator("[data-open]").first).to_be_focused()
    keys.press("o")
    for number in range(before):
        title = page.locator("#case-title")
        expect(title).to_be_focused()
        shown = title.inner_text()
        if number % 5 == 0:
            keys.press("2")
            expect(page.locator("#ground")).to_be_focused()
            keys.press("ArrowDown")
            expect(page.locator("input[name=begun]")).not_to_have_value("")
            expect(page.locator("#words")).to_have_value(re.compile(re.escape(shown[:20])))
            expect(page.locator("#ground")).to_be_focused()
            keys.press("Tab")
            keys.press("Tab")
            keys.press("Control+Enter")
        else:
            keys.press("1")
        expect(page.locator(".just")).to_contain_text(shown[:20])
        if number == 3:  # a slip, put right in place
            expect(page.locator("#case:focus, #case :focus")).to_have_count(1)
            keys.press("u")
            expect(page.locator("#case-title")).to_have_text(shown)
            expect(page.locator("#case-title")).to_be_focused()
            keys.press("1")
            expect(page.locator(".just")).to_contain_text(shown[:20])
    assert waiting(town) == 0
    expect(page.locator(".empty")).to_contain_text("Nothing waiting")


def test_a_slip_is_put_right_before_the_next_case_has_come(town: Town, page: Page) -> None:
    seed(town, 2, "Too quick")
    page.goto(f"{town.url}/staff/queue")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("#case-title")).to_be_focused()
    shown = page.locator("#case-title").inner_text()
    page.route(re.compile("/staff/cases/[^/]+$"), lambda _: None)  # what is asked for does not come
    page.keyboard.press("1")
    expect(page.locator(".just")).to_contain_text(shown[:20])
    expect(page.locator("#case")).to_be_focused()
    page.unroute_all()
    page.keyboard.press("u")
    expect(page.locator(".notice--good")).to_contain_text("Undone")


def test_the_page_stays_where_it_is_while_the_next_case_comes(town: Town, page: Page) -> None:
    (about,) = seed(town, 1, "Stay where you are")
    page.goto(f"{town.url}/staff/queue?case={about}")
    expect(page.locator("#case-title")).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_keys_do_nothing_while_somebody_types(town: Town, page: Page) -> None:
    (about,) = seed(town, 1, "Type here")
    page.goto(f"{town.url}/staff/cases/{about}")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("12 j k c")
    expect(page.locator("#note")).to_have_value("12 j k c")
    expect(page.locator("#claim")).to_have_text("I am on it")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator(".case__claim")).to_contain_text("You are on this")
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()


def test_ten_are_hidden_at_once_and_all_of_them_come_back(town: Town, page: Page) -> None:
    seed(town, 10, "Hide me")
    before = waiting(town)
    page.goto(f"{town.url}/staff/queue?whose=free")
    for _ in range(10):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.get_by_role("button", name="See whom it touches").click()
    expect(page.locator("h1")).to_have_text("Hide: 10")
    page.locator("#ground").select_option(index=1)
    page.get_by_role("button", name="Begin the letter from the ground").click()
    expect(page.locator("#words_en")).to_have_value(re.compile("{title}"))
    page.get_by_role("button", name="Hide: 10").click()
    expect(page.locator(".just")).to_contain_text("Hidden: 10")
    assert waiting(town) == before - 10
    page.locator(".just button").click()
    expect(page.locator(".notice--good")).to_contain_text("Undone")
    assert waiting(town) == before


def test_the_same_by_forms_without_scripts(town: Town, visit: Visits) -> None:
    first, second = seed(town, 2, "By forms")
    page = visit(f"{town.url}/rules", javascript=False)
    town.sign_in(page, town.colleague("moderator"), staff=True)
    page.goto(f"{town.url}/staff/queue")
    page.get_by_role("link", name="By forms 1").click()
    page.get_by_role("link", name="Hide", exact=False).first.click()
    page.locator("#ground").select_option(index=1)
    page.get_by_role("button", name="Begin the letter from the ground").click()
    expect(page.locator("#words")).to_have_value(re.compile("By forms 1"))
    page.locator(".decide__form .buttons button").click()
    expect(page.locator(".just")).to_contain_text("By forms 1")
    page.locator(".just button").click()
    expect(page.locator(".notice--good")).to_contain_text("Undone")
    for key in (first, second):
        page.goto(f"{town.url}/staff/cases/{key}")
        page.locator("#act-keep").click()
        expect(page.locator(".just")).to_contain_text("Kept")


def test_the_decision_made_first_is_shown(town: Town, page: Page) -> None:
    (about,) = seed(town, 1, "Two at once")
    page.goto(f"{town.url}/staff/cases/{about}/decide?act=hide")
    page.locator("#ground").select_option(index=1)
    expect(page.locator("input[name=begun]")).not_to_have_value("")
    page.locator("#words").fill(LETTER)
    with town.inside():
        decide(about, "keep", actor=colleague(name="Ceri Vaughan"))
    page.locator(".decide__form .buttons button").click()
    expect(page.locator("#case [role=alert]")).to_be_focused()
    expect(page.locator("#case")).to_contain_text("Decided by Ceri Vaughan")
    expect(page.locator("#case-typed")).to_have_value(LETTER)
