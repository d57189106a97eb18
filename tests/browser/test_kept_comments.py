"""The box of comments, kept in the browser alone: through a closed tab, a restart and sign-in."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_writing import sign_in_by_code
from tests.browser.town import Town
from tests.browser.writing_hands import kept, wait_for
from tests.servers.browser import Visits


def comment_box(page: Page) -> Locator:
    return page.locator("#comment-box textarea")


def test_a_comment_survives_a_closed_tab_and_a_restart(own_town: Town, visit: Visits) -> None:
    page = visit()
    ref = own_town.refs()[0]
    own_town.sign_in(page)
    page.goto(f"{own_town.url}/ideas/{ref}")
    comment_box(page).fill("Half a thought")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{own_town.url}/ideas/{ref}")
    expect(comment_box(page)).to_have_value("Half a thought")
    expect(page.locator(".draft-kept")).to_be_visible()
    page.goto(f"{own_town.url}/ideas/{own_town.refs()[1]}")
    expect(comment_box(page)).to_have_value("")
    page.goto(f"{own_town.url}/ideas/{ref}")
    own_town.site.stop()
    page.get_by_role("button", name="Publish comment").click()
    expect(page.locator("#alert")).to_contain_text("did not reach us")
    expect(comment_box(page)).to_have_value("Half a thought")
    own_town.site.start()
    comment_box(page).fill("A whole thought")
    page.get_by_role("button", name="Publish comment").click()
    expect(page.get_by_text("A whole thought")).to_be_visible()
    expect(comment_box(page)).to_have_value("")
    wait_for(page, lambda: kept(page) == {})
    page.reload()
    expect(comment_box(page)).to_have_value("")


def test_a_visitors_comment_survives_until_they_have_signed_in(town: Town, visit: Visits) -> None:
    page = visit()
    ref = town.refs()[2]
    page.goto(f"{town.url}/ideas/{ref}")
    comment_box(page).fill("As a neighbour I agree.")
    page.get_by_role("button", name="Publish comment").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{town.url}/ideas/{ref}")  # they look again before they go on
    expect(comment_box(page)).to_have_value("As a neighbour I agree.")
    page.get_by_role("button", name="Publish comment").click()
    page.wait_for_url("**/sign-in")
    sign_in_by_code(town, page, "neighbour@example.org")
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Finish").click()
    name = page.locator("#comment-box").get_by_label("Your name on this site")
    expect(name).to_be_visible()
    expect(comment_box(page)).to_have_value("As a neighbour I agree.")
    name.fill("Heron")
    page.get_by_role("button", name="Publish comment").click()
    expect(comment_box(page)).to_have_value("", timeout=20_000)
    expect(page.get_by_text("As a neighbour I agree.")).to_be_visible()
    page.goto(f"{town.url}/ideas/{ref}")
    expect(comment_box(page)).to_have_value("")
