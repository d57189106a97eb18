"""My choices: unticked, one by one, with their history; and the link that stops letters."""

import re

import pytest
from flask import Flask

from citizen_voice.consent import limits, queries, services, wording
from citizen_voice.consent.models import NEWSLETTER, RESEARCH
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.routes import choices
from citizen_voice.consent.tokens import token_of
from citizen_voice.db import db, write
from citizen_voice.limits import Limit
from tests.client import HTMX, Client, FormFinder
from tests.consent.choosing import HERE, named, pressed, served_to, standing
from tests.factories.consents import give, withdraw
from tests.factories.people import resident


def test_everything_is_off_until_somebody_says_yes(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    page = client.get(HERE).text
    assert re.findall(r'aria-checked="(\w+)"', page) == ["false", "false"]
    assert standing(person) == {}


def test_each_switch_is_a_form_of_its_own(client: Client) -> None:
    client.sign_in(resident())
    forms = [
        each for each in FormFinder(client.get(HERE).text, HERE).forms if HERE in each["action"]
    ]
    actions = [each["action"] for each in forms if each["fields"]["choice"] == "yes"]
    assert actions == [f"{HERE}/{NEWSLETTER}", f"{HERE}/{RESEARCH}"]


def test_a_press_says_yes_and_another_takes_it_back(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    assert pressed(client, NEWSLETTER, "yes") == 303
    assert standing(person) == {NEWSLETTER: "given"}
    assert served_to(person) == {
        (PRIVACY, 1, "en", "my-choices"),
        (NEWSLETTER, 1, "en", "my-choices"),
    }
    page = client.get(HERE).text
    assert re.findall(r'aria-checked="(\w+)"', page) == ["true", "false"]
    assert ": yes, on My choices, in English" in page
    assert pressed(client, NEWSLETTER, "no") == 303
    assert standing(person) == {NEWSLETTER: "withdrawn"}
    assert ": taken back, on My choices, in English" in client.get(HERE).text


def test_no_thank_you_is_kept_and_not_asked_again(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    assert client.get(HERE).text.count("No, thank you") == 2
    assert pressed(client, RESEARCH, "never") == 303
    assert standing(person) == {RESEARCH: "refused"}
    assert client.get(HERE).text.count("No, thank you") == 1


def test_htmx_gets_the_one_choice(client: Client) -> None:
    client.sign_in(resident())
    data = {"choice": "yes"} | named(NEWSLETTER)
    answer = client.send(f"{HERE}/{NEWSLETTER}", data, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="choice-newsletter"' in answer.text
    assert "choice-research" not in answer.text


@pytest.mark.parametrize("version", ["", "0", "99", "-1", "9" * 40, "one", "²"])
def test_a_form_that_names_no_notice_changes_nothing_and_says_why(
    client: Client, version: str
) -> None:
    person = resident()
    client.sign_in(person)
    answer = client.send(f"{HERE}/{NEWSLETTER}", {"choice": "yes", "notice_version": version})
    assert answer.status_code == 422
    assert "Please read the privacy notice first" in answer.text
    assert standing(person) == {}


def test_a_notice_that_has_changed_is_said(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    old = str(queries.current_version(PRIVACY))
    with write():
        services.publish_notice(PRIVACY, {"en": "Other words", "cy": "Geiriau eraill"})
    assert pressed(client, NEWSLETTER, "yes", notice_version=old) == 409
    assert standing(person) == {}
    assert pressed(client, NEWSLETTER, "yes") == 303


@pytest.mark.parametrize("purpose", ["news", "taking-part", "selling-it", "x" * 300])
def test_what_is_not_on_consent_cannot_be_chosen(client: Client, purpose: str) -> None:
    client.sign_in(resident())
    assert pressed(client, purpose, "yes") == 404


def test_neither_yes_nor_no_is_refused(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    assert pressed(client, NEWSLETTER, "maybe") == 422
    assert standing(person) == {}


def test_who_presses_all_day_is_asked_to_wait_and_can_still_take_it_back(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    limit = Limit(limits.HOURLY.scope, 2, limits.HOURLY.per)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(choices, "HOURLY", limit)
        statuses = [
            pressed(client, NEWSLETTER, choice) for choice in ("yes", "no", "yes", "no", "yes")
        ]
        assert statuses == [303, 303, 303, 303, 429]
    give(person)
    assert pressed(client, NEWSLETTER, "no") == 303
    assert standing(person) == {NEWSLETTER: "withdrawn"}


def test_under_18s_are_asked_for_nothing(client: Client) -> None:
    person = resident(age="teen")
    client.sign_in(person)
    page = client.get(HERE).text
    assert 'role="switch"' not in page
    assert "18 or over" in page
    assert pressed(client, NEWSLETTER, "yes") == 403
    assert standing(person) == {}


def test_news_of_ones_own_ideas_stands_there_as_what_it_is(client: Client) -> None:
    client.sign_in(resident())
    page = client.get(HERE).text
    assert "public task" in page
    assert "/news/choices" in page


def test_the_page_speaks_welsh(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    client.send(f"/cy{HERE}/{NEWSLETTER}", {"choice": "yes"} | named(NEWSLETTER))
    db.session.rollback()
    (row,) = queries.history(person)
    brief = queries.brief_of(row)
    assert brief is not None
    assert brief.language == "cy"
    assert row.language == "cy"
    assert wording.line(row).endswith("in Welsh")


# -- the link in a letter ----------------------------------------------------------------------


def test_one_click_takes_it_back_without_a_cookie(app: Flask, client: Client) -> None:
    person = resident()
    give(person)
    address = f"/letters/{token_of(person, NEWSLETTER)}"
    assert client.get(address).status_code == 200
    assert standing(person) == {NEWSLETTER: "given"}
    answer = client.post(
        address,
        data={"List-Unsubscribe": "One-Click"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example.net"},
    )
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert standing(person) == {NEWSLETTER: "withdrawn"}
    assert client.post(address).status_code == 200
    (row, _given) = queries.history(person)
    assert (row.control, row.screen) == ("one-click", "letter")


def test_the_links_of_other_purposes_and_people_stand(client: Client) -> None:
    person, other = resident(), resident()
    for who in (person, other):
        give(who)
        give(who, RESEARCH)
    client.post(f"/letters/{token_of(person, NEWSLETTER)}")
    assert standing(person) == {NEWSLETTER: "withdrawn", RESEARCH: "given"}
    assert standing(other) == {NEWSLETTER: "given", RESEARCH: "given"}


def test_a_word_that_we_did_not_sign_opens_nothing(app: Flask, client: Client) -> None:
    person = resident()
    give(person)
    good = token_of(person, NEWSLETTER)
    for token in ("x", good[:-2], good + "x", token_of(person, "news"), token_of(person, "gone")):
        assert client.get(f"/letters/{token}").status_code == 404
        assert client.post(f"/letters/{token}").status_code == 404
    assert standing(person) == {NEWSLETTER: "given"}


def test_who_took_it_back_finds_that_nothing_comes(client: Client) -> None:
    person = resident()
    give(person)
    withdraw(person)
    page = client.get(f"/letters/{token_of(person, NEWSLETTER)}").text
    assert "We don’t send you these e-mails" in page
