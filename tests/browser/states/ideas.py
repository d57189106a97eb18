"""States of pages: suggesting an idea, editing it, taking it back."""

from collections.abc import Callable

from playwright.sync_api import expect

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.browser.pages import MODERATED, number
from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION


def an_empty_idea(setting: Setting) -> None:
    setting.newcomer(f"/challenges/{QUESTION}/suggest")
    setting.refused()


def ideas_like_the_title(setting: Setting) -> None:
    setting.where.town.idea(author=setting.where.town.join(), title="A bell for the ferry")
    page = setting.go_as("resident", f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A ferry bell")
    page.locator("[name=title]").press("Tab")
    expect(page.locator(".alike")).to_be_visible()


def an_empty_idea_to_any_challenge(setting: Setting) -> None:
    setting.newcomer("/ideas/new")
    setting.refused()


def an_idea_too_long(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").evaluate("(field) => field.removeAttribute('maxlength')")
    page.locator("[name=title]").fill("long " * 40)
    page.locator("[name=body]").fill("long " * 400)
    page.locator("[name=name]").fill("mayor")
    setting.refused()


def a_way_to_contact_somebody(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("Write to sam.jones@example.org or call 01632 960123.")
    page.locator("[name=name]").fill("Heron")
    setting.send()
    expect(page.locator(".notice--warn")).to_be_focused()


def an_edit_with_an_error(setting: Setting) -> None:
    page = setting.go_as("resident", f"/ideas/CV-{setting.where.own}/edit")
    page.locator("[name=title]").fill("")
    setting.refused()


def an_idea_that_waits(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.held}?done=waiting")


def an_idea_just_published(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.own}?done=published")


def taking_an_idea_back_without_a_reason(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.own}/withdraw")
    setting.refused()


def a_reason_with_a_way_to_contact_somebody(setting: Setting) -> None:
    page = setting.go_as("resident", f"/ideas/CV-{setting.where.own}/withdraw")
    page.locator("[name=why]").first.check()
    page.locator("[name=words]").fill("Ring Sam on 01632 960123.")
    page.locator(".button--danger").click()
    expect(page.locator(".notice--warn")).to_be_focused()


def an_edit_that_waits(setting: Setting) -> None:
    where = setting.where
    author = where.town.join()
    ref = where.town.idea(MODERATED, author=author, title="Ponds")
    with where.town.inside(), write():
        ideas.publish(number(ref), actor=None)
    where.town.edit(ref, author, title="Ponds, and ducks")
    setting.page.context.clear_cookies()
    where.town.sign_in(setting.page, author)
    page = setting.go(f"/ideas/{ref}/edit")
    expect(page.locator("[name=title]")).to_have_value("Ponds, and ducks")
    setting.go(f"/ideas/{ref}")
    expect(page.locator(".notice--warn")).to_be_visible()


def an_idea_just_taken_back(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.withdrawn}?done=withdrawn")


STATES: tuple[Callable[[Setting], None], ...] = (
    an_empty_idea,
    ideas_like_the_title,
    an_empty_idea_to_any_challenge,
    an_idea_too_long,
    a_way_to_contact_somebody,
    an_edit_with_an_error,
    an_idea_that_waits,
    an_idea_just_published,
    taking_an_idea_back_without_a_reason,
    a_reason_with_a_way_to_contact_somebody,
    an_edit_that_waits,
    an_idea_just_taken_back,
)
