"""``robots.txt`` and ``security.txt``."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.signposts.crawling import dialled
from citizen_voice.site import services as site
from citizen_voice.web.access import mark_of
from tests.client import Client
from tests.habits import addresses
from tests.habits.marks import once
from tests.habits.world import small
from tests.signposts.reading import BASE, paths

SECURITY = "/.well-known/security.txt"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def forbidden(client: Client) -> list[re.Pattern[str]]:
    """What robots leave: as RFC 9309 says, ``*`` is anything and ``$`` the end."""
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert not [line for line in lines if line.startswith("Allow")]
    rules = [line.partition(": ")[2] for line in lines if line.startswith("Disallow: ")]
    return [re.compile(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$")) for rule in rules]


def test_robots_may_read_every_page_of_the_sitemap(client: Client) -> None:
    small()
    rules = forbidden(client)
    found = paths(client)
    assert found
    assert not [path for path in found for rule in rules if rule.match(path)]
    assert f"Sitemap: {BASE}/sitemap.xml" in client.get("/robots.txt").text.splitlines()


@once
def test_robots_leave_everything_that_is_for_one_person(app: Flask, client: Client) -> None:
    world, rules = small(), forbidden(client)
    open_to_all = {"everyone", "openly", None}
    left = [
        path
        for address in addresses.safe(app, world)
        if mark_of(app.view_functions[address.endpoint]) not in open_to_all
        for path in (address.path, f"/cy{address.path}")
        if not any(rule.match(path) for rule in rules)
    ]
    assert not left, "Put them into PRIVATE or FORMS of citizen_voice/signposts/crawling.py."


@once
def test_robots_of_an_english_council_hear_of_no_welsh(client: Client) -> None:
    assert "Disallow: /cy/staff" in client.get("/robots.txt").text
    with write():
        site.change(welsh_on=False)
    assert "/cy" not in client.get("/robots.txt").text


@once
def test_it_is_plain_text_for_everybody(client: Client) -> None:
    with write():
        site.change(contact_email="voice@example.org")
    for path in ("/robots.txt", SECURITY):
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert "Vary" not in answer.headers
        known = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(path, headers=known).status_code == 304
        assert client.get(f"/cy{path}").text == answer.text
        assert client.post(path).status_code == 405


def fields(client: Client) -> dict[str, list[str]]:
    """What ``security.txt`` says: RFC 9116, one ``Name: value`` a line."""
    answer = client.get(SECURITY)
    assert answer.status_code == 200
    found: dict[str, list[str]] = {}
    for line in answer.text.splitlines():
        name, _colon, value = line.partition(": ")
        assert value
        found.setdefault(name, []).append(value)
    return found


def test_who_finds_a_fault_learns_whom_to_tell(client: Client) -> None:
    with write():
        site.change(contact_email="voice+site@example.org", contact_phone="01632 960100")
    with clock.at(NOON):
        assert fields(client) == {
            "Contact": ["mailto:voice+site@example.org", "tel:+441632960100"],
            "Expires": ["2026-10-31T00:00:00Z"],
            "Preferred-Languages": ["en, cy"],
            "Canonical": [f"{BASE}{SECURITY}"],
        }


def test_it_is_never_about_to_expire_nor_good_for_a_year(client: Client) -> None:
    with write():
        site.change(contact_phone="+44 (0)1632 960100", welsh_on=False)
    for moment in (NOON, NOON + timedelta(days=400), datetime(2028, 2, 29, tzinfo=UTC)):
        with clock.at(moment):
            said = fields(client)
            (ends,) = said["Expires"]
            left = datetime.fromisoformat(ends) - moment
            assert timedelta(days=100) < left < timedelta(days=365)
            assert said["Contact"] == ["tel:+441632960100"]
            assert said["Preferred-Languages"] == ["en"]
    with clock.at(NOON):
        first = client.get(SECURITY).headers["ETag"]
    with clock.at(NOON + timedelta(hours=3)):
        assert client.get(SECURITY).headers["ETag"] == first


def test_without_a_contact_there_is_none(client: Client) -> None:
    assert client.get(SECURITY).status_code == 404
    with write():
        site.change(contact_phone="101")  # which is not dialled from anywhere
    assert client.get(SECURITY).status_code == 404
    with write():
        site.change(contact_email="voice@example.org")
    assert client.get(SECURITY).status_code == 200


@pytest.mark.parametrize(
    ("number", "from_anywhere"),
    [
        ("01632 960100", "+441632960100"),
        ("+44 1632 960100", "+441632960100"),
        ("0044 1632 960100", "+441632960100"),
        ("(01632) 960-100", "+441632960100"),
        ("101", ""),
        ("", ""),
        ("+", ""),
        ("01632 +44", ""),
    ],
)
def test_a_number_is_as_it_is_dialled_from_anywhere(number: str, from_anywhere: str) -> None:
    assert dialled(number) == from_anywhere
