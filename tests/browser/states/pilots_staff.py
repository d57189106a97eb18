"""States of pages: starting a trial, running it, deciding it."""

from playwright.sync_api import Page, expect

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.site import services as site
from citizen_voice.team.models import PILOT_OWNER
from tests.browser.states.setting import Setting
from tests.factories.pilots import a_pilot, declared, evaluated, said


def a_start_with_errors(setting: Setting) -> None:
    begin(setting)
    setting.refused()


def a_start_looked_at(setting: Setting) -> None:
    page = begin(setting)
    for name, words in (
        ("title_en", "Benches that warm up"),
        ("place_en", "The market square"),
        ("team_en", "Parks"),
        ("ends_on", "2027-12-01"),
        ("known_en", "More people stay"),
    ):
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=owner_id]").select_option(index=1)
    setting.send()
    expect(page.locator(".preview")).to_be_focused()


def begin(setting: Setting) -> Page:
    return setting.go_as("colleague", f"/staff/pilots/new?idea={tried(setting)}")


def a_start_with_nothing(setting: Setting) -> None:
    setting.go_as("colleague", "/staff/pilots/new")


def a_start_by_who_moderates_nothing(setting: Setting) -> None:
    """Top ideas are not theirs to open, so they name an idea by its number."""
    town = setting.where.town
    setting.page.context.clear_cookies()
    town.sign_in(setting.page, town.colleague(PILOT_OWNER), staff=True)
    page = setting.go("/staff/pilots")
    with page.expect_event("load"):
        page.locator("#main .buttons > a.button").click()
    expect(page.locator("a[href*='/staff/top']")).to_have_count(0)
    expect(page.locator("#idea-number")).to_be_visible()


def a_trial_just_begun(setting: Setting) -> None:
    """With everything that can be done, and nothing said."""
    setting.go_as("colleague", f"/staff/pilots/CVT-{own(setting)}?done=trial-started")
    expect(setting.page.locator(".notice--good")).to_be_focused()


def an_update_with_errors(setting: Setting) -> None:
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{own(setting)}")
    page.locator(".going details > summary").click()
    setting.refused(".going")


def words_with_every_card_open(setting: Setting) -> None:
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{own(setting)}/words")
    page.evaluate("document.querySelectorAll('#main details').forEach(fold => fold.open = true)")


def a_plan_with_errors(setting: Setting) -> None:
    setting.go_as("colleague", f"/staff/pilots/CVT-{setting.where.pilot}/plan")
    setting.refused()


def questions_not_answered(setting: Setting) -> None:
    setting.go_as("colleague", f"/staff/pilots/CVT-{own(setting)}/dpia")
    setting.refused()


def thanks_with_errors(setting: Setting) -> None:
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{setting.where.pilot}/thanks")
    if page.locator("[name=words_en]").count():
        setting.refused()


def a_decision_with_errors(setting: Setting) -> None:
    number = own(setting)
    with setting.where.town.inside():
        evaluated(number)
    setting.go_as("colleague", f"/staff/pilots/CVT-{number}/decide")
    setting.refused()


def a_decision_sent_back(setting: Setting) -> None:
    number = own(setting)
    with setting.where.town.inside():
        declared(evaluated(number), "stop")
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{number}/decision")
    page.locator("#main details > summary").last.click()
    page.locator("[name=why]").fill("The figures say otherwise.")
    setting.send("#main details[open]")
    expect(page.locator(".notice--warn")).to_be_visible()


def tried(setting: Setting) -> str:
    """An idea on the shortlist."""
    town = setting.where.town
    ref = town.idea(title="A seat in the sun")
    with town.inside(), write():
        ideas.shortlist(int(ref[3:]), actor=None, reason="It can be tried.")
    return ref


def own(setting: Setting) -> int:
    """A trial of the colleague's that has just begun."""
    ref = tried(setting)
    with setting.where.town.inside():
        return a_pilot(int(ref[3:]), owner=setting.where.colleague)


def a_trial_with_an_update_taken_back(setting: Setting) -> None:
    number = own(setting)
    with setting.where.town.inside():
        said(number)
        said(number, state="stuck", words_en="The second bench is cold.")
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{number}")
    setting.send(".trial-updates")
    expect(page.locator(".trial-gone")).to_be_visible()


def people_with_a_manager_and_errors(setting: Setting) -> None:
    number = own(setting)
    with setting.where.town.inside(), write():
        site.settle({"managers_told": True}, seen=None, actor=None)
    page = setting.go_as("colleague", f"/staff/pilots/CVT-{number}/people")
    expect(page.locator("[name=manager_id]")).to_be_visible()
    page.locator("[name=owner_id]").select_option(value="")
    setting.refused()


STATES = (
    a_start_with_errors,
    a_start_looked_at,
    a_start_with_nothing,
    a_start_by_who_moderates_nothing,
    a_trial_just_begun,
    an_update_with_errors,
    words_with_every_card_open,
    a_plan_with_errors,
    questions_not_answered,
    thanks_with_errors,
    a_decision_with_errors,
    a_decision_sent_back,
    a_trial_with_an_update_taken_back,
    people_with_a_manager_and_errors,
)
