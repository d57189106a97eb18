"""Frames keep nothing in their readers' browsers, where the browser would let them."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.council import council
from tests.browser.framed import KINDS, expect_shown, make, tags
from tests.browser.keeping import KEPT, lenient, setting
from tests.browser.town import QUESTION, Town

LISTENS = """<script>
const heard = new Map();
addEventListener('message', ({ source, data }) => {
    if (data.citizenVoice === 'height') heard.set(source, data.value);
});
</script>"""
HEARD = "Array.from({ length: frames.length }, (_, place) => heard.get(frames[place]))"
READY = "place => frames[place].postMessage({ message: 'ready', secret: 'abc' }, '*')"
TALL = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


def test_no_kind_of_frame_sets_a_cookie_or_stores_anything(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    with council() as parks, lenient(browser, tmp_path) as (context, answers):
        widgets = make(town, parks)
        addresses = [town.url + widgets.path(kind) for kind in KINDS]
        # in WordPress's words, of no widget, and gone
        further = [f"{addresses[0]}#?secret=abc", f"{town.url}/cy/widgets/top/{QUESTION}"]
        further += [f"{town.url}/widgets/99999"]
        page = context.pages[0]
        page.goto(parks.allowed + parks.put("/keeps", LISTENS + tags(addresses + further)))
        for place, kind in enumerate(KINDS):
            expect_shown(widgets, page.frame_locator("iframe").nth(place), kind)
        page.wait_for_function(f"heard.size === {len(addresses + further)}")
        inside = page.frames[1:]
        assert page.evaluate(HEARD) == [frame.evaluate(TALL) for frame in inside]
        page.evaluate(READY, len(KINDS))
        page.reload(wait_until="networkidle")
        page.wait_for_function(f"heard.size === {len(addresses + further)}")
        assert [frame.evaluate(KEPT) for frame in page.frames[1:]] == [[]] * len(inside)
        assert context.cookies() == []
        assert setting(answers) == []
        read = {answer.url for answer in answers}
        assert {*addresses, *(each.partition("#")[0] for each in further)} <= read
        assert any("/frame" in each and each.endswith(".js") for each in read)
