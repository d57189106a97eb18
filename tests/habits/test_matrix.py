"""Every address × every reader: who may comes in, nobody else does, and nothing of theirs changes.

The table is made from the routes and their marks (``web.access``), so a new address is in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.team import services as team
from citizen_voice.team.models import ROLES
from citizen_voice.web.access import ANY_ROLE, SAFE_METHODS, mark_of
from tests.client import Client, token_in
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits import addresses
from tests.habits.addresses import Address
from tests.habits.rows import Rows, changed, everything
from tests.habits.world import World

IN, SIGN_IN, STAFF_SIGN_IN, REFUSED = "in", "sign in", "sign in as staff", "refused"
NO_ROLE = "staff, no role left"
BY_CODE = "colleague, by code"
STRANGER, OWNER, VISITOR = "resident", "resident, owner", "visitor"
READERS = (VISITOR, STRANGER, OWNER, BY_CODE, NO_ROLE, *ROLES)
MARKS_WORDS = ("Your role does not let you do that", "Your staff session has ended")
COUNTED = {"limit_hits", "pending_sign_ins"}
"""What a refusal may leave: that it was tried, and the form that waits for its sign-in."""

COUNTERS = {
    "comments.reply": {"comments"},
    "news.stop": {"news_choices"},
    "consent.stop": {"consents"},
}
"""What somebody else's act rightly touches: a comment has the number of its replies; the signed
address of a letter stops such letters without a sign-in (RFC 8058)."""

TYPED = {
    "title": "A title that somebody else gave it",
    "body": "Words of somebody else.",
    "comment": "Words of somebody else.",
    "value": "support",
    "words": "Words of somebody else.",
    "why": "other",
    "reason": "Because of somebody else.",
    "name": "Somebody else",
    "lang": "en",
    "place": "",
    "email": "somebody-else@example.org",
}


@dataclass(frozen=True, slots=True)
class People:
    """The keys of who reads."""

    world: World
    keys: dict[str, UUID]

    def browser(self, app: Flask, reader: str) -> Client:
        """A fresh browser of a reader's."""
        client = app.test_client()
        assert isinstance(client, Client)
        if reader != VISITOR:
            staff = reader in ROLES or reader == NO_ROLE
            client.sign_in(self.keys[reader], staff=staff)
        return client


@pytest.fixture
def people(app: Flask, world: World) -> People:
    """One of each kind of reader."""
    keys = {STRANGER: resident(), OWNER: world.resident, BY_CODE: world.colleague}
    keys |= {name: colleague(name) for name in ROLES}
    keys[NO_ROLE] = resident()
    yesterday = clock.today() - timedelta(days=1)
    with clock.at(clock.start_of(yesterday)), write():
        team.admit(keys[NO_ROLE], ROLES, actor=None, ends_on=yesterday)
    return People(world, keys)


def expected(view: Callable[..., object], reader: str) -> str:
    """What the mark under a route says of a reader."""
    mark = mark_of(view)
    if mark in ("everyone", "openly", "development", "machine"):
        return IN
    if mark == "members":
        return SIGN_IN if reader == VISITOR else IN
    assert mark == "role", mark
    if reader not in (*ROLES, NO_ROLE):
        return STAFF_SIGN_IN
    wanted: frozenset[str] = view.access_roles  # type: ignore[attr-defined]  # put by the mark
    return IN if reader in wanted or (ANY_ROLE in wanted and reader != NO_ROLE) else REFUSED


def few(found: Sequence[Address]) -> list[Address]:
    """Of each route and method an own thing and somebody else's: what tells one from the other."""
    kept: dict[tuple[str, str, str], list[Address]] = {}
    for each in found:
        kept.setdefault((each.endpoint, each.rule, each.method), []).append(each)
    return [each for group in kept.values() for each in group[:2]]


def every(app: Flask, world: World, methods: str) -> Iterator[Address]:
    """Every address: to be read, or to be sent something."""
    if methods == "read":
        yield from few([each for each in addresses.safe(app, world) if "?" not in each.path])
    else:
        yield from few(addresses.unsafe(app, world))


def keeps_out(answer: TestResponse, method: str, what: str) -> bool:
    """Whether an answer does what is expected for who is not let in."""
    if what == SIGN_IN:
        return answer.status_code == 303 and answer.location.startswith("/sign-in")
    if what == STAFF_SIGN_IN and method in SAFE_METHODS:
        return answer.status_code == 303 and answer.location.startswith("/staff/sign-in?next=")
    return answer.status_code in (403, 404)


def lets_in(answer: TestResponse) -> bool:
    """Whether an answer does not come from the mark, whatever the thing itself says to it."""
    said = answer.status_code == 403 and any(words in answer.text for words in MARKS_WORDS)
    return answer.status_code < 500 and answer.status_code != 401 and not said


def differing(before: Rows, after: Rows) -> set[str]:
    """The tables that differ, but for what any refusal may leave."""
    return changed(before, after) - COUNTED


def test_every_address_lets_in_who_may_read_it_and_nobody_else(app: Flask, people: People) -> None:
    wrong = []
    for reader in READERS:
        client = people.browser(app, reader)
        before = everything()
        for address in every(app, people.world, "read"):
            what = expected(app.view_functions[address.endpoint], reader)
            answer = client.get(address.path)
            if not (lets_in(answer) if what == IN else keeps_out(answer, "GET", what)):
                wrong.append(f"{address} as {reader}: {answer.status_code}, should be {what}")
        assert differing(before, everything()) == set(), reader
    assert not wrong, "The mark under the route decides (web.access):\n" + "\n".join(wrong)


def test_who_may_not_send_something_changes_nothing(app: Flask, people: People) -> None:
    wrong = []
    for reader in READERS:
        client = people.browser(app, reader)
        token = token_in(client.get("/").text)
        before = everything()
        for address in every(app, people.world, "send"):
            what = expected(app.view_functions[address.endpoint], reader)
            if what == IN:
                continue
            answer = client.open(
                address.path, method=address.method, data=TYPED | {"csrf_token": token}
            )
            if not keeps_out(answer, address.method, what):
                wrong.append(f"{address} as {reader}: {answer.status_code}, should be {what}")
        assert differing(before, everything()) == set(), reader
    assert not wrong, "The mark under the route decides (web.access):\n" + "\n".join(wrong)


def test_who_may_send_something_is_let_in(app: Flask, people: People) -> None:
    wrong = []
    for reader in (OWNER, *ROLES):
        for address in every(app, people.world, "send"):
            view = app.view_functions[address.endpoint]
            if expected(view, reader) != IN or (mark_of(view) == "role") == (reader == OWNER):
                continue
            client = people.browser(app, reader)  # the act before may have been to sign out
            token = token_in(client.get("/rules").text)
            answer = client.open(address.path, method=address.method, data={"csrf_token": token})
            if not lets_in(answer):
                wrong.append(f"{address} as {reader}: {answer.status_code}")
    assert not wrong, "Who has the role is refused by the mark:\n" + "\n".join(wrong)


def test_what_is_somebodys_is_changed_by_no_other_resident(app: Flask, people: People) -> None:
    world = people.world
    mine = owned(everything(), world.resident)
    assert {"persons", "sessions", "ideas", "comments", "answers"} <= mine.keys()
    opened = []
    for reader in (VISITOR, STRANGER, BY_CODE):
        for address in few(addresses.unsafe(app, world)):
            if mark_of(app.view_functions[address.endpoint]) == "role":
                continue
            client = people.browser(app, reader)
            token = token_in(client.get("/rules").text)
            client.open(address.path, method=address.method, data=TYPED | {"csrf_token": token})
            now = owned(everything(), world.resident) if address.rule.count("<") else mine
            if set(lost(mine, now)) - COUNTERS.get(address.endpoint, set()):
                opened.append(f"{address} as {reader}: {lost(mine, now)}")
            mine = now
    assert not opened, "The feature's policies have to refuse these:\n" + "\n".join(opened)


def owned(rows: Rows, person: UUID) -> Rows:
    """The rows that name a person, as either database shows their key."""
    marks = (repr(person), repr(person.bytes))
    found = {
        table: [row for row in held if any(mark in row for mark in marks)]
        for table, held in rows.items()
        if table not in COUNTED
    }
    return {table: held for table, held in found.items() if held}


def lost(before: Rows, after: Rows) -> list[str]:
    """The tables in which a row of theirs is gone or another one."""
    return [table for table, held in before.items() if not set(held) <= set(after.get(table, ()))]
