"""One's own comment: edited with its history, taken away and put back, kept or not on leaving."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import services as accounts
from citizen_voice.comments import recount, services
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.journal import services as journal
from tests.client import HTMX, Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident

ACTS = ("edit", "remove", "restore")


def bodies(key: UUID) -> list[str]:
    """What a comment said, the first words first."""
    db.session.rollback()
    rows = select(CommentVersion.body).where(CommentVersion.comment_id == key)
    return list(db.session.scalars(rows.order_by(CommentVersion.number)))


def test_an_edit_is_kept_with_what_was_said_before(client: Client) -> None:
    author, number = resident(name="Sam"), idea()
    key = comment(number, author, body="First words.")
    client.sign_in(author)
    address = f"/comments/{key}/edit"
    page = client.get(address).text
    form = next(f for f in FormFinder(page).forms if f["action"] == address)
    assert set(form["fields"]) == {"csrf_token", "comment", "lang"}
    assert "First words.</textarea>" in page
    sent = client.send(address, {"comment": "Second words.", "lang": "cy"})
    assert sent.location == f"/comments/{key}?done=comment-edited"
    assert bodies(key) == ["First words.", "Second words."]
    client.delete_cookie("session")
    page = client.get(f"/ideas/CV-{number}").text
    assert "Second words." in page
    assert "First words." not in page
    assert f'href="/comments/{key}/versions"' in page
    before = client.get(f"/comments/{key}/versions").text
    assert before.index("Second words.") < before.index("First words.")
    assert 'lang="cy"' in before


def test_the_same_words_again_are_no_edit(client: Client) -> None:
    author = resident()
    key = comment(idea(), author, body="Yes, do.")
    client.sign_in(author)
    assert client.send(f"/comments/{key}/edit", {"comment": " Yes, do.\r\n", "lang": "en"}).location
    assert (stored(key).version, stored(key).edited_at) == (1, None)
    assert "/versions" not in client.get(f"/comments/{key}").text


def test_a_refused_edit_keeps_what_was_typed_and_changes_nothing(client: Client) -> None:
    author, asked = resident(), challenge()
    key = comment(idea(asked), author, body="Yes.")
    client.sign_in(author)
    address = f"/comments/{key}/edit"
    for bad, typed in (
        ({"comment": "x" * 1_501, "lang": "en"}, "x" * 1_501),
        ({"comment": "Typed anew.", "lang": "fr"}, "Typed anew."),
        ({"comment": "Ring 07700 900123", "lang": "en"}, "Ring 07700 900123"),
        ({"comment": " ", "lang": "en"}, ""),
    ):
        answer = client.send(address, bad)
        assert answer.status_code == 422
        assert typed in answer.text
    close(asked)
    late = client.send(address, {"comment": "Typed late.", "lang": "en"})
    assert late.status_code == 422
    assert "Typed late." in late.text
    assert "This challenge has closed" in late.text
    assert bodies(key) == ["Yes."]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_touches_a_comment(client: Client, act: str) -> None:
    key = comment(idea())
    address = f"/comments/{key}/{act}"
    fields = {"comment": "Mine now.", "lang": "en"}
    assert client.send(address, fields).location == "/sign-in"
    client.sign_in(resident())
    assert client.send(address, fields).status_code == 404
    if act == "edit":
        assert client.get(address).status_code == 404
    assert bodies(key) == ["I would use it" + bodies(key)[0][14:]]
    assert stored(key).removed_at is None
    with pytest.raises(NotHere), write():
        services.remove(key, accounts.join("else@example.org", "adult", "en"))


def test_taken_away_without_replies_it_disappears_and_can_come_back(client: Client) -> None:
    author, number = resident(), idea()
    key = comment(number, author, body="Said in haste.")
    client.sign_in(author)
    sent = client.send(f"/comments/{key}/remove")
    assert sent.location == f"/comments/{key}?done=comment-removed"
    page = client.get(sent.location).text
    assert f'action="/comments/{key}/restore"' in page
    assert "Said in haste." not in page
    assert published(number) == 0
    assert f'action="/comments/{key}/restore"' in client.get(f"/ideas/CV-{number}").text
    client.sign_in(resident())
    assert "Said in haste." not in client.get(f"/ideas/CV-{number}").text
    assert str(key) not in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/comments/{key}").status_code == 410
    assert client.get(f"/comments/{key}/versions").status_code == 410
    client.sign_in(author)
    back = client.send(f"/comments/{key}/restore")
    assert back.location == f"/comments/{key}?done=comment-restored"
    assert "Said in haste." in client.get(f"/ideas/CV-{number}").text
    assert published(number) == 1
    assert recount.differences() == []


def test_taken_away_with_replies_its_place_stays(client: Client) -> None:
    author, number = resident(name="Sam Rees"), idea()
    key = comment(number, author, body="Said in haste.")
    under = reply(key, body="Answered well.")
    with write():
        services.remove(key, author)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Taken away by its author" in page
    assert "Answered well." in page
    assert "Said in haste." not in page
    assert "Sam Rees" not in page
    assert published(number) == 1
    assert "Taken away by its author" in client.get(f"/comments/{key}").text
    assert client.get(f"/comments/{key}/versions").status_code == 410
    client.sign_in(resident())
    refused = client.send(f"/comments/{key}/replies", {"comment": "Typed.", "lang": "en"})
    assert refused.status_code == 422
    assert "takes no more replies" in refused.text
    assert "Typed." in refused.text
    author_of_reply = stored(under).author_id
    assert author_of_reply is not None
    with write():
        services.remove(under, author_of_reply)
    assert "Taken away by its author" not in client.get(f"/ideas/CV-{number}").text
    assert recount.differences() == []


def test_htmx_gets_the_place_with_undo_and_the_words_back(client: Client) -> None:
    author, number = resident(), idea()
    key = comment(number, author, body="Said in haste.")
    client.sign_in(author)
    gone = client.send(f"/comments/{key}/remove", headers=HTMX)
    assert gone.status_code == 200
    assert f'id="own-{key}"' in gone.text
    assert "Undo" in gone.text
    assert ">0<" in gone.text
    again = client.send(f"/comments/{key}/remove", headers=HTMX)
    assert again.status_code == 200
    back = client.send(f"/comments/{key}/restore", headers=HTMX)
    assert "Said in haste." in back.text
    assert 'data-announce="Your comment is back."' in back.text
    assert published(number) == 1


def test_after_an_hour_the_words_are_gone_for_good(client: Client) -> None:
    author, number = resident(), idea()
    key = comment(number, author, body="Said in haste.")
    kept = comment(number, author, body="Said well.")
    client.sign_in(author)
    client.send(f"/comments/{key}/edit", {"comment": "Said in more haste.", "lang": "en"})
    with write():
        services.remove(key, author)
    assert housekeeping.tidy()["removed-comments"] == 0
    with clock.at(clock.now() + timedelta(minutes=61)):
        with pytest.raises(Refusal), write():
            services.restore(key, author)
        assert str(key) not in client.get(f"/ideas/CV-{number}").text
        assert housekeeping.tidy()["removed-comments"] == 1
        assert housekeeping.tidy()["removed-comments"] == 0
    assert bodies(key) == ["", ""]
    assert bodies(kept) == ["Said well."]
    with pytest.raises(NotHere), write():
        services.remove(key, author)
    assert recount.differences() == []


def test_hidden_words_are_their_authors_alone_with_the_reason(client: Client) -> None:
    author, number = resident(), idea()
    key = comment(number, author, body="Names somebody.")
    reply(key, body="Well said.")
    with write():
        services.hide(key, actor=None, reason="It names <b>somebody</b>")
    page = client.get(f"/ideas/CV-{number}").text
    assert "Names somebody." not in page
    assert "It names" not in page
    assert "Hidden by a moderator" in page
    assert "Well said." in page
    assert client.get(f"/comments/{key}/versions").status_code == 410
    client.sign_in(author)
    mine = client.get(f"/ideas/CV-{number}").text
    assert "Names somebody." in mine
    assert "It names &lt;b&gt;somebody&lt;/b&gt;" in mine
    assert published(number) == 1
    with write():
        services.publish(key, actor=None, reason="It does not")
    client.delete_cookie("session")
    assert "Names somebody." in client.get(f"/ideas/CV-{number}").text
    assert journal.verify() == 2
    assert recount.differences() == []


def test_a_hidden_comment_without_replies_is_not_there_for_others(client: Client) -> None:
    author, number = resident(), idea()
    key = comment(number, author)
    with write():
        services.hide(key, actor=None, reason="No")
    assert str(key) not in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/comments/{key}").status_code == 410
    client.sign_in(author)
    assert str(key) in client.get(f"/ideas/CV-{number}").text


def test_who_leaves_takes_their_words_along_or_leaves_them_without_a_name(client: Client) -> None:
    number = idea()
    for remove_words in (True, False):
        author, other = resident(name="Sam Rees"), resident()
        top = comment(number, author, body=f"Top, {remove_words}.")
        alone = comment(number, author, body=f"Alone, {remove_words}.")
        theirs = reply(top, author, body=f"Own reply, {remove_words}.")
        others = reply(top, other, body=f"Another's, {remove_words}.")
        under = reply(comment(number, other, body="Here."), author, body=f"Under, {remove_words}.")
        with write():
            accounts.leave(author, remove_words=remove_words)
        page = client.get(f"/ideas/CV-{number}?").text
        assert "Sam Rees" not in page
        assert f"Another&#39;s, {remove_words}." in page or f"Another's, {remove_words}." in page
        if remove_words:
            assert "Taken away by its author" in page
            for key in (top, alone, theirs, under):
                assert bodies(key) == [""]
                assert stored(key).erased
            assert not stored(alone).shown
        else:
            assert "Former participant" in page
            assert f"Alone, {remove_words}." in page
        assert bodies(others)[0]
        assert recount.differences() == []


def test_what_was_taken_away_goes_with_who_leaves_even_if_the_rest_stays(app: Flask) -> None:
    author, number = resident(), idea()
    gone, kept = comment(number, author, body="Gone."), comment(number, author, body="Kept.")
    with write():
        services.remove(gone, author)
    with write():
        accounts.leave(author, remove_words=False)
    assert (bodies(gone), bodies(kept)) == ([""], ["Kept."])


def test_check_finds_and_mends_wrong_figures(app: Flask) -> None:
    number = idea()
    top = comment(number)
    reply(top)
    with write():
        db.session.execute(update(CommentThread).values(published=7))
        db.session.execute(update(Comment).where(Comment.id == top).values(replies=5))
        db.session.execute(update(Comment).where(Comment.id != top).values(shown=False))
    found = [str(each) for each in recount.differences()]
    assert f"CV-{number}: comments shows 7, the rows say 2" in found
    assert len(found) == 3
    assert recount.fix() == 1
    assert recount.differences() == []
    assert published(number) == 2
