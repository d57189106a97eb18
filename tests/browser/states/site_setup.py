"""States of pages: wards, the site, rules and letters, the journal."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.states.setting import Setting

BOSS = "colleague"


def choose(page: Page, name: str, content: bytes, kind: str) -> None:
    """Put a file into the page's form."""
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )


def press(page: Page, selector: str) -> None:
    """Press a button that loads another page."""
    with page.expect_event("load"):
        page.locator(selector).first.click()


def a_ward_refused(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/wards/new")
    page.locator("[name=code]").fill("not a code")
    press(page, "#main form .button--main")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def what_a_file_of_wards_would_change(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/wards/file")
    choose(page, "wards.csv", b"code;name;welsh\nW01;Castle Hill;Y Castell\nX9;New;\n", "text/csv")
    page.locator("[name=retire_others]").check()
    press(page, "#main form .button--main")
    expect(page.locator("[name=carried]")).to_have_count(1)


def a_file_of_wards_with_bad_rows(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/wards/file")
    choose(page, "wards.csv", b"code,name\nX8,One\nX8,Two\n,Three\n", "text/csv")
    press(page, "#main form .button--main")
    expect(page.locator(".site-faults")).to_be_visible()


def the_site_refused(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/site")
    page.locator("[name=brand_colour]").fill("#ffd633")
    page.locator("[name=name_en]").fill("")
    press(page, "#site-form .button--main")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def the_site_as_it_would_look(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/site")
    page.locator("[name=brand_colour]").fill("#5a0b3c")
    page.locator("[name=tagline_en]").fill("A sentence that nobody has saved")
    page.locator("#site-form [name=preview]").click()
    expect(page.locator("#site-seen")).to_contain_text("A sentence that nobody has saved")


def a_picture_that_is_none(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/site/logo")
    choose(page, "logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png")
    press(page, "#main form .button--main")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def a_letter_refused(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/rules/grounds/1")
    page.locator("[name=letter_en]").fill("Hello {name}")
    press(page, "#main form .button--main")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def letters_filled_in(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/rules/grounds/1")
    press(page, "#main form [name=preview]")
    expect(page.locator(".panel.site-lines")).to_have_count(2)


def the_rules_as_they_would_look(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/rules/page")
    press(page, "#main form [name=preview]")
    expect(page.locator("#rules-preview")).to_be_visible()


def the_journal_verified(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/journal/verify")
    press(page, "#main form button")
    expect(page.locator(".notice--good")).to_be_visible()


def the_journal_narrowed_to_nothing(setting: Setting) -> None:
    page = setting.go_as(BOSS, "/staff/journal?subject=nothing%20has%20this")
    expect(page.locator(".empty")).to_be_visible()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_ward_refused,
    what_a_file_of_wards_would_change,
    a_file_of_wards_with_bad_rows,
    the_site_refused,
    the_site_as_it_would_look,
    a_picture_that_is_none,
    a_letter_refused,
    letters_filled_in,
    the_rules_as_they_would_look,
    the_journal_verified,
    the_journal_narrowed_to_nothing,
)
