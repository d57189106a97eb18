"""Which words of a comment everybody may read: none from while it was held or hidden."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock, events
from citizen_voice.comments import recount, services
from citizen_voice.comments.events import CommentPublished
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import services as ideas
from citizen_voice.journal import services as journal
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.retention import swept

LATER = "Until then, others see the old ones."


def edit(key: UUID, author: UUID, body: str) -> None:
    """Say it otherwise."""
    with write():
        services.edit(key, author, body=body, language="en")


def moderated(mode: str = "before") -> int:
    """A published idea in a challenge that is moderated first."""
    number = idea(challenge(moderation=mode))
    with write():
        ideas.publish(number, actor=None)
    return number


def approved(number: int, author: UUID, body: str) -> UUID:
    """A comment that a moderator has read and published."""
    key = comment(number, author, body=body)
    with write():
        services.publish(key, actor=None)
    return key


def test_words_from_while_it_was_held_are_never_shown(client: Client) -> None:
    author, number = resident(), moderated()
    key = comment(number, author, body="Ring Sam at nine.")
    edit(key, author, "Ring somebody at nine.")
    edit(key, author, "Ring at nine.")
    with write():
        services.publish(key, actor=None)
    assert stored(key).public_from == stored(key).version == 3
    for reader in (None, author):
        if reader is not None:
            client.sign_in(reader)
        assert f"/comments/{key}/versions" not in client.get(f"/ideas/CV-{number}").text
        before = client.get(f"/comments/{key}/versions").text
        assert "Ring at nine." in before
        assert "Sam" not in before
        assert "somebody" not in before


def test_words_that_were_hidden_are_never_shown_again(client: Client) -> None:
    author, number = resident(name="Jo"), idea()
    key = comment(number, author, body="Harmless.")
    edit(key, author, "Sam is a thief.")
    with write():
        services.hide(key, actor=None, reason="It names somebody")
    client.sign_in(author)
    sent = client.send(f"/comments/{key}/edit", {"comment": "Things go missing.", "lang": "en"})
    assert sent.location == f"/comments/{key}?done=comment-saved"
    page = client.get(sent.location).text
    assert "Saved." in page
    assert "Everyone sees the new words" not in page
    with write():
        services.publish(key, actor=None, reason="Now it does not")
    client.delete_cookie("session")
    assert "Edited" not in client.get(f"/ideas/CV-{number}").text
    before = client.get(f"/comments/{key}/versions").text
    assert "Things go missing." in before
    assert "thief" not in before
    assert "Harmless." not in before
    edit(key, author, "Things get lost.")
    assert "Edited: what Jo said before" in client.get(f"/ideas/CV-{number}").text
    before = client.get(f"/comments/{key}/versions").text
    assert before.index("Things get lost.") < before.index("Things go missing.")
    assert "thief" not in before


def test_where_a_moderator_reads_first_others_see_the_old_words_until_one_has_read_the_new(
    client: Client,
) -> None:
    author, number = resident(name="Jo"), moderated()
    key = approved(number, author, "Benches, please.")
    client.sign_in(author)
    address = f"/comments/{key}/edit"
    assert LATER in client.get(address).text
    sent = client.send(address, {"comment": "Vote for Sam.", "lang": "en"})
    assert sent.location == f"/comments/{key}?done=comment-edit-waits"
    mine = client.get(sent.location).text
    assert "Thank you. A moderator reads your new words first." in mine
    assert "Vote for Sam." in mine
    assert "Vote for Sam.</textarea>" in client.get(address).text
    assert published(number) == 1
    for reader in (None, resident()):
        client.delete_cookie("session")
        if reader is not None:
            client.sign_in(reader)
        for path in (f"/ideas/CV-{number}", f"/comments/{key}", f"/comments/{key}/versions"):
            page = client.get(path).text
            assert "Benches, please." in page
            assert "Vote for Sam." not in page
            assert "Edited" not in page
    with write():
        services.accept_edit(key, 2, actor=None, reason="Why not")
    page = client.get(f"/comments/{key}").text
    assert "Vote for Sam." in page
    assert "Edited: what Jo said before" in page
    assert "Benches, please." in client.get(f"/comments/{key}/versions").text
    assert stored(key).edited_at is not None
    assert journal.verify() == 3  # the idea and the comment published, the edit accepted
    assert recount.differences() == []


def test_of_edits_that_wait_the_last_one_does_and_none_once_the_old_words_are_back(
    client: Client,
) -> None:
    author, number = resident(), moderated()
    key = approved(number, author, "Old.")
    edit(key, author, "New.")
    edit(key, author, "Newer.")
    edit(key, author, "Newer.")
    with pytest.raises(NotAllowed), write():
        services.accept_edit(key, 2, actor=None)
    edit(key, author, "Old.")
    with pytest.raises(NotAllowed), write():
        services.accept_edit(key, 3, actor=None)
    assert (stored(key).version, stored(key).edited_at) == (1, None)
    client.sign_in(author)
    assert "Newer." not in client.get(f"/comments/{key}").text
    sent = client.send(f"/comments/{key}/edit", {"comment": "Old.", "lang": "en"})
    assert sent.location == f"/comments/{key}?done=comment-edited"


def test_an_edit_that_waits_goes_with_the_words_that_are_taken_away(app: Flask) -> None:
    author = resident()
    key = approved(moderated(), author, "Old.")
    edit(key, author, "New.")
    with write():
        services.remove(key, author)
    with pytest.raises(NotAllowed), write():
        services.accept_edit(key, 2, actor=None)
    with clock.at(clock.now() + timedelta(hours=2)), write():
        assert swept("removed-comments") == 1
    db.session.rollback()
    with pytest.raises(NotAllowed), write():
        services.accept_edit(key, 2, actor=None)


def test_newcomers_and_who_speaks_for_the_council_edit_at_once(app: Flask) -> None:
    author = resident()
    known = approved(moderated("newcomers"), author, "Old.")
    council = comment(moderated(), author, body="We look.", by_council=True)
    for key in (known, council):
        edit(key, author, "New.")
        assert stored(key).version == 2


def test_it_is_told_once_that_a_comment_can_be_read(app: Flask) -> None:
    heard: list[CommentPublished] = []
    events.subscribe(CommentPublished, heard.append)
    author = resident()
    key = approved(moderated(), author, "Old.")
    edit(key, author, "New.")
    with write():
        services.accept_edit(key, 2, actor=None)
    with write():
        services.hide(key, actor=None, reason="No")
    with write():
        services.publish(key, actor=None)
    assert [each.comment_id for each in heard if each.comment_id == key] == [key]


def test_what_waits_or_is_hidden_is_edited_with_true_words_about_it(client: Client) -> None:
    author, number = resident(), moderated()
    key = comment(number, author, body="Held.")
    client.sign_in(author)
    assert "A moderator reads it before others see it." in client.get(f"/comments/{key}/edit").text
    sent = client.send(f"/comments/{key}/edit", {"comment": "Held, still.", "lang": "en"})
    assert sent.location == f"/comments/{key}?done=comment-waiting"
    under = reply(approved(number, author, "Read."), author, body="Mine.")
    with write():
        services.hide(under, actor=None, reason="No")
    assert "It stays hidden." in client.get(f"/comments/{under}/edit").text
