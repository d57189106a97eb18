"""A copy of one's data: everything, nobody else's, for who has shown that it is them."""

import hashlib
import re
import stat
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import queries as people
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.privacy import files, making, queries
from citizen_voice.privacy.models import READY, WAITING, DataCopy
from tests.accounts import walk
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.copies import answered, asked, data_of, made, opened, rows_of
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.team import colleague


@pytest.fixture
def me(client: Client) -> UUID:
    """Somebody signed in."""
    key = resident(email="ada@example.org")
    client.sign_in(key)
    return key


def proved(client: Client) -> None:
    """Give the code that shows who is signed in."""
    assert client.send("/my-data/confirm").location == "/sign-in/code"
    code = walk.letter("ada@example.org").code
    assert client.send("/sign-in/code", {"code": code}).location == "/my-data/copy?done=proved"


def zip_of(copy_id: UUID) -> str:
    return f"/my-data/copy/{copy_id}/my-data.zip"


def test_a_copy_is_asked_for_made_told_of_and_downloaded_after_a_code(
    client: Client, me: UUID
) -> None:
    assert "Make my copy" in client.get("/my-data/copy").text
    assert client.send("/my-data/copy").location == "/my-data/copy?done=copy-asked"
    assert "We are making your copy" in client.get("/my-data/copy").text
    assert making.work() == 1
    copy = db.session.scalars(select(DataCopy)).one()
    told = walk.letters()[-1]
    assert "is ready" in told.subject
    assert "/my-data/copy" in told.body
    assert str(copy.id) not in told.body
    assert "Your copy is ready" in client.get("/my-data/copy").text
    assert client.get(zip_of(copy.id)).location == "/my-data/confirm"
    proved(client)
    sent = client.get(zip_of(copy.id))
    assert sent.status_code == 200
    assert sent.headers["Cache-Control"] == "no-store"
    assert sent.headers["Content-Disposition"].startswith("attachment; filename=my-data-")
    assert hashlib.sha256(sent.data).hexdigest() == copy.sha256
    assert len(sent.data) == copy.size
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert client.get(zip_of(copy.id)).location == "/my-data/confirm"


def test_the_link_in_the_letter_shows_who_one_is_as_the_code_does(client: Client, me: UUID) -> None:
    key = made(me)
    client.send("/my-data/confirm")
    letter = walk.letter("ada@example.org")
    assert "to show that it is you" in letter.body
    assert client.send(letter.link).location == "/my-data/copy?done=proved"
    assert client.get(zip_of(key)).status_code == 200
    assert people.person_id("ada@example.org") == me


def test_someone_elses_copy_is_not_there(app: Flask, client: Client, me: UUID) -> None:
    key = made(resident())
    proved(client)
    assert client.get(zip_of(key)).status_code == 404
    assert client.send(f"/my-data/copy/{key}/delete").status_code == 404
    visitor = walk.another(app)
    assert visitor.get(zip_of(key)).status_code == 303
    assert files.path(key).exists()


def test_colleagues_give_password_and_code_instead(app: Flask, client: Client) -> None:
    key = colleague()
    copy = made(key)
    client.sign_in(key, staff=True)
    assert client.get(zip_of(copy)).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=11)):
        page = client.get(zip_of(copy))
    assert page.mimetype == "text/html"
    assert "confirm_password" in page.text


def test_the_copy_has_what_is_hidden_and_names_ideas_as_people_know_them(
    app: Flask, me: UUID
) -> None:
    asked_for = challenge()
    own = idea(asked_for, me, title="Benches by the river")
    others = idea(asked_for, resident(), title="Trees in the square")
    hidden = idea(asked_for, me, title="Somebody's name is in this")
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        answering.cast(me, others, "support")
    comment(others, me, body="Lime trees, please.")
    key = made(me)
    titles = [row["title"] for row in rows_of(key, "idea_versions")]
    assert titles == ["Benches by the river", "Somebody's name is in this"]
    assert rows_of(key, "ideas")[1]["why hidden"] == "Names somebody"
    assert rows_of(key, "ideas")[0]["reference"] == f"CV-{own} Benches by the river"
    (answer,) = rows_of(key, "answers")
    assert answer["idea"] == f"CV-{others} Trees in the square"
    assert answer["answer"] == "support"
    page = opened(key)["my-data.html"]
    for words in (*titles, "Lime trees, please.", "Trees in the square"):
        assert words.replace("'", "&#39;") in page


def test_the_page_in_the_copy_is_whole_in_their_language_and_runs_nothing(
    app: Flask, me: UUID
) -> None:
    with write():
        accounts.set_name(me, "Tom <b>& Co")
    inside = opened(made(me, language="cy"))
    page = inside["my-data.html"]
    assert set(inside) == {"my-data.json", "my-data.html", "README.txt"}
    assert '<html lang="cy">' in page
    assert page.endswith("</html>\n")
    assert "<script" not in page
    assert "Tom &lt;b&gt;&amp; Co" in page
    assert not re.search(r"(src|href)=", page)


def test_people_are_told_of_the_figures_of_what_is_held(app: Flask, me: UUID) -> None:
    asked_for = challenge()
    for _ in range(3):
        idea(asked_for, me)
    held = {each.table: each for each in queries.about(me)}
    assert held["ideas"].count == 3
    assert held["persons"].count == 1
    assert "answers" not in held
    assert str(held["ideas"].title) == "Your ideas"
    assert held["ideas"].why_kept


def test_a_copy_and_its_file_go_after_seven_days(client: Client, me: UUID) -> None:
    key = made(me)
    assert stat.S_IMODE(files.path(key).stat().st_mode) == 0o600
    with clock.at(clock.now() + timedelta(days=7, seconds=1)):
        assert "Make my copy" in client.get("/my-data/copy").text
        housekeeping.tidy()
    assert not files.there()
    assert db.session.scalars(select(DataCopy)).all() == []


def test_a_file_that_no_copy_has_goes(app: Flask, me: UUID) -> None:
    key = made(me)
    stray = files.folder() / "01890000-0000-7000-8000-000000000001.zip"
    stray.write_text("left")
    housekeeping.tidy()
    assert files.there() == [files.path(key)]


def test_who_leaves_takes_their_copy_along(app: Flask, me: UUID) -> None:
    made(me)
    with write():
        accounts.leave(me, remove_words=True)
    assert not files.there()
    assert db.session.scalars(select(DataCopy)).all() == []


def test_a_new_copy_takes_the_place_of_the_old_one(client: Client, me: UUID) -> None:
    first = made(me)
    client.send("/my-data/copy")
    assert making.work() == 1
    assert not files.path(first).exists()
    assert len(files.there()) == 1


def test_asking_twice_makes_one(client: Client, me: UUID) -> None:
    client.send("/my-data/copy")
    client.send("/my-data/copy")
    (copy,) = db.session.scalars(select(DataCopy))
    assert copy.state == WAITING
    assert making.work() == 1
    letters = select(OutboxMail).where(OutboxMail.kind == "copy")
    assert len(db.session.scalars(letters).all()) == 1


def test_five_a_day_and_then_it_says_to_wait(client: Client, me: UUID) -> None:
    for _ in range(5):
        client.send("/my-data/copy")
        making.work()
    refused = client.send("/my-data/copy")
    assert refused.status_code == 429
    assert "wait a while" in refused.text
    (copy,) = db.session.scalars(select(DataCopy))
    assert copy.state == READY


def test_a_part_of_the_page_is_asked_for_while_it_is_made(client: Client, me: UUID) -> None:
    asked(me)
    part = client.get("/my-data/copy", headers=HTMX).text
    assert "<html" not in part
    assert "hx-trigger" in part
    making.work()
    assert "hx-trigger" not in client.get("/my-data/copy", headers=HTMX).text


def test_one_deletes_ones_own_copy(client: Client, me: UUID) -> None:
    key = made(me)
    assert client.send(f"/my-data/copy/{key}/delete").location == "/my-data/copy?done=copy-deleted"
    assert not files.there()


def test_who_was_paused_has_their_data_all_the_same(client: Client, me: UUID) -> None:
    with write():
        db.session.get_one(Person, me).paused_until = clock.now() + timedelta(days=3)
    assert client.send("/my-data/copy").status_code == 303
    assert making.work() == 1


def test_answers_beyond_one_batch_are_all_there_once(app: Flask, me: UUID) -> None:
    answered(me, 1234)
    rows = rows_of(made(me), "answers")
    assert len(rows) == 1234
    assert len({row["idea"] for row in rows}) == 1234
    copy = queries.copy_of(me)
    assert copy is not None
    assert data_of(copy.id)["format"] == "citizen-voice-copy-1"
