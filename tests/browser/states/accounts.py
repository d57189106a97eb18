"""States of pages: signing in, and one's own data."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION


def the_sign_in_of_an_answer(setting: Setting) -> None:
    page = setting.go(f"/challenges/{QUESTION}")
    page.locator("article.card form button").first.click()
    page.wait_for_url("**/sign-in")


def no_address(setting: Setting) -> None:
    setting.go("/sign-in")
    setting.refused()


def a_wrong_code(setting: Setting) -> None:
    begin(setting, "wrong").locator("[name=code]").fill("000 000")
    setting.refused()


def a_code_that_ran_out(setting: Setting) -> None:
    page = begin(setting, "out")
    for _ in range(6):
        if page.locator("[name=code]").count():
            page.locator("[name=code]").fill("000 000")
            setting.send()
            page.wait_for_load_state()
    expect(page.locator("[name=code]")).to_have_count(0)


def the_link_in_the_browser_that_asked(setting: Setting) -> None:
    begin(setting, "link")
    setting.page.goto(setting.where.town.link_for(address(setting, "link")))


def the_age_not_said(setting: Setting) -> None:
    begin(setting, "age").locator("[name=code]").fill(
        setting.where.town.code_for(address(setting, "age"))
    )
    setting.send()
    setting.page.wait_for_url("**/sign-in/age")
    setting.refused()


def too_young(setting: Setting) -> None:
    the_age_not_said(setting)
    setting.page.locator("[value=younger]").check()
    setting.send()
    expect(setting.page.locator("[name=age]")).to_have_count(0)


def an_address_that_is_shut(setting: Setting) -> None:
    town, mine = setting.where.town, address(setting, "shut")
    person = town.join(address=mine)
    with town.inside(), write():
        db.session.get_one(Person, person).shut_at = clock.now()
        accounts.leave(person, remove_words=True)
    begin(setting, "shut").locator("[name=code]").fill(town.code_for(mine))
    setting.send()
    expect(setting.page.locator("[name=code]")).to_have_count(0)


def no_name(setting: Setting) -> None:
    page = setting.go_as("resident", "/me")
    page.locator("[name=name]").fill("")
    setting.refused("section[aria-labelledby=my-name]")


def no_new_address(setting: Setting) -> None:
    setting.go_as("resident", "/me")
    setting.refused("section[aria-labelledby=my-email]")


def the_name_saved(setting: Setting) -> None:
    setting.go_as("resident", "/me?done=name-saved")


def leaving_without_a_choice(setting: Setting) -> None:
    setting.go_as("resident", "/me/leave")
    setting.refused()


def begin(setting: Setting, name: str) -> Page:
    """Ask for a code."""
    page = setting.go("/sign-in")
    page.locator("[name=email]").fill(address(setting, name))
    setting.send()
    page.wait_for_url("**/sign-in/code")
    return page


def address(setting: Setting, name: str) -> str:
    """An e-mail address for a state and a language."""
    return f"{name}{setting.prefix.strip('/')}@example.org"


STATES: tuple[Callable[[Setting], None], ...] = (
    the_sign_in_of_an_answer,
    no_address,
    a_wrong_code,
    a_code_that_ran_out,
    the_link_in_the_browser_that_asked,
    the_age_not_said,
    too_young,
    an_address_that_is_shut,
    no_name,
    no_new_address,
    the_name_saved,
    leaving_without_a_choice,
)
