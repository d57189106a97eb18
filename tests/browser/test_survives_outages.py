"""What somebody typed survives the end of a session, of a challenge, of the site, of the network.

Nothing in the code waits for a minute: a draft that could not be saved is tried again after ten
seconds, at the next letter, and when the browser says it is online.
"""

import re
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from citizen_voice.accounts.models import PersonSession
from citizen_voice.db import db, write
from tests.browser.test_writing import sign_in_by_code
from tests.browser.town import QUESTION, Town
from tests.browser.writing_hands import (
    BODY,
    SAVED,
    drafts_of,
    expect_published,
    expect_words,
    kept,
    publish,
    saved_line,
    suggest,
    wait_for,
)
from tests.servers.browser import Visits


@pytest.mark.parametrize("visitor", [True, False], ids=["visitor", "resident"])
def test_a_session_that_ends_while_writing(town: Town, visit: Visits, visitor: bool) -> None:
    page = visit()
    address = f"session-{visitor}@example.org".lower()
    person = None if visitor else town.sign_in(page, town.join(name=None, address=address))
    title = suggest(town, page)
    if person is not None:
        expect(saved_line(page)).to_have_text(SAVED)
        end_sessions(town, person)
        page.get_by_label("What should change?").fill(title + "!")
        page.get_by_label("Why, and who would it help?").focus()
        title += "!"
        wait_for(page, lambda: title in [one["title"] for one in kept(page).values()])
        expect(page.locator("#alert")).to_be_empty()
    publish(page)
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert len(kept(page)) == 1  # should they not sign in
    if visitor:
        page.go_back()
        page.reload()
        expect_words(page, title)
        publish(page)
        page.wait_for_url("**/sign-in")
    sign_in_by_code(town, page, address)
    if visitor:
        page.get_by_label("18 or over").check()
        page.get_by_role("button", name="Finish").click()
    expect_words(page, title)
    page.get_by_label("Your name on this site").fill("Heron")
    publish(page)
    expect_published(page, title)
    assert town.titled(title) == 1


def end_sessions(town: Town, person: UUID) -> None:
    """On the server, behind the browser's back."""
    with town.inside(), write():
        db.session.execute(delete(PersonSession).where(PersonSession.person_id == person))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_challenge_that_closes_while_writing_leaves_a_draft_for_an_open_one(
    town: Town, visit: Visits, javascript: bool
) -> None:
    slug = town.challenge(f"closing-{javascript}".lower())
    page = visit(javascript=javascript)
    person = town.sign_in(page)
    title = suggest(town, page, slug)
    town.close_challenge(slug)
    publish(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("is kept as a draft")
    expect_words(page, title)
    assert drafts_of(town, person) == [(title, BODY)]
    page.goto(f"{town.url}/drafts")
    expect(page.get_by_text("That challenge is not open now.")).to_be_visible()
    page.get_by_role("link", name=f"Go on writing: {title}").click()
    expect_words(page, title)
    page.locator("[name=challenge]").first.check()
    publish(page)
    page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
    expect(page.locator("h1")).to_have_text(title)
    assert drafts_of(town, person) == []


def test_a_visitor_finds_their_words_on_the_page_of_a_challenge_that_closed(
    town: Town, visit: Visits
) -> None:
    slug = town.challenge("closing-for-visitors")
    page = visit()
    title = suggest(town, page, slug)
    page.goto(town.url)
    town.close_challenge(slug)
    page.goto(f"{town.url}/challenges/{slug}/suggest")
    expect_words(page, title)
    expect(page.get_by_label("What should change?")).not_to_be_editable()


def test_a_restart_of_the_site_while_writing(own_town: Town, visit: Visits) -> None:
    page = visit()
    person = own_town.sign_in(page)
    title = suggest(own_town, page)
    expect(saved_line(page)).to_have_text(SAVED)
    own_town.site.stop()
    page.get_by_label("What should change?").fill(title + "!")
    page.get_by_label("Why, and who would it help?").focus()
    page.wait_for_timeout(500)
    expect(page.locator("#alert")).to_be_empty()  # quiet
    assert [one["title"] for one in kept(page).values()] == [title + "!"]
    publish(page)
    expect(page.locator("#alert")).to_contain_text("What you wrote is still here")
    expect_words(page, title + "!")
    own_town.site.start()
    wait_for(page, lambda: drafts_of(own_town, person) == [(title + "!", BODY)], seconds=15)
    wait_for(page, lambda: kept(page) == {})
    publish(page)
    expect_published(page, title + "!")
    assert own_town.titled(title + "!") == 1
    assert drafts_of(own_town, person) == []


def test_a_visitor_writes_over_a_restart(own_town: Town, visit: Visits) -> None:
    page = visit()
    title = suggest(own_town, page)
    own_town.site.kill()
    publish(page)
    expect(page.locator("#alert")).to_contain_text("What you wrote is still here")
    own_town.site.start()
    publish(page)
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize("signed_in", [True, False], ids=["resident", "visitor"])
def test_no_network_for_a_while(town: Town, visit: Visits, signed_in: bool) -> None:
    page = visit()
    person = town.sign_in(page) if signed_in else None
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    page.context.set_offline(True)
    page.get_by_label("What should change?").fill("Somewhere to sit")
    page.get_by_label("Why, and who would it help?").fill(BODY)
    expect(page.locator("#alert")).to_be_empty()
    publish(page)
    expect(page.locator("#alert")).to_contain_text("send it again when you are connected")
    expect_words(page, "Somewhere to sit")
    assert len(kept(page)) == 1
    page.context.set_offline(False)
    if person is not None:
        expect(saved_line(page)).to_have_text(SAVED)
        assert drafts_of(town, person) == [("Somewhere to sit", BODY)]
        publish(page)
        expect_published(page, "Somewhere to sit")
    else:
        publish(page)
        page.wait_for_url("**/sign-in")


def test_a_tab_closed_without_network_loses_nothing(town: Town, visit: Visits) -> None:
    page = visit()
    person = town.sign_in(page)
    title = suggest(town, page)
    expect(saved_line(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    page.get_by_label("What should change?").fill(title + " later")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    page.get_by_role("link", name=title).click()
    expect_words(page, title + " later")  # newer than what the site has
    page.get_by_label("Why, and who would it help?").press("End")
    page.keyboard.type("!")
    wait_for(page, lambda: drafts_of(town, person)[0][0] == title + " later")
    assert len(drafts_of(town, person)) == 1
