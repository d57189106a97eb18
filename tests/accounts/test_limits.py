"""Limits answer 429 and say how long to wait, and none locks somebody else out."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock, limits
from citizen_voice.accounts import limits as these
from citizen_voice.db import db, write
from citizen_voice.errors import TooMany
from citizen_voice.ideas.limits import PROPOSALS
from citizen_voice.limits import Limit, LimitHit
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, ask, enter, is_signed_in, letter
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.people import resident
from tests.factories.retention import swept

THREE = Limit("tests", 3, timedelta(minutes=10))


@pytest.mark.usefixtures("app")
def test_a_limit_counts_in_windows_and_says_when_the_next_begins() -> None:
    moment = datetime(2027, 1, 1, 12, 7, 30, tzinfo=UTC)
    with clock.at(moment):
        for _time in range(3):
            limits.hit(THREE, "one")
        with pytest.raises(TooMany) as refused:
            limits.hit(THREE, "one")
        assert refused.value.retry_after == 150
        limits.hit(THREE, "another")
    with clock.at(moment + timedelta(seconds=151)):
        limits.hit(THREE, "one")
        with write():
            assert swept("limits") == 2


@pytest.mark.usefixtures("app")
def test_a_refusal_is_counted_too_and_nobodys_name_is_stored() -> None:
    for _time in range(5):
        try:
            limits.hit(THREE, ADDRESS)
        except TooMany:
            continue
    rows = db.session.execute(select(LimitHit.subject, LimitHit.hits)).all()
    assert [row.hits for row in rows] == [5]
    assert "ada" not in rows[0].subject


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.200", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:0:1200::1", "2001:db8:0:12ff::9", True),
        ("2001:db8:0:1200::1", "2001:db8:0:1300::1", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("::ffff:192.0.2.1", "::ffff:198.51.100.1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("192.0.2.1", "::c000:201", False),
        (None, "nonsense", True),
    ],
)
def test_a_household_or_office_counts_as_one(one: str | None, other: str, *, same: bool) -> None:
    assert (limits.network_of(one) == limits.network_of(other)) == same


def test_too_many_codes_to_an_address_wait_and_lock_nobody_else_out(app: Flask) -> None:
    for _letter in range(these.CODES_HERE.most):
        assert ask(walk.another(app)).status_code == 303
    refused = ask(walk.another(app))
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert "Please wait a while" in refused.text
    neighbour = walk.another(app)
    assert ask(neighbour, "neighbour@example.org").status_code == 303
    owner = walk.another(app)
    asked = owner.post(
        "/sign-in", data={"email": ADDRESS}, environ_base={"REMOTE_ADDR": "198.51.100.7"}
    )
    assert asked.status_code == 303
    owner.post("/sign-in/code", data={"code": letter().code})
    assert owner.get("/sign-in/age").status_code == 200


def test_a_guesser_is_stopped_and_the_owner_signs_in_from_elsewhere(app: Flask) -> None:
    resident(email=ADDRESS)
    thief = walk.another(app)
    ask(thief)
    answers = [enter(thief, "000000").status_code for _try in range(these.GUESSES.most + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {422}
    owner = walk.another(app)
    from_home = {"environ_base": {"REMOTE_ADDR": "198.51.100.7"}}
    owner.post("/sign-in", data={"email": ADDRESS}, **from_home)
    owner.post("/sign-in/code", data={"code": letter().code}, **from_home)
    assert is_signed_in(owner)


def test_a_limit_that_was_reached_keeps_no_code_and_gives_back_the_rest(client: Client) -> None:
    for _time in range(these.BEGINNINGS.most):
        limits.hit(these.BEGINNINGS, limits.network_of("127.0.0.1"))
    refused = client.post("/ideas/CV-1001/answer", data={"value": "support"})
    assert refused.status_code == 429
    assert "Send it again" in refused.text
    assert db.session.execute(select(func.count()).select_from(LimitHit)).scalar_one() == 1


def test_nobody_else_runs_into_a_members_limit_of_ideas(client: Client) -> None:
    asked, busy, other = challenge(), resident(), resident()
    fields = {"title": "A bench at the stop", "body": "", "lang": "en", "place": ""}
    for _time in range(PROPOSALS.most):
        limits.hit(PROPOSALS, str(busy))
    client.sign_in(busy)
    refused = client.send(f"/challenges/{asked.slug}/suggest", fields)
    assert (refused.status_code, "A bench at the stop" in refused.text) == (429, True)
    assert int(refused.headers["Retry-After"]) > 0
    client.sign_in(other)
    assert client.send(f"/challenges/{asked.slug}/suggest", fields).status_code == 303
