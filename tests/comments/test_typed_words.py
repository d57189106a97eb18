"""What was typed: hostile words are words, a refused form keeps every one."""

from sqlalchemy import select

from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import db
from tests.client import HTMX, Client
from tests.comments.saying import newest, said, where, words
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.people import resident


def test_a_refused_form_comes_back_where_it_stood_with_every_word(member: Client) -> None:
    number = idea()
    top = comment(number)
    for address, place in (
        (where(number), "#comment-box"),
        (f"/comments/{top}/replies", f"#reply-{top}"),
    ):
        for bad in (
            {"comment": ""},
            {"comment": " \n\t "},
            {"comment": "x" * 1_501},
            {"comment": "y" * 10_000},
            {"comment": "\0\0"},
            {"lang": "fr"},
            {"lang": None},
        ):
            sent = member.send(address, words(**bad), headers=HTMX)
            assert sent.status_code == 422, bad
            assert sent.headers["HX-Retarget"] == place
            assert "govuk-error-message" in sent.text
            whole = member.send(address, words(**bad))
            assert whole.status_code == 422
            assert "<title>Error: " in whole.text
            assert "govuk-error-summary" in whole.text
            typed = words(**bad)["comment"].replace("\0", "").strip()
            assert typed in sent.text
            assert typed in whole.text
    assert said() == 1


def test_a_refused_reply_to_a_reply_comes_back_under_their_comment(member: Client) -> None:
    top = comment(idea())
    under = reply(top)
    refused = member.send(f"/comments/{under}/replies", words(comment=""), headers=HTMX)
    assert refused.status_code == 422
    assert refused.headers["HX-Retarget"] == f"#reply-{top}"
    assert f'hx-target="#replies-{top}"' in refused.text
    part = member.get(f"/comments/{top}", headers=HTMX | {"HX-Target": f"div#reply-{top}"})
    assert "<html" not in part.text
    assert f'action="/comments/{top}/replies"' in part.text


def test_invisible_letters_and_nulls_are_left_out_of_what_is_kept(member: Client) -> None:
    number = idea()
    member.send(where(number), words(comment="A\0 bench\u202e please\r\nnow"))
    body = db.session.scalars(select(CommentVersion.body)).one()
    assert body == "A bench please\nnow"


def test_hostile_words_are_words(member: Client) -> None:
    number = idea()
    for text in (
        "<script>alert(1)</script>",
        "![x](https://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<div hx-get='/sign-out' hx-trigger='load'>x</div>",
        "</textarea><script>alert(1)</script>",
        "{{ 7 * 7 }} %s %(name)s",
    ):
        assert member.send(where(number), words(comment=text)).status_code == 303
        again = member.send(where(number), words(comment=text, lang="fr"))
        for html in (
            again.text,
            member.get(f"/ideas/CV-{number}").text,
            member.get(f"/comments/{newest()}").text,
            member.get(f"/comments/{newest()}/edit").text,
            member.get(f"/comments/{newest()}/versions").text,
        ):
            assert "<script>alert" not in html
            assert '<img src="http' not in html
            assert "<div hx-get" not in html
            assert 'href="javascript' not in html
    assert said() == 6


def test_a_hostile_name_is_a_name(client: Client) -> None:
    number = idea()
    comment(number, resident(name="<b>Sam</b> %(x)s &"))
    page = client.get(f"/ideas/CV-{number}").text
    assert "&lt;b&gt;Sam&lt;/b&gt; %(x)s &amp;" in page
    assert "<b>Sam</b>" not in page


def test_contact_details_are_published_only_when_that_is_meant(member: Client) -> None:
    number = idea()
    warned = member.send(where(number), words(comment="Ring 07700 900123"))
    assert warned.status_code == 422
    assert "There seems to be a way to contact someone" in warned.text
    assert said() == 0
    assert member.send(where(number), words(comment="Ring 07700 900123", confirm="y")).location


def test_the_other_languages_button_keeps_what_was_typed(client: Client) -> None:
    number = idea()
    answer = client.send(f"/cy{where(number)}", words(_language="cy"))
    assert answer.status_code == 200
    assert '<html lang="cy"' in answer.text
    assert "I would sit on it every day." in answer.text
    assert "error-summary" not in answer.text
    assert said() == 0
