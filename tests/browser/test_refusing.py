"""Refusing every consent hinders nothing: join, propose, answer, comment, news, leave."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from citizen_voice.accounts.models import Person
from citizen_voice.consent import queries
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.outbox.models import OutboxMail
from tests.browser.town import Town
from tests.browser.walk import Walk
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


class Refuser(Walk):
    """A new resident who says no to everything that they are asked for."""

    def refuses(self) -> None:
        """No to each purpose on consent, and to news by e-mail."""
        self.page.goto(f"{self.town.url}/my-data/choices")
        expect(self.page.get_by_role("switch")).to_have_count(2)
        for left in (1, 0):
            self.page.get_by_role("button", name=re.compile("^No, thank you")).first.click()
            expect(
                self.page.get_by_role("button", name=re.compile("^No, thank you"))
            ).to_have_count(left)
        for switch in self.page.get_by_role("switch").all():
            expect(switch).to_have_attribute("aria-checked", "false")

    def follows(self, ref: str) -> None:
        """They follow somebody else's idea."""
        self.page.goto(f"{self.town.url}/ideas/{ref}")
        self.page.locator("#follow").get_by_role("button", name="Follow").click()
        expect(self.page.locator("#follow")).to_contain_text("You hear of this.")

    def hears(self) -> None:
        """The council moves their idea; it stands in their news."""
        with self.town.inside(), write():
            ideas.shortlist(int(self.ref[3:]), actor=None, reason="Many ask for it")
        self.page.goto(f"{self.town.url}/news")
        expect(self.page.locator(".news__item").first).to_contain_text(self.title)

    def leaves(self) -> None:
        """They delete their account, and are told so."""
        self.page.goto(f"{self.town.url}/me/leave")
        self.page.locator("[name=words]").first.check()
        self.page.get_by_role("button", name="Delete my account").click()
        self.page.wait_for_url(re.compile("/left"))
        assert [each for each in self.page.context.cookies() if each["name"] == "session"] == []


@WITH_AND_WITHOUT
def test_the_whole_journey_goes_without_any_consent(
    town: Town, visit: Visits, javascript: bool
) -> None:
    walk = Refuser(town, visit(javascript=javascript), javascript=javascript)
    walk.reads()
    walk.supports_and_signs_in()
    supported = walk.ref
    walk.refuses()
    with town.inside():
        person = db.session.scalars(select(Person.id).order_by(Person.created_at.desc())).first()
        assert person is not None
        assert queries.standing(person) == {"newsletter": "refused", "research": "refused"}
    walk.page.goto(f"{town.url}/ideas/{supported}")
    walk.changes_their_mind()
    walk.begins_a_draft()
    walk.suggests()
    walk.edits()
    walk.discusses()
    other = next(ref for ref in town.refs() if ref not in (supported, walk.ref))
    walk.follows(other)
    walk.hears()
    walk.leaves()
    with town.inside():
        db.session.rollback()
        kinds = set(db.session.scalars(select(OutboxMail.kind)))
        assert "newsletter" not in kinds
        assert queries.history(person) == []
