"""States of pages: what is typed and not published."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION


def a_draft_saved(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    expect(page.locator("[data-saved]")).to_be_visible()


def a_draft_deleted(setting: Setting) -> None:
    a_draft_saved(setting)
    setting.page.locator("[data-deletes]").click()
    expect(setting.page.locator(".notice--good")).to_be_focused()


def words_that_the_browser_kept(setting: Setting) -> None:
    setting.page.context.clear_cookies()
    page = setting.go(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.reload()
    expect(page.locator(".draft-kept")).to_be_visible()


def a_preview(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("For *dogs*, too.\n\n- and cats")
    page.locator("[name=_preview]").click()
    expect(page.locator("#preview-heading")).to_be_focused()


def a_draft_of_a_challenge_that_closed(setting: Setting) -> None:
    town = setting.where.town
    slug = town.challenge(f"closes{setting.prefix.strip('/')}")
    page = setting.newcomer(f"/challenges/{slug}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    expect(page.locator("[data-saved]")).to_be_visible()
    town.close_challenge(slug)
    setting.go("/drafts")
    page.locator(".draft a").click()
    expect(page.locator(".notice--warn")).to_be_visible()


def a_page_from_before_signing_in(setting: Setting) -> None:
    page = setting.go_as("resident", f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("For dogs, too.")
    setting.where.town.sign_in(page, setting.where.resident)
    setting.send()
    expect(page.locator("#kept-1")).to_be_visible()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_draft_saved,
    a_draft_deleted,
    words_that_the_browser_kept,
    a_preview,
    a_draft_of_a_challenge_that_closed,
    a_page_from_before_signing_in,
)
