"""What is driven, in which order: the site's pages and the floors, by turns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from benchmarks.drive import Answer, Failed, Request, Run, ask, drive
from benchmarks.servers import FLOORS, PORTS, SITE, worked_seconds
from citizen_voice.site import storage

VALUES = ("support", "oppose", "skip")
COOKIE = f"__Host-{storage.SESSION}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
WARM_UP = 1
LOOKS = 8


@dataclass(frozen=True)
class Target:
    """Something to drive. ``requests`` are made afresh before each run.

    ``after`` looks at the server again once the run is over, and raises ``Failed`` where that was
    not what it should have measured.
    """

    name: str
    server: str
    group: str
    requests: Callable[[], Sequence[Request]]
    after: Callable[[Sequence[Request]], None] = lambda _requests: None


@dataclass
class Driven:
    """What came of the rounds: each target's runs, or the reason why it has none.

    ``again`` tells which had to be driven a second time, and why; ``web_processes`` has for each
    server a function that names its processes.
    """

    runs: dict[str, list[Run]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    again: dict[str, str] = field(default_factory=dict)
    web_processes: Mapping[str, Callable[[], list[int]]] = field(default_factory=dict)


def in_rounds(targets: Sequence[Target], rounds: int, seconds: int, into: Driven) -> None:
    """Drive each target in each round, forwards and backwards by turns, after a warm-up.

    A target that fails is driven once more, which is told; one that fails again is left out from
    there on, with the reason.
    """
    for turn in range(rounds + 1):
        for target in targets if turn % 2 else reversed(targets):
            if target.name in into.failed:
                continue
            try:
                run = _with_patience(target, seconds if turn else WARM_UP, into)
            except Failed as reason:
                into.failed[target.name] = str(reason)
                into.runs.pop(target.name, None)
                continue
            if turn and not run.requests:
                into.failed[target.name] = f"no answer within {seconds} s"
            elif turn:
                into.runs.setdefault(target.name, []).append(run)


def _with_patience(target: Target, seconds: int, into: Driven) -> Run:
    web_processes = into.web_processes[target.server]
    if target.name not in into.again:
        try:
            return _once(target, seconds, web_processes())
        except Failed as reason:
            into.again[target.name] = str(reason)
    return _once(target, seconds, web_processes())


def _once(target: Target, seconds: int, web_processes: Sequence[int]) -> Run:
    requests = target.requests()
    before = worked_seconds(web_processes)
    run = drive(PORTS[target.server], requests, seconds)
    worked = worked_seconds(web_processes) - before
    target.after(requests)
    return replace(run, cpu=1e6 * worked / max(run.requests, 1))


class Town:
    """The requests of a seeded council's people. ``facts`` is what ``seed`` gave."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts
        self._me = {"Cookie": f"{COOKIE}={facts['tokens'][0]}"}
        self._forms: list[dict[str, str]] | None = None

    def reading(self) -> list[Target]:
        """Everything that is read while nothing is written."""
        facts = self.facts
        idea, long = f"/ideas/CV-{facts['commented']}", f"/ideas/CV-{facts['much_commented']}"
        return [
            _floor("f-hello", "/hello"),
            _floor("f-list", "/list"),
            _floor("f-list-by-driver", "/list-by-driver", group="list"),
            _page("list", "list", "/ideas"),
            _page("list-in", "list", "/ideas", self._me),
            Target("list-pages", SITE, "list", lambda: [Request(one) for one in facts["pages"]]),
            _page("idea", "idea", idea),
            _page("idea-much-commented", "idea", long),
            _again("again-quiet-list", "/ideas"),
            _again("again-quiet-idea", idea),
        ]

    def looking(self) -> list[Target]:
        """What is asked for, and asked for again, while somebody else commits."""
        idea = f"/ideas/CV-{self.facts['commented']}"
        return [
            _floor("f-hello-beside", "/hello"),
            _floor("f-list-beside", "/list"),
            _page("list-beside", "list", "/ideas"),
            _page("list-in-beside", "list", "/ideas", self._me),
            _page("idea-beside", "idea", idea),
            _again("again-looked-list", "/ideas"),
            _again("again-looked-idea", idea),
        ]

    def answering(self) -> list[Target]:
        """Answers, and the floor of writing."""
        facts = self.facts
        twenty, one = facts["answered"], [facts["alone"]]
        return [
            Target("f-write", FLOORS, "answer", lambda: list(_bare_writes(twenty))),
            Target("answer", SITE, "answer", lambda: list(self._answers(twenty, HTMX)), _answered),
            Target("answer-form", SITE, "answer", lambda: list(self._answers(twenty, {}))),
            Target("answer-one", SITE, "answer", lambda: list(self._answers(one, HTMX)), _answered),
        ]

    def slow_disk(self) -> list[Target]:
        """Answers to one idea, for a disk that is slow to flush."""
        one = [self.facts["alone"]]
        name = "answer-slow-disk"
        return [Target(name, SITE, "answer", lambda: list(self._answers(one, HTMX)), _answered)]

    def stale(self) -> int:
        """How often an idea's page was said to be unchanged, right after its figures changed."""
        person = self._people()[0]
        idea, path = self.facts["alone"], f"/ideas/CV-{self.facts['alone']}"
        wrong = 0
        ask(PORTS[SITE], _answer(idea, "support", person, HTMX))
        for value in ("oppose", "skip", "support"):
            tag = ask(PORTS[SITE], Request(path)).headers.get("etag", "")
            ask(PORTS[SITE], _answer(idea, value, person, HTMX))
            for _ in range(LOOKS):
                wrong += (
                    ask(PORTS[SITE], Request(path, headers={"If-None-Match": tag})).status != 200
                )
        return wrong

    def browsing(self) -> list[Request]:
        """What fills memory: many pages of the list, signed in and not, and many ideas."""
        pages, ideas = self.facts["pages"], self.facts["idea_pages"]
        wanted = []
        for at, address in enumerate(ideas):
            listed = pages[at % len(pages)]
            wanted += [Request(address), Request(listed), Request(listed, headers=self._me)]
        return wanted

    def _answers(self, ideas: Sequence[int], headers: Mapping[str, str]) -> Iterator[Request]:
        """Sixteen people answer these ideas, and change their minds twice."""
        for turn in range(len(VALUES)):
            for place, idea in enumerate(ideas):
                for at, person in enumerate(self._people()):
                    value = VALUES[(turn + place + at) % len(VALUES)]
                    yield _answer(idea, value, person, headers)

    def _people(self) -> list[dict[str, str]]:
        if self._forms is None:
            self._forms = [self._form(token) for token in self.facts["tokens"]]
        return self._forms

    def _form(self, token: str) -> dict[str, str]:
        """Somebody's cookie, and the token that stands in the forms of their pages."""
        cookie = f"{COOKIE}={token}"
        address = f"/ideas/CV-{self.facts['alone']}"
        page = ask(PORTS[SITE], Request(address, headers={"Cookie": cookie}))
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        if page.status != 200 or found is None:
            raise Failed(f"no form for an answer on {address}: {page.status}")
        return {"cookie": cookie, "csrf": found[1]}


def _answer(
    idea: int, value: str, person: Mapping[str, str], headers: Mapping[str, str]
) -> Request:
    """Somebody's answer, as a list's form sends it."""
    fields = {"value": value, "from": "list", "csrf_token": person["csrf"]}
    sent = {**FORM, **headers, "Cookie": person["cookie"], "Sec-Fetch-Site": "same-origin"}
    return Request(f"/ideas/CV-{idea}/answer", "POST", sent, urlencode(fields))


def _floor(name: str, path: str, group: str = "floor") -> Target:
    return Target(name, FLOORS, group, lambda: [Request(path)])


def _page(name: str, group: str, path: str, headers: Mapping[str, str] | None = None) -> Target:
    return Target(name, SITE, group, lambda: [Request(path, headers=headers or {})])


def _again(name: str, path: str) -> Target:
    """A page with the ETag that it came with."""

    def requests() -> list[Request]:
        first = ask(PORTS[SITE], Request(path))
        if "etag" not in first.headers:
            raise Failed(f"{path} comes without an ETag")
        wanted = Request(path, headers={"If-None-Match": first.headers["etag"]})
        _unchanged(ask(PORTS[SITE], wanted), path)
        return [wanted]

    def after(requests: Sequence[Request]) -> None:
        _unchanged(ask(PORTS[SITE], requests[0]), path)

    return Target(name, SITE, "again", requests, after)


def _unchanged(answer: Answer, path: str) -> None:
    if answer.status != 304:
        raise Failed(f"{path} with its ETag: {answer.status}, not 304")


def _answered(requests: Sequence[Request]) -> None:
    """The last answer, given once more, is answered with its card."""
    answer = ask(PORTS[SITE], requests[-1])
    if answer.status != 200 or b'value="' not in answer.body:
        raise Failed(f"{requests[-1].path}: {answer.status}")


def _bare_writes(ideas: Sequence[int]) -> Iterator[Request]:
    for value in (1, -1, 0):
        for idea in ideas:
            for person in range(16):
                body = urlencode({"idea": idea, "person": person, "value": value})
                yield Request("/write", "POST", FORM, body)
