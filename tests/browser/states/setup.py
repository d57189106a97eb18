"""States of pages: an administrator sets up challenges and their topics."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.states.setting import Setting

LIST = "/staff/challenges"
SAVE = "#challenge-form .button--main"


def a_challenge_with_nothing_in_it(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/new")
    _press(page, SAVE)
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def a_challenge_that_is_not_ready_to_publish(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/new")
    page.locator("[name=question_en]").fill("Where should the ferry stop?")
    _press(page, "[name=_publish]")
    expect(page.locator("#money_en-error")).to_be_visible()
    expect(page.locator("[name=question_en]")).to_have_value("Where should the ferry stop?")


def a_challenge_that_somebody_else_changed(setting: Setting) -> None:
    address = f"{LIST}/{setting.where.begun}/edit"
    page = setting.go_as("colleague", address)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("[name=money_en]").fill(f"£20{setting.prefix}")
    _press(other, SAVE)
    other.close()
    page.locator("[name=money_en]").fill(f"£30{setting.prefix}")
    _press(page, SAVE)
    expect(page.locator("#money_en-error")).to_be_visible()
    expect(page.locator("[name=money_en]")).to_have_value(f"£30{setting.prefix}")


def the_preview_of_what_is_typed(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.begun}/edit")
    page.locator("[name=background_en]").fill("Because *nobody* knows.")
    page.locator("#challenge-form").evaluate(
        "(form) => form.querySelector('[formtarget]').removeAttribute('formtarget')"
    )
    _press(page, "[formaction$=preview]")
    expect(page.locator(".challenge-preview")).to_be_visible()


def days_that_close_a_challenge(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.open.id}/days")
    page.locator("[name=closes_on]").fill("2026-01-02")
    page.locator("[name=opens_on]").fill("2026-01-01")
    _press(page, ".staff__page form button")
    expect(page.locator(".notice--warn")).to_be_focused()


def days_that_cannot_be(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.open.id}/days")
    page.locator("[name=closes_on]").fill("2026-01-02")
    page.locator("[name=opens_on]").fill("2026-01-03")
    _press(page, ".staff__page form button")
    expect(page.locator("#closes_on-error")).to_be_visible()


def cancelling_without_a_reason(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.open.id}/cancel")
    _press(page, ".staff__page .button--danger")
    expect(page.locator("#why_en-error")).to_be_visible()


def a_challenge_that_was_cancelled(setting: Setting) -> None:
    slug = setting.where.town.challenge(f"cancelled{setting.prefix.strip('/')}")
    page = setting.go_as("colleague", LIST)
    link = page.locator(".challenge-table tbody a").first
    link.click()
    page.locator(".challenge-danger").click()
    page.locator("[name=why_en]").fill("The clock tower is sold.")
    _press(page, ".staff__page .button--danger")
    expect(page.locator(".challenge-state--cancelled")).to_be_visible()
    setting.go(f"/challenges/{slug}")
    expect(page.locator(".band .notice--warn")).to_be_visible()


def a_topic_without_a_name(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.begun}/topics")
    page.locator("[name=cy_new]").fill("Strydoedd")
    _press(page, ".buttons [value=save]")
    expect(page.locator("#en_new-error")).to_be_visible()


def topics_in_their_order(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}/{setting.where.begun}/topics")
    before = page.locator(".challenge-topics > li").count()
    for name in ("Streets", "Parks"):
        page.locator("[name=en_new]").fill(f"{name} {setting.prefix}")
        page.locator("[name=en_new]").press("Enter")
        before += 1
        expect(page.locator(".challenge-topics > li")).to_have_count(before)
    _press(page, f".challenge-topics > li:nth-child({before}) [value^=up]")
    expect(page.locator(".notice--good")).to_be_visible()


def no_challenge_in_a_state(setting: Setting) -> None:
    page = setting.go_as("colleague", f"{LIST}?standing=archived")
    expect(page.locator(".empty")).to_be_visible()


def _press(page: Page, button: str) -> None:
    """Press a button, and wait for the page that it gives."""
    with page.expect_event("load"):
        page.locator(button).first.click()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_challenge_with_nothing_in_it,
    a_challenge_that_is_not_ready_to_publish,
    a_challenge_that_somebody_else_changed,
    the_preview_of_what_is_typed,
    days_that_close_a_challenge,
    days_that_cannot_be,
    cancelling_without_a_reason,
    a_challenge_that_was_cancelled,
    a_topic_without_a_name,
    topics_in_their_order,
    no_challenge_in_a_state,
)
