"""A preview shows an idea as it will look, and changes nothing."""

import pytest
from flask import Flask

from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.drafting import fields_of, ideas_there_are, rows, where, words

PREVIEWED = "Call 01632 960123. <script>alert(1)</script>\n\n- *one*\n- [two](https://example.org)"


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_preview_shows_the_words_as_they_will_look_and_loses_nothing(
    app: Flask, client: Client, *, signed_in: bool
) -> None:
    asked, castle = challenge(), ward("Castle")
    if signed_in:
        client.sign_in(resident(name=None))
    sent = words(title="<b>Bold</b> & new", body=PREVIEWED, place=str(castle), name="Heron")
    whole = client.send(where(asked), sent | {"_preview": "1"})
    part = client.send(where(asked), sent | {"_preview": "1"}, headers=HTMX)
    for answer in (whole, part):
        assert answer.status_code == 200
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; new</h3>" in answer.text
        assert "<em>one</em>" in answer.text
        assert 'rel="nofollow ugc noopener"' in answer.text
        assert "<script>alert" not in answer.text
        assert "Nothing is published yet." in answer.text
    assert "<form" not in part.text
    assert "error-summary" not in whole.text
    assert f'value="{castle}" selected' in whole.text
    assert "Call 01632 960123. &lt;script&gt;" in whole.text
    if signed_in:
        assert fields_of(whole.text)["name"] == "Heron"
    assert (rows(), ideas_there_are()) == ([], 0)


def test_a_preview_needs_nothing_to_be_fit(member: Client) -> None:
    asked = challenge()
    for changed in ({"title": ""}, {"title": "x" * 999}, {"lang": "fr"}, {"body": "y" * 20_000}):
        answer = member.send(where(asked), words(**changed) | {"_preview": "1"})
        assert (answer.status_code, "Nothing is published" in answer.text) == (200, True)


def test_an_edit_is_previewed_and_changes_nothing(member: Client) -> None:
    asked = challenge()
    published = member.send(where(asked), words())
    edit = published.location.partition("?")[0] + "/edit"
    for headers in ({}, HTMX):
        answer = member.send(edit, words(body="*New* words", _preview="1"), headers=headers)
        assert (answer.status_code, "<em>New</em> words" in answer.text) == (200, True)
    assert "<em>New</em>" not in member.get(published.location).text
    assert 'data-draft="edit:CV-' in member.get(edit).text
