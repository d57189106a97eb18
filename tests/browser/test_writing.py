"""Whatever happens while somebody writes an idea: every word is given back."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits

_numbers = count(1)
BODY = "Line one: <b>bold</b> & “quotes”.\n\nPara two, *starred*, {{ braces }} and %s.\n\n- ŵ ŷ 🙂"
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


@WITH_AND_WITHOUT
@pytest.mark.parametrize("signed_in", [True, False], ids=["resident", "visitor"])
def test_the_other_language_keeps_what_was_typed(
    town: Town, visit: Visits, javascript: bool, signed_in: bool
) -> None:
    page = visit(javascript=javascript)
    if signed_in:
        town.sign_in(page, town.join(name=None))
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = write(page)
    page.get_by_label("Where?").select_option(label="Castle")
    if signed_in:
        page.get_by_label("Your name on this site").fill("Heron")
    (page.get_by_role("link", name="Cymraeg") if javascript else keeping_button(page)).click()
    page.wait_for_url(re.compile(rf"/cy/challenges/{QUESTION}/suggest"))
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=body]")).to_have_value(BODY)
    expect(page.locator("[name=place] option:checked")).to_have_text("Y Castell")
    if signed_in:
        expect(page.locator("[name=name]")).to_have_value("Heron")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    (page.get_by_role("link", name="English") if javascript else keeping_button(page)).click()
    page.wait_for_url(lambda address: "/cy/" not in address)
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=body]")).to_have_value(BODY)
    assert town.titled(title) == 0


@WITH_AND_WITHOUT
def test_the_other_language_is_the_same_page(town: Town, visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    ref = town.refs()[0]
    for path in ("/", "/ideas?order=newest", f"/ideas/{ref}", "/rules", "/sign-in", "/nowhere"):
        page.goto(town.url + path)
        page.get_by_role("link", name="Cymraeg").click()
        page.wait_for_url(re.compile(re.escape(f"{town.url}/cy{path}") + "(#.*)?$"))
        expect(page.locator("html")).to_have_attribute("lang", "cy")
        page.get_by_role("link", name="English").click()
        page.wait_for_url(re.compile(re.escape(town.url + path) + "(#.*)?$"))
        expect(page.locator("html")).to_have_attribute("lang", "en")


@WITH_AND_WITHOUT
def test_a_session_lost_while_writing_ends_in_the_idea_published_with_every_word(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = write(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    address = f"lost-{javascript}@example.org".lower()
    sign_in_by_code(town, page, address)
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Finish").click()
    name_it(page, title)
    page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
    expect(page.locator("h1")).to_have_text(title)
    page.get_by_role("link", name="Edit my idea").click()
    expect(page.get_by_label("What should change?")).to_have_value(title)
    expect(page.get_by_label("Why, and who would it help?")).to_have_value(BODY)


@WITH_AND_WITHOUT
def test_a_session_lost_while_editing_ends_in_the_edit_saved(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    address = f"editor-{javascript}@example.org".lower()
    page.goto(f"{town.url}/sign-in")
    sign_in_by_code(town, page, address)
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("You are signed in.")).to_be_visible()
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    page.get_by_label("Your name on this site").fill("Heron")
    title = write(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Edit my idea").click()
    page.get_by_label("Why, and who would it help?").fill("Other words.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in")
    sign_in_by_code(town, page, address)
    page.wait_for_url(re.compile(r"\?done=edited"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".idea__words")).to_have_text("Other words.")


@WITH_AND_WITHOUT
def test_a_challenge_that_closes_meanwhile_gives_every_word_back(
    town: Town, visit: Visits, javascript: bool
) -> None:
    slug = town.challenge(f"closes-{javascript}".lower())
    page = visit(javascript=javascript)
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{slug}/suggest")
    title = write(page)
    town.close_challenge(slug)
    page.get_by_role("button", name="Publish").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_contain_text("closed")
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=body]")).to_have_value(BODY)


def test_a_page_from_before_signing_in_elsewhere_can_be_sent_again(
    town: Town, visit: Visits
) -> None:
    page = visit(javascript=False)
    person = town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = write(page)
    town.sign_in(page, person)  # in another tab: another session, another token
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_label("What should change?")).to_have_value(title)
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
    page.get_by_role("link", name="Edit my idea").click()
    expect(page.get_by_label("Why, and who would it help?")).to_have_value(BODY)


@WITH_AND_WITHOUT
def test_the_back_button_after_publishing_publishes_nothing_by_itself(
    town: Town, visit: Visits, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = write(page)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"\?done=published"))
    page.go_back()
    page.wait_for_url("**/suggest")
    page.go_forward()
    expect(page.locator("h1")).to_have_text(title)
    page.reload()
    assert town.titled(title) == 1


def test_publishing_the_same_words_again_after_back_makes_no_second_idea(
    town: Town, visit: Visits
) -> None:
    page = visit()
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
    title = write(page)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"\?done=published"))
    page.go_back()
    page.wait_for_url("**/suggest")
    if page.get_by_label("What should change?").input_value() == title:
        page.get_by_role("button", name="Publish").click()
        page.wait_for_load_state()
    assert town.titled(title) == 1


def test_a_double_click_on_publish_makes_one_idea(town: Town, visit: Visits) -> None:
    for javascript in (True, False):
        page = visit(javascript=javascript)
        town.sign_in(page)
        page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
        title = write(page)
        page.get_by_role("button", name="Publish").dblclick()
        page.wait_for_url(re.compile(r"\?done=published"))
        assert town.titled(title) == 1


def write(page: Page) -> str:
    """Fill in an idea; gives its title."""
    title = f"Lamp & “seat” no. {next(_numbers)} <here>"
    page.get_by_label("What should change?").fill(title)
    page.get_by_label("Why, and who would it help?").fill(BODY)
    return title


def keeping_button(page: Page) -> Locator:
    return page.locator("#idea-form button[name=_language]")


def sign_in_by_code(town: Town, page: Page, address: str) -> None:
    """From the address to the code."""
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send code").click()
    page.wait_for_url("**/sign-in/code")
    page.get_by_label("Code").fill(town.code_for(address))
    page.get_by_role("button", name="Continue").click()


def name_it(page: Page, title: str) -> None:
    """The first time, a name is asked for; nothing of what was typed is lost over it."""
    expect(page.get_by_label("What should change?")).to_have_value(title)
    expect(page.get_by_label("Why, and who would it help?")).to_have_value(BODY)
    page.get_by_label("Your name on this site").fill("Heron")
    page.get_by_role("button", name="Publish").click()
