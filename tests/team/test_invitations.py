"""An invitation is a link, good once, for seven days, and gives what it says and no more."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from citizen_voice.team import queries, services
from citizen_voice.team.models import MODERATOR, PILOT_OWNER, Invitation
from tests.accounts import walk as by_code
from tests.client import Client
from tests.factories.people import resident
from tests.factories.retention import swept
from tests.habits.rows import everything
from tests.meanwhile import meanwhile
from tests.team import walk
from tests.team.walk import ANOTHER, BO, PASSWORD, accept, code_on, equipped, is_staff, sign_in

RUN_OUT = "This link has run out"


def invited(*roles: str, actor: UUID | None = None, email: str = BO, **further: object) -> str:
    """The path of a link for somebody who is invited; a moderator unless roles are given."""
    with write():
        token = services.invite(email, roles or (MODERATOR,), actor=actor, language="en", **further)  # type: ignore[arg-type]  # as the service takes them
    return f"/staff/invitation/{token}"


def test_a_link_makes_a_colleague_who_is_signed_in_and_has_ten_recovery_codes(
    app: Flask, client: Client
) -> None:
    last_day = clock.today() + timedelta(days=40)
    link = invited(MODERATOR, PILOT_OWNER, ends_on=last_day)
    page = client.get(link)
    assert BO in page.text
    assert "<svg" in page.text
    assert 'style="' not in page.text
    answer = accept(client, link)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    made = walk.codes_on(answer)
    assert len(set(made)) == 10
    assert is_staff(client)
    fellow = next(each for each in queries.colleagues() if each.row.email == BO)
    assert {(role.name, role.ends_on) for role in fellow.roles} == {
        (MODERATOR, last_day),
        (PILOT_OWNER, last_day),
    }
    assert fellow.row.display_name == "Bo Harris"
    assert fellow.ready
    told = ["roles given", "staff joined", "password set", "device set up", "staff signed in"]
    assert walk.acts()[-5:] == told
    bo = walk.Somebody(fellow.id, BO, made)
    assert sign_in(walk.another(app), bo, code=made[0]).status_code == 303
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert sign_in(walk.another(app), bo).status_code == 303


def test_the_code_that_set_the_device_up_signs_nobody_in(app: Flask, client: Client) -> None:
    link = invited()
    moment = clock.now()
    with clock.at(moment):
        code = code_on(client.get(link))
        assert client.post(link, data={"new_password": PASSWORD, "code": code}).status_code == 200
        bo = walk.Somebody(queries.colleagues()[0].id, BO)
        assert sign_in(walk.another(app), bo, code=code).status_code == 422


def test_a_resident_who_is_invited_keeps_account_and_name(client: Client) -> None:
    key = resident(email=BO, name="Bo from Castle")
    link = invited()
    assert 'value="Bo from Castle"' in client.get(link).text
    accept(client, link, name="")
    assert queries.colleagues()[0].id == key
    assert queries.colleagues()[0].row.display_name == "Bo from Castle"
    assert db.session.scalar(select(func.count()).where(Person.email == BO)) == 1


def test_a_name_may_stay_empty(client: Client) -> None:
    assert accept(client, invited(), name="").status_code == 200
    assert queries.colleagues()[0].row.display_name is None


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"new_password": ""}, "new_password", "Choose a password."),
        ({"new_password": "too short"}, "new_password", "at least 12 letters"),
        ({"new_password": "passwordpassword"}, "new_password", "easy to guess"),
        ({"new_password": "aaaaaaaaaaaaaaaa"}, "new_password", "easy to guess"),
        ({"new_password": "my harris paints a tree"}, "new_password", "Leave out your name"),
        ({"new_password": "the citizen eats a tree"}, "new_password", "Leave out your name"),
        ({"new_password": "x1!" * 67}, "new_password", "200 letters or fewer"),
        ({"code": "000000"}, "code", "That is not the code"),
        ({"code": ""}, "code", "Enter the code"),
        ({"name": "The Council"}, "name", "mistaken for the council"),
        ({"name": "x" * 61}, "name", "60 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_used_up(
    client: Client, fields: dict[str, str], field: str, words: str
) -> None:
    link = invited()
    answer = accept(client, link, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text
    assert PASSWORD not in answer.text
    assert queries.colleagues() == []
    assert by_code.person(BO) is None
    assert accept(client, link).status_code == 200


def test_the_same_key_is_shown_until_the_link_is_used(client: Client) -> None:
    link = invited()
    first = walk.secret_on(client.get(link))
    assert walk.secret_on(client.get(link)) == first
    assert walk.secret_on(accept(client, link, code="000000")) == first
    other = invited(email="ada@example.org")
    assert walk.secret_on(client.get(other)) != first


def test_a_link_is_good_once_and_the_second_tab_is_told(app: Flask, client: Client) -> None:
    link = invited()
    tab = walk.another(app)
    code = code_on(tab.get(link))
    assert accept(client, link).status_code == 200
    answer = tab.post(link, data={"new_password": ANOTHER, "code": code})
    assert (answer.status_code, RUN_OUT in answer.text) == (410, True)
    assert len(queries.colleagues()) == 1


def test_two_tabs_at_the_same_moment_make_one_colleague(app: Flask) -> None:
    token = invited().rpartition("/")[2]
    made = services.SetUp(password_hash="x", seed=b"s" * 16, step=1)

    def then() -> None:
        with write():
            services.settle(token, made)

    assert meanwhile(app, lambda: services.settle(token, made), then) == {"other", "LinkRunOut"}
    assert len(queries.colleagues()) == 1


def test_a_link_that_ran_out_or_was_taken_back_says_so_and_does_nothing(client: Client) -> None:
    boss = equipped()
    late, withdrawn = invited(), invited(email="ada@example.org")
    row = db.session.scalars(
        select(Invitation.id).where(Invitation.email == "ada@example.org")
    ).one()
    with write():
        services.withdraw(row, actor=boss.key)
    for link, moment in (
        (late, clock.now() + services.INVITATION_LASTS + timedelta(seconds=1)),
        (withdrawn, clock.now()),
        ("/staff/invitation/nonsense", clock.now()),
        ("/staff/invitation/%00", clock.now()),
    ):
        with clock.at(moment):
            for answer in (
                client.get(link),
                client.post(link, data={"new_password": PASSWORD, "code": "123456"}),
            ):
                assert (answer.status_code, RUN_OUT in answer.text) == (410, True), link
    assert len(queries.colleagues()) == 1
    with clock.at(clock.now() + services.INVITATION_LASTS + timedelta(days=31)), write():
        assert swept("invitations") == 1


def test_opening_a_link_does_nothing_since_mail_scanners_open_links(client: Client) -> None:
    link = invited()
    for _time in range(3):
        assert client.get(link).status_code == 200
    assert queries.colleagues() == []


def test_a_new_invitation_takes_the_place_of_the_one_before(client: Client) -> None:
    before, after = invited(), invited(PILOT_OWNER)
    assert client.get(before).status_code == 410
    assert accept(client, after).status_code == 200


def test_who_left_and_is_invited_again_sets_everything_up_anew(client: Client) -> None:
    boss, bo = equipped(), equipped(MODERATOR, email=BO)
    with write():
        services.end(bo.key, actor=boss.key)
    link = invited()
    assert accept(client, link, new_password=ANOTHER).status_code == 200
    fellow = queries.colleague(bo.key)
    assert fellow is not None
    assert [role.name for role in fellow.roles] == [MODERATOR]


def test_no_secret_is_stored_as_it_is(client: Client) -> None:
    link = invited()
    page = client.get(link)
    made = walk.codes_on(accept(client, link))
    held = str(everything())
    for secret in (link.rpartition("/")[2], walk.secret_on(page), PASSWORD, *made):
        assert secret not in held
