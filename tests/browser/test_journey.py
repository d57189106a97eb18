"""The main journey, the one that must never break, at 390 px: four ways, and on PostgreSQL."""

import pytest
from playwright.sync_api import expect

from citizen_voice.words import force_locale, gettext
from tests.browser.town import QUESTION, Town
from tests.browser.walk import TABLE, Walk
from tests.servers.browser import Visits


def test_with_htmx(town: Town, visit: Visits) -> None:
    walk = Walk(town, visit())
    walk.reads()
    walk.supports_and_signs_in()
    walk.page.evaluate("window.stayed = true")
    walk.changes_their_mind()
    assert walk.page.evaluate("window.stayed"), "the page was loaded anew for an answer"
    walk.begins_a_draft()
    walk.suggests()
    walk.edits()
    walk.discusses()
    walk.signs_out()


def test_without_javascript(town: Town, visit: Visits) -> None:
    Walk(town, visit(javascript=False), javascript=False).whole()


def test_by_keyboard_alone(town: Town, visit: Visits) -> None:
    Walk(town, visit(), keyboard=True).whole()


def test_in_welsh(town: Town, visit: Visits) -> None:
    Walk(town, visit(locale="cy-GB"), language="cy").whole()


@pytest.mark.parametrize(("english", "welsh"), TABLE.items())
def test_the_catalogue_says_what_the_design_fixed(town: Town, english: str, welsh: str) -> None:
    with town.inside(), force_locale("cy"):
        assert gettext(english) == welsh


def test_a_challenge_is_readable_before_any_script_runs(town: Town, visit: Visits) -> None:
    page = visit()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{town.url}/challenges/{QUESTION}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Streets team replies by").first).to_be_visible()
    assert page.locator("article.card").count() > 20
    assert all(each.is_visible() for each in page.locator("#listing article.card h3").all())
    assert page.context.cookies() == []
