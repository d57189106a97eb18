"""What a first view of the list weighs on the wire, and a widget in somebody else's page."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import brotli

from benchmarks.drive import Answer, Failed, Request, ask

PROXY_QUALITY = 5
"""Of Brotli: what a proxy has time for while somebody waits."""
CARDS = 20
LOADER = "/widgets/loader.js"
_IN_STYLES = re.compile(r"""url\(\s*['"]?(?!data:)([^'")]+)""")


class _Linked(HTMLParser):
    """The addresses that a browser loads with a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: dict[str, None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "icon", "preload"} & set(given.get("rel", "").split()):
            self._add(given.get("href"))
        elif tag in ("script", "img"):
            self._add(given.get("src"))

    def _add(self, address: str | None) -> None:
        if address and not address.startswith("data:"):
            self.addresses.setdefault(address)


def measure(port: int) -> dict[str, float]:
    """Requests and kilobytes of the list's first view, and of the page with twenty ideas.

    Headers are not counted. Pages are compressed as a proxy would; files come as they are sent.
    """
    weights = _weights(port, "/ideas")
    twenty = _get(port, "/ideas?order=newest")
    shown = twenty.text.count("<article")
    if shown != CARDS:
        raise Failed(f"the list shows {shown} ideas, not {CARDS}")
    return {
        "requests": len(weights),
        "kilobytes": sum(weights.values()) / 1024,
        "html": _compressed(twenty.body) / 1024,
    } | _named(weights)


def of_widget(port: int, path: str) -> dict[str, float]:
    """Requests and kilobytes of a widget with all that it loads; apart from it the loader.

    The loader is asked for once a page, however many widgets stand there.
    """
    weights = _weights(port, path)
    loader = _compressed(_get(port, LOADER).body)
    found = {"requests": len(weights), "kilobytes": sum(weights.values()) / 1024}
    return found | _named(weights | {LOADER: loader})


def _weights(port: int, path: str) -> dict[str, int]:
    """The bytes of a page and of each file that a browser loads with it."""
    page = _get(port, path)
    weights = {path: _compressed(page.body)}
    for address in _Linked(page.text).addresses:
        file = _get(port, address)
        sent = len(file.body)
        if "content-encoding" not in file.headers and "text" in file.headers["content-type"]:
            sent = _compressed(file.body)
        weights[address] = sent
        if "css" in file.headers["content-type"]:
            for further in _IN_STYLES.findall(_readable(file)):
                weights.setdefault(further, len(_get(port, further).body))
    return weights


def _named(weights: Mapping[str, int]) -> dict[str, float]:
    return {f"bytes of {re.sub('-[0-9a-f]+', '', name)}": size for name, size in weights.items()}


def _get(port: int, address: str) -> Answer:
    answer = ask(port, Request(address, headers={"Accept-Encoding": "br"}))
    if answer.status != 200:
        raise Failed(f"{address}: {answer.status}")
    return answer


def _readable(file: Answer) -> str:
    packed = file.headers.get("content-encoding") == "br"
    return (brotli.decompress(file.body) if packed else file.body).decode()


def _compressed(body: bytes) -> int:
    return len(brotli.compress(body, quality=PROXY_QUALITY))
