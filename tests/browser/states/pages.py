"""States of pages: whole pages and lists."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION, SUPPORT_ONLY


def everything_opened(setting: Setting) -> None:
    page = setting.go(f"/challenges/{QUESTION}")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def the_menu_of_a_resident(setting: Setting) -> None:
    setting.go_as("resident", "/").locator("details.menu summary").click()


def further_ideas(setting: Setting) -> None:
    page = setting.go("/ideas")
    cards = page.locator("#listing article.card")
    shown = cards.count()
    page.locator("[data-more]").click()
    expect(cards.nth(shown)).to_be_visible()


def nothing_found(setting: Setting) -> None:
    page = setting.go(f"/challenges/{QUESTION}?stage=declined")
    expect(page.locator(".empty")).to_be_visible()


def a_supported_card(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{SUPPORT_ONLY}")
    page.locator("#listing .answer button").first.click()
    expect(page.locator("#listing .button--done").first).to_be_visible()


def a_refusal_in_a_list(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}")
    page.route("**/answer", lambda route: route.abort())
    page.locator("#listing .answer button").first.click()
    expect(page.locator("#alert")).not_to_be_empty()


STATES: tuple[Callable[[Setting], None], ...] = (
    everything_opened,
    the_menu_of_a_resident,
    further_ideas,
    nothing_found,
    a_supported_card,
    a_refusal_in_a_list,
)
