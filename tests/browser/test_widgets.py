"""Frames in a council's own pages, which are another origin: shown, refused, resized, attacked."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Frame, Page, expect
from sqlalchemy import select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.pilots.models import Pilot
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted
from tests.browser.council import WORDPRESS, Council, council
from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits, assert_accessible
from tests.widgets.test_oembed import Kept

KINDS = ("idea", "top", "challenge", "pilot", "changes")
FRAME = "iframe"
KEPT = """(() => {
    try {
        const kept = document.cookie.length + localStorage.length + sessionStorage.length;
        return kept ? 'something' : 'nothing';
    } catch (refused) {
        return refused.name === 'SecurityError' ? 'nothing' : String(refused);
    }
})()"""
"""What a frame keeps. The browser refuses storage to a stranger's frame, as it does its cookies."""


@pytest.fixture(scope="module")
def parks() -> Iterator[Council]:
    """The council's site."""
    with council() as made:
        yield made


@pytest.fixture(scope="module")
def widgets(town: Town, parks: Council) -> dict[str, int]:
    """A widget of each kind that the council's site may show, and so may what has none."""
    ref = town.refs()[0]
    with town.inside(), write():
        asked = db.session.scalars(select(Challenge.id).where(Challenge.slug == QUESTION)).one()
        trial = db.session.scalars(select(Pilot.id).order_by(Pilot.id)).first()
        about: dict[str, dict[str, Any]] = {
            "idea": {"idea_id": int(ref[3:])},
            "top": {"challenge_id": asked},
            "challenge": {"challenge_id": asked},
            "pilot": {"pilot_id": trial},
            "changes": {},
        }
        services.settle_sites(None, [parks.allowed], actor=None)
        return {
            kind: services.make(
                Wanted(name=kind, kind=kind, **about[kind]), [parks.allowed], actor=None
            )
            for kind in KINDS
        }


def tall(page: Page) -> int:
    """How tall the frame is in the page around it."""
    height = page.eval_on_selector(FRAME, "frame => frame.getBoundingClientRect().height")
    return int(height)


def inner(page: Page) -> Frame:
    """The document in the frame, when it is there."""
    page.frame_locator(FRAME).locator("main").wait_for()
    return next(frame for frame in page.frames if "/widgets/" in frame.url)


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


@pytest.mark.parametrize("javascript", [True, False])
def test_each_kind_shows_on_an_allowed_site_and_keeps_nothing(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits, javascript: bool
) -> None:
    frames = (f'<iframe src="{town.url}/widgets/{key}"></iframe>' for key in widgets.values())
    page = visit(parks.allowed + parks.put("/all", "".join(frames)), javascript=javascript)
    for place in range(len(KINDS)):
        shown = page.frame_locator(FRAME).nth(place)
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        link = shown.get_by_role("link", name="Aberwern Voice")
        expect(link).to_have_attribute("target", "_top")
    assert page.context.cookies() == []
    assert len(page.frames) == 1 + len(KINDS)
    for frame in page.frames[1:] if javascript else ():
        assert frame.evaluate(KEPT) == "nothing"


def test_each_kind_is_refused_on_another_site(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits
) -> None:
    addresses = [f"{town.url}/widgets/{key}" for key in (*widgets.values(), "changes")]
    frames = "".join(f'<iframe src="{each}"></iframe>' for each in addresses)
    path = parks.put("/refused", frames)
    page = visit()
    page.goto(parks.refused + path, wait_until="networkidle")
    urls = [frame.url for frame in page.frames[1:]]
    assert urls == ["chrome-error://chromewebdata/"] * len(addresses)
    assert all("frame-ancestors" in each for each in visit.problems)
    visit.problems.clear()
    page.goto(parks.allowed + path, wait_until="networkidle")
    assert [frame.url for frame in page.frames[1:]] == addresses


def test_a_link_of_a_frame_opens_at_the_top(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits
) -> None:
    frame = f'<iframe src="{town.url}/widgets/{widgets["challenge"]}" height="700"></iframe>'
    page = visit(parks.allowed + parks.put("/top", frame), javascript=False)
    page.frame_locator(FRAME).get_by_role("link", name="Have your say").click()
    page.wait_for_url(f"{town.url}/challenges/{QUESTION}")


@pytest.mark.parametrize("by", ["script", "div"])
def test_the_loader_has_the_frame_grow_and_shrink(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits, by: str
) -> None:
    number = widgets["top"]
    script = f'<script src="{town.url}/widgets/loader.js"'
    if by == "script":
        body = f'{script} data-widget="{number}" data-title="Top ideas" async></script>'
    else:
        body = f'<div data-citizen-voice-widget="{number}" data-title="Top ideas"></div>'
        body += f"{script}></script>"
    page = visit(parks.allowed + parks.put(f"/loader-{by}", body), width=800)
    frame = page.locator(FRAME)
    expect(frame).to_have_count(1)
    expect(frame).to_have_attribute("title", "Top ideas")
    expect(frame).to_have_attribute("loading", "lazy")
    expect(frame).to_have_attribute("referrerpolicy", "origin")
    document = inner(page)
    content = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
    page.wait_for_function("document.querySelector('iframe').style.height !== '320px'")
    wide = tall(page)
    assert wide == document.evaluate(content)
    more = grown(page, 400, than=wide)
    assert more >= wide + 400
    assert grown(page, 0, than=more) == wide
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function(f"document.querySelector('iframe').style.height !== '{wide}px'")
    assert tall(page) == document.evaluate(content) > wide


FORGED = [
    "'500'",
    "-500",
    "0",
    "NaN",
    "Infinity",
    "1e9",
    "null",
    "{valueOf: 500}",
    "[500]",
    "true",
    "undefined",
]


def test_forged_messages_change_nothing(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits
) -> None:
    evil = parks.put(
        "/evil",
        f'<iframe src="{town.url}/widgets/changes" class="deep"></iframe>'
        "<script>onload = () => [parent, top].forEach("
        "to => to.postMessage({citizenVoice: 'height', value: 777}, '*'))</script>",
    )
    loader = f'<script src="{town.url}/widgets/loader.js" data-widget="{widgets["idea"]}"></script>'
    path = parks.put("/attacked", f"{loader}<aside></aside>")
    page = visit(parks.allowed + path)
    document = inner(page)
    page.wait_for_function("document.querySelector('iframe').style.height !== '320px'")
    before = tall(page)
    # from the page itself, and from a stranger's frame that shows one of ours
    page.evaluate("postMessage({citizenVoice: 'height', value: 777}, '*')")
    page.evaluate(
        """at => new Promise((done) => {
            const frame = document.createElement('iframe');
            frame.onload = () => setTimeout(done, 200);
            frame.src = at;
            document.querySelector('aside').append(frame);
        })""",
        parks.allowed + evil,
    )
    deep = [frame for frame in page.frames if frame.url.endswith("/widgets/changes")]
    deep[0].evaluate("top.postMessage({citizenVoice: 'height', value: 777}, '*')")
    for value in FORGED:
        document.evaluate(f"parent.postMessage({{citizenVoice: 'height', value: {value}}}, '*')")
    for message in ("null", "'height'", "777", "[]", "{}", "{citizenVoice: 'width', value: 9}"):
        document.evaluate(f"parent.postMessage({message}, '*')")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert tall(page) == before
    # what a page around it tells a frame changes nothing there either
    was = document.evaluate("document.body.innerHTML")
    page.evaluate(
        """() => [{message: 'ready', secret: ''}, {citizenVoice: 'height', value: 1}, null, 'x', 5]
            .forEach(said => frames[0].postMessage(said, '*'))"""
    )
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert document.evaluate("document.body.innerHTML") == was
    # and the largest that is taken is bounded
    document.evaluate("parent.postMessage({citizenVoice: 'height', value: 99999}, '*')")
    page.wait_for_function("document.querySelector('iframe').style.height === '4000px'")


def wordpress(town: Town, url: str) -> str:
    """What WordPress makes of an oEmbed answer: three tags, a sandbox and a secret."""
    with urlopen(f"{town.url}/oembed?url={quote(url)}&maxwidth=600&maxheight=250") as answer:
        html = Kept(json.load(answer)["html"]).html
    marks = 'class="wp-embedded-content" data-secret="abc123XYZ0"'
    html = html.replace("<blockquote", f"<blockquote {marks}")
    hidden = 'style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"'
    sandbox = f'<iframe {marks} sandbox="allow-scripts" security="restricted" {hidden}'
    html = html.replace("<iframe", sandbox)
    return re.sub(r'src="([^"]+)"', r'src="\1#?secret=abc123XYZ0"', html)


@pytest.mark.parametrize("kind", KINDS)
def test_in_wordpress_it_shows_resizes_and_leads_on(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits, kind: str
) -> None:
    embedded = wordpress(town, f"{town.url}/widgets/{widgets[kind]}")
    page = visit(parks.allowed + parks.put(f"/wp-{kind}", embedded + WORDPRESS), width=800)
    page.wait_for_function("!document.querySelector('iframe').hasAttribute('style')")
    expect(page.locator("blockquote")).to_be_hidden()
    document = inner(page)
    assert document.evaluate("getComputedStyle(document.querySelector('main')).borderTopWidth") == (
        "4px"
    )
    before = tall(page)
    more = grown(page, 300, than=before)
    assert more > before
    assert grown(page, 0, than=more) == before
    page.frame_locator(FRAME).get_by_role("link", name="Aberwern Voice").click()
    page.wait_for_url(f"{town.url}/")


def test_in_wordpress_a_page_s_own_link_is_enough(
    town: Town, parks: Council, widgets: dict[str, int], visit: Visits
) -> None:
    assert widgets
    ref = town.refs()[0]
    embedded = wordpress(town, f"{town.url}/ideas/{ref}")
    page = visit(parks.allowed + parks.put("/wp-page", embedded + WORDPRESS))
    expect(page.frame_locator(FRAME).get_by_role("heading", level=1)).to_have_text(town.title(ref))
    other = visit(parks.allowed + parks.put("/wp-plain", embedded), javascript=False)
    expect(other.locator("blockquote a")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_frames_are_accessible(
    town: Town, widgets: dict[str, int], visit: Visits, scheme: str, width: int
) -> None:
    page = visit(width=width)
    for kind, number in widgets.items():
        for prefix in ("", "/cy"):
            slug = f"{kind}/{QUESTION}" if kind in ("top", "challenge") else None
            at = f"{prefix}/widgets/{slug}?scheme={scheme}" if slug else f"/widgets/{number}"
            page.goto(town.url + at)
            assert_accessible(page, f"{kind} {scheme}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{town.url}/widgets/99999?scheme={scheme}&accent=ffd633")
    assert_accessible(page, "gone")
