"""What colleagues change of their own sign-in, and being asked again who they are."""

from datetime import timedelta

import pyotp
from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice import clock
from citizen_voice.accounts.queries import sessions
from citizen_voice.accounts.secrets import hashed
from citizen_voice.team import queries
from citizen_voice.team.limits import TRIES_HERE
from citizen_voice.team.models import MODERATOR
from tests.client import Client, FormFinder
from tests.factories.team import colleague
from tests.team import walk
from tests.team.walk import ANOTHER, EMAIL, PASSWORD, Somebody, equipped, is_staff, sign_in

LATER = timedelta(minutes=11)
ASKED = "Is it still you?"


def confirm(client: Client, who: Somebody, page: TestResponse, **other: str) -> TestResponse:
    """Send the form of the page that asks again, as it stands there."""
    form = next(
        form
        for form in FormFinder(page.text, page.request.path).forms
        if "confirm_password" in form["fields"]
    )
    typed = {"confirm_password": PASSWORD, "confirm_code": who.code()} | other
    return client.post(form["action"], data=form["fields"] | typed)


def test_a_password_is_changed_and_every_other_staff_session_ends(
    app: Flask, client: Client
) -> None:
    megan = equipped(MODERATOR)
    there, at_home = walk.another(app), walk.another(app)
    sign_in(there, megan, code=megan.recovery_codes[0])
    at_home.sign_in(megan.key)
    sign_in(client, megan)
    for weak in ("", "short", "passwordpassword", f"{EMAIL} paints a street"):
        answer = client.send("/staff/me/password", {"new_password": weak})
        assert (answer.status_code, 'href="#new_password"' in answer.text) == (422, True), weak
    answer = client.send("/staff/me/password", {"new_password": ANOTHER})
    assert answer.location == "/staff/me?done=password-changed"
    assert (is_staff(client), is_staff(there)) == (True, False)
    assert at_home.get("/me").status_code == 200
    fresh = walk.another(app)
    assert sign_in(fresh, megan, code=megan.recovery_codes[1]).status_code == 422
    answer = sign_in(fresh, megan, password=ANOTHER, code=megan.recovery_codes[1])
    assert answer.status_code == 303
    assert "was changed" in walk.letters(EMAIL)[-1]


def test_a_password_typed_in_other_letters_of_the_same_shape_is_the_same(
    app: Flask, client: Client
) -> None:
    megan = equipped(MODERATOR)
    sign_in(client, megan)
    client.send("/staff/me/password", {"new_password": "tŷ bach glas wrth yr afon"})
    apart = "ty\u0302 bach glas wrth yr afon"
    code = megan.recovery_codes[0]
    assert sign_in(walk.another(app), megan, password=apart, code=code).status_code == 303


def test_new_recovery_codes_take_the_place_of_the_old_ones(app: Flask, client: Client) -> None:
    megan = equipped(MODERATOR)
    sign_in(client, megan)
    answer = client.send("/staff/me/recovery-codes")
    assert answer.headers["Cache-Control"] == "no-store"
    made = walk.codes_on(answer)
    assert len(made) == 10
    assert sign_in(walk.another(app), megan, code=megan.recovery_codes[0]).status_code == 422
    assert sign_in(walk.another(app), megan, code=made[0]).status_code == 303
    assert "9 recovery codes are left" in client.get("/staff/me").text


def test_another_device_takes_the_place_of_the_old_one(app: Flask, client: Client) -> None:
    megan = equipped(MODERATOR)
    sign_in(client, megan)
    page = client.get("/staff/me/device")
    secret = walk.secret_on(page)
    assert walk.secret_on(client.get("/staff/me/device")) == secret
    wrong = client.send("/staff/me/device", {"code": "000000"})
    assert (wrong.status_code, walk.secret_on(wrong) == secret) == (422, True)
    old = megan.code()
    answer = client.send("/staff/me/device", {"code": pyotp.TOTP(secret).at(clock.now())})
    assert len(walk.codes_on(answer)) == 10
    assert walk.secret_on(client.get("/staff/me/device")) != secret
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert sign_in(walk.another(app), megan, code=old).status_code == 422
        assert sign_in(walk.another(app), megan).status_code == 303


def test_staff_sessions_are_listed_and_ended(app: Flask, client: Client) -> None:
    megan = equipped(MODERATOR)
    there = walk.another(app)
    sign_in(there, megan, code=megan.recovery_codes[0])
    sign_in(client, megan)
    assert client.get("/staff/me").text.count("/staff/me/sessions/") == 2
    for row in sessions(megan.key, staff=True):
        if row.id != session_of(client, megan):
            client.send(f"/staff/me/sessions/{row.id}/end")
    assert (is_staff(there), is_staff(client)) == (False, True)
    sign_in(there, megan, code=megan.recovery_codes[1])
    client.csrf = None
    client.send("/staff/me/sessions/end-others")
    assert (is_staff(there), is_staff(client)) == (False, True)


def session_of(client: Client, who: Somebody) -> object:
    """The key of this browser's session."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    token = hashed(cookie.value)
    return next(row.id for row in walk.sessions_of(who.key) if row.token_hash == token)


# -- asked again --------------------------------------------------------------------------------


def test_before_a_dangerous_act_one_is_asked_again_and_nothing_typed_is_lost(
    client: Client,
) -> None:
    megan, other = equipped(), colleague(MODERATOR)
    sign_in(client, megan)
    acts = walk.acts()
    with clock.at(clock.now() + LATER):
        fields = {"roles": ["moderator", "privacy-officer"], "ends_on": "2093-04-01"}
        page = client.send(f"/staff/people/{other}/roles", fields)
        assert (page.status_code, ASKED in page.text) == (200, True)
        assert queries.roles(other) == {MODERATOR}
        assert 'value="2093-04-01"' in page.text
        assert 'value="privacy-officer"' in page.text
        wrong = confirm(client, megan, page, confirm_password="nonsense nonsense")
        assert (wrong.status_code, ASKED in wrong.text) == (422, True)
        assert 'value="2093-04-01"' in wrong.text
        assert "nonsense" not in wrong.text
        assert walk.acts() == acts
        token = walk.token_of(client)
        answer = client.post(
            f"/staff/people/{other}/roles",
            data=fields
            | {"csrf_token": token, "confirm_password": PASSWORD, "confirm_code": megan.code()},
        )
        assert answer.status_code == 303
        assert queries.roles(other) == {MODERATOR, "privacy-officer"}
        again = client.send(f"/staff/people/{other}/roles", fields)
        assert again.status_code == 303  # not asked a second time


def test_the_form_that_asks_sends_on_what_was_typed(client: Client) -> None:
    megan, other = equipped(), colleague(MODERATOR)
    sign_in(client, megan)
    with clock.at(clock.now() + LATER):
        page = client.send(f"/staff/people/{other}/end")
        assert ASKED in page.text
        assert confirm(client, megan, page).location == "/staff/people?done=colleague-ended"
    assert queries.colleague(other) is None


def test_a_page_that_asks_to_be_read_leads_back_to_it(client: Client) -> None:
    megan = equipped(MODERATOR)
    sign_in(client, megan)
    with clock.at(clock.now() + LATER):
        page = client.get("/staff/me/device")
        assert (page.status_code, ASKED in page.text) == (200, True)
        assert 'class="key"' not in page.text
        assert confirm(client, megan, page).location == "/staff/me/device"
        assert 'class="key"' in client.get("/staff/me/device").text


def test_a_change_of_language_is_no_way_around_being_asked(client: Client) -> None:
    megan, other = equipped(), colleague(MODERATOR)
    sign_in(client, megan)
    with clock.at(clock.now() + LATER):
        page = client.send(f"/staff/people/{other}/end", {"_language": "cy"})
        assert ASKED in page.text
        client.send(f"/staff/people/{other}/device", {"confirm_reading": "1"})
        client.send(f"/staff/people/{other}/device", {"confirm_password": "", "confirm_code": ""})
    fellow = queries.colleague(other)
    assert fellow is not None
    assert not fellow.lost_device


def test_who_guesses_in_a_stolen_session_is_stopped(client: Client) -> None:
    megan, other = equipped(), colleague(MODERATOR)
    sign_in(client, megan)
    with clock.at(clock.now() + LATER):
        tries = [
            client.send(
                f"/staff/people/{other}/device",
                {"confirm_password": f"guess {number}", "confirm_code": "000000"},
            )
            for number in range(TRIES_HERE.most + 1)
        ]
    assert (tries[0].status_code, tries[-1].status_code) == (422, 429)
    assert int(tries[-1].headers["Retry-After"]) > 0


def test_htmx_is_asked_in_place_of_the_page(client: Client) -> None:
    megan, other = equipped(), colleague(MODERATOR)
    sign_in(client, megan)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    with clock.at(clock.now() + LATER):
        answer = client.send(f"/staff/people/{other}/device", headers=headers)
    assert answer.headers["HX-Retarget"] == "#main"
    assert "<html" not in answer.text
    assert ASKED in answer.text
