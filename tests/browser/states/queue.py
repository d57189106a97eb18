"""States of the moderators' pages: a case beside the queue, the forms, what stands after."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import expect

from tests.browser.pages import number
from tests.browser.states.setting import Setting
from tests.factories.moderation import case, decide
from tests.factories.team import colleague


def _case(setting: Setting, title: str) -> UUID:
    ref = setting.where.town.idea(title=title, body="Ring 01632 960123.")
    with setting.where.town.inside():
        return case(idea_id=number(ref))


def a_case_beside_the_queue(setting: Setting) -> None:
    setting.page.set_viewport_size({"width": 1366, "height": 800})
    key = _case(setting, "A kite")
    page = setting.go_as("colleague", f"/staff/queue?case={key}")
    expect(page.locator("#case-title")).to_be_focused()


def the_keys_of_the_queue(setting: Setting) -> None:
    _case(setting, "Two kites")
    page = setting.go_as("colleague", "/staff/queue")
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()


def private_details_being_taken_out(setting: Setting) -> None:
    key = _case(setting, "Three kites")
    page = setting.go_as("colleague", f"/staff/cases/{key}/decide?act=redact")
    expect(page.locator("#body")).to_be_visible()


def a_decision_without_a_ground(setting: Setting) -> None:
    key = _case(setting, "Four kites")
    page = setting.go_as("colleague", f"/staff/cases/{key}/decide?act=hide")
    page.locator(".decide__form .buttons button").click()
    expect(page.locator("#case .govuk-error-summary")).to_be_visible()


def the_decision_made_first(setting: Setting) -> None:
    key = _case(setting, "Five kites")
    page = setting.go_as("colleague", f"/staff/cases/{key}/decide?act=hide")
    page.locator("#words").fill("It gives a phone number.")
    with setting.where.town.inside():
        decide(key, "keep", actor=colleague(name="Ceri"))
    page.locator(".decide__form .buttons button").click()
    expect(page.locator("#case-typed")).to_be_visible()


def what_was_just_decided(setting: Setting) -> None:
    key = _case(setting, "Six kites")
    page = setting.go_as("colleague", f"/staff/cases/{key}")
    page.locator("#act-keep").click()
    expect(page.locator(".just")).to_be_visible()


def a_look_at_many(setting: Setting) -> None:
    _case(setting, "Seven kites")
    page = setting.go_as("colleague", "/staff/queue?whose=free&type=idea")
    page.locator("[data-tick]").first.check()
    page.locator("#bulk button").click()
    expect(page.locator("#ground")).to_be_visible()
    page.locator("button[name=confirm]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_case_beside_the_queue,
    the_keys_of_the_queue,
    private_details_being_taken_out,
    a_decision_without_a_ground,
    the_decision_made_first,
    what_was_just_decided,
    a_look_at_many,
)
