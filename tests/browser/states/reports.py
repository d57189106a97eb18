"""States of pages: reporting something, and following it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.states.setting import Setting


def a_report_that_says_nothing(setting: Setting) -> None:
    setting.go(f"/report?idea=CV-{setting.where.others}")
    setting.refused()


def a_report_of_a_name_that_owes_words(setting: Setting) -> None:
    page = setting.go(f"/report?name-of=CV-{setting.where.own}")
    page.locator("[value=other]").check()
    page.locator("[name=email]").fill("nobody at home")
    setting.refused()


def a_report_just_sent(setting: Setting) -> None:
    page = setting.go(f"/report?comment={setting.where.comments[0]}")
    page.locator("[value=abuse]").check()
    page.locator("[name=words]").fill(f"It is rude. {setting.prefix}")
    setting.send()
    page.wait_for_url("**/reports/R-*")
    expect(page.locator(".receipt-number")).to_be_visible()


def a_receipt_that_nobody_has(setting: Setting) -> None:
    page = setting.go("/reports")
    page.locator("[name=receipt]").fill("R-0000")
    setting.refused()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_report_that_says_nothing,
    a_report_of_a_name_that_owes_words,
    a_report_just_sent,
    a_receipt_that_nobody_has,
)
