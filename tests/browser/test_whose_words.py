"""Whose the words are that a browser keeps: they are offered to nobody else, and on a shared
computer they end with the tab."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, update

from citizen_voice import limits
from citizen_voice.db import db, write
from citizen_voice.ideas.limits import SAVES
from tests.browser.town import QUESTION, Town
from tests.browser.writing_hands import (
    SAVED,
    drafts_of,
    expect_words,
    kept,
    kept_in,
    saved_line,
    suggest,
    wait_for,
)
from tests.servers.browser import Visits

OF_SAVES = limits.LimitHit.scope == SAVES.scope


def save_nowhere(page: Page) -> None:
    """The site takes no draft, so that the browser's copy is the only one."""

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/suggest*", refuse)


def open_form(town: Town, page: Page) -> None:
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")


def expect_nothing(town: Town, page: Page) -> None:
    """The form is empty, and nothing is offered."""
    open_form(town, page)
    expect_words(page, "", "")
    expect(page.locator(".draft-kept button")).to_have_count(0)


def test_what_a_resident_typed_is_offered_to_them_alone(town: Town, visit: Visits) -> None:
    page = visit()
    save_nowhere(page)
    author = town.sign_in(page)
    title = suggest(town, page)
    page.context.clear_cookies()  # the session has run out
    expect_nothing(town, page)
    town.sign_in(page)
    expect_nothing(town, page)
    suggest(town, page)
    assert len(kept(page)) == 2
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/?done=signed-out")
    assert [one["title"] for one in kept(page).values()] == [title]
    town.sign_in(page, author)
    open_form(town, page)
    expect_words(page, title)
    expect(page.locator(".draft-kept")).to_contain_text("in this browser, until")


def test_what_a_visitor_typed_is_theirs_once_they_have_signed_in(town: Town, visit: Visits) -> None:
    page = visit()
    save_nowhere(page)
    title = suggest(town, page)
    author = town.sign_in(page)
    open_form(town, page)
    expect_words(page, title)
    page.context.clear_cookies()
    expect_nothing(town, page)
    mine = suggest(town, page)
    town.sign_in(page, author)
    open_form(town, page)
    expect_words(page, title)
    page.context.clear_cookies()
    open_form(town, page)
    expect_words(page, mine)


def test_on_a_shared_computer_it_ends_with_the_tab(town: Town, visit: Visits) -> None:
    page = visit()
    save_nowhere(page)
    author = town.sign_in(page, shared=True)
    title = suggest(town, page)
    assert kept_in(page, "localStorage") == {}
    page.reload()
    expect_words(page, title)
    expect(page.locator(".draft-kept")).to_contain_text("until you close this tab")
    another = page.context.new_page()
    expect_nothing(town, another)
    page.context.clear_cookies()
    expect_nothing(town, page)
    assert len(kept_in(page, "sessionStorage")) == 1  # should they sign in again
    town.sign_in(page, author, shared=True)
    open_form(town, page)
    expect_words(page, title)
    town.sign_in(page, shared=True)
    expect_nothing(town, page)
    assert kept(page) == {}


@pytest.mark.parametrize("shared", [True, False])
def test_signing_out_leaves_nothing_of_theirs(town: Town, visit: Visits, shared: bool) -> None:
    page = visit()
    save_nowhere(page)
    suggest(town, page)
    page.goto(f"{town.url}/ideas/new")
    page.get_by_label("What should change?").fill("For no question yet")
    town.sign_in(page, shared=shared)
    open_form(town, page)
    page.get_by_label("What should change?").fill("Typed since")
    assert len(kept(page)) == 2
    assert (kept_in(page, "localStorage") == {}) == shared
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/?done=signed-out")
    assert kept(page) == {}


def test_what_is_saved_too_often_stays_in_the_browser_and_is_saved_later(
    town: Town, visit: Visits
) -> None:
    page = visit()
    page.clock.install()
    person = town.sign_in(page)
    with town.inside():
        limits.hit(SAVES, str(person))
        with write():
            db.session.execute(update(limits.LimitHit).where(OF_SAVES).values(hits=SAVES.most))
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    title = suggest(town, page)
    expect(page.locator(".draft-line__refusal")).to_contain_text("What you wrote is still here")
    page.get_by_label("What should change?").fill(title + "!")
    page.get_by_label("Why, and who would it help?").focus()
    page.clock.run_for(5_000)
    assert len(sent) == 1
    assert [one["title"] for one in kept(page).values()] == [title + "!"]
    with town.inside(), write():
        db.session.execute(delete(limits.LimitHit).where(OF_SAVES))
    page.clock.run_for(60_000)
    expect(saved_line(page)).to_have_text(SAVED)
    wait_for(page, lambda: [one[0] for one in drafts_of(town, person)] == [title + "!"])
    wait_for(page, lambda: kept(page) == {})
