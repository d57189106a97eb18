"""Pictures of each kind of widget in a page that looks like a council's site."""

from pathlib import Path
from string import Template
from typing import Any

from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.pilots.models import RUNNING, Pilot
from citizen_voice.widgets import services
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP
from citizen_voice.widgets.services import Wanted
from tests.browser.council import council
from tests.browser.town import QUESTION, Town
from tools.taking import desktop, phone, save

PAGE = Template((Path(__file__).parent / "council_page.html").read_text(encoding="utf-8"))
HEADINGS = {
    IDEA: ("Parks and open spaces", "We look after 41 parks. This is what people say about them."),
    TOP: ("Have your say", "These are the ideas that most people support so far."),
    CHALLENGE: ("What we are asking", "Before we decide, we ask. It takes two minutes."),
    PILOT: ("What we are trying", "We try things for some months and say what came of it."),
    CHANGES: ("You said, we did", "Every idea gets a reply. These are the latest."),
}


def made(town: Town, origin: str) -> dict[str, int]:
    """A widget of each kind that an origin may show; gives their numbers."""
    with town.inside():
        asked = db.session.scalars(select(Challenge.id).where(Challenge.slug == QUESTION)).one()
        supported = select(IdeaListing.idea_id).where(
            IdeaListing.challenge_id == asked, IdeaListing.listed
        )
        idea = db.session.scalars(supported.order_by(IdeaListing.support.desc())).first()
        trial = select(func.min(Pilot.id)).where(Pilot.stage == RUNNING)
        subjects: dict[str, dict[str, Any]] = {
            IDEA: {"idea_id": idea},
            TOP: {"challenge_id": asked},
            CHALLENGE: {"challenge_id": asked},
            PILOT: {"pilot_id": db.session.scalar(trial)},
            CHANGES: {},
        }
        with write():
            return {
                kind: services.make(
                    Wanted(name=f"Council site: {kind}", kind=kind, accent="#14375e", **columns),
                    (origin,),
                    actor=None,
                )
                for kind, columns in subjects.items()
            }


def take(browser: Browser, town: Town) -> None:
    """Take a picture of each, on a phone and on a desk."""
    with council() as site:
        for kind, number in made(town, site.allowed).items():
            heading, words = HEADINGS[kind]
            script = f'<script src="{town.url}/widgets/loader.js" data-widget="{number}"></script>'
            body = PAGE.substitute(heading=heading, words=words, widget=script)
            address = site.allowed + site.put(f"/{kind}", body)
            with phone(browser) as page:
                _take(page, address, f"widget-{kind}-phone")
            with desktop(browser) as page:
                _take(page, address, f"widget-{kind}-desktop")


def _take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.frame_locator("iframe").locator("h1").wait_for()
    page.wait_for_timeout(500)  # until the frame is as tall as it has to be
    save(page, name)
