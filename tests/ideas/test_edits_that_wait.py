"""Where a moderator reads everything first, edits are read first, too; the idea stays meanwhile."""

from uuid import UUID

import pytest

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.models import Idea, IdeaVersion
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea, stored
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.writing import edit, words

WAITS = "A moderator reads your new words first. Until then, others see the old ones."


def published(moderation: str = "before") -> tuple[int, UUID]:
    """An idea that a moderator has read: its number and its author."""
    author = resident()
    number = idea(challenge(moderation=moderation), author, title="A bench by the pond")
    with write():
        services.publish(number, actor=None)
    return number, author


def waiting(number: int) -> tuple[int, str] | None:
    """Number and title of what waits."""
    db.session.rollback()
    found = queries.waiting(db.session.get_one(Idea, number))
    return None if found is None else (found.number, found.title)


def test_others_see_the_old_words_until_the_new_ones_are_read(client: Client) -> None:
    number, author = published()
    reader = resident()
    with write():
        answering.cast(reader, number, "support")
    client.sign_in(author)
    address = f"/ideas/CV-{number}"
    assert WAITS in client.get(f"{address}/edit").text
    sent = client.send(f"{address}/edit", words(title="A slide by the pond"))
    assert sent.location == f"{address}?done=edited-waiting"
    assert "Thank you. " + WAITS in client.get(sent.location).text
    assert "Your new words wait for a check" in client.get(address).text
    form = FormFinder(client.get(f"{address}/edit").text, address).forms
    titles = [each["fields"]["title"] for each in form if "title" in each["fields"]]
    assert titles == ["A slide by the pond"]
    for person in (None, reader):
        client.delete_cookie("session")
        if person is not None:
            client.sign_in(person)
        for path in ("", "/versions", "/versions?since=1"):
            page = client.get(address + path)
            assert page.status_code == 200
            assert "slide" not in page.text, path
            assert "wait for a check" not in page.text, path
        assert "See what changed" not in client.get(address).text
        for path in ("/ideas", "/ideas?q=slide"):
            assert "A slide by" not in client.get(path).text, path
        assert "A bench by the pond" in client.get("/ideas?q=bench").text
    assert figures(number) == (1, 0, 0)


def test_once_read_everybody_sees_them_and_what_changed(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond")
    with write():
        services.accept_edit(number, 2, actor=None)
    page = client.get(f"/ideas/CV-{number}").text
    assert "A slide by the pond" in page
    assert "See what changed" in page
    assert "bench" in client.get(f"/ideas/CV-{number}/versions").text
    assert "A slide by the pond" in client.get("/ideas?q=slide").text
    client.sign_in(author)
    assert "wait for a check" not in client.get(f"/ideas/CV-{number}").text
    assert (stored(number).version, stored(number).public_from) == (2, 1)


def test_nobody_accepts_words_that_they_have_not_read(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond")
    edit(number, author, "A slide by the pond")
    assert waiting(number) == (2, "A slide by the pond")
    edit(number, author, "A swing by the pond")
    assert waiting(number) == (3, "A swing by the pond")
    for wrong in (1, 2, 4):
        with pytest.raises(NotAllowed), write():
            services.accept_edit(number, wrong, actor=None)
    with write():
        services.accept_edit(number, 3, actor=None)
    with pytest.raises(NotAllowed), write():
        services.accept_edit(number, 3, actor=None)
    past = client.get(f"/ideas/CV-{number}/versions").text
    assert "slide" not in past
    assert "swing" in past


def test_who_goes_back_to_the_old_words_waits_for_nobody(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond", "So that people can rest.")
    edit(number, author, "A bench by the pond", "So that people can rest.")
    assert waiting(number) is None
    assert stored(number).version == 1


def test_a_place_alone_waits_for_nobody(client: Client) -> None:
    number, author = published()
    castle = ward()
    client.sign_in(author)
    fields = words(title="A bench by the pond", place=str(castle))
    sent = client.send(f"/ideas/CV-{number}/edit", fields)
    assert sent.location.endswith("?done=edited")
    assert (stored(number).ward_id, waiting(number)) == (castle, None)


@pytest.mark.parametrize("moderation", ["after", "newcomers"])
def test_elsewhere_everybody_sees_an_edit_at_once(client: Client, moderation: str) -> None:
    number, author = published(moderation)
    client.sign_in(author)
    assert WAITS not in client.get(f"/ideas/CV-{number}/edit").text
    sent = client.send(f"/ideas/CV-{number}/edit", words(title="A slide by the pond"))
    assert sent.location.endswith("?done=edited")
    assert (stored(number).version, waiting(number)) == (2, None)


def test_what_nobody_else_sees_is_just_saved(client: Client) -> None:
    author = resident()
    number = idea(challenge(moderation="before"), author)
    client.sign_in(author)
    sent = client.send(f"/ideas/CV-{number}/edit", words(title="A slide by the pond"))
    page = client.get(sent.location).text
    assert "Saved." in page
    assert "Everyone sees" not in page
    assert (stored(number).version, waiting(number)) == (2, None)


def test_an_edit_that_waits_while_the_idea_is_hidden_is_written_on(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond")
    with write():
        services.hide(number, actor=None, reason="Names somebody")
    client.sign_in(author)
    assert "A slide by the pond" in client.get(f"/ideas/CV-{number}/edit").text
    assert "wait for a check" not in client.get(f"/ideas/CV-{number}").text
    client.send(f"/ideas/CV-{number}/edit", words(title="A slide by the pond"))
    assert (stored(number).version, waiting(number)) == (3, None)


def test_once_the_council_looks_at_an_idea_its_words_stay(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond")
    with write():
        services.shortlist(number, actor=None, reason="Good")
    with pytest.raises(NotAllowed), write():
        services.accept_edit(number, 2, actor=None)
    client.sign_in(author)
    assert "wait for a check" not in client.get(f"/ideas/CV-{number}").text


def test_what_waits_goes_along_with_its_author(client: Client) -> None:
    number, author = published()
    edit(number, author, "A slide by the pond")
    with write():
        accounts.leave(author, remove_words=True)
    assert db.session.get_one(IdeaVersion, (number, 2), populate_existing=True).title == ""
    with pytest.raises(NotAllowed), write():
        services.accept_edit(number, 2, actor=None)
