"""What edits changed, on a page of its own, for who may see the idea."""

import re

import pytest

from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.ideas import services
from citizen_voice.web import pagination
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.marks import once
from tests.ideas.writing import edit, edited


def test_an_edited_idea_says_when_and_leads_to_what_changed(client: Client) -> None:
    number, _author = edited("A bench at the stop", "A seat at the stop")
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited " in page
    assert f'href="/ideas/CV-{number}/versions"' in page
    past = client.get(f"/ideas/cv-{number}/versions").text
    assert re.search(r"<del>.*?Taken out.*?>bench<.*?</del>", past)
    assert re.search(r"<ins>.*?Put in.*?>seat<.*?</ins>", past)
    assert past.index("Version 2") < past.index("Version 1")


def test_an_idea_never_edited_shows_its_first_version(client: Client) -> None:
    number = idea(title="A tap")
    assert "See what changed" not in client.get(f"/ideas/CV-{number}").text
    assert "Read the first version" in client.get(f"/ideas/CV-{number}/versions").text


def test_a_change_of_language_is_said_and_both_are_marked(client: Client) -> None:
    number, author = edited("Mainc wrth y safle", language="cy")
    edit(number, author, "Bench wrth y safle", language="en")
    past = client.get(f"/ideas/CV-{number}/versions").text
    assert 'lang="cy">Mainc' in past
    assert "<span>Bench" in past
    assert re.search(r"Language: <del>.*Cymraeg.*</del> <ins>.*English.*</ins>", past)


def test_spaces_alone_are_said_to_be_so(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A tap", body="One. Two.")
    edit(number, author, "A tap", "One.\n\nTwo.")
    assert "Only spaces and new lines changed." in client.get(f"/ideas/CV-{number}/versions").text


def test_words_of_versions_are_words(client: Client) -> None:
    number, author = edited("<script>alert(1)</script> first")
    edit(number, author, "<img src=x onerror=alert(1)> second", "<div hx-get='/x'>x</div>")
    past = client.get(f"/ideas/CV-{number}/versions").text
    assert "<script>alert" not in past
    assert "<img" not in past
    assert "<div hx-get" not in past


def test_many_versions_come_ten_at_a_time(client: Client) -> None:
    number, _author = edited(*(f"Title of number {n}" for n in range(1, 24)))
    address, seen = f"/ideas/CV-{number}/versions", []
    while address:
        page = client.get(address).text
        seen.append([int(n) for n in re.findall(r"Version (\d+)", page)])
        more = re.search(r'href="([^"]+)">Older versions', page)
        address = more[1] if more else ""
    assert seen == [[*range(23, 13, -1)], [*range(13, 3, -1)], [3, 2, 1]]


@once
def test_a_place_that_cannot_be_is_refused(client: Client) -> None:
    number, _author = edited("One two", "One three")
    for after in ("x", pagination.encode(0), pagination.encode(2**40), pagination.encode(1, 2)):
        answer = client.get(f"/ideas/CV-{number}/versions", query_string={"after": after})
        assert answer.status_code == 400, after


def test_since_shows_all_that_changed_from_a_version_to_now(client: Client) -> None:
    number, _author = edited("A bench here", "A seat here", "A seat there")
    page = client.get(f"/ideas/CV-{number}/versions?since=1").text
    assert "What changed since you answered" in page
    assert "Version 1 to version 3" in page
    for word, tag in (("bench here", "del"), ("seat there", "ins")):
        assert re.search(rf"<{tag}>.*?{word}.*?</{tag}>", page), word


@once
@pytest.mark.parametrize("since", ["0", "3", "99", "x", "-1", "1e3", "9" * 400, "１"])  # noqa: RUF001
def test_since_a_version_that_is_none_nothing_changed(client: Client, since: str) -> None:
    number, _author = edited("A bench here", "A seat here", "A seat there")
    page = client.get(f"/ideas/CV-{number}/versions", query_string={"since": since})
    assert page.status_code == 200
    assert "Nothing changed since then." in page.text
    assert "All versions" in page.text


def test_the_past_is_seen_by_who_sees_the_idea(client: Client) -> None:
    author, asked = resident(), challenge(moderation="before")
    held = idea(asked, author, title="Held words")
    hidden = idea(author=author, title="Hidden words")
    with write():
        services.hide(hidden, actor=None, reason="Names somebody")
    for person in (None, resident()):
        client.delete_cookie("session")
        if person is not None:
            client.sign_in(person)
        assert client.get(f"/ideas/CV-{held}/versions").status_code == 404
        gone = client.get(f"/ideas/CV-{hidden}/versions")
        assert gone.status_code == 410
        assert "Hidden words" not in gone.text
    client.sign_in(author)
    assert "Held words" in client.get(f"/ideas/CV-{held}/versions").text
    assert "Hidden words" in client.get(f"/ideas/CV-{hidden}/versions").text


def test_who_takes_their_words_along_takes_every_version(client: Client) -> None:
    number, author = edited("A secret bench", "A secret seat")
    with write():
        accounts.leave(author, remove_words=True)
    page = client.get(f"/ideas/CV-{number}/versions").text
    assert "secret" not in page
    assert page.count("Its author took these words away.") == 2


def test_the_past_is_sent_once_while_it_stays_the_same(client: Client) -> None:
    number, author = edited("A bench", "A seat")
    address = f"/ideas/CV-{number}/versions"
    for reader in (None, resident()):
        if reader is not None:
            client.sign_in(reader)
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        edit(number, author, f"A sofa for {reader}")
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    tag = client.get(address).headers["ETag"]
    with write():
        accounts.leave(author, remove_words=True)
    gone = client.get(address, headers={"If-None-Match": tag})
    assert gone.status_code == 200
    assert "sofa" not in gone.text
