"""A lost device takes two administrators, a lost password one, and both a link good once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.team import queries, services
from citizen_voice.team.models import (
    ADMINISTRATOR,
    MODERATOR,
    DeviceReset,
)
from tests.client import Client
from tests.meanwhile import meanwhile
from tests.team import walk
from tests.team.walk import ANOTHER, PASSWORD, code_on, equipped, is_staff, sign_in


def test_a_lost_device_takes_the_word_of_two_administrators(app: Flask, client: Client) -> None:
    one, two = equipped(), equipped(email="bo@example.org")
    lost = equipped(MODERATOR, email="cy@example.org")
    page = f"/staff/people/{lost.key}"
    client.sign_in(one.key, staff=True)
    assert client.send(f"{page}/device").status_code == 303
    assert "Another administrator has to confirm" in client.get(page).text
    assert client.send(f"{page}/device").status_code == 409
    refused = client.send(f"{page}/device/confirm")
    assert (refused.status_code, "another administrator" in refused.text) == (403, True)
    assert sign_in(walk.another(app), lost).status_code == 303  # until it is confirmed
    second = walk.another(app)
    second.sign_in(two.key, staff=True)
    assert "Confirm the new phone" in second.get(page).text
    assert second.send(f"{page}/device/confirm").status_code == 303
    assert [row for row in walk.sessions_of(lost.key) if row.staff] == []
    assert second.send(f"{page}/device/confirm").status_code == 409
    assert sign_in_details(app, lost, lost.recovery_codes[0]) == 422
    link = walk.link(lost.email)
    there = walk.another(app)
    shown = there.get(link)
    assert 'name="password"' in shown.text
    assert 'name="new_password"' not in shown.text
    assert 'name="name"' not in shown.text
    code = code_on(shown)
    assert there.post(link, data={"password": ANOTHER, "code": code}).status_code == 422
    answer = there.post(link, data={"password": PASSWORD, "code": code})
    assert len(walk.codes_on(answer)) == 10
    assert is_staff(there)
    assert there.get(link).status_code == 410


def sign_in_details(app: Flask, who: walk.Somebody, code: str) -> int:
    """The status of a sign-in with a code that is given."""
    fields = {"email": who.email, "password": PASSWORD, "code": code}
    return walk.another(app).post("/staff/sign-in", data=fields).status_code


def test_the_same_administrator_cannot_be_both_even_in_the_database(app: Flask) -> None:
    one, lost = equipped(), equipped(MODERATOR, email="cy@example.org")
    with write():
        services.ask_for_device(lost.key, actor=one.key)
    both = update(DeviceReset).values(confirmed_by=one.key)
    with pytest.raises(IntegrityError), write():
        db.session.execute(both)


def test_nobody_resets_themselves_nor_does_a_moderator(client: Client) -> None:
    one, two = equipped(), equipped(MODERATOR, email="bo@example.org")
    client.sign_in(one.key, staff=True)
    for act in ("device", "device/confirm", "password", "link"):
        assert client.send(f"/staff/people/{one.key}/{act}").status_code == 403
    for wish in (services.ask_for_device, services.withdraw_device):
        with pytest.raises(NotAllowed), write():
            wish(one.key, actor=two.key)


def test_what_was_asked_is_taken_back_or_runs_out(client: Client) -> None:
    one, two = equipped(), equipped(email="bo@example.org")
    lost = equipped(MODERATOR, email="cy@example.org")
    client.sign_in(one.key, staff=True)
    page = f"/staff/people/{lost.key}"
    client.send(f"{page}/device")
    assert client.send(f"{page}/device/withdraw").status_code == 303
    assert client.send(f"{page}/device/withdraw").status_code == 409
    with write():
        services.ask_for_device(lost.key, actor=one.key)
    with (
        clock.at(clock.now() + services.RESET_LASTS + timedelta(seconds=1)),
        pytest.raises(Refusal, match="Nobody asks"),
        write(),
    ):
        services.confirm_device(lost.key, actor=two.key, site_name="Voice")


def test_two_who_confirm_at_once_send_one_link(app: Flask) -> None:
    one, two = equipped(), equipped(email="bo@example.org")
    three, lost = equipped(email="di@example.org"), equipped(MODERATOR, email="cy@example.org")
    with write():
        services.ask_for_device(lost.key, actor=one.key)

    def act(who: walk.Somebody) -> None:
        services.confirm_device(lost.key, actor=who.key, site_name="Voice")

    def then() -> None:
        with write():
            act(three)

    assert meanwhile(app, lambda: act(two), then) == {"other", "Conflict"}
    assert len(walk.letters(lost.email)) == 1


def test_a_lost_password_is_chosen_anew_with_the_device(app: Flask, client: Client) -> None:
    one, lost = equipped(), equipped(MODERATOR, email="cy@example.org")
    client.sign_in(one.key, staff=True)
    there = walk.another(app)
    sign_in(there, lost, code=lost.recovery_codes[0])
    page = f"/staff/people/{lost.key}"
    assert client.send(f"{page}/password").status_code == 303
    assert not is_staff(there)
    assert sign_in(there, lost, code=lost.recovery_codes[1]).status_code == 422
    link = walk.link(lost.email)
    assert 'class="qr"' not in there.get(link).text
    fields = {"new_password": ANOTHER, "code": "000000"}
    assert there.post(link, data=fields).status_code == 422
    answer = there.post(link, data=fields | {"code": lost.code()})
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert is_staff(there)
    fellow = queries.colleague(lost.key)
    assert fellow is not None
    assert fellow.row.codes_left == 9
    assert sign_in(walk.another(app), lost, code=lost.recovery_codes[2]).status_code == 422
    again = sign_in(
        walk.another(app), lost, password=ANOTHER, code=lost.recovery_codes[3], away=walk.AWAY
    )
    assert again.status_code == 303


def test_a_link_is_sent_again_to_who_has_not_set_up_everything(client: Client) -> None:
    one, lost = equipped(), equipped(MODERATOR, email="cy@example.org")
    client.sign_in(one.key, staff=True)
    page = f"/staff/people/{lost.key}"
    assert client.send(f"{page}/link").status_code == 409
    client.send(f"{page}/password")
    first = walk.link(lost.email)
    assert client.send(f"{page}/link").status_code == 303
    assert walk.link(lost.email) != first
    assert client.get(first).status_code == 410


def test_a_link_with_a_device_is_tried_ten_times_from_one_place(app: Flask, client: Client) -> None:
    one, lost = equipped(), equipped(MODERATOR, email="cy@example.org")
    with write():
        services.lose_password(lost.key, actor=one.key, site_name="Voice")
    link = walk.link(lost.email)
    fields = {"new_password": ANOTHER, "code": "000000"}
    told = [client.post(link, data=fields).status_code for _try in range(12)]
    assert (told[0], told[-1]) == (422, 429)
    away = client.post(link, data=fields | {"code": lost.code()}, **walk.AWAY)
    assert away.status_code == 303


def test_who_runs_the_server_helps_the_only_administrator(app: Flask, client: Client) -> None:
    boss = equipped()
    sign_in(client, boss)
    with write():
        token, language = services.reset(boss.email)
    assert (language, is_staff(client)) == ("en", False)
    link = f"/staff/invitation/{token}"
    fields = {"new_password": ANOTHER, "code": code_on(client.get(link))}
    client.csrf = None
    assert len(walk.codes_on(client.post(link, data=fields))) == 10
    assert queries.roles(boss.key) == {ADMINISTRATOR}
    with pytest.raises(NotHere), write():
        services.reset("nobody@example.org")
    assert walk.letters(boss.email) == []
