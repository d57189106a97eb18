"""What somebody typed survives a closed tab, a preview, and what the server gave back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from citizen_voice import clock
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
    wait_for(page, lambda: kept(page) == {})
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
    wait_for(page, lambda: kept(page) == {})
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
    wait_for(page, lambda: kept(page) == {})
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
    wait_for(page, lambda: kept(page) == {})


def is_post(route: Any) -> bool:
    return bool(route.request.method == "POST")


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
    wait_for(page, lambda: kept(page) == {})
