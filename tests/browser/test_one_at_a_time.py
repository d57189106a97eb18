"""One idea after another on a phone: in place, by keyboard, without scripts, through sign-in."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import Keyboard
from tests.browser.test_answering import LISTEN, said
from tests.browser.town import QUESTION, SUPPORT_ONLY, Town
from tests.servers.browser import Visits

NEXT = f"/challenges/{QUESTION}/next"


def title(page: Page) -> str:
    """What the idea at hand is called."""
    return page.locator("#one-title").inner_text()


def press(page: Page, value: str) -> str:
    """Press a button of the bar and wait for another idea; gives the title that was answered."""
    before = title(page)
    page.locator(f".one__bar [value={value}]").click()
    expect(page.locator("#one-title")).not_to_have_text(before)
    return before


def reference(page: Page) -> str:
    """The idea at hand, as its form names it."""
    action = page.locator(".one__bar form").get_attribute("action") or ""
    return action.split("/")[-2]


def test_ideas_come_one_after_another_in_place(town: Town, visit: Visits) -> None:
    page = visit()
    town.sign_in(page)
    page.goto(town.url + NEXT)
    page.evaluate(LISTEN)
    ref, before = reference(page), town.supporters(reference(page))
    first = press(page, "support")
    expect(page.locator("#one-title")).to_be_focused()
    assert page.evaluate("scrollY") < page.evaluate("document.querySelector('#one').offsetTop")
    expect(page.locator("#one-title")).to_be_in_viewport()
    assert said(page, 1) == ["Counted. You support this:"]
    assert page.evaluate("window.stayed")
    assert town.supporters(ref) == before + 1
    expect(page.locator(".answered")).to_contain_text(first[:20])
    page.locator(".answered").get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#one-title")).to_have_text(first)
    assert town.supporters(ref) == before
    press(page, "skip")
    assert town.answers(ref, 0) >= 1
    page.reload()
    expect(page.locator(".answered")).to_contain_text("Skipped:")


def test_the_buttons_are_in_reach_of_a_thumb_and_cover_nothing_that_has_focus(
    town: Town, visit: Visits
) -> None:
    body = "A long story about the weather at this stop. " * 30
    ref = town.idea(town.challenge("long-stories"), title="Long", body=body)
    page = visit()
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/long-stories/next")
    assert reference(page) == ref
    for value in ("support", "oppose", "skip"):
        box = page.locator(f".one__bar [value={value}]").bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= 844, "in sight before any scrolling"
    Keyboard(page).through()


def test_by_keyboard_alone(town: Town, visit: Visits) -> None:
    page = visit()
    town.sign_in(page)
    page.goto(town.url + NEXT)
    first, hands = title(page), Keyboard(page)
    hands.press("button", f"Not for me: {first}")
    expect(page.locator("#one-title")).not_to_have_text(first)
    expect(page.locator("#one-title")).to_be_focused()
    second = title(page)
    hands.press("button", f"Skip: {second}")
    expect(page.locator("#one-title")).not_to_have_text(second)


def test_without_javascript(town: Town, visit: Visits) -> None:
    page = visit(javascript=False)
    town.sign_in(page)
    page.goto(town.url + NEXT)
    first = press(page, "oppose")
    expect(page.locator(".answered")).to_contain_text("Counted. Not for you:")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#one-title")).to_have_text(first)
    press(page, "skip")
    expect(page.locator(".answered")).to_contain_text("Skipped:")


def test_a_visitor_skips_and_comes_back_here_after_signing_in(town: Town, visit: Visits) -> None:
    page = visit(town.url + NEXT)
    first = title(page)
    page.get_by_role("link", name=re.compile("^Skip:")).click()
    expect(page.locator("#one-title")).not_to_have_text(first)
    expect(page).to_have_url(re.compile("after="))
    second = title(page)
    page.get_by_role("button", name=re.compile("^Support:")).click()
    page.wait_for_url("**/sign-in")
    expect(page.locator("#main")).to_contain_text(f"Support ‘{second}’")
    address = "thumb@example.org"
    page.locator("[name=email]").fill(address)
    page.locator("#main form button[type=submit]").first.click()
    page.wait_for_url("**/sign-in/code")
    page.locator("[name=code]").fill(town.code_for(address))
    page.locator("#main form button[type=submit]").first.click()
    page.wait_for_url("**/sign-in/age")
    page.locator("[value=adult]").check()
    page.locator("#main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/next\?last="))
    expect(page.locator(".answered")).to_contain_text("Counted. You support this:")
    assert title(page) not in (first, second)
    page.go_back()
    page.go_forward()
    expect(page.locator("#one-title")).to_be_visible()


def test_where_support_is_all_there_are_two_buttons_in_welsh_too(town: Town, visit: Visits) -> None:
    page = visit(width=320, height=640)
    town.sign_in(page)
    page.goto(f"{town.url}/cy/challenges/{SUPPORT_ONLY}/next")
    expect(page.locator(".one__bar .button")).to_have_count(2)
    before = title(page)
    page.locator(".one__bar a").click()
    expect(page.locator("#one-title")).not_to_have_text(before)
    page.go_back()
    expect(page.locator("#one-title")).to_have_text(before)
