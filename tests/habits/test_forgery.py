"""Nothing that comes from another site, or without its token, changes anything anywhere."""

from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from citizen_voice.db import db
from citizen_voice.web.access import mark_of
from citizen_voice.web.forgery import FIELD, HEADER
from tests.client import Client, token_in
from tests.habits import addresses
from tests.habits.addresses import Address
from tests.habits.marks import once
from tests.habits.rows import everything
from tests.habits.world import World, browser

HERE = {"Sec-Fetch-Site": "same-origin"}
FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "null"},
    {},
)
REFUSALS = (
    "That came from another site",
    "This page had been open since before you signed in",
    "Your role does not let you do that",
    "Your staff session has ended",
)
"""What the forgery checks and the marks say; a service may refuse the same act in its own words."""

FIELDS = {
    "value": "support",
    "title": "A forged idea",
    "email": "forger@example.org",
    "words": "keep",
}


@once
def test_what_comes_from_another_site_is_refused_everywhere(app: Flask, world: World) -> None:
    before = everything()
    let_in = []
    for reader in ("visitor", "signing in", "resident"):
        client = browser(app, world, reader)
        token = token_in(client.get("/").text)
        before_reader = everything()
        for address in guarded(app, world):
            for headers in FOREIGN:
                answer = send(client, address, headers, {FIELD: token} if token else {})
                if answer.status_code != 403:
                    let_in.append(f"{address} as {reader} with {headers}: {answer.status_code}")
        assert everything() == before_reader, f"A forged request as {reader} changed something"
    assert set(before) == set(everything())
    assert not let_in, "web.forgery has to refuse these with 403:\n" + "\n".join(let_in)


@once
def test_who_is_signed_in_sends_the_token_of_their_session(app: Flask, world: World) -> None:
    client, another = (browser(app, world, "resident") for _ in range(2))
    stale = token_in(another.get("/").text)
    assert stale
    let_in = []
    before = everything()
    for address in guarded(app, world):
        for what, fields, headers in (
            ("no token", {}, {}),
            ("an empty token", {FIELD: ""}, {}),
            ("a made-up token", {FIELD: "x" * 60}, {}),
            ("a token of another session", {FIELD: stale}, {}),
            ("a token of another session in the header", {}, {HEADER: stale}),
        ):
            answer = send(client, address, HERE | headers, fields)
            if answer.status_code != 403:
                let_in.append(f"{address} with {what}: {answer.status_code}")
    assert not let_in, "web.forgery has to refuse these with 403:\n" + "\n".join(let_in)
    assert everything() == before


@once
def test_our_own_pages_are_let_in(app: Flask, world: World) -> None:
    refused = []
    for address in guarded(app, world):
        staff = mark_of(app.view_functions[address.endpoint]) == "role"
        for headers in (HERE, {"Origin": "http://localhost"}):
            for by_header in (False, True):
                client = browser(app, world, "colleague" if staff else "resident")
                token = token_in(client.get("/rules").text)
                fields = {} if by_header else {FIELD: token}
                more = {HEADER: token} if by_header else {}
                answer = send(client, address, headers | more, fields, typed={})
                if answer.status_code == 403 and any(said in answer.text for said in REFUSALS):
                    refused.append(f"{address} with {headers}, token by header: {by_header}")
    assert not refused, "Requests of our own pages are refused:\n" + "\n".join(refused)


def guarded(app: Flask, world: World) -> list[Address]:
    """Every address that something can be sent to, but for machines'."""
    return [
        address
        for address in addresses.unsafe(app, world)
        if mark_of(app.view_functions[address.endpoint]) != "machine"
    ]


def send(
    client: Client,
    address: Address,
    headers: dict[str, str],
    token: dict[str, str],
    *,
    typed: dict[str, str] = FIELDS,
) -> TestResponse:
    """Send a form with these headers alone, as another site's page would make a browser send it."""
    db.session.remove()
    for name in list(vars(g)):
        g.pop(name)
    return FlaskClient.open(
        client,
        address.path,
        method=address.method,
        headers=headers,
        data=typed | token,
        buffered=True,  # a table that is sent while it is read holds its request until it is closed
    )
