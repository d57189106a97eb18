"""Sessions: the cookie, how long they last, and who can end them."""

from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice import clock, config, create_app
from citizen_voice.db import db, write
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, ask, enter, is_signed_in, letter, sessions_of
from tests.client import Client
from tests.factories.people import resident
from tests.factories.retention import swept


def cookies_of(answer: TestResponse) -> dict[str, dict[str, str]]:
    """The cookies that an answer sets: name → what is said of them."""
    found: dict[str, dict[str, str]] = {}
    for header in answer.headers.getlist("Set-Cookie"):
        for name, morsel in SimpleCookie(header).items():
            said = {key: str(value) for key, value in morsel.items() if value}
            found[name] = said | {"value": morsel.value}
    return found


def test_in_development_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client,
) -> None:
    resident(email=ADDRESS)
    asked = cookies_of(ask(client))
    assert set(asked) == {"pending"}
    entered = cookies_of(enter(client, letter().code))
    for said in (asked["pending"], entered["session"]):
        assert said["httponly"] == "True"
        assert said["samesite"] == "Lax"
        assert said["path"] == "/"
        assert "secure" not in said
        assert "domain" not in said
    assert asked["pending"]["max-age"] == str(24 * 60 * 60)
    assert entered["session"]["max-age"] == str(90 * 24 * 60 * 60)
    assert entered["pending"]["value"] == ""
    assert entered["pending"]["max-age"] == "0"


def test_in_production_cookies_are_bound_to_host_and_tls(tmp_path: Path, app: Flask) -> None:
    """Reads the settings of a council's server, on the same database."""
    values = {
        "ENV": "production",
        "INSTANCE": app.config["INSTANCE"],
        "DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "BASE_URL": "https://voice.example.org",
        "SMTP_URL": "smtp://127.0.0.1:9",
        "MAIL_FROM": "voice@example.org",
        "SECRET_KEY": "b" * 64,
    }
    secure = create_app(config.load({config.PREFIX + k: v for k, v in values.items()}))
    secure.test_client_class = Client
    with secure.app_context():
        resident(email=ADDRESS)
        client = walk.another(secure)
        https = {"base_url": "https://voice.example.org"}
        asked = client.post("/sign-in", data={"email": ADDRESS}, **https)
        assert asked.headers["Strict-Transport-Security"]
        entered = client.post("/sign-in/code", data={"code": letter().code}, **https)
        found = cookies_of(asked) | cookies_of(entered)
        assert {"__Host-pending", "__Host-session"} == set(found)
        for said in found.values():
            assert said["secure"] == said["httponly"] == "True"
            assert (said["samesite"], said["path"]) == ("Lax", "/")
            assert "domain" not in said
        assert client.get("/me", **https).status_code == 200
        assert client.get("/outbox", **https).status_code == 404
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    secure.extensions["citizen_voice.jobs"].close()


def test_reading_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/ideas", "/challenges", "/privacy", "/sign-in", "/nowhere"):
        assert "Set-Cookie" not in client.get(address).headers


def test_signing_in_makes_a_token_that_nobody_knew_before(client: Client) -> None:
    resident(email=ADDRESS)
    client.set_cookie("session", "planted")
    ask(client)
    entered = cookies_of(enter(client, letter().code))
    token = entered["session"]["value"]
    assert token != "planted"
    assert len(token) >= 43
    client.send("/sign-out")
    ask(client)
    assert cookies_of(enter(client, letter().code))["session"]["value"] != token


@pytest.mark.usefixtures("app")
def test_a_token_is_stored_hashed_alone(client: Client) -> None:
    walk.sign_in(client)
    cookie = client.get_cookie("session")
    person = walk.person()
    assert cookie is not None
    assert person is not None
    (row,) = sessions_of(person.id)
    assert cookie.value.encode() not in bytes(row.token_hash)
    assert cookie.value not in str(tuple(row))


def test_on_a_shared_computer_one_is_signed_out_with_the_browser_or_after_12_hours(
    client: Client,
) -> None:
    resident(email=ADDRESS)
    begun = clock.now()
    ask(client, shared="y")
    assert 'name="shared"' in client.get("/sign-in").text
    entered = cookies_of(enter(client, letter().code))
    assert "max-age" not in entered["session"]
    assert "expires" not in entered["session"]
    assert "shared computer" in client.get("/me").text
    with clock.at(begun + timedelta(hours=11, minutes=59)):
        assert is_signed_in(client)
    with clock.at(begun + timedelta(hours=12, minutes=1)):
        assert not is_signed_in(client)


def test_on_ones_own_device_one_stays_signed_in_for_90_days(client: Client) -> None:
    begun = clock.now()
    walk.sign_in(client)
    with clock.at(begun + timedelta(days=89, hours=23)):
        assert is_signed_in(client)
    with clock.at(begun + timedelta(days=90, minutes=1)):
        assert not is_signed_in(client)
        assert client.get("/me").location == "/sign-in?next=/me"
        with write():
            swept("sessions")
    person = walk.person()
    assert person is not None
    assert sessions_of(person.id) == []


def test_ones_sessions_are_listed_and_each_can_be_ended(app: Flask, client: Client) -> None:
    phone = walk.another(app)
    walk.sign_in(client)
    ask(phone)
    phone.post(
        "/sign-in/code",
        data={"code": letter().code},
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Firefox/140"},
    )
    assert is_signed_in(phone)
    shown = client.get("/me").text
    assert "Firefox, Android" in shown
    assert shown.count("This device") == 1
    person = walk.person()
    assert person is not None
    here = next(row for row in sessions_of(person.id) if row.device != "Firefox, Android")
    other = next(row for row in sessions_of(person.id) if row.device == "Firefox, Android")
    ended = client.send(f"/me/sessions/{other.id}/end")
    assert ended.location == "/me?done=session-ended"
    assert not is_signed_in(phone)
    assert is_signed_in(client)
    assert client.send(f"/me/sessions/{other.id}/end").status_code == 303  # again is fine
    assert [row.id for row in sessions_of(person.id)] == [here.id]


def test_every_other_session_can_be_ended_at_once(app: Flask, client: Client) -> None:
    elsewhere = [walk.another(app), walk.another(app)]
    for browser in (*elsewhere, client):
        walk.sign_in(browser)
    client.send("/me/sessions/end-others")
    assert is_signed_in(client)
    assert not any(is_signed_in(browser) for browser in elsewhere)


def test_nobody_can_end_somebody_elses_session(app: Flask, client: Client) -> None:
    other = walk.another(app)
    walk.sign_in(other, "eve@example.org")
    walk.sign_in(client)
    person = walk.person("eve@example.org")
    assert person is not None
    (row,) = sessions_of(person.id)
    client.send(f"/me/sessions/{row.id}/end")
    assert is_signed_in(other)
    assert client.send(f"/me/sessions/{uuid4()}/end").status_code == 303
    for nonsense in ("1", "None", "..", "'"):
        assert client.send(f"/me/sessions/{nonsense}/end").status_code == 404


def test_signing_out_ends_the_session_for_whoever_has_its_cookie(
    app: Flask, client: Client
) -> None:
    walk.sign_in(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    out = client.send("/sign-out")
    assert out.location == "/?done=signed-out"
    assert cookies_of(out)["session"]["max-age"] == "0"
    thief = walk.another(app)
    thief.set_cookie("session", cookie.value)
    assert not is_signed_in(thief)
    assert client.post("/sign-out").status_code == 303  # twice is fine


def test_a_hostile_cookie_is_a_visitors(client: Client) -> None:
    for value in ("x", "a" * 4_000, '"\\355\\240\\200"', "\xff\xfe", "%00", "'; --", "=;="):
        for name in ("session", "pending"):
            answer = client.get("/me", headers={"Cookie": f"{name}={value}"})
            assert answer.location == "/sign-in?next=/me"
            assert client.get("/sign-in/code", headers={"Cookie": f"{name}={value}"}).location


def test_a_session_says_when_it_was_last_seen_and_only_every_five_minutes(
    client: Client,
) -> None:
    begun = clock.now()
    with clock.at(begun):
        walk.sign_in(client)
    person = walk.person()
    assert person is not None
    for later, seen in ((timedelta(minutes=4), 0), (timedelta(minutes=6), 6)):
        with clock.at(begun + later):
            client.get("/")
        (row,) = sessions_of(person.id)
        assert row.seen_at == begun + timedelta(minutes=seen)


def test_pages_of_the_signed_in_are_no_caches_business(client: Client) -> None:
    assert client.get("/").headers["Cache-Control"] == "public, no-cache"
    walk.sign_in(client)
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/me").headers["Cache-Control"] == "no-store"
    assert "Cookie" in client.get("/").headers["Vary"]
