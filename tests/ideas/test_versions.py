"""What an edit changed: said so that it can be read, in bounded time, to who may see the idea."""

import random
import re
import time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.changes import FOLD, GONE, NEW, SAME, Piece, changes
from citizen_voice.web import pagination
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.habits.marks import once


def edit(number: int, author: UUID, title: str, body: str = "", language: str = "en") -> None:
    """Give an idea other words."""
    with write():
        services.edit(
            number,
            author,
            title=title,
            body=body,
            language=language,
            topic_id=None,
            ward_id=None,
        )


def edited(*titles: str, language: str = "en") -> tuple[int, UUID]:
    """An idea with these titles one after the other: its number and its author."""
    author = resident()
    number = idea(author=author, title=titles[0], body="", language=language)
    for title in titles[1:]:
        edit(number, author, title)
    return number, author


def said(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces]


def test_a_changed_word_is_taken_out_and_put_in_within_its_sentence() -> None:
    assert said(
        changes("A bench at the stop. People wait.", "A seat at the stop. People wait.")
    ) == [
        (SAME, "A "),
        (GONE, "bench"),
        (NEW, "seat"),
        (SAME, " at the stop. People wait."),
    ]


def test_a_new_sentence_leaves_the_others_alone() -> None:
    assert said(changes("One. Two.", "One. And more. Two.")) == [
        (SAME, "One. "),
        (NEW, "And more."),
        (SAME, " Two."),
    ]


def test_sentences_with_little_in_common_are_shown_whole() -> None:
    assert said(changes("Paint the old bridge.", "Sell every second lamp.")) == [
        (GONE, "Paint the old bridge."),
        (NEW, "Sell every second lamp."),
    ]


def test_spaces_alone_are_no_change() -> None:
    assert {piece.kind for piece in changes("One  two.\nThree", "One two. Three ")} == {SAME}


def test_what_stayed_the_same_at_length_is_folded() -> None:
    many = " ".join(f"Sentence {number} stands here." for number in range(60))
    pieces = changes(many + " The end.", many + " An end.")
    assert [piece.kind for piece in pieces] == [FOLD, SAME, GONE, NEW, SAME]
    assert pieces[0].words > 200
    assert len(pieces[1].text) < 250


def squeezed(pieces: list[Piece], without: str) -> str:
    return re.sub(r"\s", "", "".join(piece.text for piece in pieces if piece.kind != without))


@given(st.text("ab.! \n", max_size=60), st.text("ab.! \n", max_size=60), st.booleans())
@settings(deadline=None)
def test_the_pieces_make_up_both_texts(old: str, new: str, fold: bool) -> None:
    pieces = changes(old, new, fold=fold)
    assert squeezed(pieces, NEW) == re.sub(r"\s", "", old)
    assert squeezed(pieces, GONE) == re.sub(r"\s", "", new)


def hard() -> list[tuple[str, str]]:
    """Pairs of texts that a comparison may choke on."""
    chance = random.Random(7)
    two = [" ".join(chance.choice("ab") for _ in range(750)) for _ in range(2)]
    order = [str(number) for number in range(5_000)]
    shuffled = chance.sample(order, len(order))
    common = ["the", "a", "of", *order[:900]]
    prose = [" ".join(chance.choice(common) for _ in range(2_000)) for _ in range(2)]
    return [
        ("x " * 750, "x " * 749),
        ("x y " * 375, "y x " * 375),
        (two[0], two[1]),
        ("".join(f"x {n} " for n in range(375)), "".join(f"x {n}q " for n in range(375))),
        ("".join(f"x {n} " for n in range(54)), "".join(f"x {n}q " for n in range(54))),
        (". " * 750, "! " * 750),
        ("!" * 1_500, "?" * 1_500),
        ("a. b! " * 250, "b! a. " * 250),
        ("\n" * 1_500, "\n " * 750),
        (" ".join(order), " ".join(reversed(order))),
        (" ".join(order), " ".join(shuffled)),
        (prose[0], prose[1]),
        ("a." * 50_000, "a. " * 50_000),
        ("x" * 100_000, "y" * 100_000),
    ]


@pytest.mark.parametrize("number", range(len(hard())))
def test_no_text_takes_long(number: int) -> None:
    old, new = hard()[number]
    begun = time.thread_time()
    pieces = changes(old, new)
    assert time.thread_time() - begun < 0.4
    assert squeezed(pieces, NEW) == re.sub(r"\s", "", old)


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


def test_who_answered_before_an_edit_is_asked_again(client: Client) -> None:
    number, author = edited("A bench")
    reader = resident()
    with write():
        answering.cast(reader, number, "support")
    client.sign_in(reader)
    assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text
    edit(number, author, "A bench and a roof")
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited since you answered." in page
    assert "Still support" in page
    assert "Not for me" in page
    assert "Undo" in page
    assert f"/ideas/CV-{number}/versions?since=1" in page


@pytest.mark.parametrize("value", ["support", "oppose", "skip"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["form", "htmx"])
def test_still_the_same_answer_counts_once_and_is_of_the_new_version(
    client: Client, value: str, headers: dict[str, str]
) -> None:
    number, author = edited("A bench")
    reader = resident()
    with write():
        answering.cast(reader, number, value)
    edit(number, author, "A bench and a roof")
    before = figures(number)
    client.sign_in(reader)
    client.send(f"/ideas/CV-{number}/answer", {"value": value, "from": "page"}, headers=headers)
    assert figures(number) == before
    answer = db.session.get_one(Answer, (number, reader), populate_existing=True)
    assert (answer.version, answer.value) == (2, {"support": 1, "oppose": -1, "skip": 0}[value])
    assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text


def test_after_an_edit_another_answer_and_undo_count_as_ever(client: Client) -> None:
    number, author = edited("A bench")
    one, other = resident(), resident()
    with write():
        answering.cast(one, number, "support")
        answering.cast(other, number, "support")
    edit(number, author, "A bench and a roof")
    for person, value in ((one, "oppose"), (other, "none")):
        client.sign_in(person)
        client.send(f"/ideas/CV-{number}/answer", {"value": value})
        assert "Edited since you answered" not in client.get(f"/ideas/CV-{number}").text
    assert figures(number) == (0, 1, 0)


def test_once_answers_are_closed_nobody_is_asked_again(client: Client) -> None:
    asked, author, reader = challenge(), resident(), resident()
    number = idea(asked, author)
    with write():
        answering.cast(reader, number, "support")
    edit(number, author, "Something else")
    close(asked)
    client.sign_in(reader)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited since you answered." in page
    assert "Still support" not in page
