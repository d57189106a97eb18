"""States of pages: answering ideas."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.pages import EMPTY
from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION


def an_answer_that_counted(setting: Setting) -> None:
    ref = setting.where.town.refs()[4]
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=support]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()


def not_for_me(setting: Setting) -> None:
    ref = setting.where.town.refs()[5]
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=oppose]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()


def an_answer_taken_back(setting: Setting) -> None:
    an_answer_that_counted(setting)
    setting.page.locator("#answer button[value=none]").click()
    expect(setting.page.locator("#answer button[value=none]")).to_have_count(0)


def an_idea_edited_since_the_answer(setting: Setting) -> None:
    where = setting.where
    author = where.town.join()
    ref = where.town.idea(author=author, title="Ponds")
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=support]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()
    where.town.edit(ref, author, title="Ponds, and ducks")
    page.reload()
    expect(page.locator("#answer .notice--warn")).to_be_visible()


def one_idea_after_another(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/next")
    for value in ("support", "skip"):
        form = page.locator(f".one__bar form:has([value={value}])")
        one = str(form.get_attribute("action"))
        form.locator(f"[value={value}]").click()
        expect(form).not_to_have_attribute("action", one)  # two ideas may have one title
    expect(page.locator(".answered")).to_be_visible()


def the_same_idea_again(setting: Setting) -> None:
    one_idea_after_another(setting)
    setting.page.locator(".answered [value=none]").click()
    expect(setting.page.locator(".answered [value=none]")).to_have_count(0)


def no_idea_left(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{EMPTY}")
    setting.where.town.idea(EMPTY, title=f"The only one {setting.prefix}")
    for _ in range(4):
        page = setting.go(f"/challenges/{EMPTY}/next")
        if page.locator(".one__bar").count():
            page.locator(".one__bar [value=skip]").click()
            expect(page.locator(".answered")).to_be_visible()
    expect(page.locator(".one__bar")).to_have_count(0)


STATES: tuple[Callable[[Setting], None], ...] = (
    an_answer_that_counted,
    not_for_me,
    an_answer_taken_back,
    an_idea_edited_since_the_answer,
    one_idea_after_another,
    the_same_idea_again,
    no_idea_left,
)
