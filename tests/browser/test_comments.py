"""Discussing an idea: in place with a script, as plain forms without, by keyboard, and kept."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Keyboard
from tests.browser.test_answering import LISTEN
from tests.browser.town import Town
from tests.servers.browser import Visits

_numbers = count(1)
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
LIVELY = "A zebra crossing on Bridge Street outside the library"
HEARD = """() => new Promise((heard, giveUp) => {
    setTimeout(() => giveUp(new Error('nothing was said')), 10000)
    const look = () => window.said.length ? heard() : setTimeout(look, 20)
    look()
})"""
"""Waits until something was said. Playwright's own way needs ``eval``, which the page forbids."""


def words() -> str:
    """Something that nobody has said yet."""
    return f"I would use it on day {next(_numbers)}."


def comments(page: Page) -> Locator:
    """The comments that are no replies."""
    return page.locator("#comment-pages > article, #comment-new > article")


def total(page: Page) -> int:
    """The figure in the heading."""
    return int(page.locator("#comment-count").inner_text())


def lively(town: Town) -> str:
    """The reference of the idea that is discussed most."""
    listing = town.read("/challenges/getting-around?order=supported")
    found = re.search(rf'href="/ideas/(CV-\d+)"[^>]*>{LIVELY}<', listing)
    assert found
    return found[1]


@WITH_AND_WITHOUT
def test_a_comment_a_reply_an_edit_and_back_again(
    town: Town, visit: Visits, javascript: bool
) -> None:
    ref = town.idea(title=f"A comment tree {next(_numbers)}")
    page = visit(javascript=javascript)
    town.sign_in(page, town.join(name="Sam Rees"))
    page.goto(f"{town.url}/ideas/{ref}")
    expect(page.get_by_text("No comments yet.")).to_be_visible()
    said = words()
    page.get_by_label("Add a comment").fill(said)
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#comments")).to_contain_text("Sam Rees")
    expect(comments(page).first).to_contain_text(said)
    expect(page.get_by_text("No comments yet.")).not_to_be_visible()
    assert total(page) == 1
    expect(page.get_by_label("Add a comment")).to_have_value("")
    page.get_by_role("link", name="Reply to Sam Rees").click()
    answer = words()
    page.get_by_role("textbox", name="Reply to Sam Rees").fill(answer)
    page.get_by_role("button", name="Publish reply").click()
    expect(page.locator(".replies").first).to_contain_text(answer)
    page.goto(f"{town.url}/ideas/{ref}")
    assert total(page) == 2
    page.get_by_role("link", name=re.compile("^Edit my comment")).first.click()
    page.get_by_label("Your comment").fill(said + " Twice.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Everyone sees the new words now.")).to_be_visible()
    page.get_by_role("link", name="Edited: what Sam Rees said before").click()
    expect(page.locator("main")).to_contain_text(said)
    expect(page.locator("main")).to_contain_text(said + " Twice.")
    page.goto(f"{town.url}/ideas/{ref}")
    page.get_by_role("button", name=re.compile("^Take away")).first.click()
    expect(page.get_by_text(said)).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo: put")).click()
    expect(page.get_by_text(said + " Twice.")).to_be_visible()
    page.goto(f"{town.url}/ideas/{ref}")
    assert total(page) == 2


def test_in_place_the_comment_has_the_focus_and_is_told_once(town: Town, visit: Visits) -> None:
    ref = lively(town)
    page = visit()
    town.sign_in(page, town.join(name="Heron"))
    page.goto(f"{town.url}/ideas/{ref}")
    page.evaluate(LISTEN)
    before, address = total(page), page.url
    page.get_by_label("Add a comment").fill(words())
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#comment-new h3")).to_be_focused()
    expect(page.locator("#comment-count")).to_have_text(str(before + 1))
    page.evaluate(HEARD)
    page.wait_for_timeout(300)
    assert page.evaluate("window.said") == ["Your comment is up."]
    assert page.evaluate("window.stayed")
    assert page.url == address
    other = comments(page).nth(2)
    name = other.locator("h3 span").first.inner_text()
    other.get_by_role("link", name=f"Reply to {name}").click()
    expect(other.get_by_role("textbox", name=f"Reply to {name}")).to_be_focused()
    page.keyboard.type(words())
    other.get_by_role("button", name="Publish reply").click()
    expect(other.locator(".replies h4").last).to_be_focused()
    expect(other.locator(".reply-box textarea")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.evaluate("window.said") == ["Your comment is up."] * 2
    other.get_by_role("button", name=re.compile("^Take away")).click()
    expect(other.get_by_role("heading", name="Taken away.")).to_be_focused()
    expect(page.locator("#comment-count")).to_have_text(str(before + 1))


def test_more_comments_and_replies_come_in_place_and_the_focus_goes_to_the_first(
    town: Town, visit: Visits
) -> None:
    ref = lively(town)
    page = visit(f"{town.url}/ideas/{ref}")
    expect(comments(page)).to_have_count(5)
    page.get_by_role("link", name="Show more comments").click()
    expect(comments(page).nth(5).locator("h3").first).to_be_focused()
    replies = page.get_by_role("link", name=re.compile("^Show 1 more reply"))
    thread = page.locator(f"#{comments(page).filter(has=replies).get_attribute('id')}")
    shown = thread.locator(".replies article").count()
    replies.click()
    expect(thread.locator(".replies article")).to_have_count(shown + 1)
    expect(thread.locator(".replies h4").last).to_be_focused()
    first = comments(page).first.get_attribute("id")
    page.get_by_role("link", name="Oldest first").click()
    expect(page.get_by_role("link", name="Oldest first")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="Oldest first")).to_be_focused()
    assert comments(page).first.get_attribute("id") != first


def test_without_a_script_the_others_are_on_pages_of_their_own(town: Town, visit: Visits) -> None:
    ref = lively(town)
    page = visit(f"{town.url}/ideas/{ref}", javascript=False)
    seen = [each.get_attribute("id") for each in comments(page).all()]
    page.get_by_role("link", name="Show more comments").click()
    page.wait_for_url(re.compile(rf"/ideas/{ref}/comments\?"))
    more = [each.get_attribute("id") for each in comments(page).all()]
    assert more
    assert not set(seen) & set(more)
    page.get_by_role("link", name=LIVELY).click()
    page.wait_for_url(re.compile(rf"/ideas/{ref}$"))


@WITH_AND_WITHOUT
def test_a_visitors_comment_is_published_once_they_have_signed_in_and_named_themselves(
    town: Town, visit: Visits, javascript: bool
) -> None:
    ref = town.idea(title=f"Told by a visitor {next(_numbers)}")
    page = visit(f"{town.url}/ideas/{ref}", javascript=javascript)
    said = words()
    page.get_by_label("Add a comment").fill(said)
    page.get_by_role("button", name="Publish comment").click()
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comment on ‘Told by a visitor")
    address = f"commenter-{javascript}@example.org".lower()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send code").click()
    page.wait_for_url("**/sign-in/code")
    page.get_by_label("Code").fill(town.code_for(address))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_label("Add a comment")).to_have_value(said)
    page.get_by_label("Your name on this site").fill("Kestrel")
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#comment-pages")).to_contain_text(said)
    page.goto(f"{town.url}/ideas/{ref}")
    expect(comments(page).first).to_contain_text("Kestrel")
    assert total(page) == 1


@WITH_AND_WITHOUT
def test_a_refused_comment_keeps_every_word(town: Town, visit: Visits, javascript: bool) -> None:
    slug = town.challenge(f"comments-close-{javascript}".lower(), ideas_in_it=1)
    ref = town.refs(slug)[0]
    page = visit(javascript=javascript)
    town.sign_in(page, town.join(name="Heron"))
    page.goto(f"{town.url}/ideas/{ref}")
    long = "long " * 301
    page.get_by_label("Add a comment").fill(long)
    page.get_by_role("button", name="Publish comment").click()
    expect(page.get_by_label("Add a comment")).to_have_value(long.strip())
    expect(page.locator("#comment-comment-error")).to_contain_text("1,500 letters")
    if javascript:
        expect(page.get_by_label("Add a comment")).to_be_focused()
    page.get_by_label("Add a comment").fill("Ring 07700 900123")
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator(".notice--warn")).to_contain_text("07700 900123")
    if javascript:
        expect(page.locator(".notice--warn")).to_be_focused()
    page.get_by_label("Add a comment").fill("My words, at last.")
    town.close_challenge(slug)
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("main")).to_contain_text("This challenge has closed")
    expect(page.locator("textarea")).to_have_value("My words, at last.")


def test_a_connection_that_breaks_leaves_the_words_in_the_box(town: Town, visit: Visits) -> None:
    page = visit()
    town.sign_in(page, town.join(name="Heron"))
    page.goto(f"{town.url}/ideas/{lively(town)}")
    page.get_by_label("Add a comment").fill("Nearly sent.")
    page.route("**/comments", lambda route: route.abort())
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#alert")).not_to_be_empty()
    expect(page.get_by_label("Add a comment")).to_have_value("Nearly sent.")


def test_a_double_click_makes_one_comment(town: Town, visit: Visits) -> None:
    for javascript in (True, False):
        ref = town.idea(title=f"Once only {next(_numbers)}")
        page = visit(javascript=javascript)
        town.sign_in(page, town.join(name="Heron"))
        page.goto(f"{town.url}/ideas/{ref}")
        page.get_by_label("Add a comment").fill("Once.")
        page.get_by_role("button", name="Publish comment").dblclick()
        expect(page.get_by_text("Once.", exact=True)).to_be_visible()
        page.goto(f"{town.url}/ideas/{ref}")
        assert total(page) == 1


def test_the_keyboard_alone_comments_and_replies(town: Town, visit: Visits) -> None:
    ref = town.idea(title=f"By keyboard {next(_numbers)}")
    page = visit()
    town.sign_in(page, town.join(name="Wren"))
    page.goto(f"{town.url}/ideas/{ref}")
    keyboard = Keyboard(page)
    keyboard.write("Add a comment", "By keys.")
    keyboard.press("button", "Publish comment")
    expect(page.locator("#comment-new h3")).to_be_focused()
    keyboard.press("link", "Reply to Wren")
    expect(page.locator(".reply-box textarea")).to_be_focused()
    page.keyboard.type("And again.")
    keyboard.press("button", "Publish reply")
    expect(page.locator(".replies h4")).to_be_focused()
    page.goto(f"{town.url}/ideas/{ref}")
    Keyboard(page).through()
