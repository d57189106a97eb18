"""Who signs in lands where they were, and never on another site."""

from urllib.parse import urljoin

import pytest
from flask import Flask

from tests.accounts import walk
from tests.accounts.walk import ADDRESS, enter, letter
from tests.client import HTMX, Client
from tests.factories.people import resident

HOSTILE_ADDRESSES = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "//[",
    "/\0",
    "http:///evil.example",
    "@evil.example",
)


def test_nobody_is_led_to_another_site_by_next(app: Flask) -> None:
    resident(email=ADDRESS)
    signed_in = walk.another(app)
    walk.sign_in(signed_in)
    for address in HOSTILE_ADDRESSES:
        for headers in ({}, HTMX):
            answer = signed_in.get("/sign-in", query_string={"next": address}, headers=headers)
            assert answer.headers.get("Location", answer.headers.get("HX-Redirect")) == "/", address


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_nobody_is_led_to_another_site_after_signing_in(client: Client, address: str) -> None:
    resident(email=ADDRESS)
    sent = client.post(
        "/sign-in", query_string={"next": address}, data={"email": ADDRESS, "notice": "1"}
    )
    assert sent.location == "/sign-in/code"
    assert enter(client, letter().code).location == "/?done=signed-in"


@pytest.mark.parametrize(
    ("address", "landed"),
    [
        ("/me", "/me?done=signed-in"),
        ("/cy/me", "/cy/me?done=signed-in"),
        ("/ideas?order=newest&ward=3#listing", "/ideas?order=newest&ward=3&done=signed-in#listing"),
        ("/?done=signed-out", "/?done=signed-in"),
        ("/cy//evil.example", "/cy//evil.example?done=signed-in"),
    ],
)
def test_an_address_within_the_site_is_where_they_land(
    client: Client, address: str, landed: str
) -> None:
    resident(email=ADDRESS)
    client.post("/sign-in", query_string={"next": address}, data={"email": ADDRESS})
    location = enter(client, letter().code).location
    assert location == landed
    assert urljoin("http://localhost/", location).startswith("http://localhost/")


@pytest.mark.parametrize(
    "referrer",
    [
        "http://evil.example/me",
        "http://localhost.evil.example/me",
        "http://localhost@evil.example/me",
        "http://localhost//evil.example",
        "http://localhost/\\evil.example",
        "//[",
        "",
    ],
)
def test_nobody_is_led_to_another_site_by_the_page_they_say_they_came_from(
    client: Client, referrer: str
) -> None:
    resident(email=ADDRESS)
    sent = client.post("/me/name", data={"name": "Ada"}, headers={"Referer": referrer})
    client.post(sent.location, data={"email": ADDRESS})
    assert enter(client, letter().code).location == "/?done=signed-in"
