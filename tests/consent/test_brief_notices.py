"""The officer's brief words stand where a choice is made, and the choice rests on them."""

import re

import pytest

from citizen_voice.consent import queries, services
from citizen_voice.consent.models import NEWSLETTER, RESEARCH
from citizen_voice.db import write
from tests.client import HTMX, Client
from tests.consent.choosing import HERE, named, pressed, served_to, standing
from tests.factories.consents import give
from tests.factories.people import resident


def publish(**texts: str) -> None:
    """Say something else beside the newsletter."""
    with write():
        services.publish_notice(NEWSLETTER, texts)


def test_the_words_that_the_officer_published_stand_at_the_switch(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    assert "to send you our newsletter, and for nothing else" in client.get(HERE).text
    publish(en="*Twice a year*, and by the sea.", cy="Ddwywaith y flwyddyn.")
    page = client.get(HERE).text
    assert "<em>Twice a year</em>, and by the sea." in page
    assert "and for nothing else" in page, "research says its own"
    assert "send you our newsletter, and for nothing else" not in page
    assert "Ddwywaith y flwyddyn." in client.get(f"/cy{HERE}").text
    assert page.count('name="brief_version" value="2"') == 2
    assert pressed(client, NEWSLETTER, "yes") == 303
    assert (NEWSLETTER, 2, "en", "my-choices") in served_to(person)
    (row,) = queries.history(person)
    receipt = client.get(f"/my-data/receipts/{row.number}").text
    assert "/privacy/notices/newsletter/2" in receipt


def test_words_in_english_alone_say_so_on_the_welsh_page_and_are_what_is_recorded(
    client: Client,
) -> None:
    person = resident()
    client.sign_in(person)
    publish(en="Twice a year.")
    page = client.get(f"/cy{HERE}").text
    assert re.search(r'id="choice-newsletter-means" lang="en"[^>]*>\s*<p>Twice a year', page)
    client.send(f"/cy{HERE}/{NEWSLETTER}", {"choice": "yes"} | named(NEWSLETTER))
    assert standing(person) == {NEWSLETTER: "given"}
    assert (NEWSLETTER, 2, "en", "my-choices") in served_to(person)


@pytest.mark.parametrize("version", ["", "0", "1", "99", "two"])
def test_a_yes_to_other_words_than_those_in_force_changes_nothing_and_shows_them(
    client: Client, version: str
) -> None:
    person = resident()
    client.sign_in(person)
    publish(en="Twice a year.", cy="Ddwywaith y flwyddyn.")
    data = {"choice": "yes"} | named(NEWSLETTER) | {"brief_version": version}
    for headers in ({}, HTMX):
        answer = client.send(f"{HERE}/{NEWSLETTER}", data, headers=headers)
        assert answer.status_code == 409
        assert "What we say about this choice has changed." in answer.text
        assert "Twice a year." in answer.text
        assert 'name="brief_version" value="2"' in answer.text
    assert standing(person) == {}
    assert served_to(person) == set()
    assert pressed(client, RESEARCH, "yes") == 303, "the other choice is as it was"
    assert pressed(client, NEWSLETTER, "yes") == 303


def test_a_no_needs_no_words(client: Client) -> None:
    person = resident()
    client.sign_in(person)
    give(person)
    publish(en="Twice a year.", cy="Ddwywaith y flwyddyn.")
    assert pressed(client, NEWSLETTER, "no", brief_version="1") == 303
    assert pressed(client, RESEARCH, "never", brief_version="") == 303
    assert standing(person) == {NEWSLETTER: "withdrawn", RESEARCH: "refused"}
