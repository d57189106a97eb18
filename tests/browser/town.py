"""The demonstration council, served, and hands behind the scenes: letters, sessions, figures."""

import html
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.request import urlopen
from uuid import UUID

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from citizen_voice import clock, config, create_app
from citizen_voice.accounts import services as accounts
from citizen_voice.answers.models import Answer
from citizen_voice.challenges import services as challenges
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.team import services as team
from tests.factories.challenges import PROMISE
from tests.servers.site import LiveSite

QUESTION = "getting-around"
"""The demonstration's challenge that is open, asks for opinions and has more than one page."""
SUPPORT_ONLY = "easier-services"
UPCOMING = "warm-welcome"
CLOSED = "market-hall"


class Place:
    """A served council, and what a test does to it without a browser."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app = app
        self.url = url

    def code_for(self, address: str) -> str:
        """The code in the newest letter to an address, from the outbox page."""
        letter = self._letter(address, re.compile(r"\b\d{3} \d{3}\b").search)
        return letter[0]

    def link_for(self, address: str) -> str:
        """The link in the newest letter to an address."""
        link = re.compile(r"http\S+/sign-in/link/[^\s<\"]+")
        letter = self._letter(address, link.search)
        return letter[0]

    def join(
        self,
        *,
        name: str | None = "Resident in Castle",
        address: str | None = None,
        language: str = "en",
    ) -> UUID:
        """A new resident, who has no answers yet."""
        with self.inside(), write():
            address = address or f"{time.monotonic_ns()}@example.org"
            key = accounts.join(address, "adult", language)
            if name is not None:
                accounts.set_name(key, name)
        return key

    def colleague(self, *roles: str, name: str = "Sam Pryce", address: str | None = None) -> UUID:
        """A new colleague."""
        key = self.join(name=name, address=address)
        with self.inside(), write():
            team.admit(key, roles, actor=None)
        return key

    def sign_in(
        self,
        page: Page,
        person: UUID | None = None,
        *,
        shared: bool = False,
        staff: bool = False,
    ) -> UUID:
        """Sign a page's visitor in, without its letters: a new resident unless one is given."""
        person = person or self.join()
        with self.inside(), write():
            opened = accounts.open_session(
                person, device="Chromium, Linux", shared=shared, staff=staff
            )
        page.context.add_cookies([{"name": "session", "value": opened.token, "url": self.url}])
        return person

    def refs(self, slug: str = QUESTION) -> list[str]:
        """The references of a challenge's open ideas, the oldest first."""
        with self.inside():
            rows = db.session.execute(
                select(Idea.id)
                .join(IdeaListing, IdeaListing.idea_id == Idea.id)
                .join(Challenge, Challenge.id == Idea.challenge_id)
                .where(Challenge.slug == slug, IdeaListing.listed, Idea.stage == "open")
                .order_by(Idea.id)
            )
            return [f"CV-{row.id}" for row in rows]

    def title(self, ref: str) -> str:
        """The title of an idea, as its card has it."""
        page = self.read(f"/ideas/{ref}")
        found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        assert found, ref
        return html.unescape(found[1])

    def supporters(self, ref: str) -> int:
        """How many support an idea: as its page says, which has to be what the rows say."""
        figure = r'class="support support--large"><b>([\d,]+)</b>'
        found = re.search(figure, self.read(f"/ideas/{ref}"))
        assert found, ref
        shown = int(found[1].replace(",", ""))
        assert shown == self.answers(ref, 1), f"{ref} shows {shown} supporters"
        return shown

    def answers(self, ref: str, value: int) -> int:
        """How many rows say 1 (support), -1 (not for me) or 0 (skip) to an idea."""
        rows = select(func.count()).where(Answer.idea_id == int(ref[3:]), Answer.value == value)
        with self.inside():
            return int(db.session.scalar(rows) or 0)

    def titled(self, title: str) -> int:
        """How many ideas have this title now."""
        rows = select(func.count()).where(IdeaVersion.title == title)
        with self.inside():
            return int(db.session.scalar(rows) or 0)

    def read(self, path: str) -> str:
        """A page as a visitor without a browser gets it."""
        with urlopen(self.url + path, timeout=10) as answer:
            text: str = answer.read().decode()
        return text

    def challenge(
        self,
        slug: str,
        *,
        ideas_in_it: int = 0,
        moderation: str = "after",
        published: bool = True,
    ) -> str:
        """A challenge of the test's own, open; gives its slug."""
        with self.inside(), write():
            made = challenges.create(
                slug=slug,
                question_en="What should the clock tower be for?",
                question_cy="At beth ddylai tŵr y cloc fod?",
                opens_on=clock.today() - timedelta(days=7),
                closes_on=clock.today() + timedelta(days=30),
                moderation=moderation,
                **PROMISE,
            )
            if published:
                challenges.publish(made)
        for number in range(ideas_in_it):
            self.idea(slug, title=f"Ring the bell at {number + 1} o'clock")
        return slug

    def idea(
        self,
        slug: str = QUESTION,
        *,
        author: UUID | None = None,
        title: str = "Ducks",
        body: str = "For *all*.",
    ) -> str:
        """An idea of the test's own; gives its reference."""
        author = author or self.join()
        with self.inside(), write():
            made = ideas.propose(
                author,
                db.session.scalars(select(Challenge.id).where(Challenge.slug == slug)).one(),
                title=title,
                body=body,
                language="en",
                topic_id=None,
                ward_id=None,
            )
            return f"CV-{made.id}"

    def edit(self, ref: str, author: UUID, *, title: str) -> None:
        """Give an idea another title."""
        with self.inside(), write():
            ideas.edit(
                int(ref[3:]),
                author,
                title=title,
                body="For *all*.",
                language="en",
                topic_id=None,
                ward_id=None,
            )

    @contextmanager
    def inside(self) -> Iterator[None]:
        """In the app's context, with a session of its own."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        self.app.extensions["citizen_voice.jobs"].close()

    def _letter(
        self, address: str, find: Callable[[str], re.Match[str] | None], seconds: float = 10
    ) -> re.Match[str]:
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            for letter in re.findall(r"<article.*?</article>", self.read("/outbox"), re.DOTALL):
                text = html.unescape(letter)
                found = find(text) if address in text else None
                if found:
                    return found
            time.sleep(0.1)
        raise AssertionError(f"no letter to {address} on the outbox page")


class Town(Place):
    """The served demonstration council, whose site may be stopped and commanded."""

    def __init__(self, site: LiveSite, app: Flask) -> None:
        super().__init__(app, site.base_url)
        self.site = site

    def close_challenge(self, slug: str) -> None:
        """Its last day was yesterday."""
        yesterday = clock.today() - timedelta(days=1)
        self.site.command("challenge", "reschedule", slug, "--closes", yesterday.isoformat())


def settle(site: LiveSite, database_url: str | None = None) -> Town:
    """The town of a site that runs."""
    values = {"ENV": "development", "INSTANCE": str(site.instance), "BASE_URL": site.base_url}
    if database_url:
        values["DATABASE_URL"] = database_url
    named = {config.PREFIX + name: value for name, value in values.items()}
    return Town(site, create_app(config.load(named)))
