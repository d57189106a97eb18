"""What somebody typed survives: a closed tab, a lost session, a closed challenge, a restart of the
site, no network. Nothing in the code waits for a minute: a draft that could not be saved is tried
again after ten seconds, at the next letter, and when the browser says it is online."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.accounts.models import PersonSession
from citizen_voice.db import db, write
from citizen_voice.ideas.models import Draft
from tests.browser.test_writing import sign_in_by_code
from tests.browser.town import QUESTION, Town, settle
from tests.servers.browser import Visits
from tests.servers.site import LiveSite

BODY = "Line one: <b>bold</b> & “quotes”.\n\nPara two, *starred*. ŵ ŷ 🙂"
SAVED = re.compile(r"Draft saved \d\d:\d\d")
_numbers = count(1)


@pytest.fixture
def own_town(demonstration: Path, new_site: Callable[..., LiveSite]) -> Iterator[Town]:
    """A town of the test's own, which it may stop."""
    site = new_site()
    shutil.copytree(demonstration, site.instance, dirs_exist_ok=True)
    site.start()
    town = settle(site)
    yield town
    town.close()
    site.stop()


def suggest(town: Town, page: Page, slug: str = QUESTION) -> str:
    """Open the form and type; gives the title."""
    page.goto(f"{town.url}/challenges/{slug}/suggest")
    title = f"Lamp & “seat” no. {next(_numbers)} <here>"
    page.get_by_label("What should change?").fill(title)
    page.get_by_label("Why, and who would it help?").fill(BODY)
    return title


def expect_words(page: Page, title: str, body: str = BODY) -> None:
    """Every word stands in the form."""
    expect(page.get_by_label("What should change?")).to_have_value(title)
    expect(page.get_by_label("Why, and who would it help?")).to_have_value(body)


def saved_line(page: Page) -> Locator:
    """What the form says of its draft."""
    return page.locator("#draft-line [data-saved]")


def kept(page: Page) -> dict[str, Any]:
    """What the browser keeps: key → words."""
    found = json.loads(page.evaluate("localStorage.drafts ?? '{}'"))
    return {key: one["words"] for key, one in found.items()}


def drafts_of(town: Town, person: UUID) -> list[tuple[str, str]]:
    """Title and words of everything that the site keeps for somebody."""
    rows = select(Draft.title, Draft.body).where(Draft.person_id == person).order_by(Draft.id)
    with town.inside():
        return [(row.title, row.body) for row in db.session.execute(rows)]


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()


def expect_published(page: Page, title: str) -> None:
    """It is up, with every word, and nothing of it is left on the device."""
    page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".idea__words")).to_contain_text("Para two, starred. ŵ ŷ 🙂")
    assert kept(page) == {}


# A closed tab.


def test_a_visitors_words_are_there_after_the_tab_was_closed(town: Town, visit: Visits) -> None:
    page = visit()
    title = suggest(town, page)
    page.get_by_label("Where?").select_option(label="Castle")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    expect_words(page, title)
    expect(page.locator("[name=place] option:checked")).to_have_text("Castle")
    expect(page.locator(".draft-kept")).to_contain_text("We kept what you typed, in this browser")
    page.goto(f"{town.url}/cy/challenges/{QUESTION}/suggest")
    expect(page.locator("[name=title]")).to_have_value(title)
    page.goto(f"{town.url}/ideas/new")
    expect(page.get_by_label("What should change?")).to_have_value("")
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    page.locator(".draft-kept button").click()
    expect_words(page, "", "")
    expect(page.locator("[name=place]")).to_have_value("")
    assert kept(page) == {}
    page.reload()
    expect_words(page, "", "")
    expect(page.locator(".draft-kept")).to_have_count(0)


def test_what_a_visitor_typed_ends_after_a_week(town: Town, visit: Visits) -> None:
    page = visit()
    now = clock.now()
    page.clock.install(time=now)
    title = suggest(town, page)
    page.clock.set_system_time(now + timedelta(days=6, hours=23))
    page.reload()
    expect_words(page, title)
    page.clock.set_system_time(now + timedelta(days=7, minutes=1))
    page.goto(town.url)
    assert kept(page) == {}
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    expect_words(page, "", "")


def test_reading_and_looking_at_a_form_keep_nothing(town: Town, visit: Visits) -> None:
    page = visit()
    for path in ("/", f"/challenges/{QUESTION}/suggest", "/ideas/new", "/ideas"):
        page.goto(town.url + path)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_storage_a_form_works_as_ever(town: Town, visit: Visits) -> None:
    page = visit()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get () { throw new Error('private') }})"
    )
    person = town.sign_in(page)
    title = suggest(town, page)
    expect(saved_line(page)).to_have_text(SAVED)
    publish(page)
    page.wait_for_url(re.compile(r"\?done=published"))
    assert town.titled(title) == 1
    assert drafts_of(town, person) == []


def test_a_residents_draft_saves_itself_and_is_gone_on_with(town: Town, visit: Visits) -> None:
    page = visit()
    page.route("**/ideas/alike*", lambda route: route.abort())  # which have news of their own
    person = town.sign_in(page)
    title = suggest(town, page)
    expect(saved_line(page)).to_have_text(SAVED)
    expect(page.locator("#live")).to_have_text(SAVED)  # said once
    expect(page.get_by_role("button", name="Save draft")).to_be_hidden()
    page.evaluate("document.getElementById('live').textContent = ''")
    page.get_by_label("Why, and who would it help?").fill(BODY + " More.")
    page.get_by_label("What should change?").focus()
    wait_for(page, lambda: drafts_of(town, person) == [(title, BODY + " More.")])
    assert page.locator("#live").inner_text() == ""
    assert kept(page) == {}
    assert "draft=" in page.url
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(town.url)
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Drafts").click()
    page.get_by_role("link", name=f"Go on writing: {title}").click()
    expect_words(page, title, BODY + " More.")
    publish(page)
    expect_published(page, title)
    assert drafts_of(town, person) == []


def test_the_last_letters_before_a_tab_is_closed_are_saved(town: Town, visit: Visits) -> None:
    page = visit()
    person = town.sign_in(page)
    title = suggest(town, page)
    page.goto(f"{town.url}/rules")  # before a second is over
    wait_for(page, lambda: drafts_of(town, person) == [(title, BODY)])
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    page.get_by_role("link", name=title).click()
    expect_words(page, title)


def test_deleting_a_draft_under_its_form_can_be_undone(town: Town, visit: Visits) -> None:
    for javascript in (True, False):
        page = visit(javascript=javascript)
        person = town.sign_in(page)
        title = suggest(town, page)
        if not javascript:
            page.get_by_role("button", name="Save draft").click()
            expect(page.locator(".notice--good")).to_be_visible()
        expect(saved_line(page)).to_have_text(SAVED)
        page.get_by_role("button", name="Delete draft").click()
        expect(page.get_by_text("Draft deleted.")).to_be_visible()
        assert drafts_of(town, person) == []
        page.get_by_role("button", name="Undo").click()
        expect_words(page, title)
        assert drafts_of(town, person) == [(title, BODY)]


def test_two_tabs_keep_both(town: Town, visit: Visits) -> None:
    left = visit()
    person = town.sign_in(left)
    title = suggest(town, left)
    expect(saved_line(left)).to_have_text(SAVED)
    right = left.context.new_page()
    right.goto(left.url)
    expect_words(right, title)
    left.get_by_label("What should change?").fill("Left")
    wait_for(left, lambda: ("Left", BODY) in drafts_of(town, person))
    right.get_by_label("What should change?").fill("Right")
    expect(right.get_by_text("changed in another tab, so both are kept")).to_be_visible()
    assert sorted(drafts_of(town, person)) == [("Left", BODY), ("Right", BODY)]
    right.get_by_label("What should change?").fill("Right, further")
    wait_for(right, lambda: ("Right, further", BODY) in drafts_of(town, person))
    assert len(drafts_of(town, person)) == 2


def test_signing_out_leaves_nothing_on_the_device(town: Town, visit: Visits) -> None:
    page = visit()
    town.sign_in(page)
    page.route("**/suggest*", lambda route: route.abort() if is_post(route) else route.continue_())
    suggest(town, page)
    page.wait_for_timeout(300)
    assert kept(page) != {}
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/?done=signed-out")
    assert kept(page) == {}


def is_post(route: Any) -> bool:
    return bool(route.request.method == "POST")


# A lost session.


@pytest.mark.parametrize("visitor", [True, False], ids=["visitor", "resident"])
def test_a_session_that_ends_while_writing(town: Town, visit: Visits, visitor: bool) -> None:
    page = visit()
    person = None if visitor else town.sign_in(page)
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
    sign_in_by_code(town, page, f"session-{visitor}@example.org".lower())
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


# A closed challenge.


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


# A restart of the site.


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


# No network.


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


# Preview, and what the server gave back.


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
def test_a_preview_stands_above_the_form(town: Town, visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    title = suggest(town, page)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview h3")).to_have_text(title)
    expect(page.locator("#preview .idea__words em")).to_have_text("starred")
    expect(page.get_by_role("heading", name="Preview")).to_be_focused()
    expect_words(page, title)
    assert town.titled(title) == 0
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("What should change?").fill(title + " again")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview h3")).to_have_text(title + " again")
    assert page.locator("#preview").count() == 1


def test_what_the_server_gave_back_is_not_overwritten(town: Town, visit: Visits) -> None:
    page = visit()
    suggest(town, page)
    page.evaluate(
        "localStorage.drafts = localStorage.drafts.replaceAll(/Lamp[^\"]*/g, 'Older words')"
    )
    page.get_by_label("What should change?").evaluate("(field) => { field.value = 'abc' }")
    publish(page)
    expect(page).to_have_title(re.compile("^Error: "))
    expect_words(page, "abc")
    expect(page.locator(".draft-kept")).to_have_count(0)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    expect_words(page, "abc")


def test_an_edit_survives_a_closed_tab_and_goes_when_it_is_saved(town: Town, visit: Visits) -> None:
    page = visit()
    author = town.join()
    ref = town.idea(author=author, title="Ponds")
    town.sign_in(page, author)
    page.goto(f"{town.url}/ideas/{ref}/edit")
    page.get_by_label("What should change?").fill("Ponds, and ducks")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{town.url}/ideas/{ref}/edit")
    expect(page.get_by_label("What should change?")).to_have_value("Ponds, and ducks")
    page.locator(".draft-kept button").click()
    expect(page.get_by_label("What should change?")).to_have_value("Ponds")
    page.get_by_label("What should change?").fill("Ponds, and newts")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**?done=edited")
    expect(page.locator("h1")).to_have_text("Ponds, and newts")
    assert kept(page) == {}


# The box of comments, kept in the browser alone.


def comment_box(page: Page) -> Locator:
    return page.locator("#comment-box textarea")


def test_a_comment_survives_a_closed_tab_and_a_restart(own_town: Town, visit: Visits) -> None:
    page = visit()
    ref = own_town.refs()[0]
    own_town.sign_in(page)
    page.goto(f"{own_town.url}/ideas/{ref}")
    comment_box(page).fill("Half a thought")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{own_town.url}/ideas/{ref}")
    expect(comment_box(page)).to_have_value("Half a thought")
    expect(page.locator(".draft-kept")).to_be_visible()
    page.goto(f"{own_town.url}/ideas/{own_town.refs()[1]}")
    expect(comment_box(page)).to_have_value("")
    page.goto(f"{own_town.url}/ideas/{ref}")
    own_town.site.stop()
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#alert")).to_contain_text("did not reach us")
    expect(comment_box(page)).to_have_value("Half a thought")
    own_town.site.start()
    comment_box(page).fill("A whole thought")
    page.get_by_role("button", name="Publish comment").click()
    expect(page.get_by_text("A whole thought")).to_be_visible()
    expect(comment_box(page)).to_have_value("")
    assert kept(page) == {}
    page.reload()
    expect(comment_box(page)).to_have_value("")


def test_a_visitors_comment_survives_until_they_have_signed_in(town: Town, visit: Visits) -> None:
    page = visit()
    ref = town.refs()[2]
    page.goto(f"{town.url}/ideas/{ref}")
    comment_box(page).fill("As a neighbour I agree.")
    page.get_by_role("button", name="Publish comment").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{town.url}/ideas/{ref}")  # they look again before they go on
    expect(comment_box(page)).to_have_value("As a neighbour I agree.")
    page.get_by_role("button", name="Publish comment").click()
    page.wait_for_url("**/sign-in")
    sign_in_by_code(town, page, "neighbour@example.org")
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Finish").click()
    name = page.locator("#comment-box").get_by_label("Your name on this site")
    expect(name).to_be_visible()
    expect(comment_box(page)).to_have_value("As a neighbour I agree.")
    name.fill("Heron")
    page.get_by_role("button", name="Publish comment").click()
    expect(comment_box(page)).to_have_value("", timeout=20_000)
    expect(page.get_by_text("As a neighbour I agree.")).to_be_visible()
    page.goto(f"{town.url}/ideas/{ref}")
    expect(comment_box(page)).to_have_value("")


def wait_for(page: Page, what: Callable[[], bool], seconds: float = 8) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds * 10)):
        if what():
            return
        page.wait_for_timeout(100)
    assert what()
