"""Widgets of the demonstration council, one of each kind, and what each of them has to show."""

import html
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, FrameLocator, Page, expect
from sqlalchemy import select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.pilots.models import Pilot, PilotMeasure
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted
from tests.browser.council import Council
from tests.browser.town import QUESTION, Town
from tests.browser.walk import Language, Words

KINDS = ("idea", "top", "challenge", "pilot", "changes")
FRAME = "iframe"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a frame of a kind shows: its heading, words beside it, and links to its page.

    ``lines`` is how many ideas it lists; ``None`` where the demonstration decides.
    """

    heading: str
    words: str
    page: str
    lines: int | None = 0


@dataclass(frozen=True, slots=True)
class Widgets:
    """A widget of each kind, by its number, and what it shows; ``home`` is our site's address.

    ``gone`` is what a frame is headed whose subject is gone.
    """

    numbers: dict[str, int]
    shown: dict[str, Shown]
    home: str
    gone: str

    def path(self, kind: str) -> str:
        """The address of its frame, which is of its own language."""
        return f"/widgets/{self.numbers[kind]}"


def make(town: Town, parks: Council, language: Language = "en") -> Widgets:
    """Widgets that the council's site may show, and so it may what has no widget."""
    ref = town.refs()[0]
    with town.inside(), write():
        asked = db.session.scalars(select(Challenge.id).where(Challenge.slug == QUESTION)).one()
        measured = select(Pilot.id, PilotMeasure.name_en, PilotMeasure.name_cy).join(
            PilotMeasure, PilotMeasure.pilot_id == Pilot.id
        )
        trial = db.session.execute(measured.order_by(Pilot.id, PilotMeasure.id).limit(1)).one()
        about: dict[str, dict[str, Any]] = {
            "idea": {"idea_id": int(ref[3:])},
            "top": {"challenge_id": asked},
            "challenge": {"challenge_id": asked},
            "pilot": {"pilot_id": trial.id},
            "changes": {},
        }
        services.settle_sites(None, [parks.allowed], actor=None)
        numbers = {
            kind: services.make(
                Wanted(name=kind, kind=kind, language=language, **about[kind]),
                [parks.allowed],
                actor=None,
            )
            for kind in KINDS
        }
    say = Words(town, language)
    start = "/cy" if language == "cy" else ""
    idea = f"{start}/ideas/{ref}"
    question = f"{start}/challenges/{QUESTION}"
    pilot = f"{start}/pilots/CVT-{trial.id}"
    changes = f"{start}/changes"
    measure = (trial.name_cy if language == "cy" else "") or trial.name_en
    shown = {
        "idea": Shown(heading(town, idea), say("supporters"), idea),
        "top": Shown(say("Top ideas"), heading(town, question), question, lines=5),
        "challenge": Shown(heading(town, question), say("Have your say"), question, lines=3),
        "pilot": Shown(heading(town, pilot), measure, pilot),
        "changes": Shown(say("What changed"), newest_change(town, changes), changes, lines=None),
    }
    return Widgets(numbers, shown, f"{town.url}{start}/", say("Nothing to show here now"))


def heading(town: Town, path: str) -> str:
    """What a page is headed."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", town.read(path), re.DOTALL)
    assert found, path
    return plain(found[1])


def newest_change(town: Town, path: str) -> str:
    """What the newest reply or decision is about, as the page of them says."""
    links = r'<a href="(?:/cy)?/(?:ideas|pilots)/CVT?-\d+[^>]*>(.*?)</a>'
    found = re.search(links, town.read(path), re.DOTALL)
    assert found, path
    return plain(found[1])


def plain(markup: str) -> str:
    """The words alone."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def expect_shown(widgets: Widgets, frame: FrameLocator, kind: str) -> None:
    """A frame shows what it is of, and no word of its being gone."""
    shown = widgets.shown[kind]
    expect(frame.get_by_role("heading", level=1)).to_have_text(shown.heading)
    main = frame.locator("main")
    expect(main).to_contain_text(shown.words)
    address = widgets.home.removesuffix("/cy/").removesuffix("/") + shown.page
    expect(main.locator(f'a[href^="{address}"][target="_top"]').first).to_be_visible()
    lines = main.get_by_role("listitem")
    if shown.lines is None:
        expect(lines.first).to_be_visible()
    else:
        expect(lines).to_have_count(shown.lines)
    expect(main.locator(f'a[href="{widgets.home}"][target="_top"]')).to_be_visible()
    assert widgets.gone not in frame.locator("html").inner_html()


def tags(addresses: list[str]) -> str:
    """Frames of these addresses."""
    return "".join(f'<iframe src="{each}"></iframe>' for each in addresses)


def inner(page: Page) -> Frame:
    """The document in the frame, when it is there."""
    page.frame_locator(FRAME).locator("main").wait_for()
    return next(frame for frame in page.frames if "/widgets/" in frame.url)


def tall(page: Page) -> int:
    """How tall the frame is in the page around it."""
    height = page.eval_on_selector(FRAME, "frame => frame.getBoundingClientRect().height")
    return int(height)


def grown(page: Page, more: int, *, than: int) -> int:
    """Have the frame's content be so much taller (or shorter again, with 0); gives its height."""
    inner(page).evaluate(
        """(more) => {
            document.getElementById('more')?.remove();
            const div = document.createElement('div');
            div.id = 'more'; div.style.height = more + 'px';
            if (more) document.querySelector('main').append(div);
        }""",
        more,
    )
    page.wait_for_function(
        f"before => document.querySelector('{FRAME}').getBoundingClientRect().height !== before",
        arg=than,
    )
    return tall(page)
