"""Lists name challenges, topics and wards from what is kept, which is never out of date."""

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from citizen_voice import create_app
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries.choices import named, names
from citizen_voice.ideas.services import stages
from citizen_voice.places.models import Ward
from citizen_voice.site.queries import revision
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident


def test_a_new_name_shows_at_once_whoever_changed_it(client: Client, fresh: Settings) -> None:
    asked = challenge(topics=("Streets",))
    idea(asked, topic_id=db.session.scalars(select(Topic.id)).one())
    assert "Streets" in client.get("/ideas").text
    other = create_app(fresh)
    with other.app_context(), write():
        db.session.execute(update(Topic).values(name_en="Roads and paths"))
    let_go(other)
    page = client.get("/ideas").text
    assert "Roads and paths" in page
    assert "Streets" not in page


@pytest.mark.parametrize(
    "change",
    [
        insert(Ward).values(code="E1", name_en="Harbour", name_cy="Yr Harbwr"),
        update(Challenge).values(question_en="What now?"),
        update(Topic).values(name_en="Roads"),
        delete(Topic),
    ],
    ids=["insert", "challenge", "topic", "delete"],
)
def test_any_change_of_a_name_raises_the_sites_revision(app: Flask, change: object) -> None:
    challenge(topics=("Streets",))
    before = revision()
    with write():
        db.session.execute(change)  # type: ignore[call-overload]  # one of the statements above
    assert revision() > before
    assert names().revision > before


def test_what_was_added_since_the_request_began_is_read(app: Flask) -> None:
    with app.test_request_context("/"):
        before = names()
        asked = challenge(topics=("Streets",))
        topic_id = db.session.scalars(select(Topic.id)).one()
        assert topic_id not in before.topics
        assert named("topics", topic_id).name_en == "Streets"
        assert named("challenges", asked.id).slug == asked.slug


def listed(idea_id: int) -> tuple[str, str]:
    """The title and language that lists show."""
    db.session.rollback()
    row = db.session.execute(
        select(IdeaListing.title, IdeaListing.language).where(IdeaListing.idea_id == idea_id)
    ).one()
    return row.title, row.language


def test_lists_carry_the_title_in_force(app: Flask) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    assert listed(number) == ("A bench", "en")
    words = {"body": "Er mwyn gorffwys.", "topic_id": None, "ward_id": None}
    with write():
        ideas.edit(number, author, title="Mainc", language="cy", **words)  # type: ignore[arg-type]
    assert listed(number) == ("Mainc", "cy")


@pytest.mark.parametrize("hidden", [False, True], ids=["listed", "hidden"])
def test_the_title_goes_with_its_author(app: Flask, *, hidden: bool) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    if hidden:
        with write():
            ideas.hide(number, actor=None, reason="Names somebody")
    with write():
        stages.remove_words_of(author)
    assert listed(number)[0] == ""
