"""Every page of the served town: its addresses, and what opens each state of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Page
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import queries as accounts_rows
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.news.tokens import token_of
from citizen_voice.pilots.models import Pilot
from citizen_voice.team.models import ROLES
from citizen_voice.web import openly
from tests.browser.town import CLOSED, QUESTION, UPCOMING, Town
from tests.factories.consents import chosen
from tests.factories.copies import made as copied
from tests.factories.desk import world as requested
from tests.factories.reports import report
from tests.factories.team import hired
from tests.factories.widgets import framed
from tests.habits import addresses
from tests.habits.making import (
    DRAFT,
    cases,
    decided,
    discuss,
    draft,
    join,
    remark,
    replied,
    reword,
)
from tests.habits.piloting import piloted
from tests.habits.world import World

NOT_PAGES = (
    "/healthz",
    "/readyz",
    "/theme.css",
    "/site-images",
    "/pilots/pictures",
    "/staff/site/preview.css",
)
FILES = (".ics", ".svg", ".csv", ".json", ".css", ".js")
OPEN_PAGES = ("/widgets/", "/api/v1/docs")
"""What is a page of the things that other sites and machines read."""
EMPTY = "empty-challenge"
MODERATED = "moderated-challenge"
BEGUN = "challenge-not-published"


@dataclass(frozen=True, slots=True)
class Places(World):
    """The world of the habits tests, found in the demonstration council."""

    town: Town = field(kw_only=True)
    trials: list[int] = field(kw_only=True)
    """One of the demonstration's own in each stage."""

    def paths(self) -> list[str]:
        """Every address that can be read and is a page, with the queries that pages link to."""
        found = [each.path for each in addresses.safe(self.town.app, self)]
        found = [path for path in found if not path.startswith(NOT_PAGES)]
        found = [path for path in found if not path.partition("?")[0].endswith(FILES)]
        found = [path for path in found if not openly.is_open(path) or path.startswith(OPEN_PAGES)]
        found += [f"/pilots/CVT-{trial}" for trial in self.trials]
        return [*found, f"/challenges/{EMPTY}", f"/challenges/{MODERATED}", "/nowhere"]

    def paths_of(self, reader: str) -> list[str]:
        """Where it matters to be this reader: who is signing in reads as a visitor elsewhere."""
        if reader == "colleague":
            return ["/", *(path for path in self.paths() if path.startswith("/staff"))]
        public = [path for path in self.paths() if not path.startswith("/staff")]
        if reader == "resident":
            return [path for path in public if not openly.is_open(path)]
        if reader == "visitor":
            return public
        return ["/", *(path for path in self.paths() if path.startswith("/sign-in"))]

    def become(self, page: Page, reader: str) -> None:
        """Make a page's visitor one of the readers of the habits tests."""
        page.context.clear_cookies()
        if reader == "resident":
            self.town.sign_in(page, self.resident)
        elif reader == "colleague":
            self.town.sign_in(page, self.colleague, staff=True)
        elif reader != "visitor":
            token = self.asked if reader == "signing in" else self.confirmed
            page.context.add_cookies([{"name": "pending", "value": token, "url": self.town.url}])


def places(town: Town) -> Places:
    """Add to the demonstration what it has not: hidden, held, nobody's; and find the rest."""
    with town.inside():
        of_each_stage = select(func.min(Pilot.id)).group_by(Pilot.stage)
        trials = [number for number in db.session.scalars(of_each_stage) if number is not None]
    author, somebody = town.join(), town.join()
    town.challenge(EMPTY)
    town.challenge(BEGUN, published=False)
    town.challenge(MODERATED, moderation="before")
    own, others = town.idea(author=author, title="A tap"), town.idea(author=somebody, title="Shade")
    hidden = town.idea(author=author, title="Ring Sam at number 9")
    held = town.idea(MODERATED, author=author, title="A slide on the hill")
    shortlisted = town.idea(author=somebody, title="Kerbs that a pram gets over")
    withdrawn = town.idea(author=author, title="A bench")
    with town.inside():
        unseen = remark(number(withdrawn), author)
        reword(number(withdrawn), author, times=2)
    moderated = town.idea(MODERATED, author=author, title="A longer slide on the hill")
    with town.inside(), write():
        ideas.publish(number(moderated), actor=None)
    with town.inside():
        discussed = discuss(number(own), number(moderated), author, somebody)
    with town.inside(), write():
        ideas.hide(number(hidden), actor=None, reason="It gives somebody’s phone number.")
        ideas.shortlist(number(shortlisted), actor=None, reason="Many ask for it.")
        answers.cast(author, number(others), "support")
        answers.cast(author, number(shortlisted), "oppose")
        with clock.at(clock.now() - timedelta(days=2)):  # so that home tells what is new since
            other_session = accounts.open_session(author, device="Safari, iPhone", shared=False)
    with town.inside():
        join(number(others), author, somebody)
    with town.inside():
        question = select(Challenge.id).where(Challenge.slug == QUESTION)
        draft(author, db.session.scalars(question).one())
    with town.inside():
        waiting = cases(number(others), discussed, somebody)
    with town.inside():
        said = replied(number(own), number(others))
        receipt = report(idea_id=number(others), email="reporter@example.org")
        letter = token_of(author)
    asked, link = _ask(town, "new@example.org")
    confirmed, _link = _ask(town, "first@example.org")
    with town.inside(), write():
        row = accounts_rows.pending(confirmed)
        assert row is not None
        accounts.mark_verified(row.id)
    with town.inside():
        rows = db.session.scalars(select(Challenge)).all()
        by_slug = {row.slug: row for row in rows}
        db.session.expunge_all()
    tried = _piloted(town, by_slug[QUESTION], author)
    return Places(
        town=town,
        trials=trials,
        resident=author,
        widgets=_framed(town, number(own), by_slug[QUESTION], tried["colleague"]),
        **tried,
        **_hired(town),
        receipt=receipt,
        letter=letter,
        **_asked_about(town, author),
        other_session=other_session.session_id,
        open=by_slug[QUESTION],
        upcoming=by_slug[UPCOMING],
        closed=by_slug[CLOSED],
        begun=by_slug[BEGUN].id,
        own=number(own),
        others=number(others),
        hidden=number(hidden),
        held=number(held),
        shortlisted=number(shortlisted),
        withdrawn=number(withdrawn),
        replies=said,
        cases=waiting,
        **_decided(town, by_slug[QUESTION], author),
        comments=(*discussed, unseen),
        draft=DRAFT,
        asked=asked,
        link=link,
        confirmed=confirmed,
    )


def _decided(town: Town, asked: Challenge, author: UUID) -> dict[str, Any]:
    with town.inside():
        decisions, appeals = decided(asked, author)
    return {"decisions": decisions, "appeals": appeals}


def _framed(town: Town, idea_id: int, asked: Challenge, owner: UUID) -> tuple[int, ...]:
    with town.inside():
        return framed(idea_id, asked.id, owner)


def _piloted(town: Town, asked: Challenge, author: UUID) -> dict[str, Any]:
    owner = town.colleague(*ROLES)
    with town.inside():
        return {"colleague": owner, **piloted(asked, author, owner)}


def _asked_about(town: Town, author: UUID) -> dict[str, Any]:
    """Choices, a copy, and requests about data."""
    with town.inside():
        return {
            "consent_letter": chosen(author, author),
            "copy": copied(author),
            **requested(author, author),
        }


def _hired(town: Town) -> dict[str, Any]:
    with town.inside():
        return hired()


def number(ref: str) -> int:
    """1042 of CV-1042."""
    return int(ref.removeprefix("CV-"))


def _ask(town: Town, email: str) -> tuple[str, str]:
    """Ask for a code: the tokens of the browser and of the link."""
    links: list[str] = []

    def keep(link: str) -> str:
        links.append(link)
        return f"{town.url}/sign-in/link/{link}"

    with town.inside(), write():
        token = accounts.begin(next_address="/", intent=None, language="en")
        accounts.send_code(
            token,
            email=email,
            shared=False,
            notice_version=1,
            site_name="Aberwern Voice",
            language="en",
            link=keep,
        )
    return token, links[0]
