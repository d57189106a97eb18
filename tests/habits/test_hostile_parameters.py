"""Whatever stands in an address or a field: no mistake of ours shows, nothing leaks or changes."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from citizen_voice.web.access import SAFE_METHODS, mark_of
from tests.client import Client, FormFinder, token_in
from tests.factories.people import resident
from tests.habits import addresses
from tests.habits.rows import everything
from tests.habits.test_matrix import differing, few, lost, owned
from tests.habits.world import World, browser

HOSTILE = (
    "' OR 1=1--",
    '"; DROP TABLE persons; --',
    "<script>alert(1)</script>",
    "\x00",
    "a\x00b",
    "x" * 20_000,
    "../../../etc/passwd",
    "-1",
    "99999999999999999999",
    "01890000-0000-7000-8000-0000000000fe",
    "{{ 7 * 7 }}%s%(x)s",
    "\u202e\u0000\U0001f333\ufffe",
)
ALONE = HOSTILE[0], HOSTILE[3], HOSTILE[8]
"""Those that are put into one field at a time, too."""

NAMES = ("next", "done", "after", "order", "q", "from", "page")
ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


def of_resident(app: Flask, rule: Rule) -> bool:
    """Whether residents and visitors come there at all."""
    return mark_of(app.view_functions[rule.endpoint]) != "role"


def spoilt(rule: Rule, world: World) -> Iterator[str]:
    """The addresses of a rule with one argument that is hostile, or somebody else's key."""
    names = ARGUMENT.findall(rule.rule)
    keys = (world.resident, world.draft, world.other_session, world.colleague)
    right = {name: quote(str(addresses.ARGUMENTS[name](world)[0]), safe="") for name in names}
    for name in names:
        ours = {str(each) for each in addresses.ARGUMENTS[name](world)}
        for value in (*HOSTILE, *(str(key) for key in keys)):
            if value in ours or len(value) > 2000:
                continue
            values = right | {name: quote(value, safe="")}
            yield ARGUMENT.sub(lambda found, put=values: put[found[1]], rule.rule)  # type: ignore[misc]


def told(app: Flask, world: World, client: Client, reader: str) -> dict[str, dict[str, dict]]:  # type: ignore[type-arg]
    """What pages send where: path → method → names of fields and their values."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for address in addresses.of_reader(app, reader, addresses.safe(app, world)):
        answer = client.get(address.path)
        if answer.mimetype != "text/html":
            continue
        for form in FormFinder(answer.text, address.path).forms:
            path = urlsplit(form["action"]).path
            found[path][form["method"].lower()] |= form["fields"]
        for link in re.findall(r'href="(/[^"]*\?[^"]*)"', answer.text):
            parts = urlsplit(link.replace("&amp;", "&"))
            found[parts.path]["get"] |= dict(parse_qsl(parts.query))
    return found


class Secrets:
    """What nobody may read who is not its owner."""

    def __init__(self, world: World) -> None:
        rows = db.session.execute(select(Person.id, Person.email)).all()
        self.words = {row.email for row in rows if row.email} | {"A wall to sit on"}
        self.words |= {world.invitation, world.asked, world.confirmed}

    def in_(self, answer: TestResponse, sent: str) -> list[str]:
        """Those that an answer has, and that it was not sent."""
        text = answer.data.decode("utf-8", "replace")  # a picture is no text
        return [word for word in self.words if word in text and word not in sent]


class Sender:
    """A browser that signs in anew where what it sent signed it out, or in."""

    def __init__(self, app: Flask, world: World, reader: str, stranger: UUID) -> None:
        as_whom = "visitor" if reader == "stranger" else reader
        self._open: Callable[[], Client] = lambda: browser(app, world, as_whom)
        self._stranger = stranger if reader == "stranger" else None
        self._client: Client | None = None
        self._token = ""

    def send(self, address: addresses.Address, sent: dict[str, str]) -> TestResponse:
        """Send a form."""
        if self._client is None:
            self._client = self._open()
            if self._stranger is not None:
                self._client.sign_in(self._stranger)
            self._token = token_in(self._client.get("/rules").text)
        answer = self._client.open(
            address.path, method=address.method, data=sent | {"csrf_token": self._token}
        )
        if "Set-Cookie" in answer.headers or answer.status_code == 403:
            self._client = None
        return answer


def test_hostile_arguments_of_addresses_find_nothing_and_change_nothing(
    app: Flask, world: World
) -> None:
    stranger = resident(email="stranger@example.org")
    secrets = Secrets(world)
    secrets.words.discard("stranger@example.org")
    wrong = []
    for reader in ("stranger", "colleague"):
        client = browser(app, world, "visitor" if reader == "stranger" else reader)
        if reader == "stranger":
            client.sign_in(stranger)
        token = token_in(client.get("/rules").text)
        before = everything()
        for rule in addresses.rules(app):
            if of_resident(app, rule) == (reader == "colleague") or rule.rule.startswith("/static"):
                continue
            for path in spoilt(rule, world):
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    data = None if method in SAFE_METHODS else {"csrf_token": token}
                    answer = client.open(path, method=method, data=data)
                    leaks = [] if reader == "colleague" else secrets.in_(answer, path)
                    if answer.status_code >= 500 or leaks:
                        wrong.append(f"{method} {path[:90]} {reader}: {answer.status_code} {leaks}")
        assert differing(before, everything()) <= {"sessions"}, reader
    assert not wrong, "\n".join(wrong)


def test_hostile_queries_are_refused_in_words_and_show_nothing(app: Flask, world: World) -> None:
    secrets = Secrets(world)
    wrong = []
    for reader in ("visitor", "resident", "colleague"):
        client = browser(app, world, reader)
        known = told(app, world, client, reader)
        before = everything()
        for path in readable(app, world, reader):
            names = {*NAMES, *known.get(path, {}).get("get", {})}
            tries = [dict.fromkeys(names, value) for value in HOSTILE]
            tries += [{name: value} for name in names - set(NAMES) for value in ALONE]
            for query in tries:
                answer = client.get(f"{path}?{urlencode(query)}")
                leaks = secrets.in_(answer, path) if reader == "visitor" else []
                if answer.status_code >= 500 or leaks:
                    wrong.append(f"{path} {short(query)} {reader}: {answer.status_code} {leaks}")
        assert differing(before, everything()) <= {"sessions"}, reader
    assert not wrong, "\n".join(wrong)


def test_hostile_fields_are_refused_in_words_and_touch_nobody_else(
    app: Flask, world: World
) -> None:
    stranger = resident(email="stranger@example.org")
    secrets = Secrets(world)
    secrets.words.discard("stranger@example.org")
    wrong = []
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for reader in ("signing in", "first time", "resident", "colleague"):
        for path, methods in told(app, world, browser(app, world, reader), reader).items():
            known[path] |= methods.get("post", {})
    mine = owned(everything(), world.resident)
    for reader in ("visitor", "stranger", "colleague"):
        sender = Sender(app, world, reader, stranger)
        for address in few(addresses.unsafe(app, world)):
            if (mark_of(app.view_functions[address.endpoint]) == "role") != (reader == "colleague"):
                continue
            fields = dict(known[address.path])
            fields.pop("csrf_token", None)
            names = set(fields) or {"value", "words", "name"}
            tries = [dict.fromkeys(names, value) for value in HOSTILE]
            tries += [fields | {name: value} for name in names for value in ALONE[1:2]]
            for sent in tries:
                answer = sender.send(address, sent)
                said = f"{sent}{address.path}"
                leaks = [] if reader == "colleague" else secrets.in_(answer, said)
                if answer.status_code >= 500 or leaks:
                    wrong.append(f"{address} {short(sent)} {reader}: {answer.status_code} {leaks}")
        if reader != "colleague":
            changed_rows = set(lost(mine, owned(everything(), world.resident)))
            assert changed_rows <= {"comments"}, reader  # which have the number of their replies
    assert not wrong, "\n".join(wrong)


def readable(app: Flask, world: World, reader: str) -> list[str]:
    """A path of each endpoint that a reader comes to; what exists in development alone apart."""
    first: dict[str, str] = {}
    for each in addresses.of_reader(app, reader, addresses.safe(app, world)):
        if mark_of(app.view_functions[each.endpoint]) != "development":
            first.setdefault(each.endpoint, each.path.partition("?")[0])
    return list(first.values())


def short(sent: dict[str, str]) -> str:
    """Some of what was sent."""
    return repr({name: value[:24] for name, value in sent.items()})[:200]
