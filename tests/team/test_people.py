"""Roles, last days, leaving: there is always an administrator, and what ends, ends at once."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.team import queries, services
from citizen_voice.team.models import (
    ADMINISTRATOR,
    MODERATOR,
    PRIVACY_OFFICER,
    DeviceReset,
    RecoveryCode,
)
from tests.client import Client
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits.rows import everything
from tests.meanwhile import meanwhile
from tests.team import walk
from tests.team.walk import ANOTHER, PASSWORD, equipped, is_staff, sign_in

LAST = "There has to be an administrator"


def roles_of(client: Client, who: object, *roles: str, ends_on: str = "") -> int:
    """Send the form of roles; gives the status."""
    fields = {"roles": list(roles), "ends_on": ends_on}
    return client.send(f"/staff/people/{who}/roles", fields).status_code


def test_the_page_shows_who_works_here_without_their_addresses(client: Client) -> None:
    boss = equipped()
    last_day = clock.today() + timedelta(days=3)
    other = colleague(MODERATOR, PRIVACY_OFFICER, name="Ann Bell", ends_on=last_day)
    sign_in(client, boss)
    shown = client.get("/staff/people").text
    for words in ("Megan Price", "Ann Bell", "Moderator, Privacy officer", "No phone yet"):
        assert words in shown
    assert "@example.org" not in shown.partition("<main")[2]
    page = f"/staff/people/{other}"
    assert "@example.org" not in client.get(page).text.partition("<main")[2]
    acts = len(walk.acts())
    told = client.send(f"{page}/address").text
    assert "@example.org" in told
    assert walk.acts()[acts:] == ["address shown"]


def test_roles_and_last_day_are_changed_and_hold_from_then_on(app: Flask, client: Client) -> None:
    boss, other = equipped(), equipped(MODERATOR, email="bo@example.org")
    there = walk.another(app)
    sign_in(there, other)
    assert there.get("/staff/people").status_code == 403
    client.sign_in(boss.key, staff=True)
    assert roles_of(client, other.key, ADMINISTRATOR, MODERATOR) == 303
    assert there.get("/staff/people").status_code == 200  # in the session that is open
    assert roles_of(client, other.key, MODERATOR, ends_on=str(clock.today())) == 303
    assert there.get("/staff/people").status_code == 403
    with clock.at(clock.end_of(clock.today())):
        assert queries.roles(other.key) == frozenset()


def test_a_wrong_role_or_day_is_named_and_changes_nothing(client: Client) -> None:
    client.sign_in(equipped().key, staff=True)
    other = colleague()
    before = everything()
    for roles, day in (((), ""), (("emperor",), ""), ((MODERATOR,), "2020-01-01"), ((), "x")):
        assert roles_of(client, other, *roles, ends_on=day) == 422
    for nobody in ("01890000-0000-7000-8000-0000000000ff", resident()):
        assert roles_of(client, nobody, MODERATOR) == 404
    assert everything().keys() == before.keys()
    assert queries.roles(other) == {MODERATOR}


def test_the_last_administrator_stays_whatever_is_tried(client: Client) -> None:
    boss, other = equipped(), colleague(MODERATOR)
    client.sign_in(boss.key, staff=True)
    answer = client.send(f"/staff/people/{boss.key}/roles", {"roles": [MODERATOR], "ends_on": ""})
    assert (answer.status_code, LAST in answer.text) == (422, True)
    fields = {"roles": [ADMINISTRATOR], "ends_on": "2093-01-01"}
    answer = client.send(f"/staff/people/{boss.key}/roles", fields)
    assert (answer.status_code, "without a last day" in answer.text) == (422, True)
    answer = client.send(f"/staff/people/{boss.key}/end")
    assert (answer.status_code, "Ask another administrator" in answer.text) == (422, True)
    answer = client.send("/me/leave", {"words": "keep"})
    assert (answer.status_code, LAST in answer.text) == (422, True)
    assert queries.roles(boss.key) == {ADMINISTRATOR}
    assert is_staff(client)
    assert roles_of(client, other, ADMINISTRATOR) == 303
    assert roles_of(client, boss.key, MODERATOR) == 303
    assert client.get("/staff/people").status_code == 403


def test_an_administrator_whose_days_run_out_does_not_count_as_the_one_who_stays(
    client: Client,
) -> None:
    boss = equipped()
    colleague(ADMINISTRATOR, ends_on=clock.today() + timedelta(days=9))
    client.sign_in(boss.key, staff=True)
    assert roles_of(client, boss.key, MODERATOR) == 422
    assert roles_of(client, boss.key, ADMINISTRATOR, ends_on="2093-01-01") == 422


def test_two_administrators_who_remove_each_other_leave_one(app: Flask) -> None:
    one, two = equipped(), equipped(email="bo@example.org")

    def then() -> None:
        with write():
            services.end(one.key, actor=two.key)

    ended = meanwhile(app, lambda: services.end(two.key, actor=one.key), then)
    assert ended == {"other", "NotAllowed"}
    assert services.colleagues_with(ADMINISTRATOR) == [one.key]


def test_two_who_give_up_the_role_at_once_leave_one(app: Flask) -> None:
    one, two = equipped(), equipped(email="bo@example.org")

    def then() -> None:
        with write():
            services.change_roles(two.key, [MODERATOR], actor=two.key)

    act = lambda: services.change_roles(one.key, [MODERATOR], actor=one.key)  # noqa: E731
    assert meanwhile(app, act, then) == {"other", "Refusal"}
    assert services.colleagues_with(ADMINISTRATOR) == [two.key]


def test_leaving_ends_every_session_at_once_and_gives_back_what_was_typed(
    app: Flask, client: Client
) -> None:
    boss, other = equipped(), equipped(MODERATOR, email="bo@example.org")
    browsers = [walk.another(app), walk.another(app)]
    for browser, code in zip(browsers, other.recovery_codes, strict=False):
        sign_in(browser, other, code=code)
        assert is_staff(browser)
    resident_browser = walk.another(app)
    resident_browser.sign_in(other.key)
    client.sign_in(boss.key, staff=True)
    page = f"/staff/people/{other.key}/end"
    assert "signed out everywhere" in client.get(page).text
    assert client.send(page).location == "/staff/people?done=colleague-ended"
    for browser in browsers:
        assert browser.get("/staff").status_code == 303
        words = "What I had typed about this case until a moment ago."
        refused = browser.post("/staff/people/invite", data={"note": words})
        assert (refused.status_code, words in refused.text) == (403, True)
    assert resident_browser.get("/me").status_code == 303
    assert walk.sessions_of(other.key) == []
    assert queries.roles(other.key) == frozenset()
    assert queries.colleague(other.key) is None
    assert client.get(f"/staff/people/{other.key}").status_code == 404
    assert sign_in(walk.another(app), other, code=other.recovery_codes[5]).status_code == 422
    assert walk.acts()[-1] == "staff ended"
    assert client.send(page).status_code == 404


def test_a_colleague_who_deletes_their_account_leaves_nothing_of_it(client: Client) -> None:
    equipped()
    other = equipped(MODERATOR, email="bo@example.org")
    client.sign_in(other.key)
    assert client.send("/me/leave", {"words": "keep"}).status_code == 303
    assert queries.credentials(person_id=other.key) is None
    held = everything()
    for table in ("colleagues", "colleague_roles", "recovery_codes", "invitations"):
        assert not [row for row in held[table] if repr(other.key) in row or other.key.hex in row]


# -- what is lost -------------------------------------------------------------------------------


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


def code_on(page: object) -> str:
    """The code of the device that a page sets up."""
    return pyotp.TOTP(walk.secret_on(page)).at(clock.now())  # type: ignore[arg-type]


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


def test_an_end_of_all_sessions_leaves_others_signed_in(client: Client) -> None:
    one, two = equipped(), resident()
    client.sign_in(two)
    with write():
        accounts.end_sessions(one.key)
    assert client.get("/me").status_code == 200
    assert db.session.scalars(select(RecoveryCode.code_hash)).all()
