"""How many statements a page costs: within its budget, whatever the number of rows."""

from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from flask import Flask
from sqlalchemy import update

from citizen_voice import kept
from citizen_voice.answers import services as answers
from citizen_voice.db import db, dialect, write
from citizen_voice.ideas.models import SHUFFLES, IdeaListing
from citizen_voice.ideas.queries.choices import names
from citizen_voice.limits import LimitHit
from tests.client import HTMX, Client, token_in
from tests.factories.ideas import idea
from tests.habits import addresses
from tests.habits.addresses import Address
from tests.habits.growing import grow
from tests.habits.statements import Statements, counted
from tests.habits.world import READERS, World, browser
from tests.widgets.framing import KINDS

SETTINGS, SESSION, ROLES = 1, 1, 1
"""What every page of the site asks, every page for who is signed in, and for a colleague."""

MARK = 1
"""Before a visitor's page PostgreSQL is asked whether anything was committed (``web.front``)."""

ORDINARY = 4
BUDGETS = {
    "ideas.index": 1,
    "feeds.ideas": 1,
    "feeds.of_challenge": 1,
    "feeds.pilot": 1,
    "feeds.changes": 2,
    "feeds.changes_of_challenge": 2,
    "challenges.detail": 3,
    "ideas.detail": 3,  # two where no other idea was joined with it (tests/merging/test_pages)
    "answers.next_idea": 3,
    "board.alike": 5,  # the idea, the menu's counts, and look-alikes, which take three
    "moderation.figures": 5,  # reports, decisions, waits, appeals, and all grounds by name
    "moderation.figures_csv": 5,
    "moderation_staff.case": 14,  # one page for one person at a time: nothing grows with rows
    "moderation_staff.decide": 15,
    "moderation_staff.rules": 5,  # rules, grounds, hours, words, and the menu's counts
    "pilots.detail": 5,  # the trial, its parts, its readings, what is said; whether one hears of it
    "staff.today": 6,  # counts, cases, replies, trials, requests; appeals and the rest
    "pilots_staff.detail": 9,  # one trial, one statement for each kind of what belongs to it
    "pilots_staff.say": 9,
    "pilots_staff.decision": 7,
    "pilots_staff.send_back": 7,
    "desk_staff.detail": 8,  # one request: each kind of what belongs to it; names, the menu
    "desk_staff.settings": 5,
    "privacy.my_data": 6,  # oneself, what is held, standing, choices, requests, rules of keeping
    "retention_staff.index": 5,  # rules, their last runs, holds, who made them, the menu's counts
    "records_staff.processing": 5,  # controller, purposes, rules, processors, the menu's counts
    "records_staff.assessment": 5,  # it, its risks, versions, changes, the menu's counts
    "signposts.index": 1,
    "signposts.pages": 2,  # challenges, and which trials there are where that changed
    "signposts.ideas": 1,
    "widgets.widget": 2,  # the widget, and what it is of
    **{f"widgets.{kind}": 2 for kind in (*KINDS, "changes_of")},  # who may show it, and that
    "widgets.oembed": 2,
    "widgets.theme": 0,
    "widgets.loader": 0,
    "site.theme": 0,
    "site.healthz": 0,
}
"""Statements beyond the settings and the session, by endpoint; ``ORDINARY`` where none is named."""

SEARCH = 3
"""What a list asks besides where words are looked for."""

NAMES = 5
"""What a process reads besides when it begins, or a name has changed.

Wards, topics, challenges, which trials there are, and which notices.
"""

ANSWER = 4
WHOLE: dict[str, dict[str, str]] = {"page": {}}
PARTS = WHOLE | {
    "list": HTMX | {"HX-Target": "section#listing"},
    "more": HTMX | {"HX-Target": "p#more"},
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page sent when somebody has just committed, and at a process's beginning."""

    after_a_commit: Statements
    at_the_beginning: Statements
    allowed: int


def test_statements_of_a_page_do_not_depend_on_the_number_of_rows(app: Flask, world: World) -> None:
    at_the_end_of_the_order(world)
    few = costs(app, world)
    grow(world)
    many = costs(app, world)
    grown = [
        f"{name}: {len(few[name].after_a_commit)} statements with few rows, "
        f"{len(cost.after_a_commit)} with many; now:\n{cost.after_a_commit}"
        for name, cost in many.items()
        if len(cost.after_a_commit) != len(few[name].after_a_commit)
    ]
    assert not grown, (
        "Ask for all rows in one statement (a join, or `IN` with the keys of the page), and hand "
        "templates rows, not objects that load on their own:\n" + "\n".join(grown)
    )
    dear = [
        f"{name}, {when}: {len(sent)} statements, allowed {allowed}:\n{sent}"
        for name, cost in many.items()
        for when, sent, allowed in (
            ("after a commit", cost.after_a_commit, cost.allowed),
            ("at the beginning", cost.at_the_beginning, cost.allowed + NAMES),
        )
        if len(sent) > allowed
    ]
    assert not dear, "Ask for less, or for two things at once:\n" + "\n".join(dear)


def at_the_end_of_the_order(world: World) -> int:
    """An idea that nobody has answered and that comes last all the same; gives its number.

    So *one idea at a time* finds another one, wherever it begins.
    """
    number = idea(world.open)
    last = update(IdeaListing).where(IdeaListing.idea_id == number)
    with write():
        db.session.execute(last.values(shuffle=SHUFFLES - 1))
    return number


def costs(app: Flask, world: World) -> dict[str, Cost]:
    """What every page costs every reader, and may cost."""
    found = {}
    for reader in READERS:
        client = browser(app, world, reader)
        client.get("/")  # connections are made here, and are no page's doing
        common = SETTINGS + {"resident": SESSION, "colleague": SESSION + ROLES}.get(reader, 0)
        if reader == "visitor" and dialect() == "postgresql":
            common += MARK
        variants = PARTS if reader == "resident" else WHOLE
        for address in addresses.of_reader(app, reader, addresses.safe(app, world)):
            for variant, headers in variants.items():
                name = f"{address} as {reader}, {variant}"
                kept.forget()
                commit()
                begun = asked(client, address, headers, name)
                names()
                commit()
                found[name] = Cost(
                    after_a_commit=asked(client, address, headers, name),
                    at_the_beginning=begun,
                    allowed=common + budget(address),
                )
    return found


def budget(address: Address) -> int:
    """What a page may ask beyond settings and session."""
    found = BUDGETS.get(address.endpoint, ORDINARY)
    return found + SEARCH if "q" in parse_qs(urlsplit(address.path).query) else found


def commit() -> None:
    """Somebody does something that no page shows."""
    with write():
        subject = uuid4().hex
        db.session.add(LimitHit(scope="passing", subject=subject, window_end=1, hits=1))


def asked(client: Client, address: Address, headers: dict[str, str], name: str) -> Statements:
    """What a page sends to the databases. It never writes."""
    with counted() as statements:
        answer = client.get(address.path, headers=headers)
    assert answer.status_code < 500, f"{name}: {answer.status_code}"
    assert not statements.written, f"{name} writes: {statements.written}"
    return statements


def test_one_at_a_time_begins_anew_where_the_order_ends_and_asks_once_more(
    app: Flask, world: World
) -> None:
    last = at_the_end_of_the_order(world)
    client = browser(app, world, "resident")
    before = Address("answers.next_idea", "", "GET", f"/challenges/{world.open.slug}/next")
    behind = replace(before, path=f"{before.path}?last=CV-{world.others}")
    over = replace(before, path=f"{before.path}?last=CV-{last}")
    with write():
        answers.cast(world.resident, last, "skip")
        in_order = update(IdeaListing).where(IdeaListing.idea_id == world.others)
        db.session.execute(in_order.values(shuffle=0))
    asked(client, before, {}, "what is kept")
    there, anew = asked(client, behind, {}, "there"), asked(client, over, {}, "anew")
    assert len(anew) == len(there) + 1, f"{there}\n\n{anew}"


def test_an_answer_takes_few_statements(app: Flask, world: World) -> None:
    grow(world)
    client = browser(app, world, "resident")
    token = token_in(client.get("/").text)
    address = Address("answers.answer", "", "POST", f"/ideas/CV-{world.own}/answer")
    values = ("support", "support", "oppose", "skip", "none", "none")
    for origin, headers, value in product(("list", "page"), ({}, HTMX), values):
        answering(client, address, headers, {"value": value, "from": origin, "csrf_token": token})


def answering(
    client: Client, address: Address, headers: dict[str, str], fields: dict[str, str]
) -> None:
    """Answer, and count."""
    with counted() as statements:
        answer = client.post(address.path, data=fields, headers=headers)
    assert answer.status_code in (200, 303), answer.text
    cost = len(statements) - SETTINGS - SESSION
    assert cost <= ANSWER, f"{fields['value']}: {cost} statements, allowed {ANSWER}:\n{statements}"


def test_budgets_belong_to_addresses_that_exist(app: Flask) -> None:
    gone = set(BUDGETS) - set(app.view_functions)
    assert not gone, f"Take {gone} out of BUDGETS here."


def test_statements_of_both_engines_are_counted(app: Flask, world: World) -> None:
    client = browser(app, world, "resident")
    token = token_in(client.get("/").text)
    kept.forget()  # so that something is read
    with counted() as statements:
        client.post("/me/name", data={"name": "Sam", "csrf_token": token})
    assert statements.written
    assert len(statements) > len(statements.written)
    assert not any(sql.startswith(("BEGIN", "COMMIT")) for sql in statements.sent)
