"""E-mail addresses: what is one, and how it is stored and written to."""

import pytest
from flask import Flask

from citizen_voice.accounts import services
from citizen_voice.errors import Refusal
from tests.accounts import walk
from tests.accounts.walk import ask, letters
from tests.client import Client

HOSTILE = (
    "",
    " ",
    "ada",
    "@example.org",
    "ada@",
    "ada@@example.org",
    "ada@example",
    "ada@-example.org",
    "ada@example..org",
    "ada\nBcc: all@example.org@example.org",
    "ada@example.org\r\nBcc: all@example.org",
    "ada@example.org, eve@example.org",
    "ada@example.org;eve@example.org",
    "Ada <ada@example.org>",
    "ada@example.org\0",
    "ada\u202e@example.org",
    "\u200bada@example.org",
    "a" * 300 + "@example.org",
    "ada@" + "a" * 300 + ".org",
    "<script>@example.org",
    "ada@[127.0.0.1]",
    '"ada b"@example.org',
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("ada+town@example.org", "ada+town@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("zoë@example.org", "zoë@example.org"),
        ("zoe\u0308@example.org", "zoë@example.org"),
        ("ada@MÜNCHEN.example", "ada@münchen.example"),
        ("mar\u212a@example.org", "mark@example.org"),  # the Kelvin sign
    ],
)
def test_one_mailbox_is_one_address(written: str, stored: str) -> None:
    assert services.normalise_email(written) == stored


@pytest.mark.parametrize("written", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_address_is_refused_at_its_field(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.normalise_email(written)
    assert refused.value.field == "email"


def test_a_refused_address_stays_in_the_form_and_nothing_is_sent(app: Flask) -> None:
    for written in HOSTILE:
        browser = walk.another(app)
        answer = ask(browser, written)
        assert answer.status_code == 422, written
        assert "<title>Error: " in answer.text
        assert "<script>@" not in answer.text
        assert browser.get_cookie("pending") is None
    assert [row for row in walk.under_way() if row.email] == []
    assert letters("all@example.org") == letters("ada@example.org") == []


def test_upper_case_and_spaces_find_the_same_account(client: Client) -> None:
    walk.sign_in(client, "ada@example.org")
    client.send("/sign-out")
    client.post("/sign-in", data={"email": "  ADA@example.ORG "})
    assert walk.enter(client, walk.letter("ada@example.org").code).location == "/?done=signed-in"
