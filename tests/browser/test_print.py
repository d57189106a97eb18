"""On paper: an idea and a challenge are one clean page, with a code that leads back to them."""

import re

import pytest
from playwright.sync_api import Page, expect

from citizen_voice import clock
from tests.browser.pages import Places
from tests.browser.town import QUESTION, UPCOMING, Town
from tests.servers.browser import Visits

PAGES = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
A4 = re.compile(rb"/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]")
LONG = "Buses stop at nine. People who work late walk home in the dark, two miles of it. "


def printed(page: Page) -> bytes:
    """The page as Chromium prints it."""
    return page.pdf(prefer_css_page_size=True)


def assert_one_page(paper: bytes) -> None:
    assert len(PAGES.findall(paper)) == 1
    assert A4.search(paper)


def shown_on_paper(page: Page) -> str:
    """What somebody reads on it."""
    page.emulate_media(media="print")
    text: str = page.locator("body").inner_text()
    return text


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("reader", ["visitor", "resident"])
def test_an_idea_is_one_page_without_buttons(
    where: Places, visit: Visits, prefix: str, reader: str
) -> None:
    for number in (where.own, where.others, where.shortlisted):
        page = visit()
        where.become(page, reader)
        path = f"{prefix}/ideas/CV-{number}"
        page.goto(where.town.url + path)
        assert_one_page(printed(page))
        text = shown_on_paper(page)
        assert where.town.url + path in text
        assert where.town.title(f"CV-{number}") in text
        for gone in page.locator("button, form, nav, footer, input, .share, .answered").all():
            expect(gone).not_to_be_visible()


def test_what_the_reader_answered_is_not_on_the_poster(where: Places, visit: Visits) -> None:
    page = visit()
    where.become(page, "resident")
    page.goto(f"{where.town.url}/ideas/CV-{where.others}")
    expect(page.locator(".answered")).to_be_visible()
    text = shown_on_paper(page)
    assert "Counted" not in text
    assert "Undo" not in text


def test_the_longest_idea_is_one_page_still(town: Town, visit: Visits) -> None:
    ref = town.idea(title="W" * 78 + "ow", body=(LONG * 20)[:1_500])
    page = visit(town.url + f"/ideas/{ref}")
    assert_one_page(printed(page))
    in_paragraphs = town.idea(title="Buses", body="\n\n".join([LONG * 2] * 9)[:1_500])
    page.goto(town.url + f"/ideas/{in_paragraphs}")
    assert_one_page(printed(page))


@pytest.mark.parametrize("slug", [QUESTION, UPCOMING])
@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_a_challenge_is_one_page_without_its_list(
    town: Town, visit: Visits, slug: str, prefix: str
) -> None:
    page = visit(f"{town.url}{prefix}/challenges/{slug}")
    assert_one_page(printed(page))
    text = shown_on_paper(page)
    assert f"{town.url}{prefix}/challenges/{slug}" in text
    for gone in page.locator("button, form, nav, footer, article.card, .buttons").all():
        expect(gone).not_to_be_visible()
    expect(page.locator(".promise")).to_be_visible()
    expect(page.locator(".on-paper")).to_be_visible()


def test_the_code_is_fetched_for_paper_alone(town: Town, visit: Visits) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ref = town.refs()[0]
    page.goto(f"{town.url}/ideas/{ref}", wait_until="networkidle")
    expect(page.locator(".poster")).not_to_be_visible()
    assert not [url for url in asked if url.endswith(".svg")]
    printed(page)
    assert [url for url in asked if url.endswith(".svg")] == [f"{town.url}/ideas/{ref}/qr.svg"]
    page.emulate_media(media="print")
    assert page.locator(".poster img").evaluate("(img) => img.complete && img.naturalWidth > 0")


def test_the_poster_button_waits_for_the_code(town: Town, visit: Visits) -> None:
    page = visit()
    page.add_init_script(
        """window.print = () => {
            const img = document.querySelector('.poster img')
            document.documentElement.dataset.printed = String(img.complete && img.naturalWidth > 0)
        }"""
    )
    page.goto(f"{town.url}/ideas/{town.refs()[0]}")
    page.locator("[data-print]").click()
    expect(page.locator("html")).to_have_attribute("data-printed", "true")


def test_the_devices_own_sharing_is_offered_where_there_is_one(town: Town, visit: Visits) -> None:
    ref = town.refs()[0]
    page = visit()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{town.url}/ideas/{ref}")
    expect(page.locator("[data-share]")).not_to_be_visible()
    page = visit()
    page.add_init_script(
        """Navigator.prototype.share = (what) => {
            document.documentElement.dataset.shared = JSON.stringify(what)
            return Promise.resolve()
        }"""
    )
    page.goto(f"{town.url}/ideas/{ref}")
    page.locator("[data-share]").click()
    shared = page.locator("html").get_attribute("data-shared") or ""
    assert f"{town.url}/ideas/{ref}" in shared
    assert town.title(ref) in shared.replace("\\u2019", "’")


def test_without_scripts_there_are_links_and_no_dead_buttons(town: Town, visit: Visits) -> None:
    page = visit(f"{town.url}/ideas/{town.refs()[0]}", javascript=False)
    for name in ("copy", "share", "print"):
        expect(page.locator(f"[data-{name}]")).not_to_be_visible()
    expect(page.locator("a[href^='mailto:?']")).to_be_visible()
    expect(page.locator("a[href$='/qr.svg']")).to_be_visible()
    assert_one_page(printed(page))


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("whose", ["", f"/challenges/{QUESTION}"])
def test_a_month_of_what_changed_is_one_page(
    where: Places, visit: Visits, prefix: str, whose: str
) -> None:
    page = visit()
    path = f"{prefix}{whose}/changes/{clock.today():%Y-%m}"
    page.goto(where.town.url + path)
    assert_one_page(printed(page))
    assert where.town.url + path in shown_on_paper(page)
    for gone in page.locator("button, form, nav, footer, .back").all():
        expect(gone).not_to_be_visible()
