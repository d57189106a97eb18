"""Where somebody came from is what the database says, never what an address or a form does."""

from urllib.parse import quote

import pytest
from flask import Flask

from citizen_voice import kept
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.widgets.embedding import HOST, allow_everywhere, embedded

FORGED = (
    ("widget", "abc"),
    ("widget", "0"),
    ("widget", "-1"),
    ("widget", "01"),
    ("widget", "1.0"),
    ("widget", "²"),
    ("widget", "٣"),
    ("widget", "1\n"),
    ("widget", str(2**31)),
    ("widget", str(10**30)),
    ("widget", "https://evil.example/"),
    ("site", "<script>alert(1)</script>"),
    ("site", "https://evil.example"),
    ("site", "evil.example/path"),
    ("site", "evil.example\\@www.example.gov.uk"),
    ("site", "user@evil.example"),
    ("site", "javascript:alert(1)"),
    ("site", "a" * 300),
    ("site", "\x00"),
)
UNKNOWN = (("widget", str(2**31 - 1)), ("site", "evil.example"), ("site", f"{HOST}.evil.example"))


@pytest.mark.parametrize(("name", "value"), [*FORGED, *UNKNOWN])
def test_what_we_do_not_know_shows_nothing_and_is_not_carried_on(
    app: Flask, client: Client, name: str, value: str
) -> None:
    allow_everywhere()
    embedded()
    number = idea()
    client.sign_in(resident())
    shown = client.get(f"/ideas/CV-{number}?{name}={quote(value)}")
    assert shown.status_code == 200
    for words in ("You came from", "Back to", "alert(1)", f'name="{name}"'):
        assert words not in shown.text.replace("Back to the challenge", "")
    sent = client.send(
        f"/ideas/CV-{number}/answer", {"value": "support", "from": "page", name: value}
    )
    assert sent.status_code == 303
    assert sent.location.startswith(f"/ideas/CV-{number}?done=answered")
    assert ((name, value) in UNKNOWN) == (f"&{name}=" in sent.location)
    after = client.get(sent.location).text
    assert "You came from" not in after
    assert "evil.example" not in after.replace(f"site={value}", "")


@pytest.mark.parametrize(("name", "value"), FORGED)
def test_what_cannot_be_is_not_looked_for(
    app: Flask, client: Client, name: str, value: str
) -> None:
    address = f"/ideas/CV-{idea()}"
    with counted() as statements:
        assert client.get(f"{address}?{name}={quote(value)}").status_code == 200
    assert statements.sent
    assert not [sql for sql in statements.sent if "widget" in sql]


def test_the_way_back_costs_one_statement(app: Flask, client: Client) -> None:
    widget = embedded()
    allow_everywhere()
    address = f"/ideas/CV-{idea()}"
    client.sign_in(resident())

    def cost(path: str) -> int:
        client.get(path)
        kept.forget()
        with counted() as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    alone = cost(address)
    for query in (f"widget={widget}", f"site={HOST}", f"widget={widget}&site={HOST}"):
        assert cost(f"{address}?{query}") == alone + 1
    assert cost(address) == alone


def test_the_lasting_address_of_the_page_is_without_where_they_came_from(
    app: Flask, client: Client
) -> None:
    number = idea()
    shown = client.get(f"/ideas/CV-{number}?widget={embedded()}").text
    assert f'/ideas/CV-{number}">' in shown.partition('rel="canonical"')[2][:200]
    head = shown.partition("</head>")[0]
    assert "widget=" not in head


def test_a_page_with_a_way_back_changes_with_it(app: Flask, client: Client) -> None:
    number = idea()
    address = f"/ideas/CV-{number}?site={HOST}"
    before = client.get(address)
    assert "Back to www" not in before.text
    tag = {"If-None-Match": before.headers["ETag"]}
    assert client.get(address, headers=tag).status_code == 304
    allow_everywhere()
    after = client.get(address, headers=tag)
    assert after.status_code == 200
    assert f"Back to {HOST}" in after.text
