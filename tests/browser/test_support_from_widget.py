"""From a frame in the council's site to a counted answer, and back again."""

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.db import write
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted
from tests.browser.council import council
from tests.browser.town import Town
from tests.browser.walk import Words
from tests.servers.browser import Visits, assert_accessible

HOST = "www.example.gov.uk"
BACK = f"https://{HOST}/parks?from=home#ideas"
BY = r"widget=\d+(&site=[\w.]+)?"
COUNCIL = "<!doctype html><html lang='en'><title>Parks</title><h1>Parks</h1></html>"


@pytest.fixture
def arrive(town: Town, visit: Visits) -> Callable[..., Page]:
    """Open the link of a frame on a widget, as a visitor; the council's site answers."""

    def opened(ref: str, prefix: str = "", *, javascript: bool = True) -> Page:
        with town.inside(), write():
            wanted = Wanted(name="Parks page", kind="changes", return_address=BACK)
            widget = services.make(wanted, [f"https://{HOST}"], actor=None)
        page = visit(javascript=javascript)
        page.context.route(
            f"https://{HOST}/**",
            lambda route: route.fulfill(content_type="text/html", body=COUNCIL),
        )
        page.goto(f"{town.url}{prefix}/ideas/{ref}?widget={widget}&site={HOST}#answer")
        return page

    return opened


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_frame_s_link_to_one_answer_and_back(
    town: Town, arrive: Callable[..., Page], javascript: bool
) -> None:
    ref = town.idea(title=f"Swings {time.monotonic_ns()}")
    page = arrive(ref, javascript=javascript)
    panel = page.locator("#answer .arrival")
    expect(panel).to_contain_text(f"You came from {HOST}. Press Support to support this idea.")
    expect(panel).to_be_in_viewport()
    assert page.context.cookies() == []
    page.reload()
    assert town.supporters(ref) == 0
    signs_in(town, page, ref)
    page.wait_for_url(re.compile(rf"/ideas/{ref}\?done=answered&{BY}#answer$"))
    expect(panel).to_contain_text("You support this idea.")
    expect(page.locator("#answer")).to_contain_text("Counted. 1 person supports this.")
    assert town.supporters(ref) == 1
    page.reload()
    assert town.supporters(ref) == 1
    panel.get_by_role("link", name=f"Back to {HOST}").click()
    page.wait_for_url(BACK)
    expect(page.get_by_role("heading", name="Parks")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_pressed_in_the_council_s_page_the_frame_s_link_counts_nothing_until_support_is(
    town: Town, visit: Visits, javascript: bool
) -> None:
    ref = town.idea(title=f"Goalposts {time.monotonic_ns()}")
    with council() as parks:
        back = f"{parks.allowed}/goals"
        with town.inside(), write():
            wanted = Wanted(name="Goals", kind="idea", idea_id=int(ref[3:]), return_address=back)
            widget = services.make(wanted, [parks.allowed], actor=None)
        frame = f'<iframe src="{town.url}/widgets/{widget}" height="700"></iframe>'
        page = visit(parks.allowed + parks.put("/goals", frame), javascript=javascript)
        page.frame_locator("iframe").get_by_role("link", name="Support", exact=True).click()
        panel = page.locator("#answer .arrival")
        host = parks.allowed.partition("://")[2]
        expect(panel).to_contain_text(f"You came from {host}. Press Support")
        address = urlsplit(page.url)
        assert address._replace(query="").geturl() == f"{town.url}/ideas/{ref}#answer"
        assert parse_qs(address.query)["widget"] == [str(widget)]
        assert page.context.cookies() == []
        page.reload()
        assert town.supporters(ref) == 0
        signs_in(town, page, ref)
        expect(panel).to_contain_text("You support this idea.")
        assert town.supporters(ref) == 1
        panel.get_by_role("link", name=f"Back to {host}").click()
        page.wait_for_url(back)
        expect(page.frame_locator("iframe").locator(".figure")).to_contain_text("1 supporter")


def test_in_place_every_answer_keeps_the_way_back(town: Town, arrive: Callable[..., Page]) -> None:
    ref = town.idea(title="Slides")
    page = arrive(ref)
    town.sign_in(page)
    page.reload()
    page.evaluate("window.stayed = true")
    panel, back = page.locator("#answer .arrival"), page.get_by_role("link", name=f"Back to {HOST}")
    assert_accessible(page, "asked to press Support")
    page.get_by_role("button", name=re.compile("^Support:")).click()
    expect(panel).to_contain_text("You support this idea.")
    expect(back).to_have_attribute("href", BACK)
    assert_accessible(page, "answered")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(panel).to_contain_text("Press Support to support this idea.")
    expect(back).to_have_count(1)
    assert page.evaluate("window.stayed")
    assert town.supporters(ref) == 0


def test_in_welsh_it_stays_welsh(town: Town, arrive: Callable[..., Page]) -> None:
    ref = town.idea(title=f"Siglenni {time.monotonic_ns()}")
    page = arrive(ref, "/cy")
    signs_in(town, page, ref, "cy")
    page.wait_for_url(re.compile(rf"/cy/ideas/{ref}\?done=answered&{BY}#answer$"))
    assert town.supporters(ref) == 1
    page.locator(f'#answer .arrival a[href="{BACK}"]').click()
    page.wait_for_url(BACK)


def signs_in(town: Town, page: Page, ref: str, language: str = "en") -> None:
    """Press Support and sign in, for the first time."""
    say = Words(town, "cy" if language == "cy" else "en")
    address = f"frame{time.monotonic_ns()}@example.org"
    page.get_by_role("button", name=f"{say('Support')}: {town.title(ref)}").click()
    page.get_by_label(say("E-mail address"), exact=True).fill(address)
    page.get_by_role("button", name=say("Send code")).click()
    page.get_by_label(say("Code"), exact=True).fill(town.code_for(address))
    assert town.supporters(ref) == 0
    page.get_by_role("button", name=say("Continue")).click()
    page.get_by_label(say("18 or over"), exact=True).check()
    page.get_by_role("button", name=say("Finish")).click()
