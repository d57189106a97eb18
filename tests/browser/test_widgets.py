"""Frames in a council's own pages, which are another origin: shown, resized, attacked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted
from tests.browser.council import Council, council
from tests.browser.framed import (
    FRAME,
    KINDS,
    Widgets,
    expect_shown,
    grown,
    heading,
    inner,
    make,
    tags,
    tall,
)
from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits, assert_accessible


@pytest.fixture(scope="module")
def parks() -> Iterator[Council]:
    """The council's site."""
    with council() as made:
        yield made


@pytest.fixture(scope="module")
def widgets(town: Town, parks: Council) -> Widgets:
    """A widget of each kind that the council's site may show, and so may what has none."""
    return make(town, parks)


@pytest.mark.parametrize("javascript", [True, False])
def test_each_kind_shows_on_an_allowed_site(
    town: Town, parks: Council, widgets: Widgets, visit: Visits, javascript: bool
) -> None:
    frames = tags([town.url + widgets.path(kind) for kind in KINDS])
    page = visit(parks.allowed + parks.put("/all", frames), javascript=javascript)
    for place, kind in enumerate(KINDS):
        expect_shown(widgets, page.frame_locator(FRAME).nth(place), kind)
    assert len(page.frames) == 1 + len(KINDS)
    assert [frame.evaluate("document.cookie") for frame in page.frames] == [""] * len(page.frames)
    assert page.context.cookies() == []


def test_each_kind_shows_in_its_own_language(
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    welsh = make(town, parks, "cy")
    frames = tags([town.url + welsh.path(kind) for kind in KINDS])
    frames += f'<div data-citizen-voice-widget="top/{QUESTION}" data-lang="cy"></div>'
    frames += '<div data-citizen-voice-widget="idea/CV-99999" data-lang="cy"></div>'
    frames += f'<script src="{town.url}/widgets/loader.js"></script>'
    page = visit(parks.allowed + parks.put("/welsh", frames), height=6000)
    for place, kind in enumerate((*KINDS, "top")):
        frame = page.frame_locator(FRAME).nth(place)
        expect(frame.locator("html")).to_have_attribute("lang", "cy")
        expect_shown(welsh, frame, kind)
    gone = page.frame_locator(FRAME).nth(len(KINDS) + 1)
    expect(gone.get_by_role("heading", level=1)).to_have_text(welsh.gone)
    for kind in ("top", "challenge", "pilot", "changes"):
        assert welsh.shown[kind].heading != widgets.shown[kind].heading
    assert welsh.gone != widgets.gone
    challenge = page.frame_locator(FRAME).nth(KINDS.index("challenge"))
    challenge.get_by_role("link", name=welsh.shown["challenge"].words).click()
    page.wait_for_url(f"{town.url}/cy/challenges/{QUESTION}")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_idea_that_is_hidden_is_gone_from_open_pages_with_the_next_load(
    town: Town, parks: Council, widgets: Widgets, visit: Visits, javascript: bool
) -> None:
    slug = town.challenge(f"weir-{javascript}".lower())
    title, body = f"Otters on the weir {javascript}", "They need a holt."
    ref = town.idea(slug, title=title, body=body)
    with town.inside(), write():
        wanted = Wanted(name="Otters", kind="idea", idea_id=int(ref[3:]))
        number = services.make(wanted, [parks.allowed], actor=None)
    paths = [f"widgets/{number}", f"widgets/idea/{ref}"]
    lists = [f"widgets/top/{slug}", f"widgets/challenge/{slug}"]
    frames = tags([f"{town.url}/{path}" for path in paths + lists])
    page = visit(parks.allowed + parks.put(f"/hidden-{slug}", frames), javascript=javascript)
    for place in range(len(paths + lists)):
        expect(page.frame_locator(FRAME).nth(place).locator("main")).to_contain_text(title)
    with town.inside(), write():
        ideas.hide(int(ref[3:]), actor=None, reason="It gives a phone number.")
    page.reload(wait_until="networkidle")
    for place in range(len(paths)):
        frame = page.frame_locator(FRAME).nth(place)
        expect(frame.get_by_role("heading", level=1)).to_have_text(widgets.gone)
    for place in range(len(paths), len(page.frames) - 1):
        shown = page.frame_locator(FRAME).nth(place)
        expect(shown.locator("main")).to_contain_text(heading(town, f"/challenges/{slug}"))
    assert len(page.frames) == 1 + len(paths + lists)
    for document in page.frames:
        source = document.content()
        assert title not in source
        assert body not in source


def test_a_link_of_a_frame_opens_at_the_top(
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    frame = f'<iframe src="{town.url}{widgets.path("challenge")}" height="700"></iframe>'
    page = visit(parks.allowed + parks.put("/top", frame), javascript=False)
    page.frame_locator(FRAME).get_by_role("link", name="Have your say").click()
    page.wait_for_url(f"{town.url}/challenges/{QUESTION}")


@pytest.mark.parametrize("by", ["script", "div"])
def test_the_loader_has_the_frame_grow_and_shrink(
    town: Town, parks: Council, widgets: Widgets, visit: Visits, by: str
) -> None:
    number = widgets.numbers["top"]
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
    town: Town, parks: Council, widgets: Widgets, visit: Visits
) -> None:
    evil = parks.put(
        "/evil",
        f'<iframe src="{town.url}/widgets/changes" class="deep"></iframe>'
        "<script>onload = () => [parent, top].forEach("
        "to => to.postMessage({citizenVoice: 'height', value: 777}, '*'))</script>",
    )
    which = f'data-widget="{widgets.numbers["idea"]}"'
    loader = f'<script src="{town.url}/widgets/loader.js" {which}></script>'
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_frames_are_accessible(
    town: Town, widgets: Widgets, visit: Visits, scheme: str, width: int
) -> None:
    page = visit(width=width)
    for kind, number in widgets.numbers.items():
        for prefix in ("", "/cy"):
            slug = f"{kind}/{QUESTION}" if kind in ("top", "challenge") else None
            at = f"{prefix}/widgets/{slug}?scheme={scheme}" if slug else f"/widgets/{number}"
            page.goto(town.url + at)
            assert_accessible(page, f"{kind} {scheme}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{town.url}/widgets/99999?scheme={scheme}&accent=ffd633")
    assert_accessible(page, "gone")
