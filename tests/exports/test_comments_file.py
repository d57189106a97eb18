"""Comments as a file: what the page shows of them, each once, and nobody's name."""

import re

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.challenges.models import BEFORE
from citizen_voice.clock import LONDON
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.exports import queries
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services as pilots
from tests.client import Client
from tests.exports.reading import column, headings, read
from tests.factories.challenges import challenge
from tests.factories.comments import comment, remark, reply, stored
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, owner_of, shortlisted


@pytest.fixture
def number(app: Flask) -> int:
    """An idea."""
    return idea(challenge())


def file(number: int) -> str:
    """The address of what is said about an idea."""
    return f"/exports/ideas/CV-{number}/comments.csv"


def test_a_row_says_what_the_page_says(client: Client, number: int) -> None:
    key = comment(number, resident(name="Sam Price"), body="It is **needed**.")
    said = reply(key, body="Yes, it is.")
    first, second = read(client, file(number))
    written = stored(key).created_at.astimezone(LONDON).isoformat(timespec="minutes")
    assert first == {
        "Reference": f"CV-{number}",
        "Comment": str(key),
        "Reply to": "",
        "Written": written,
        "Edited": "",
        "By the council": "",
        "Language": "en",
        "Words": "It is **needed**.",
        "Standing": "",
        "Address": f"http://localhost/comments/{key}",
    }
    assert (second["Comment"], second["Reply to"]) == (str(said), str(key))
    assert client.get(first["Address"].removeprefix("http://localhost")).status_code == 200


def test_nobody_s_name_is_in_it_but_the_council_s(client: Client, number: int) -> None:
    comment(number, resident(name="Sam Price"))
    comment(number, resident(name="Officer Jones"), by_council=True)
    said = client.get(file(number)).text
    assert "Sam Price" not in said
    assert "Officer Jones" not in said
    council = re.findall(r'tag--council">([^<]+)<', client.get(f"/ideas/CV-{number}").text)
    assert column(read(client, file(number)), "By the council") == ["", *council]
    assert council


def test_every_comment_and_reply_is_there_once_and_in_its_order(
    client: Client, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 7)
    expected = []
    for many in (0, 25, 3, 4, 0, 1, 1):
        key = comment(number)
        expected += [key, *(reply(key) for _ in range(many))]
    expected += [reply(expected[1])]
    assert len(expected) % queries.CHUNK == 0
    found = read(client, file(number))
    assert column(found, "Comment") == [str(each) for each in expected]
    page = client.get(f"/ideas/CV-{number}/comments").text
    assert f'id="comment-count">{len(found)}<' in page


def test_what_is_edited_taken_away_or_hidden_is_as_on_the_page(client: Client, number: int) -> None:
    author = resident()
    first, second, third, fourth = (comment(number, author, body=f"W{at}.") for at in range(4))
    answer = reply(first, author, body="Indeed.")
    comments_of = {each: reply(each) for each in (second, third)}
    with write():
        comments.edit(first, author, body="Other words.", language="en")
    for key in (second, fourth):
        with write():
            comments.remove(key, author)
    decide(case(comment_id=third), "hide")
    found = {row["Comment"]: row for row in read(client, file(number))}
    assert found.keys() == {str(key) for key in (first, answer, second, third)} | {
        str(key) for key in comments_of.values()
    }
    assert found[str(first)]["Words"] == "Other words."
    assert found[str(first)]["Edited"] == clock.today().isoformat()
    page = client.get(f"/ideas/CV-{number}/comments").text
    for key in (second, third):
        row = found[str(key)]
        assert (row["Words"], row["Language"], row["Edited"]) == ("", "", "")
        assert f'class="comment__gone">{row["Standing"]}<' in page
    assert found[str(second)]["Standing"] != found[str(third)]["Standing"]
    said = client.get(file(number)).text
    assert not any(f"W{at}." in said for at in range(4))


def test_words_that_were_erased_are_gone_at_once(client: Client, number: int) -> None:
    author = resident()
    key = comment(number, author, body="I live at number 6.")
    reply(key)
    assert "number 6" in client.get(file(number)).text
    with write():
        erasures.erase(author, remove_words=True)
    assert "number 6" not in client.get(file(number)).text


def test_where_the_page_shows_no_comments_there_is_no_file(client: Client, number: int) -> None:
    author = resident()
    back, held = idea(challenge(), author), idea(challenge(moderation=BEFORE))
    for each in (number, back):
        comment(each)
        assert len(read(client, file(each))) == 1
    with write():
        ideas.hide(number, actor=None, reason="Names somebody")
    with write():
        ideas.withdraw(back, author, why="happened", words="", language="en")
    for each in (number, back, held, 999_999):
        assert client.get(file(each)).status_code == 404
        assert client.get(f"/ideas/CV-{each}/comments").status_code == 404


def test_comments_that_wait_for_a_check_are_not_there(client: Client) -> None:
    careful = challenge(moderation=BEFORE)
    number = idea(careful)
    with write():
        ideas.publish(number, actor=None)
    comment(number, body="Not read yet.")
    assert read(client, file(number)) == []


def test_a_joined_idea_leads_to_the_file_of_the_one_that_stays(client: Client, number: int) -> None:
    stays = idea(challenge())
    key = comment(number)
    joined(number, stays)
    answer = client.get(file(number))
    assert (answer.status_code, answer.location) == (302, file(stays))
    assert column(read(client, file(stays)), "Comment") == [str(key)]


def test_what_is_said_about_a_trial_has_a_file_too(client: Client, number: int) -> None:
    pilot = a_pilot(*shortlisted([number]))
    key = remark(pilot)
    comment(number)
    address = f"/exports/pilots/CVT-{pilot}/comments.csv"
    (row,) = read(client, address)
    assert (row["Reference"], row["Comment"]) == (f"CVT-{pilot}", str(key))
    assert client.get("/exports/pilots/CVT-999/comments.csv").status_code == 404
    with write():
        pilots.cancel(pilot, actor=owner_of(pilot))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("words", ['=HYPERLINK("http://evil.example")', "+1", "@SUM(A1)", "-2+3"])
def test_hostile_words_calculate_nothing(client: Client, number: int, words: str) -> None:
    comment(number, body=f'{words}\n"quoted", and\nmore')
    (row,) = read(client, file(number))
    assert row["Words"].removeprefix("'").startswith(words)
    assert not row["Words"].startswith(("=", "+", "-", "@"))


def test_in_welsh(client: Client, number: int) -> None:
    key = comment(number)
    (row,) = read(client, f"/cy{file(number)}")
    assert list(row.values())[-1] == f"http://localhost/cy/comments/{key}"
    assert headings(client, f"/cy{file(number)}")[0] == "Cyfeirnod"


def test_everybody_gets_the_same(client: Client, number: int) -> None:
    author = resident()
    comment(number, author)
    visitor = client.get(file(number))
    client.sign_in(author)
    answer = client.get(file(number))
    assert answer.data == visitor.data
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert f'filename="comments-CV-{number}-' in answer.headers["Content-Disposition"]
    head = client.head(file(number))
    assert (head.status_code, head.data, head.mimetype) == (200, b"", "text/csv")


def test_the_list_of_comments_leads_to_its_file(client: Client, number: int) -> None:
    pilot = a_pilot(*shortlisted([number]))
    for page, address in (
        (f"/ideas/CV-{number}/comments", file(number)),
        (f"/pilots/CVT-{pilot}/comments", f"/exports/pilots/CVT-{pilot}/comments.csv"),
    ):
        assert address not in client.get(page).text
        remark(pilot) if "pilots" in page else comment(number)
        assert f'href="{address}" download' in client.get(page).text
        assert client.get(address).status_code == 200
