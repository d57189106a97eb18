"""Roles, last days, leaving: there is always an administrator, and what ends, ends at once."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write
from citizen_voice.team import queries, services
from citizen_voice.team.models import (
    ADMINISTRATOR,
    MODERATOR,
    PRIVACY_OFFICER,
    RecoveryCode,
)
from tests.client import Client
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits.rows import everything
from tests.meanwhile import meanwhile
from tests.team import walk
from tests.team.walk import PASSWORD, equipped, is_staff, sign_in

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
    asked = client.send("/me/leave", {"words": "keep"})
    assert "confirm_password" in asked.text  # a colleague proves who they are, however signed in
    proof = {"confirm_password": PASSWORD, "confirm_code": other.code()}
    assert client.send("/me/leave", {"words": "keep", **proof}).status_code == 303
    assert queries.credentials(person_id=other.key) is None
    held = everything()
    for table in ("colleagues", "colleague_roles", "recovery_codes", "invitations"):
        assert not [row for row in held[table] if repr(other.key) in row or other.key.hex in row]


def test_an_end_of_all_sessions_leaves_others_signed_in(client: Client) -> None:
    one, two = equipped(), resident()
    client.sign_in(two)
    with write():
        accounts.end_sessions(one.key)
    assert client.get("/me").status_code == 200
    assert db.session.scalars(select(RecoveryCode.code_hash)).all()
