"""States of pages: the council's replies, and news."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from citizen_voice.answers import services as answering
from citizen_voice.db import write
from citizen_voice.ideas import services as stages
from citizen_voice.replies import services
from tests.browser.states.setting import Setting
from tests.factories.comments import comment
from tests.factories.pilots import a_pilot, decided, said, shortlisted
from tests.factories.replies import working_day


def a_reply_with_errors(setting: Setting) -> None:
    begin(setting)
    setting.send()
    expect(setting.page.locator(".govuk-error-summary")).to_be_focused()


def a_reply_looked_at(setting: Setting) -> None:
    page = begin(setting)
    page.locator("[name=outcome][value=no]").check()
    page.locator("[name=reason_en]").fill("There is no room for it.")
    setting.send()
    expect(page.locator(".preview")).to_be_focused()


def a_reply_just_published(setting: Setting) -> None:
    a_reply_looked_at(setting)
    setting.page.locator("[name=_publish]").click()
    expect(setting.page.locator(".notice--good")).to_be_focused()


def a_reply_just_taken_back(setting: Setting) -> None:
    a_reply_just_published(setting)
    setting.page.locator(".notice--good a").click()
    expect(setting.page.locator(".given")).to_be_visible()
    setting.send()
    expect(setting.page.locator(".notice--warn")).to_be_visible()


def a_reply_to_nothing(setting: Setting) -> None:
    setting.go_as("colleague", "/staff/replies/new")


def a_stage_without_a_reason(setting: Setting) -> None:
    ref = setting.where.town.idea(title="A swing")
    setting.go_as("colleague", f"/staff/ideas/{ref}/stage")
    setting.refused()


def news_of_every_kind(setting: Setting) -> None:
    town = setting.where.town
    author = town.join()
    refs = [town.idea(author=author, title=f"A swing, part {number}") for number in range(5)]
    numbers = [int(ref[3:]) for ref in refs]
    with town.inside(), write():
        answering.cast(author, setting.where.others, "support")
        day = working_day()
        said: dict[str, Any] = {"reason_en": "It costs little.", "actor": None}
        services.reply(numbers[:1], outcome="will-do", next_on=day, adopt=True, **said)
        services.reply(numbers[1:3], outcome="no", reason_en="Too dear.", actor=None)
        services.reply(numbers[3:4], outcome="passed-on", passed_to_en="The Crown", **said)
        stages.shortlist(numbers[4], actor=None, reason="Many ask for it.", next_on=day)
        services.reply(numbers[4:], outcome="not-now", next_on=day, **said)
    setting.page.context.clear_cookies()
    town.sign_in(setting.page, author)
    page = setting.go("/news")
    expect(page.locator(".news__item")).to_have_count(6)
    page.locator(".news__item summary").click()


def news_of_a_trial(setting: Setting) -> None:
    town = setting.where.town
    author, talker = town.join(), town.join()
    number = int(town.idea(author=author, title="A swing that warms up")[3:])
    with town.inside():
        comment(number, talker)
        answering_of(talker, number)
        pilot = a_pilot(*shortlisted((number,)))
        said(pilot)
        decided(pilot)
    setting.page.context.clear_cookies()
    town.sign_in(setting.page, talker)
    page = setting.go("/news")
    expect(page.locator(".news__item--good")).to_have_count(2)  # that it was shortlisted, too
    page.locator(".news__item summary").click()


def answering_of(person: UUID, number: int) -> None:
    with write():
        answering.cast(person, number, "support")


def a_choice_of_mail_saved(setting: Setting) -> None:
    setting.newcomer("/news/choices")
    setting.page.locator("[value=weekly]").check()
    setting.send()
    expect(setting.page.locator(".notice--good")).to_be_focused()


def letters_stopped(setting: Setting) -> None:
    page = setting.go(f"/unsubscribe/{setting.where.letter}")
    page.locator("main form button").first.click()
    expect(page.locator(".notice--good")).to_be_visible()


def an_idea_followed_in_place(setting: Setting) -> None:
    ref = setting.where.town.idea(title="A swing")
    setting.newcomer(f"/ideas/{ref}")
    setting.page.locator("#follow button").click()
    expect(setting.page.locator("#follow [name=on][value=no]")).to_be_attached()


def no_news(setting: Setting) -> None:
    setting.newcomer("/news")
    expect(setting.page.locator(".empty")).to_be_visible()


def begin(setting: Setting) -> Page:
    """Begin a reply to an idea of one's own."""
    ref = setting.where.town.idea(title="A swing")
    return setting.go_as("colleague", f"/staff/replies/new?idea={ref}")


STATES: tuple[Callable[[Setting], None], ...] = (
    a_reply_with_errors,
    a_reply_looked_at,
    a_reply_just_published,
    a_reply_just_taken_back,
    a_reply_to_nothing,
    a_stage_without_a_reason,
    news_of_every_kind,
    news_of_a_trial,
    a_choice_of_mail_saved,
    letters_stopped,
    an_idea_followed_in_place,
    no_news,
)
