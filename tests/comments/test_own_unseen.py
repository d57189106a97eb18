"""One's own comment stays one's own where nobody sees it: taken away and put back, now and then."""

from datetime import timedelta
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.comments import recount, services
from citizen_voice.comments.limits import PUT_BACK
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident

UNSEEN = ("withdrawn", "hidden")
NOT_SHOWN = "Comments on this idea aren’t shown now."


def unseen(state: str, proposer: UUID, author: UUID) -> tuple[UUID, int]:
    """A comment on an idea that shows none any more, and the idea."""
    number = idea(author=proposer, title="A bench nobody sees")
    key = comment(number, author, body="Said in time.")
    reply(key, body="A reply of somebody.")
    with write():
        if state == "withdrawn":
            ideas.withdraw(number, proposer, why="happened", words="", language="en")
        else:
            ideas.hide(number, actor=None, reason="It names somebody")
    return key, number


@pytest.mark.parametrize("state", UNSEEN)
def test_it_is_taken_away_and_put_back_where_its_idea_shows_no_comments(
    client: Client, state: str
) -> None:
    author = resident()
    key, number = unseen(state, resident(), author)
    client.sign_in(author)
    page = client.get(f"/comments/{key}")
    assert page.status_code == 200
    assert NOT_SHOWN in page.text
    assert "You can still take yours away." in page.text
    assert "Said in time." in page.text
    assert "A reply of somebody." not in page.text
    assert f"/comments/{key}/edit" not in page.text
    gone = client.send(f"/comments/{key}/remove")
    assert gone.location == f"/comments/{key}?done=comment-removed"
    after = client.get(gone.location).text
    assert "Taken away. You can put it back within an hour." in after
    assert f'action="/comments/{key}/restore"' in after
    assert "Said in time." not in after
    back = client.send(f"/comments/{key}/restore")
    assert "Said in time." in client.get(back.location).text
    assert stored(key).removed_at is None
    for act in ("remove", "restore"):
        part = client.send(f"/comments/{key}/{act}", headers=HTMX)
        assert part.status_code == 200
        assert f'id="own-{key}"' in part.text
    assert recount.differences() == []
    link = f'href="/ideas/CV-{number}"'
    assert (link in page.text) == (state == "withdrawn")


@pytest.mark.parametrize("state", UNSEEN)
def test_others_do_not_see_it_there_nor_touch_it(client: Client, state: str) -> None:
    proposer, author = resident(), resident()
    key, _number = unseen(state, proposer, author)
    for reader in (None, resident(), proposer):
        if reader is not None:
            client.sign_in(reader)
            assert client.send(f"/comments/{key}/remove").status_code == 404
            assert client.send(f"/comments/{key}/restore").status_code == 404
        for path in ("", "/versions"):
            answer = client.get(f"/comments/{key}{path}")
            assert answer.status_code == 404
            assert "Said in time." not in answer.text
    assert stored(key).removed_at is None


def test_a_hidden_ideas_title_is_its_authors_alone(client: Client) -> None:
    proposer, author = resident(), resident()
    key, number = unseen("hidden", proposer, author)
    client.sign_in(author)
    assert "A bench nobody sees" not in client.get(f"/comments/{key}").text
    under = f"/comments/{key}/versions"
    assert client.get(under).status_code == 200
    assert "A bench nobody sees" not in client.get(under).text
    own, _number = unseen("hidden", proposer, proposer)
    client.sign_in(proposer)
    assert f'href="/ideas/CV-{_number}"' in client.get(f"/comments/{own}").text
    assert number != _number


def test_nobody_replies_or_edits_there_and_what_was_typed_comes_back(client: Client) -> None:
    author = resident()
    key, _number = unseen("withdrawn", resident(), author)
    client.sign_in(author)
    for path in ("replies", "edit"):
        refused = client.send(f"/comments/{key}/{path}", {"comment": "Typed.", "lang": "en"})
        assert refused.status_code == 404
        assert "Typed." in refused.text
    part = {**HTMX, "HX-Target": f"div#reply-{key}"}
    assert client.get(f"/comments/{key}", headers=part).status_code == 404


def test_it_is_taken_away_and_put_back_once_its_challenge_has_closed(client: Client) -> None:
    author, asked = resident(), challenge()
    key = comment(idea(asked), author, body="Said in time.")
    close(asked)
    client.sign_in(author)
    assert f'action="/comments/{key}/remove"' in client.get(f"/comments/{key}").text
    gone = client.send(f"/comments/{key}/remove").location
    assert "Taken away. You can put it back within an hour." in client.get(gone).text
    back = client.send(f"/comments/{key}/restore").location
    assert "Said in time." in client.get(back).text


def test_after_the_hour_it_is_said_in_plain_words_that_it_is_gone(client: Client) -> None:
    author = resident()
    key, _number = unseen("withdrawn", resident(), author)
    client.sign_in(author)
    client.send(f"/comments/{key}/remove")
    with clock.at(clock.now() + timedelta(minutes=61)):
        late = client.send(f"/comments/{key}/restore")
        assert late.status_code == 422
        assert "more than an hour ago" in late.text
        assert client.get(f"/comments/{key}").status_code == 200  # others replied to it
        assert "Taken away by its author" in client.get(f"/comments/{key}").text


def test_putting_back_has_a_limit_and_taking_away_has_none(client: Client) -> None:
    author = resident()
    key = comment(idea(), author)
    client.sign_in(author)
    with clock.at(clock.now().replace(minute=10)):
        for _time in range(PUT_BACK.most):
            assert client.send(f"/comments/{key}/remove").status_code == 303
            assert client.send(f"/comments/{key}/restore").status_code == 303
        assert client.send(f"/comments/{key}/remove").status_code == 303
        stopped = client.send(f"/comments/{key}/restore")
        assert stopped.status_code == 429
        assert "very often in a short time" in stopped.text
        assert int(stopped.headers["Retry-After"]) <= 3_600
        assert stored(key).removed_at is not None
    with write():
        services.restore(key, author)
