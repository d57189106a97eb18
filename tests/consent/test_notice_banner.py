"""A new version is put before people: a line above each page, never a wall."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, kept
from citizen_voice.consent import queries, services
from citizen_voice.consent.models import Notice, NoticeServed
from citizen_voice.db import db, write
from citizen_voice.team.models import PRIVACY_OFFICER
from tests.accounts.walk import another
from tests.client import Client
from tests.factories import notices
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits.statements import counted

BAND = "What we do with your data has changed"
YOUNG_BAND = "You are under 18: this is what happens with your data"


def served(person: object) -> list[tuple[str, int, str, str]]:
    """What somebody was shown: name, version, language, where."""
    db.session.rollback()
    found = db.session.execute(
        select(Notice.name, Notice.version, Notice.language, NoticeServed.place)
        .join(NoticeServed, NoticeServed.notice_id == Notice.id)
        .where(NoticeServed.person_id == person)
        .order_by(Notice.name, Notice.version)
    )
    return [(row.name, row.version, row.language, row.place) for row in found]


def shown_the_first(person: object) -> None:
    """They were shown the first version when they signed in."""
    with write():
        services.record_served(
            person,  # type: ignore[arg-type]  # a key
            name="privacy",
            version=1,
            language="en",
            place="sign-in",
        )


def test_a_material_version_is_put_before_people_until_they_say_they_have_seen_it(
    client: Client,
) -> None:
    ann = resident()
    shown_the_first(ann)
    client.sign_in(ann)
    assert BAND not in client.get("/").text
    notices.published(material=True, changed="We keep news for a year.")
    for address in ("/", "/ideas", "/my-data", "/me", "/privacy"):
        page = client.get(address).text
        assert BAND in page, address
        assert "We keep news for a year." in page
        assert "/privacy/notices/privacy/2" in page
    answer = client.send("/privacy/seen", {"name": "privacy", "version": "2", "next": "/ideas"})
    assert (answer.status_code, answer.location) == (303, "/ideas")
    assert served(ann)[-1] == ("privacy", 2, "en", "banner")
    for address in ("/", "/ideas"):
        assert BAND not in client.get(address).text


def test_who_has_the_page_already_is_shown_the_band_and_not_shown_it_again(client: Client) -> None:
    client.sign_in(resident())
    before = client.get("/").headers["ETag"]
    notices.published(material=True)
    answer = client.get("/", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert BAND in answer.text
    tag = answer.headers["ETag"]
    client.send("/privacy/seen", {"name": "privacy", "version": "2", "next": "/"})
    answer = client.get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert BAND not in answer.text


def test_nothing_is_closed_to_who_has_not_seen_it(client: Client) -> None:
    client.sign_in(resident())
    notices.published(material=True)
    for address in ("/", "/ideas", "/my-data", "/me", "/me/leave", "/privacy", "/cookies"):
        assert client.get(address).status_code == 200, address
    assert client.send("/me/name", {"name": "Sam"}).status_code == 303


def test_a_version_that_is_not_material_is_put_before_nobody(client: Client) -> None:
    client.sign_in(resident())
    notices.published(material=False)
    assert BAND not in client.get("/").text


def test_visitors_and_staff_sessions_see_no_band(app: Flask, client: Client) -> None:
    notices.published(material=True)
    assert BAND not in client.get("/").text
    officer = another(app)
    officer.sign_in(colleague(PRIVACY_OFFICER), staff=True)
    assert BAND not in officer.get("/").text


def test_a_version_to_come_is_put_before_people_from_its_day_on(client: Client) -> None:
    client.sign_in(resident())
    day = clock.today() + timedelta(days=2)
    notices.drafted(notices.from_day(day, material=True))
    notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert BAND not in client.get("/").text
    with clock.at(clock.start_of(day)):
        assert BAND in client.get("/").text


def test_in_welsh_the_band_is_welsh_and_so_is_what_is_recorded(client: Client) -> None:
    ann = resident()
    client.sign_in(ann)
    notices.published(material=True)
    page = client.get("/cy/").text
    assert "It. (cy)" in page
    client.csrf = None
    client.send("/cy/privacy/seen", {"name": "privacy", "version": "2", "next": "/cy/"})
    assert served(ann) == [("privacy", 2, "cy", "banner")]


TAMPERED = ["", "0", "-1", "3", "99999999999999999999", "9" * 5_000, "१", "1; DROP", "²", "\0"]


@pytest.mark.parametrize("version", TAMPERED, ids=range(len(TAMPERED)))
def test_a_tampered_version_records_nothing_and_the_band_stays(
    client: Client, version: str
) -> None:
    ann = resident()
    client.sign_in(ann)
    notices.published(material=True)
    for name in ("privacy", "nothing", "\0", "x" * 300):
        data = {"name": name, "version": version, "next": "https://evil.example/"}
        answer = client.send("/privacy/seen", data)
        assert (answer.status_code, answer.location) == (303, "/")
    assert served(ann) == []
    assert BAND in client.get("/").text


def test_a_version_that_is_not_in_force_yet_cannot_have_been_seen(client: Client) -> None:
    ann = resident()
    client.sign_in(ann)
    notices.drafted(notices.from_day(clock.today() + timedelta(days=2), material=True))
    notices.publish_draft(colleague(PRIVACY_OFFICER))
    client.send("/privacy/seen", {"name": "privacy", "version": "2"})
    assert served(ann) == []


def test_who_is_under_18_is_shown_the_young_peoples_notice(client: Client) -> None:
    sam = resident(age="teen")
    shown_the_first(sam)
    client.sign_in(sam)
    page = client.get("/").text
    assert YOUNG_BAND in page
    assert "/privacy/notices/young-people/1" in page
    client.send("/privacy/seen", {"name": "young-people", "version": "1"})
    assert served(sam)[-1] == ("young-people", 1, "en", "banner")
    assert YOUNG_BAND not in client.get("/").text


def test_who_is_18_is_not_shown_it_and_can_read_it(client: Client) -> None:
    client.sign_in(resident())
    assert YOUNG_BAND not in client.get("/").text
    assert "You are under 18" in client.get("/privacy/young-people").text


def test_the_band_costs_no_statement_while_nothing_is_new_and_one_after(client: Client) -> None:
    client.sign_in(resident())
    cost = []
    for _time in range(2):
        client.get("/cookies")
        kept.forget()
        with counted() as statements:
            client.get("/cookies")
        cost.append(len(statements))
        notices.published(material=True)
    assert cost[1] <= cost[0] + 1, cost


def test_deleting_the_account_deletes_what_was_shown(client: Client) -> None:
    ann = resident()
    shown_the_first(ann)
    assert queries.notice_id("privacy", 1, "en") is not None
    assert len(served(ann)) == 1
