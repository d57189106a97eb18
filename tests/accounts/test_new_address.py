"""Moving an account to another address: the new one is confirmed first, the old one told."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, enter, is_signed_in, letter, letters
from tests.client import Client
from tests.factories.people import resident

NEW = "ada.new@example.org"


@pytest.fixture
def member(client: Client) -> Client:
    """Somebody signed in."""
    walk.sign_in(client)
    return client


def test_a_code_goes_to_the_new_address_and_then_the_old_one_is_told(member: Client) -> None:
    before = len(letters())
    asked = member.send("/me/email", {"email": NEW})
    assert asked.location == "/sign-in/code"
    assert walk.person(NEW) is None
    assert len(letters()) == before
    done = member.send("/sign-in/code", {"code": letter(NEW).code})
    assert done.location == "/me?done=email-changed"
    assert walk.person(ADDRESS) is None
    assert NEW in member.get("/me").text
    told = letters()[-1]
    assert "address was changed" in told.subject
    assert NEW not in told.body
    assert is_signed_in(member)


def test_the_link_confirms_it_by_its_button_in_the_same_browser(app: Flask, member: Client) -> None:
    member.send("/me/email", {"email": NEW})
    elsewhere = walk.another(app)
    shown = elsewhere.get(letter(NEW).link).text
    assert "Sign in on this device" not in shown
    assert elsewhere.post(letter(NEW).link).status_code == 404
    member.get(letter(NEW).link)
    assert walk.person(NEW) is None
    assert member.send(letter(NEW).link).location == "/me?done=email-changed"
    assert walk.person(NEW) is not None


def test_a_link_that_ran_out_or_was_replaced_changes_nothing(member: Client) -> None:
    member.send("/me/email", {"email": NEW})
    first = letter(NEW)
    member.send("/sign-in/code/again")
    assert member.send(first.link).status_code == 410
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert member.send(letter(NEW).link).status_code == 410
        assert "run out" in member.send("/sign-in/code", {"code": letter(NEW).code}).text
    assert walk.person(NEW) is None


def test_an_address_that_somebody_has_is_refused_only_once_it_is_confirmed(
    member: Client,
) -> None:
    resident(email=NEW)
    asked = member.send("/me/email", {"email": NEW})
    assert asked.location == "/sign-in/code"
    refused = member.send("/sign-in/code", {"code": letter(NEW).code})
    assert refused.status_code == 422
    assert "There is an account with that address already." in refused.text
    by_link = member.send(letter(NEW).link)
    assert by_link.status_code == 409
    row = walk.person(ADDRESS)
    assert row is not None


def test_ones_own_address_again_is_fine(member: Client) -> None:
    member.send("/me/email", {"email": ADDRESS.upper()})
    assert member.send("/sign-in/code", {"code": letter().code}).location.startswith("/me")
    assert "changed" not in letters()[-1].subject


def test_only_who_asked_for_it_can_confirm_it(app: Flask, member: Client) -> None:
    member.send("/me/email", {"email": NEW})
    cookie = member.get_cookie("pending")
    assert cookie is not None
    for eve in (walk.another(app), walk.another(app)):
        eve.set_cookie("pending", cookie.value)
    eve.sign_in(resident(email="eve@example.org"))
    assert enter(eve, letter(NEW).code).status_code in (403, 404, 422)
    assert eve.send("/sign-in/code", {"code": letter(NEW).code}).status_code in (404, 422)
    assert walk.person(NEW) is None


def test_a_visitor_with_the_cookie_of_a_change_begins_a_sign_in_of_their_own(
    member: Client,
) -> None:
    member.send("/me/email", {"email": NEW})
    member.send("/sign-out")
    member.csrf = None
    walk.ask(member, "third@example.org")
    assert enter(member, letter("third@example.org").code).location == "/sign-in/age"


def test_refused_addresses_stay_in_the_form(member: Client) -> None:
    for typed in ("", "nobody", "a@b\r\nBcc: c@d.org", "a" * 300 + "@example.org"):
        answer = member.send("/me/email", {"email": typed})
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
    assert [row for row in walk.under_way() if row.email != ADDRESS] == []
