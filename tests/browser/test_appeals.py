"""Hidden, told why, asked somebody else, upheld: and everything is as it was, figures included."""

import re

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.comments import recount as comments_recount
from citizen_voice.db import write
from citizen_voice.journal import services as journal
from tests.browser.town import Town
from tests.factories.moderation import case
from tests.servers.browser import Visits


def moderator(town: Town, visit: Visits, name: str, *, javascript: bool) -> Page:
    page = visit(f"{town.url}/rules", javascript=javascript)
    page.set_viewport_size({"width": 1366, "height": 768})
    town.sign_in(page, town.colleague("moderator", name=name), staff=True)
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_hidden_idea_to_one_that_is_back(
    town: Town, visit: Visits, *, javascript: bool
) -> None:
    title = f"A tap by the pitch, {javascript}"
    author = town.join(name="Wren")
    ref = town.idea(author=author, title=title)
    supporters = [town.join() for _ in range(3)]
    with town.inside():
        for person in supporters:
            with write():
                answers.cast(person, int(ref[3:]), "support")
        about = case(idea_id=int(ref[3:]), waits_for="other")
    assert town.supporters(ref) == 3
    before = town.read(f"/ideas/{ref}")

    first = moderator(town, visit, "Ceri Vaughan", javascript=javascript)
    first.goto(f"{town.url}/staff/cases/{about}/decide?act=hide")
    first.locator("#ground").select_option(index=1)
    first.locator("#words").fill("We think that this is an advertisement.")
    first.locator(".decide__form .buttons button").click()
    expect(first.locator(".just")).to_contain_text(title)

    phone = visit(f"{town.url}/rules", javascript=javascript)
    town.sign_in(phone, author)
    phone.goto(f"{town.url}/ideas/{ref}")
    phone.get_by_role("link", name="Why, and how to ask someone else to look").click()
    phone.get_by_role("link", name="We have hidden your idea").click()
    expect(phone.locator("main")).to_contain_text("We think that this is an advertisement.")
    phone.get_by_label("Why should somebody else look again?").fill("I sell nothing. It is water.")
    phone.get_by_role("button", name="Ask someone else to look").click()
    expect(phone.locator("main")).to_contain_text("A moderator who did not decide this looks at it")

    first.goto(f"{town.url}/staff/appeals")
    first.get_by_role("row", name=re.compile(title)).get_by_role("link").click()
    expect(first.locator("main")).to_contain_text("Somebody else looks at it again.")
    expect(first.get_by_role("button", name="Decide")).to_have_count(0)

    second = moderator(town, visit, "Nia Rees", javascript=javascript)
    second.goto(f"{town.url}/staff/appeals")
    second.get_by_role("row", name=re.compile(title)).get_by_role("link").click()
    second.get_by_label("It was wrong: undo it wholly").check()
    second.get_by_label("Your answer to them").fill("You are right. It is water.")
    second.get_by_role("button", name="Decide").click()
    expect(second.locator("main")).to_contain_text("Decided.")

    phone.goto(f"{town.url}/news")
    expect(phone.locator("main")).to_contain_text("Somebody else has looked again")
    phone.goto(f"{town.url}/decisions")
    phone.get_by_role("link", name="We have hidden your idea").click()
    expect(phone.locator("main")).to_contain_text("They found that it was wrong, and undid it")
    assert town.supporters(ref) == 3
    assert town.read(f"/ideas/{ref}") == before
    with town.inside():
        assert recount.differences() == []
        assert comments_recount.differences() == []
        assert isinstance(journal.verify(), int), "the journal holds after the walks"
