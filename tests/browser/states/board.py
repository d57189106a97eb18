"""States of the staff area: Today with what waits, top ideas, joining two, opinion groups."""

from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy import select

from citizen_voice.answers import services as answers
from citizen_voice.board import services as board
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import EDIT_WAITS, LINKS
from citizen_voice.moderation.services import Subject
from citizen_voice.site import services as site
from tests.browser.pages import number
from tests.browser.states.setting import Setting
from tests.browser.town import QUESTION


def today_with_cases(setting: Setting) -> None:
    where = setting.where
    waiting, mine = where.town.idea(title="A swing"), where.town.idea(title="Two swings")
    with where.town.inside(), write():
        for ref in (waiting, mine):
            moderating.note(Subject(idea_id=number(ref)), EDIT_WAITS, version=1)
            case = moderating.note(Subject(idea_id=number(ref)), LINKS, version=1)
        moderating.note(Subject(comment_id=where.comments[0]), LINKS, version=1)
        moderating.claim(case, where.colleague)
    page = setting.go_as("colleague", "/staff")
    expect(page.locator("#mine")).to_be_visible()


def the_menu_of_the_staff_area_on_a_phone(setting: Setting) -> None:
    setting.page.set_viewport_size({"width": 320, "height": 640})
    page = setting.go_as("colleague", "/staff/top")
    page.locator(".staff__fold > summary").click()
    expect(page.locator(".staff__fold a[aria-current]")).to_be_visible()


def ideas_like_a_top_idea(setting: Setting) -> None:
    town, titles = setting.where.town, ("A harbour lantern", "The lantern of the harbour")
    slug = town.challenge(f"lanterns-{setting.prefix.strip('/') or 'en'}")
    refs = [town.idea(slug, title=title) for title in titles]
    with town.inside():
        key = db.session.scalars(select(Challenge.id).where(Challenge.slug == slug)).one()
    page = setting.go_as("colleague", f"/staff/top?challenge={key}")
    page.locator(f"a[hx-get$='{refs[0]}/alike']").click()
    expect(page.locator(f"#alike-{number(refs[0])} ul")).to_be_visible()


def joining_without_a_reason(setting: Setting) -> None:
    where = setting.where
    pair = f"from=CV-{where.own}&into=CV-{where.others}"
    setting.go_as("colleague", f"/staff/merge?{pair}")
    setting.refused()


def joining_what_is_not_there(setting: Setting) -> None:
    page = setting.go_as("colleague", "/staff/merge?from=CV-1&into=CV-2")
    expect(page.locator(".notice--bad")).to_be_focused()


def opinion_groups_without_a_signature(setting: Setting) -> None:
    with setting.where.town.inside(), write():
        site.change(groups_on=False, groups_dpia="")
    page = setting.go_as("colleague", "/staff/top/groups")
    expect(page.locator("#main .panel b")).to_be_visible()
    expect(page.locator("#main .panel form")).to_have_count(0)


def top_ideas_across_groups(setting: Setting) -> None:
    town = setting.where.town
    ref = town.idea(title="Lime trees")
    people = [town.join() for _each in range(20)]
    with town.inside(), write():
        challenge = db.session.scalars(select(Challenge.id).where(Challenge.slug == QUESTION)).one()
        for at, person in enumerate(people):
            answers.cast(person, number(ref), "support")
            group = ParticipantGroup(
                challenge_id=challenge, person_id=person, group_number=at // 10
            )
            db.session.add(group)
        site.change(groups_dpia=f"{setting.where.open.opens_on} Jo Rees")
        board.switch_groups_on(actor=setting.where.colleague)
    page = setting.go_as("colleague", "/staff/top?order=across")
    expect(page.locator(".board__title").first).to_be_visible()
    with town.inside(), write():
        board.switch_groups_off(actor=setting.where.colleague)


STATES: tuple[Callable[[Setting], None], ...] = (
    today_with_cases,
    the_menu_of_the_staff_area_on_a_phone,
    ideas_like_a_top_idea,
    joining_without_a_reason,
    joining_what_is_not_there,
    opinion_groups_without_a_signature,
    top_ideas_across_groups,
)
