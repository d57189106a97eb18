"""By a code or by its link one is signed in, in the browser that asked."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, ask, enter, is_signed_in, letter, letters, notices_of
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.retention import swept
from tests.habits.statements import counted


def test_a_new_resident_signs_in_by_code_and_is_asked_their_age_once(client: Client) -> None:
    answer = ask(client)
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    shown = client.get("/sign-in/code").text
    assert "a••@example.org" in shown
    assert ADDRESS not in shown
    answer = enter(client, letter().code)
    assert answer.location == "/sign-in/age"
    assert not is_signed_in(client)
    answer = client.post("/sign-in/age", data={"age": "adult"})
    assert (answer.status_code, answer.location) == (303, "/?done=signed-in")
    assert is_signed_in(client)
    person = walk.person()
    assert person is not None
    assert (person.age_band, person.kind, person.display_name) == ("adult", "resident", None)
    assert walk.under_way() == []
    client.send("/sign-out")
    assert not is_signed_in(client)
    ask(client)
    assert enter(client, letter().code).location == "/?done=signed-in"


def test_a_teen_joins_and_their_band_is_all_that_is_kept(client: Client) -> None:
    walk.sign_in(client, age="teen")
    person = walk.person()
    assert person is not None
    assert person.age_band == "teen"


def test_an_age_that_is_not_offered_makes_no_account(client: Client) -> None:
    ask(client)
    enter(client, letter().code)
    for age in ("", "under13", "99", "adult'--"):
        answer = client.post("/sign-in/age", data={"age": age})
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
        assert "Choose how old you are" in answer.text
    assert walk.person() is None


def test_the_age_question_comes_only_after_the_code(client: Client) -> None:
    ask(client)
    assert client.get("/sign-in/age").location == "/sign-in"
    assert client.post("/sign-in/age", data={"age": "adult"}).location == "/sign-in"
    assert walk.person() is None


@pytest.mark.usefixtures("known")
def test_opening_the_link_does_nothing_and_its_button_signs_in(client: Client) -> None:
    ask(client)
    link = letter().link
    for _look in range(3):  # a mail scanner's
        shown = client.get(link)
        assert shown.status_code == 200
        assert "One press and you are signed in" in shown.text
        assert not is_signed_in(client)
    assert client.post(link).location == "/?done=signed-in"
    assert is_signed_in(client)
    again = client.send(link)
    assert again.status_code == 410
    assert "This link has run out" in again.text


@pytest.mark.usefixtures("known")
def test_a_link_opened_elsewhere_shows_the_code_to_enter_where_one_began(
    app: Flask, client: Client
) -> None:
    ask(client)
    elsewhere = walk.another(app)
    shown = elsewhere.get(letter().link).text
    code = letter().code
    assert f"{code[:3]} {code[3:]}" in shown
    assert not is_signed_in(elsewhere)
    enter(client, code)
    assert is_signed_in(client)
    assert elsewhere.get(letter().link).status_code == 410


@pytest.mark.usefixtures("known")
def test_beginning_elsewhere_signs_in_there_and_only_there(app: Flask, client: Client) -> None:
    ask(client)
    elsewhere = walk.another(app)
    assert elsewhere.post(letter().link).location == "/?done=signed-in"
    assert is_signed_in(elsewhere)
    assert not is_signed_in(client)
    enter(client, letter().code)
    assert not is_signed_in(client)


def test_somebody_new_who_begins_elsewhere_is_asked_their_age_there(
    app: Flask, client: Client
) -> None:
    ask(client)
    elsewhere = walk.another(app)
    assert elsewhere.post(letter().link).location == "/sign-in/age"
    assert client.post("/sign-in/age", data={"age": "adult"}).location == "/sign-in"
    elsewhere.post("/sign-in/age", data={"age": "adult"})
    assert is_signed_in(elsewhere)
    assert not is_signed_in(client)


@pytest.mark.usefixtures("known")
def test_a_link_that_nobody_sent_has_run_out(client: Client) -> None:
    for token in ("x", "a" * 5_000, "%00", "..%2f", "é"):
        for answer in (client.get(f"/sign-in/link/{token}"), client.post(f"/sign-in/link/{token}")):
            assert answer.status_code in (404, 410)
    assert not is_signed_in(client)


@pytest.mark.usefixtures("known")
def test_what_somebody_was_about_to_do_is_kept_for_24_hours(client: Client) -> None:
    begun = clock.now()
    with clock.at(begun):
        ask(client)
    with clock.at(begun + timedelta(hours=23, minutes=59)):
        assert "has run out" in client.get("/sign-in/code").text
        client.post("/sign-in/code/again")
        assert client.get("/sign-in/code").status_code == 200
    with clock.at(begun + timedelta(hours=24, seconds=1)):
        assert client.get("/sign-in/code").location == "/sign-in"
        with write():
            swept("sign-ins")
    assert walk.under_way() == []


def test_back_from_the_age_question_leads_to_it_again(client: Client) -> None:
    ask(client)
    code = letter().code
    enter(client, code)
    assert client.get("/sign-in/code").location == "/sign-in/age"
    assert enter(client, code).location == "/sign-in/age"


@pytest.mark.usefixtures("client")
def test_words_and_statements_are_the_same_whether_or_not_an_address_is_known(app: Flask) -> None:
    resident(email="known@example.org")
    walk.another(app).get("/sign-in")
    seen = []
    for address in ("known@example.org", "never@example.org"):
        browser = walk.another(app)
        pages = [browser.get("/sign-in")]
        with counted() as statements:
            pages.append(browser.post("/sign-in", data={"email": address, "notice": "1"}))
            pages.append(browser.get("/sign-in/code"))
            pages.append(enter(browser, "x"))
            pages.append(browser.post("/sign-in/code/again"))
        words = [page.text.replace(walk_masked(address), "") for page in pages]
        mails = [mail.body.split("http")[0].replace(mail.code[:3], "") for mail in letters(address)]
        seen.append((words, statements.sent, [page.status_code for page in pages], len(mails)))
    assert seen[0] == seen[1]


def walk_masked(address: str) -> str:
    """How the page shows an address."""
    name, domain = address.split("@")
    return f"{name[0]}{'•' * (len(name) - 1)}@{domain}"


def test_a_welsh_reader_gets_a_welsh_letter_and_lands_in_welsh(client: Client) -> None:
    client.post("/cy/sign-in", data={"email": ADDRESS, "notice": "1"})
    assert "/cy/sign-in/link/" in letter().link
    answer = client.post("/cy/sign-in/code", data={"code": letter().code})
    assert answer.location == "/cy/sign-in/age"
    answer = client.post("/cy/sign-in/age", data={"age": "adult"})
    assert answer.location == "/cy/?done=signed-in"
    assert notices_of(ADDRESS) == [("privacy", 1, "cy", "sign-in")]


def test_the_subject_of_the_letter_has_the_code_and_no_word_of_what_it_is_for(
    client: Client,
) -> None:
    number = idea(title="Secret wishes of mine")
    client.post(f"/ideas/CV-{number}/answer", data={"value": "support"})
    ask(client)
    sent = letter()
    assert sent.code[:3] in sent.subject
    assert "Secret" not in sent.subject + sent.body
