"""Answers given on pages and in lists: in place, once, and true in every tab."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.town import QUESTION, SUPPORT_ONLY, Town
from tests.servers.browser import Visits

LISTEN = """() => {
    window.said = [];
    const live = document.getElementById('live');
    new MutationObserver(() => {
        if (live.textContent) window.said.push(live.textContent);
    }).observe(live, {childList: true, characterData: true, subtree: true});
    window.stayed = true;
}"""


def test_an_answer_in_a_list_changes_its_card_in_place(town: Town, visit: Visits) -> None:
    page = listening(town, visit, f"/challenges/{SUPPORT_ONLY}?order=supported")
    card = page.locator("#listing article.card").nth(2)
    ref, title = named(card)
    before, address, depth = town.supporters(ref), page.url, page.evaluate("history.length")
    card.get_by_role("button", name=f"Support: {title}").press("Enter")
    supported = card.get_by_role("button", name=f"Supported: {title}")
    expect(supported).to_be_visible()
    expect(supported).to_be_focused()
    expect(card.locator(".support b")).to_have_text(str(before + 1))
    sentence = f"Counted. {before + 1} people support this."
    assert said(page, 1) == [sentence]
    assert page.evaluate("window.stayed")
    assert (page.url, page.evaluate("history.length")) == (address, depth)
    assert town.supporters(ref) == before + 1
    supported.press("Enter")
    expect(card.get_by_role("button", name=f"Support: {title}")).to_be_focused()
    assert said(page, 2) == [sentence, "Taken back."]
    assert town.supporters(ref) == before


def test_without_javascript_an_answer_in_a_list_shows_the_idea_with_it(
    town: Town, visit: Visits
) -> None:
    page = visit(javascript=False)
    town.sign_in(page)
    page.goto(f"{town.url}/challenges/{QUESTION}?order=newest")
    card = page.locator("#listing article.card").nth(1)
    ref, title = named(card)
    before = town.supporters(ref)
    card.get_by_role("button", name=f"Support: {title}").click()
    page.wait_for_url(re.compile(rf"/ideas/{ref}\?done=answered"))
    expect(page.locator("#answer")).to_contain_text(f"Counted. {before + 1} people support this.")


def test_two_tabs_the_last_press_wins_and_both_tell_the_truth_after_the_next(
    town: Town, visit: Visits
) -> None:
    ref = town.refs()[3]
    first = visit()
    town.sign_in(first)
    before = town.supporters(ref)
    first.goto(f"{town.url}/ideas/{ref}")
    second = first.context.new_page()
    second.goto(f"{town.url}/ideas/{ref}")
    answer(first, "Support")
    expect(first.locator("#answer")).to_contain_text(f"Counted. {before + 1} people support this.")
    answer(second, "Not for me")
    expect(second.locator("#answer")).to_contain_text("Counted. You said this is not for you.")
    expect(figure(second)).to_have_text(str(before))
    assert town.supporters(ref) == before
    answer(first, "Not for me")
    expect(first.locator("#answer")).to_contain_text("Counted. You said this is not for you.")
    expect(figure(first)).to_have_text(str(before))
    answer(second, "Undo")
    expect(second.get_by_role("button", name=re.compile("^Undo"))).to_have_count(0)
    answer(first, "Support")
    expect(figure(first)).to_have_text(str(before + 1))
    assert town.supporters(ref) == before + 1


def test_a_double_click_counts_once(town: Town, visit: Visits) -> None:
    for javascript in (True, False):
        page = visit(javascript=javascript)
        person = town.sign_in(page)
        ref = town.idea(title="Swings")
        page.goto(f"{town.url}/ideas/{ref}")
        page.get_by_role("button", name=re.compile("^Support:")).dblclick()
        expect(page.locator("#answer")).to_contain_text("Counted. 1 person supports this.")
        page.wait_for_timeout(300)
        expect(page.locator("#answer")).to_contain_text("Counted. 1 person supports this.")
        assert town.supporters(ref) == 1
        listed = visit(javascript=javascript)
        town.sign_in(listed, person)
        listed.goto(f"{town.url}/challenges/{QUESTION}?order=newest")
        other = town.idea(title="Slides")
        listed.reload()
        listed.get_by_role("button", name="Support: Slides").first.dblclick()
        undo = listed.get_by_role("button", name=re.compile("^(Supported: Slides|Undo)"))
        expect(undo.first).to_be_visible()
        listed.wait_for_timeout(300)
        assert town.supporters(other) == 1


def test_a_challenge_that_closed_meanwhile_says_so_in_place(town: Town, visit: Visits) -> None:
    slug = town.challenge("the-clock-tower", ideas_in_it=1)
    page = listening(town, visit, f"/challenges/{slug}")
    town.close_challenge(slug)
    page.get_by_role("button", name=re.compile("^Support:")).click()
    expect(page.get_by_role("alert")).to_contain_text("closed")
    expect(page.get_by_role("button", name=re.compile("^Support:"))).to_have_attribute(
        "aria-pressed", "false"
    )
    assert page.evaluate("window.stayed")


def test_a_server_that_does_not_answer_is_said_and_the_card_stays(
    town: Town, visit: Visits
) -> None:
    page = listening(town, visit, f"/challenges/{QUESTION}")
    for serve in (
        lambda route: route.abort(),
        lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Proxy</h1>"),
    ):
        page.route("**/answer", serve)
        button = page.get_by_role("button", name=re.compile("^Support:")).first
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("That did not reach us.")
        expect(button).to_be_visible()
        expect(page.get_by_role("heading", name="Proxy")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("alert")).to_be_empty()
        page.unroute("**/answer")


def listening(town: Town, visit: Visits, path: str) -> Page:
    """A resident's page that notes what its live region says."""
    page = visit()
    town.sign_in(page)
    page.goto(town.url + path)
    page.evaluate(LISTEN)
    return page


def said(page: Page, number: int) -> list[str]:
    """What the live region has said, when it has said so many things and no more follow."""
    for _ in range(50):
        if page.evaluate("window.said.length") >= number:
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    sentences: list[str] = page.evaluate("window.said")
    return sentences


def named(card: Locator) -> tuple[str, str]:
    """The reference and the title on a card."""
    link = card.locator("h3 a")
    return (link.get_attribute("href") or "").rpartition("/")[2], link.inner_text()


def answer(page: Page, words: str) -> None:
    """Press one of the buttons of an idea's page."""
    page.get_by_role("button", name=re.compile(f"^{words}:")).click()


def figure(page: Page) -> Locator:
    """The number of supporters on an idea's page."""
    return page.locator("#answer .support--large b")
