"""States of pages: comments."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.states.setting import Setting


def a_comment_that_is_empty(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.others}")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-comment-error")).to_be_visible()


def a_comment_with_a_way_to_contact_somebody(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.others}/comments")
    page.locator("#comment-comment").fill("Write to sam.jones@example.org.")
    page.locator("#comment-name").fill("Heron")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-box .notice--warn")).to_be_focused()


def a_comment_just_published(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.own}")
    page.locator("#comment-comment").fill(f"A lamp, too. {setting.prefix}")
    page.locator("#comment-name").fill("Heron")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-new h3")).to_be_focused()


def a_reply_being_written(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.own}")
    page.locator(".comment__tools a").first.click()
    expect(page.locator(".reply-box textarea")).to_be_focused()


def a_comment_just_taken_away(setting: Setting) -> None:
    a_comment_just_published(setting)
    setting.page.locator("#comment-new form button").click()
    expect(setting.page.locator("#comment-new .comment__undo")).to_be_visible()


def a_comment_on_a_trial_just_published(setting: Setting) -> None:
    page = setting.newcomer(f"/pilots/CVT-{setting.where.pilot}")
    page.locator("#comment-comment").fill(f"Warm at last. {setting.prefix}")
    page.locator("#comment-name").fill("Heron")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-new h3")).to_be_focused()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_comment_that_is_empty,
    a_comment_with_a_way_to_contact_somebody,
    a_comment_just_published,
    a_reply_being_written,
    a_comment_just_taken_away,
    a_comment_on_a_trial_just_published,
)
