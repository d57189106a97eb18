"""The first view of a list: one round of requests, light enough for a bad line, and still."""

import brotli
import pytest
from playwright.sync_api import Response, Route

from tests.browser.town import QUESTION, Town
from tests.servers.browser import Visits

LIST = f"/challenges/{QUESTION}"
MOST_REQUESTS = 5
MOST_BYTES = 45 * 1024
MOST_HTML = 6 * 1024
PROXY_QUALITY = 5
"""Of Brotli: what a proxy has time for while somebody waits."""


def test_the_first_view_of_a_list_is_one_small_round(town: Town, visit: Visits) -> None:
    page = visit()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note(event: dict[str, object]) -> None:
        asked[str(event["requestId"])] = str(event["request"]["url"])  # type: ignore[index]

    def weigh(event: dict[str, object]) -> None:
        sizes[str(event["requestId"])] = int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.requestWillBeSent", note)
    session.on("Network.loadingFinished", weigh)
    page.goto(town.url + LIST, wait_until="networkidle")
    asked = {key: url for key, url in asked.items() if not url.startswith("data:")}
    html = town.read(LIST).encode()
    weights = {
        url: len(brotli.compress(html, quality=PROXY_QUALITY))
        if url == town.url + LIST
        else sizes[key]
        for key, url in asked.items()
    }
    told = "\n".join(f"{weight:7} {url}" for url, weight in weights.items())
    assert len(weights) <= MOST_REQUESTS, told
    assert sum(weights.values()) <= MOST_BYTES, f"{sum(weights.values())} bytes:\n{told}"


def test_assets_come_compressed_and_are_kept_for_good(town: Town, visit: Visits) -> None:
    page = visit()
    assets: list[Response] = []

    def keep(answer: Response) -> None:
        if "/assets/" in answer.url:
            assets.append(answer)

    page.on("response", keep)
    page.goto(town.url + LIST)
    assert len(assets) == 2
    for answer in assets:
        headers = answer.all_headers()
        assert headers["content-encoding"] in ("br", "gzip")
        assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("quality", [1, PROXY_QUALITY])
@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_twenty_ideas_are_six_kilobytes(town: Town, prefix: str, quality: int) -> None:
    html = town.read(f"{prefix}/ideas?order=newest")
    assert html.count('<article class="card') == 20
    size = len(brotli.compress(html.encode(), quality=quality))
    assert size <= MOST_HTML, f"{size} bytes at quality {quality}"


@pytest.mark.parametrize("path", ["/", LIST, "/ideas", "/ideas/{ref}", LIST + "/suggest"])
@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_moves_while_a_page_comes(town: Town, visit: Visits, path: str, width: int) -> None:
    page = visit(width=width, reduced_motion="no-preference")
    page.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => {
            for (const {value, sources} of list.getEntries()) {
                const what = sources.map(({node}) => node?.outerHTML?.slice(0, 120));
                window.shifts.push({value, what});
            }
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    address = town.url + path.format(ref=town.refs()[0])

    def whole(route: Route) -> None:
        """In parts, a card's foot moves a little when its neighbour comes (docs/NEXT.md)."""
        route.fulfill(response=route.fetch())

    def late(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route(address, whole)
    page.route("**/*.js", late)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    shifts = page.evaluate("window.shifts")
    assert sum(each["value"] for each in shifts) == 0, shifts
