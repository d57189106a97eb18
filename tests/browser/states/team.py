"""States of pages: signing in as staff, invitations, people and roles."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.accounts.models import PersonSession
from citizen_voice.db import db, write
from tests.browser.states.setting import Setting


def staff_sign_in_with_nothing_in_it(setting: Setting) -> None:
    setting.go("/staff/sign-in")
    setting.refused()


def staff_sign_in_with_wrong_details(setting: Setting) -> None:
    page = setting.go("/staff/sign-in?next=/staff/people")
    page.locator("[name=email]").fill("nobody@example.org")
    page.locator("[name=password]").fill("not the password")
    page.locator("[name=code]").fill("123456")
    setting.refused()


def a_password_shown(setting: Setting) -> None:
    page = setting.go("/staff/sign-in")
    page.locator("[name=password]").fill("seven otters paint")
    page.locator("[data-show-password]").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "text")


def an_invitation_with_errors(setting: Setting) -> None:
    page = setting.go(f"/staff/invitation/{setting.where.invitation}")
    page.locator("[name=new_password]").fill("passwordpassword")
    page.locator("[name=code]").fill("000000")
    setting.refused()


def nobody_invited_yet(setting: Setting) -> None:
    setting.go_as("colleague", "/staff/people/invite")
    setting.refused()


def roles_without_a_role(setting: Setting) -> None:
    page = setting.go_as("colleague", f"/staff/people/{setting.where.fellow}")
    for box in page.locator("[name=roles]:checked").all():
        box.uncheck()
    page.locator("[name=ends_on]").fill("2020-01-01")
    setting.refused("section[aria-labelledby=roles-of]")


def an_address_shown(setting: Setting) -> None:
    page = setting.go_as("colleague", f"/staff/people/{setting.where.fellow}")
    with page.expect_event("load"):
        page.locator("form[action$='/address'] button").click()
    expect(page.locator("form[action$='/address']")).to_have_count(0)


def recovery_codes(setting: Setting) -> None:
    page = setting.go_as("colleague", "/staff/me")
    with page.expect_event("load"):
        page.locator("form[action$='/recovery-codes'] button").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)


def asked_again(setting: Setting) -> None:
    page = a_while_later(setting, "/staff/me")
    page.locator("[name=new_password]").fill("seven otters paint a harbour")
    with page.expect_event("load"):
        page.locator("form[action$='/me/password'] button[type=submit]").click()
    expect(page.locator("[name=confirm_password]")).to_be_visible()


def asked_again_with_errors(setting: Setting) -> None:
    asked_again(setting)
    setting.refused()


def a_password_too_weak(setting: Setting) -> None:
    setting.go_as("colleague", "/staff/me")
    setting.refused("section[aria-labelledby=my-password]")


def a_new_phone_with_errors(setting: Setting) -> None:
    page = setting.go_as("colleague", "/staff/me/device")
    page.locator("[name=code]").fill("000000")
    setting.refused()


def a_while_later(setting: Setting, path: str) -> Page:
    """Open an address as a colleague who proved who they are a quarter of an hour ago."""
    page = setting.go_as("colleague", path)
    before = clock.now() - timedelta(minutes=15)
    with setting.where.town.inside(), write():
        theirs = PersonSession.person_id == setting.where.colleague
        db.session.execute(update(PersonSession).where(theirs).values(confirmed_at=before))
    return page


STATES: tuple[Callable[[Setting], None], ...] = (
    staff_sign_in_with_nothing_in_it,
    staff_sign_in_with_wrong_details,
    a_password_shown,
    an_invitation_with_errors,
    nobody_invited_yet,
    roles_without_a_role,
    an_address_shown,
    recovery_codes,
    asked_again,
    asked_again_with_errors,
    a_password_too_weak,
    a_new_phone_with_errors,
)
