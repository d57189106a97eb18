"""A code is good once, for ten minutes and five tries, in the browser that asked."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from citizen_voice import clock
from citizen_voice.accounts import queries, services
from citizen_voice.db import db, write
from citizen_voice.limits import LimitHit
from tests.accounts import walk
from tests.accounts.walk import ask, enter, is_signed_in, letter
from tests.client import Client


def wrong(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.usefixtures("known")
def test_a_wrong_code_says_how_many_tries_are_left_and_five_use_it_up(client: Client) -> None:
    ask(client)
    code = letter().code
    for left in ("4 tries left", "3 tries left", "2 tries left", "1 try left"):
        answer = enter(client, wrong(code))
        assert answer.status_code == 422
        assert "That code isn" in answer.text
        assert left in answer.text
    answer = enter(client, wrong(code))
    assert answer.status_code == 422
    assert "That code has run out. Send a new one." in answer.text
    assert 'name="code"' not in answer.text
    assert "That code has run out" in enter(client, code).text
    assert client.post(letter().link).status_code == 410
    assert not is_signed_in(client)
    client.post("/sign-in/code/again")
    enter(client, letter().code)
    assert is_signed_in(client)


@pytest.mark.usefixtures("known")
def test_the_fifth_try_may_be_the_right_one(client: Client) -> None:
    ask(client)
    code = letter().code
    for _try in range(4):
        enter(client, wrong(code))
    enter(client, code)
    assert is_signed_in(client)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("by", ["code", "link"])
def test_a_code_and_its_link_last_ten_minutes(client: Client, by: str) -> None:
    asked = clock.now()
    with clock.at(asked):
        ask(client)
    for minutes, good in ((timedelta(minutes=10), False), (timedelta(minutes=9, seconds=59), True)):
        with clock.at(asked + minutes):
            if by == "code":
                enter(client, letter().code)
            else:
                client.post(letter().link)
            assert is_signed_in(client) == good


@pytest.mark.usefixtures("known")
def test_a_new_code_makes_the_old_one_void(client: Client) -> None:
    ask(client)
    old = letter()
    assert client.post("/sign-in/code/again").location == "/sign-in/code"
    new = letter()
    assert client.post(old.link).status_code == 410
    if old.code != new.code:
        assert enter(client, old.code).status_code == 422
    enter(client, new.code)
    assert is_signed_in(client)


@pytest.mark.usefixtures("known")
def test_a_code_is_good_once(app: Flask, client: Client) -> None:
    ask(client)
    cookie = client.get_cookie("pending")
    assert cookie is not None
    enter(client, letter().code)
    replayed = walk.another(app)
    replayed.set_cookie("pending", cookie.value)
    assert enter(replayed, letter().code).location == "/sign-in"
    assert not is_signed_in(replayed)


def test_of_two_tabs_that_confirm_one_code_the_second_is_refused_without_an_error(
    app: Flask,
) -> None:
    with write():
        token = services.begin(next_address="", intent=None, language="en")
    row = queries.pending(token)
    assert row is not None
    with write():
        services.finish(row.id)
    for act in (services.finish, services.count_try, services.mark_verified):
        with pytest.raises(services.CodeRunOut), write():
            act(row.id)


@pytest.mark.usefixtures("known")
def test_a_code_is_bound_to_the_browser_that_asked(app: Flask, client: Client) -> None:
    ask(client)
    thief = walk.another(app)
    assert enter(thief, letter().code).location == "/sign-in"
    ask(thief, "thief@example.org")
    assert enter(thief, letter().code).status_code == 422
    assert not is_signed_in(thief)


@pytest.mark.usefixtures("known")
def test_spaces_and_dashes_in_the_code_are_fine(app: Flask) -> None:
    for written in ("{0} {1}", " {0}-{1} ", "{0}\u00a0{1}", "{0}\t{1}\n"):
        browser = walk.another(app)
        ask(browser)
        code = letter().code
        enter(browser, written.format(code[:3], code[3:]))
        assert is_signed_in(browser)


HOSTILE_CODES = (
    "",
    "   ",
    "٠١٢٣٤٥",  # Arabic-Indic digits
    "１２３４５６",  # noqa: RUF001  # full width
    "1" * 40,
    "9" * 100_000,
    "\0\0\0\0\0\0",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202e123456",
)


@pytest.mark.usefixtures("known")
def test_a_hostile_code_is_a_wrong_code(client: Client) -> None:
    for code in HOSTILE_CODES:
        with write():
            db.session.execute(delete(LimitHit))
        ask(client)
        answer = enter(client, code)
        assert answer.status_code == 422
        assert "<script>alert" not in answer.text
        assert not is_signed_in(client)
