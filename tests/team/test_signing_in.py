"""Staff sign in with password and device, never by e-mail alone."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.team import queries, services
from citizen_voice.team.limits import TRIES_HERE
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, Colleague
from tests.accounts import walk as by_code
from tests.client import Client
from tests.habits.rows import changed, everything
from tests.meanwhile import meanwhile
from tests.team import walk
from tests.team.walk import AWAY, EMAIL, PASSWORD, equipped, is_staff, sign_in, stored

STEP = timedelta(seconds=30)
WRONG = "Those details don’t match"


def test_password_and_code_open_the_staff_area_and_the_journal_says_so(client: Client) -> None:
    megan = equipped()
    assert client.get("/staff").location == "/staff/sign-in?next=/staff"
    answer = sign_in(client, megan, "?next=/staff")
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_staff(client)
    assert walk.acts()[-1] == "staff signed in"
    (session,) = walk.sessions_of(megan.key)
    assert (session.staff, session.confirmed_at is not None) == (True, True)
    cookie = answer.headers["Set-Cookie"]
    assert "Max-Age" not in cookie  # it goes with the browser
    client.send("/sign-out")
    assert not is_staff(client)


def test_which_part_was_wrong_is_not_said(client: Client) -> None:
    megan = equipped()
    resident_too = "resident@example.org"
    by_code.sign_in(client, resident_too)
    client.send("/sign-out")
    told = set()
    for details in (
        {"email": "nobody@example.org"},
        {"email": "no address"},
        {"email": resident_too},
        {"password": "not the password"},
        {"password": PASSWORD.upper()},
        {"code": "000000"},
        {"code": "12345"},
        {"code": "abcde-fghjk"},
        {"code": "٣٣٣٣٣٣"},
        {"code": "\x00"},
        {"email": "a\x00b@example.org"},
    ):
        answer = sign_in(client, megan, **details)
        assert answer.status_code == 422, details
        assert WRONG in answer.text
        assert PASSWORD not in answer.text
        told.add(answer.text.count("govuk-error"))
    assert len(told) == 1
    assert not is_staff(client)


@pytest.mark.parametrize("field", ["email", "password", "code"])
def test_an_empty_field_is_said_at_the_field_and_the_rest_is_kept(
    client: Client, field: str
) -> None:
    answer = sign_in(client, equipped(), **{field: ""})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert (EMAIL in answer.text) == (field != "email")


def test_a_code_of_the_step_before_or_after_is_good_and_no_other(client: Client) -> None:
    megan = equipped()
    moment = clock.now()
    with clock.at(moment):
        code = megan.code()
    for away, good in ((-2, False), (2, False), (-1, True)):
        with clock.at(moment + away * STEP):
            assert (sign_in(client, megan, code=code).status_code == 303) == good
    another = equipped(email="bo@example.org")
    with clock.at(moment):
        code = another.code()
    client.send("/sign-out")
    with clock.at(moment + STEP):
        assert sign_in(client, another, code=code).status_code == 303


def test_a_code_is_used_once_and_an_older_one_not_at_all(app: Flask) -> None:
    megan = equipped()
    moment = clock.now()
    with clock.at(moment - STEP):
        older = megan.code()
    with clock.at(moment):
        code = megan.code()
        assert sign_in(walk.another(app), megan, code=code).status_code == 303
        for used in (code, older):
            answer = sign_in(walk.another(app), megan, code=used)
            assert (answer.status_code, WRONG in answer.text) == (422, True)
    with clock.at(moment + STEP):
        assert sign_in(walk.another(app), megan).status_code == 303


def test_a_recovery_code_stands_in_for_the_device_once(app: Flask) -> None:
    megan = equipped()
    code = megan.recovery_codes[3]
    typed = code.upper().replace("-", " ")
    assert sign_in(walk.another(app), megan, code=typed).status_code == 303
    assert sign_in(walk.another(app), megan, code=code).status_code == 422
    bo = equipped(email="bo@example.org")
    assert sign_in(walk.another(app), bo, code=megan.recovery_codes[4]).status_code == 422
    assert sign_in(walk.another(app), megan, code=megan.recovery_codes[4]).status_code == 303


def test_two_who_send_the_same_code_at_once_get_one_session(app: Flask) -> None:
    megan = equipped()
    row = queries.credentials(email=EMAIL)
    proof = services.prove(row, PASSWORD, megan.code())

    def then() -> None:
        with write():
            services.spend(proof)

    assert meanwhile(app, lambda: services.spend(proof), then) == {"other", "WrongDetails"}


def test_fifty_wrong_tries_stop_the_guesser_and_not_the_colleague_elsewhere(app: Flask) -> None:
    megan = equipped()
    thief = walk.another(app)
    answers = [sign_in(thief, megan, password=f"guess {n}").status_code for n in range(50)]
    assert answers[: TRIES_HERE.most] == [422] * TRIES_HERE.most
    assert set(answers[TRIES_HERE.most :]) == {429}
    refused = sign_in(thief, megan)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert PASSWORD not in refused.text
    assert "Please wait a while" in refused.text
    assert sign_in(walk.another(app), megan, away=AWAY).status_code == 303


def test_a_code_by_mail_gives_no_role_to_a_colleague(client: Client) -> None:
    equipped(ADMINISTRATOR, MODERATOR)
    by_code.sign_in(client, EMAIL)
    assert by_code.is_signed_in(client)
    assert client.get("/staff").location == "/staff/sign-in?next=/staff"
    assert client.get("/staff/people").status_code == 303


def test_the_session_of_this_browser_ends_when_staff_sign_in_here(client: Client) -> None:
    megan = equipped()
    by_code.sign_in(client, EMAIL)
    token = client.get_cookie("session")
    assert token is not None
    sign = walk.token_of(client)
    assert client.post("/staff/sign-in", data=megan.details(csrf_token=sign)).status_code == 303
    renewed = client.get_cookie("session")
    assert renewed is not None
    assert renewed.value != token.value
    assert [row.staff for row in walk.sessions_of(megan.key)] == [True]


@pytest.mark.parametrize(
    ("next_address", "there"),
    [
        ("/staff/people", "/staff/people"),
        ("/staff?filter=1&b=2", "/staff?filter=1&b=2"),
        ("/cy/staff/people", "/cy/staff/people"),
        ("/ideas", "/staff"),
        ("//elsewhere.example/staff", "/staff"),
        ("https://elsewhere.example/staff", "/staff"),
        ("/staff/../sign-out", "/staff"),
        ("/staff\\@elsewhere.example", "/staff"),
        ("/staffelsewhere", "/staff"),
        ("/staff/\r\nSet-Cookie: a=b", "/staff"),
        ("", "/staff"),
    ],
)
def test_signing_in_leads_to_our_own_staff_pages_alone(
    client: Client, next_address: str, there: str
) -> None:
    megan = equipped()
    answer = sign_in(client, megan, f"?next={quote(next_address)}")
    assert (answer.status_code, answer.location) == (303, there)


def test_who_has_no_role_left_or_has_left_or_no_device_is_not_let_in(client: Client) -> None:
    boss = equipped(email="boss@example.org")
    megan = equipped(MODERATOR, ends_on=clock.today())
    with clock.at(clock.now() + timedelta(days=2)):
        answer = sign_in(client, megan)
        assert (answer.status_code, "You have no role here any more" in answer.text) == (422, True)
    code = megan.code()
    with write():
        db.session.get_one(Colleague, megan.key).totp_confirmed_at = None
    assert sign_in(client, megan, code=code).status_code == 422
    with write():
        services.end(megan.key, actor=boss.key)
    answer = client.post(
        "/staff/sign-in", data={"email": EMAIL, "password": PASSWORD, "code": code}
    )
    assert WRONG in answer.text


def test_a_form_from_the_staff_page_opened_twice_signs_in_where_it_says(client: Client) -> None:
    megan = equipped()
    sign_in(client, megan)
    assert client.get("/staff/sign-in?next=/staff/people").location == "/staff/people"


def test_thirty_idle_minutes_end_a_staff_session_and_work_does_not(client: Client) -> None:
    megan = equipped()
    moment = clock.now()
    with clock.at(moment):
        sign_in(client, megan)
    for minutes in (20, 40, 60):
        with clock.at(moment + timedelta(minutes=minutes)):
            assert is_staff(client)
    with clock.at(moment + timedelta(minutes=91)):
        assert not is_staff(client)
        refused = client.post("/staff/people/invite", data={"email": "bo@example.org"})
        assert refused.status_code == 403
        assert "Your staff session has ended" in refused.text


def test_what_was_typed_is_given_back_when_the_session_has_ended(client: Client) -> None:
    megan = equipped()
    sign_in(client, megan)
    words = "A long note about the case that took a quarter of an hour."
    with clock.at(clock.now() + timedelta(hours=1)):
        refused = client.post(
            "/staff/people/invite", data={"note": words, "new_password": PASSWORD}
        )
    assert refused.status_code == 403
    assert words in refused.text
    assert 'href="/staff/sign-in"' in refused.text
    assert f'<input type="hidden" name="note" value="{words}">' in refused.text  # to be sent again
    assert PASSWORD not in refused.text


def test_a_role_that_ends_in_the_middle_of_a_session_ends_there(client: Client) -> None:
    megan = equipped(MODERATOR, ends_on=clock.today())
    midnight = clock.end_of(clock.today())
    with clock.at(midnight - timedelta(minutes=3)):
        sign_in(client, megan)
        assert is_staff(client)
    with clock.at(midnight + timedelta(seconds=1)):
        before = everything()
        assert client.get("/staff").status_code == 403
        seen_today = {"sessions", "persons"}  # the first request of a day notes the day
        assert changed(before, everything()) <= seen_today


def test_the_password_is_kept_as_argon2id(app: Flask) -> None:
    megan = equipped()
    assert (stored(megan.key).password_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
