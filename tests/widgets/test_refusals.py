"""Hosts that were refused: whose pages are noted, how many, and how staff clear the list."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.journal.models import JournalEntry
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.widgets import services, tallies
from citizen_voice.widgets.models import WidgetRefusal, WidgetView
from tests.client import Client
from tests.factories.team import colleague
from tests.factories.widgets import SITE, allow, refused, seen, widget

REAL = "parks.example.org"
FRAME = {"Sec-Fetch-Dest": "iframe"}


def listed() -> list[str]:
    """The hosts that stand there."""
    db.session.rollback()
    return list(db.session.scalars(select(WidgetRefusal.host).order_by(WidgetRefusal.host)))


def counts() -> dict[str, int]:
    """Views by host."""
    db.session.rollback()
    found = db.session.execute(select(WidgetView.host, WidgetView.views))
    return {row.host: row.views for row in found}


def shown(app: Flask, client: Client, number: int, referer: str | None, **headers: str) -> None:
    """A page shows a widget, and that is written down."""
    told = headers if referer is None else {"Referer": referer, **headers}
    assert client.get(f"/widgets/{number}", headers=told).status_code == 200
    tallies.of(app).write()


@pytest.mark.parametrize("days", [0, 1])
def test_a_full_list_makes_room_for_who_comes_last(app: Flask, days: int) -> None:
    for number in range(tallies.MOST_REFUSED + 50):
        tallies.saw(7, "idea", f"x{number}.example", allowed=False)
    tallies.of(app).write()
    assert len(listed()) == services.MOST_LISTED
    with clock.at(clock.now() + timedelta(days=days)):
        refused(7, REAL)
        assert REAL in listed()
        refused(7, "a.example.org")
        assert {REAL, "a.example.org"} <= set(listed())
    assert len(listed()) == services.MOST_LISTED


def test_who_was_refused_longest_ago_goes_first_and_other_widgets_keep_theirs(app: Flask) -> None:
    refused(8, "other.example.org")
    for ago in range(services.MOST_LISTED, 0, -1):
        with clock.at(clock.now() - timedelta(days=ago)):
            refused(7, f"h{ago}.example.org")
    refused(7, REAL)
    assert {REAL, "other.example.org", "h1.example.org", "h99.example.org"} <= set(listed())
    assert f"h{services.MOST_LISTED}.example.org" not in listed()


def test_made_up_hosts_of_one_minute_do_not_keep_out_the_last_one(app: Flask) -> None:
    for number in range(tallies.MOST_REFUSED + 50):
        tallies.saw(7, "idea", f"x{number}.example", allowed=False)
    refused(7, REAL)
    assert REAL in listed()


@pytest.mark.parametrize(
    "referer",
    [
        "http://www.example.gov.uk/",
        "https://www.example.gov.uk:8443/",
        "https://my_site.example.org/",
        "https://[2001:db8::1]/",
        "https://192.0.2.7/",
        "https://nobody.example/",
        "about:blank",
        "https://" + 5000 * "x",
    ],
)
def test_what_the_browser_refuses_is_not_counted(app: Flask, client: Client, referer: str) -> None:
    shown(app, client, widget(), referer, **FRAME)
    assert counts() == {}


def test_what_the_browser_shows_is_counted(app: Flask, client: Client) -> None:
    number = widget(sites=(SITE, "https://192.0.2.7", "http://localhost:5000"))
    for referer in (f"{SITE}/", None, "https://192.0.2.7/", "http://localhost:5000/"):
        shown(app, client, number, referer, **FRAME)
    hosts = ("www.example.gov.uk", "", "192.0.2.7", "localhost:5000")
    assert counts() == dict.fromkeys(hosts, 1)
    assert listed() == []


def test_only_what_can_be_allowed_is_listed_and_no_machine_s_address(
    app: Flask, client: Client
) -> None:
    number = widget()
    for site in (
        "https://192.0.2.7/",
        "https://192.0.2.7:8443/",
        "http://127.0.0.1:8000/",
        "https://[2001:db8::1]/",
        "http://www.example.gov.uk/",
        "http://plain.example.org/",
        "https://my_site.example.org/",
        f"https://{REAL}:8443/parks?who=me",
    ):
        shown(app, client, number, site, **FRAME)
    assert listed() == [f"{REAL}:8443"]


def test_a_program_that_says_nothing_of_itself_is_no_view(app: Flask, client: Client) -> None:
    number = widget()
    shown(app, client, number, None)
    shown(app, client, number, "http://localhost/staff/widgets")
    shown(app, client, number, f"{SITE}/", **{"Sec-Fetch-Dest": "empty"})
    assert (counts(), listed()) == ({}, [])
    shown(app, client, number, f"{SITE}/")  # a browser that does not say what it fills
    shown(app, client, number, None, **FRAME)  # one that does not say from where
    assert counts() == {"www.example.gov.uk": 1, "": 1}


def test_staff_take_a_host_off_the_list_and_it_comes_back_if_it_tries_again(app: Flask) -> None:
    number = widget()
    refused(number, REAL)
    refused(number, "stays.example.org")
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(MODERATOR), staff=True)
    assert "Take off this list" in client.get(f"/staff/widgets/{number}").text
    sent = client.send(f"/staff/widgets/{number}/dismiss", data={"host": REAL})
    assert sent.status_code == 303
    assert "Taken off the list." in client.get(sent.location).text
    assert listed() == ["stays.example.org"]
    newest = select(JournalEntry.act, JournalEntry.subject).order_by(JournalEntry.number.desc())
    acts = [tuple(row) for row in db.session.execute(newest)]
    assert acts[0] == ("widget refusal cleared", f"widget {number}")
    again = client.send(f"/staff/widgets/{number}/dismiss", data={"host": REAL})
    assert again.status_code == 303
    assert len(acts) == len(db.session.execute(newest).all())
    for nonsense in ("", "*", "\x00", "x" * 400):
        bad = client.send(f"/staff/widgets/{number}/dismiss", data={"host": nonsense})
        assert bad.status_code == 422
    gone = client.send(f"/staff/widgets/{2**31 - 1}/dismiss", data={"host": REAL})
    assert gone.status_code == 404
    refused(number, REAL)
    assert REAL in listed()


def test_the_list_for_the_whole_site_is_cleared_by_administrators_alone(app: Flask) -> None:
    refused(None, REAL)
    for role, status, left in ((MODERATOR, 403, [REAL]), (ADMINISTRATOR, 303, [])):
        client = app.test_client()
        assert isinstance(client, Client)
        client.sign_in(colleague(role), staff=True)
        sent = client.send("/staff/widgets/sites/dismiss", data={"host": REAL})
        assert sent.status_code == status
        assert listed() == left


def test_the_index_says_as_many_refused_as_the_widget_s_page_lists(app: Flask) -> None:
    number = widget()
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(MODERATOR), staff=True)
    refused(number, "one.example.org")
    refused(number, "two.example.org:8443")
    refused(None, "elsewhere.example.org")
    assert "2 refused" in client.get("/staff/widgets").text
    allow("https://one.example.org", number)
    refused(number, "one.example.org")  # counted before it was allowed, written down after
    seen(number, "one.example.org")
    assert "one.example.org" in listed()
    assert "1 refused" in client.get("/staff/widgets").text
    page = client.get(f"/staff/widgets/{number}").text
    assert page.count("Allow this site") == 1
