"""axe finds nothing on any page and state; what else of WCAG a machine can measure holds, too."""

import pytest
from playwright.sync_api import expect

from tests.browser.every_page import walk
from tests.browser.hands import Keyboard
from tests.browser.judging import Findings, assert_fits
from tests.browser.pages import Places
from tests.browser.town import QUESTION, SUPPORT_ONLY
from tests.servers.browser import Visits, axe

READERS = ("visitor", "signing in", "first time")
"""Who is signed in has a file of their own, and so have staff."""


@pytest.mark.parametrize("reader", READERS)
def test_every_page(where: Places, visit: Visits, findings: Findings, reader: str) -> None:
    walk(where, visit, findings, reader)


def test_colours_forced_by_the_reader(where: Places, visit: Visits) -> None:
    page = visit(forced_colors="active")
    for path in (f"/challenges/{QUESTION}", f"/ideas/CV-{where.others}", "/sign-in"):
        page.goto(where.town.url + path)
        # axe reads the colours that were there before they were forced
        found = [each for each in axe(page) if each.rule != "color-contrast"]
        assert found == []
        borderless = page.evaluate(
            """() => [...document.querySelectorAll('.button:not(.button--link)')]
                .filter((button) => getComputedStyle(button).borderTopStyle === 'none')
                .map((button) => button.outerHTML)"""
        )
        assert borderless == []


def test_at_400_per_cent_nothing_is_cut_off_and_focus_stays_in_sight(
    where: Places, visit: Visits, findings: Findings
) -> None:
    page = visit(width=320, height=256)
    where.become(page, "resident")
    for path in ("/", f"/challenges/{SUPPORT_ONLY}", f"/ideas/CV-{where.others}", "/ideas/new"):
        page.goto(where.town.url + path)
        assert_fits(page, findings, page.url)
        Keyboard(page).through()


def test_nothing_moves_for_who_asked_for_stillness(where: Places, visit: Visits) -> None:
    page = visit(reduced_motion="reduce")
    where.become(page, "resident")
    for path in ("/", f"/challenges/{QUESTION}", f"/ideas/CV-{where.others}", "/ideas/new"):
        page.goto(where.town.url + path)
        moving = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll('body *')]
                .filter((element) => {
                    const style = getComputedStyle(element);
                    const seconds = (value) => Math.max(...value.split(',').map(parseFloat));
                    return seconds(style.transitionDuration) > 0.01
                        || (style.animationName !== 'none'
                            && seconds(style.animationDuration) > 0.01)
                        || style.scrollBehavior === 'smooth';
                }).slice(0, 5).map((element) => element.outerHTML.slice(0, 120))"""
        )
        assert moving == []


def test_the_skip_link_leads_past_the_menu(where: Places, visit: Visits) -> None:
    page = visit(f"{where.town.url}/ideas")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_what_is_marked_with_a_language_is_in_it(where: Places, visit: Visits) -> None:
    """A resident's Welsh on an English page, and the other way round."""
    page = visit(f"{where.town.url}/ideas?order=supported")
    while page.locator("[data-more]").count():
        page.locator("[data-more]").click()
        page.wait_for_timeout(300)
    marked = page.locator("article.card h3 a[lang=cy]")
    assert marked.count() > 3
    page.goto(f"{where.town.url}/cy/ideas/CV-{where.others}")
    expect(page.locator("h1")).to_have_attribute("lang", "en")
