"""Letters, unsubscribing and following, in hands that mean harm."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.following import services as following
from citizen_voice.news import queries
from citizen_voice.news.tokens import token_of
from citizen_voice.pilots import services as pilots
from tests.client import Client
from tests.factories.comments import remark
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, decided, owner_of, said, shortlisted
from tests.habits.rows import everything
from tests.news.post import back, mails, work

SCRIPT = '"><script>alert(1)</script>'
LINES = "Benches\r\nBcc: all@example.org\r\n\r\n<b>hello</b>"


def follows(person: UUID, pilot: int) -> None:
    """Have somebody follow a trial."""
    with write():
        following.follow(person, pilot_id=pilot)


# --- unsubscribing ------------------------------------------------------------------------------


def test_an_address_that_the_site_did_not_sign_changes_nothing(client: Client) -> None:
    person, other = resident(), resident()
    token = token_of(person)
    body, _dot, signature = token.rpartition(".")
    forged = [
        token[:-1],
        token[:20],
        body,
        f"{token_of(other).rpartition('.')[0]}.{signature}",
        f".{token}",
        token.swapcase(),
        person.hex,
        str(other),
        "é.ü",
        "a" * 5_000,
        "%00",
        "null",
    ]
    before = everything()
    for word in forged:
        for answer in (client.get(f"/unsubscribe/{word}"), client.post(f"/unsubscribe/{word}")):
            assert answer.status_code in (404, 414), word
    assert everything() == before


def test_the_word_of_a_letter_ends_the_letters_of_its_reader_alone(
    app: Flask, client: Client
) -> None:
    person, other = resident(), resident()
    client.sign_in(other)
    for _time in range(2):  # replayed
        answer = FlaskClient.open(
            client, f"/unsubscribe/{token_of(person)}", method="POST", data={"mail": SCRIPT}
        )
        assert answer.status_code == 200
        assert SCRIPT not in answer.text
    assert (queries.choice(person), queries.choice(other)) == ("never", "now")


def test_the_word_of_who_left_is_none(client: Client) -> None:
    person = resident()
    token = token_of(person)
    with write():
        accounts.leave(person, remove_words=True)
    assert client.get(f"/unsubscribe/{token}").status_code == 404
    assert client.post(f"/unsubscribe/{token}").status_code == 404


def test_the_page_of_the_word_says_nothing_of_its_reader(client: Client) -> None:
    person = resident(name="Ann Bell", email="ann.bell@example.org")
    answer = client.get(f"/unsubscribe/{token_of(person)}")
    for secret in ("Ann Bell", "ann.bell", str(person)):
        assert secret not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.text


# --- following ----------------------------------------------------------------------------------


def test_only_what_can_be_seen_is_followed(client: Client) -> None:
    number = idea(title="Mr Smith is a thief")
    decide(case(idea_id=number), "hide")
    pilot = a_pilot(*shortlisted([idea()]))
    with write():
        pilots.cancel(pilot, actor=owner_of(pilot))
    for address in (f"/ideas/CV-{number}/follow", f"/pilots/CVT-{pilot}/follow"):
        visiting = client.send(address, {"on": "yes"}, follow_redirects=True)
        assert "Mr Smith" not in visiting.text, address
        assert "Benches that warm up" not in visiting.text, address
    client.sign_in(resident())
    for address in (
        f"/ideas/CV-{number}/follow",
        f"/pilots/CVT-{pilot}/follow",
        "/ideas/CV-99999999999999999999/follow",
        "/pilots/CVT-99999999999999999999/follow",
        "/pilots/CVT-77/follow",
    ):
        assert client.send(address, {"on": "yes"}).status_code == 404, address
    there = a_pilot(*shortlisted([idea()]))
    assert client.send(f"/pilots/CVT-{there}/follow", {"on": "maybe"}).status_code == 422


def test_the_page_goes_on_from_keys_alone(client: Client) -> None:
    client.sign_in(resident())
    for after in ("x", "'; DROP TABLE persons; --", "0" * 400, "%00"):
        assert client.get(f"/news?after={after}").status_code in (400, 404), after
    seen = client.send("/news/seen", {"until": "9" * 40, "next": "https://evil.example/"})
    assert seen.location == "/news?done=news-seen"


# --- letters ------------------------------------------------------------------------------------


def test_what_is_written_stays_words_in_letters(client: Client) -> None:
    reader = resident()
    (number,) = shortlisted([idea(title=f"{SCRIPT} a bench")])
    back(reader, number)
    pilot = a_pilot(number, title_en=LINES, place_en=SCRIPT)
    said(pilot, words_en=SCRIPT)
    work()
    decided(pilot)
    with clock.at(clock.now() + timedelta(hours=2)):
        work(at=clock.now() + timedelta(hours=2))
    letters = mails(reader)
    assert letters
    for letter in letters:
        assert "\n" not in letter.subject
        assert "Benches" not in letter.subject
        assert "\nBcc:" not in letter.body
        assert "<script" not in letter.html
        assert "<b>hello" not in letter.html
    client.sign_in(reader)
    page = client.get("/news").text
    assert "<script>alert" not in page
    assert "<b>hello" not in page


def test_nobody_hears_of_what_is_hidden_by_a_trial(client: Client) -> None:
    """Who follows the trial alone, and who takes part in another of its ideas."""
    follower, backer, author = resident(), resident(), resident(name="Tom Pugh")
    one = idea(author=author, title="Mr Smith of Elm Row is a thief")
    two = idea()
    shortlisted([one, two])
    back(backer, one)
    pilot = a_pilot(one, two)
    follows(follower, pilot)
    decide(case(idea_id=one), "hide")
    decided(pilot)
    work()
    for person in (follower, backer):
        for letter in mails(person):
            for part in (letter.body, letter.html, letter.subject):
                assert "Elm Row" not in part
                assert "Tom Pugh" not in part
        client.sign_in(person)
        assert "Elm Row" not in client.get("/news").text
    for address in ("/pilots", f"/pilots/CVT-{pilot}", "/changes", f"/cy/pilots/CVT-{pilot}"):
        assert "Elm Row" not in client.get(address).text, address
        assert "Tom Pugh" not in client.get(address).text, address


def test_who_left_is_named_in_no_letter(client: Client) -> None:
    backer, author = resident(), resident(name="Tom Pugh")
    (number,) = shortlisted([idea(author=author)])
    back(backer, number)
    pilot = a_pilot(number)
    with write():
        accounts.leave(author, remove_words=False)
    decided(pilot)
    work()
    assert mails(backer)
    for letter in mails(backer):
        assert "Tom Pugh" not in letter.body + letter.html
    client.sign_in(backer)
    assert "Tom Pugh" not in client.get("/news").text


def test_thanks_for_a_comment_that_was_hidden_since_quote_nothing(client: Client) -> None:
    author = resident(name="Ann Bell")
    pilot = a_pilot(*shortlisted([idea()]))
    heard = remark(pilot, author, body="Ask Mr Smith of Elm Row.")
    with write():
        pilots.thank(pilot, heard, words_en="We asked.", actor=owner_of(pilot))
    decide(case(comment_id=heard), "hide")
    month = clock.today().isoformat()[:7]
    for address in ("/changes", f"/changes/{month}", f"/pilots/CVT-{pilot}"):
        page = client.get(address).text
        assert "We asked." in page, address
        assert "Elm Row" not in page, address
        assert "Ann Bell" not in page, address
    work()
    for letter in mails(author):
        assert "Elm Row" not in letter.body + letter.html


def test_who_is_paused_says_nothing_on_a_trial(client: Client) -> None:
    person = resident()
    pilot = a_pilot(*shortlisted([idea()]))
    spoken = remark(pilot, person)
    decide(case(comment_id=spoken), "pause", until=clock.now() + timedelta(days=3))
    client.sign_in(person)
    sent = client.send(f"/pilots/CVT-{pilot}/comments", {"comment": "Let me speak"})
    assert sent.status_code in (403, 422)
    assert "Let me speak" not in client.get(f"/pilots/CVT-{pilot}").text


def test_names_of_staff_are_theirs_to_show(client: Client) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    with write():
        accounts.set_name(owner_of(pilot), "Olwen Rees")
    reader = resident()
    follows(reader, pilot)
    said(pilot)
    decided(pilot)
    work()
    month = clock.today().isoformat()[:7]
    for address in ("/pilots", f"/pilots/CVT-{pilot}", "/changes", f"/changes/{month}"):
        assert "Olwen" not in client.get(address).text, address
    assert mails(reader)
    for letter in mails(reader):
        assert "Olwen" not in letter.body + letter.html


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "9999-12", "2026-1", "٢٠٢٦-01", "x", "-1"])
def test_a_month_that_is_none_is_not_found(client: Client, month: str) -> None:
    assert client.get(f"/changes/{month}").status_code == 404


def test_a_challenge_that_was_cancelled_or_never_was_has_no_changes(client: Client) -> None:
    for slug in ("x", "%00", "..%2f..%2fetc", "a" * 300):
        assert client.get(f"/challenges/{slug}/changes").status_code == 404
