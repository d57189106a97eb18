"""What other sites show and programs ask for, without a cookie: widgets, the API, a feed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from benchmarks.council import EMBEDDING
from benchmarks.drive import Answer, Failed, Request, ask
from benchmarks.servers import PORTS, SITE
from benchmarks.targets import Target

API = "/api/v1/ideas"
FRAMED = {
    "Referer": f"{EMBEDDING}/",
    "Sec-Fetch-Dest": "iframe",
    "Sec-Fetch-Site": "cross-site",
}
"""What a browser says that shows a widget in somebody else's page, and by which it is counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address. ``mark`` stands so many ``times`` in what it answers with."""

    name: str
    path: str
    mark: bytes
    times: int
    headers: Mapping[str, str]

    def hold(self, answer: Answer) -> None:
        """Raise ``Failed`` for anything but a whole answer: a widget that is gone says 200, too."""
        found = answer.body.count(self.mark)
        if answer.status != 200 or found != self.times:
            said = f"{found} × {self.mark.decode()}, not {self.times}"
            raise Failed(f"{self.path}: {answer.status}, {said}")


def asked(widgets: Mapping[str, str]) -> list[Asked]:
    """Everything that is asked for; ``widgets`` as ``council.widgets`` gives them.

    ``api-next`` has the address of the first page, which names its own (``next_page``).
    """
    return [
        Asked("widget-top", widgets["top"], b"<li>", 5, FRAMED),
        Asked("widget-idea", widgets["idea"], b'class="figure"', 1, FRAMED),
        Asked("api", API, b'"title":', 20, {}),
        Asked(NEXT, API, b'"title":', 20, {}),
        Asked("feed", "/feeds/ideas.atom", b"<entry", 20, {}),
    ]


NEXT = "api-next"
NAMES = ("widget-top", "widget-idea", "api", NEXT, "feed")


def next_page(body: bytes) -> str:
    """Where a list of the API says that it goes on. Raises ``Failed`` at its end."""
    found = json.loads(body)["next"]
    if found is None:
        raise Failed(f"{API} has one page")
    parts = urlsplit(found)
    return f"{parts.path}?{parts.query}"


def reading(facts: Mapping[str, Any]) -> list[Target]:
    """All of it while nothing is written. ``facts`` is what ``seed`` gave."""
    return _targets(facts, "")


def looking(facts: Mapping[str, Any]) -> list[Target]:
    """All of it while somebody else commits."""
    return _targets(facts, "-beside")


def _targets(facts: Mapping[str, Any], end: str) -> list[Target]:
    return [
        Target(f"{one.name}{end}", SITE, "openly", _requests(one), partial(_look, one))
        for one in asked(facts["widgets"])
    ]


def _requests(one: Asked) -> Callable[[], Sequence[Request]]:
    def requests() -> list[Request]:
        path = one.path
        if one.name == NEXT:
            path = next_page(ask(PORTS[SITE], Request(path)).body)
        return [Request(path, headers=one.headers)]

    return requests


def _look(one: Asked, requests: Sequence[Request]) -> None:
    """Look whether what was driven was the page that was meant."""
    one.hold(ask(PORTS[SITE], requests[0]))
