"""Who leaves takes along what moderation knew of them."""

from uuid import UUID

import pytest
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, new_key, write
from citizen_voice.errors import Refusal
from citizen_voice.moderation import services
from citizen_voice.moderation.models import Appeal, Decision, Report
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")


def leave(person: UUID, *, remove_words: bool) -> None:
    with write():
        accounts.leave(person, remove_words=remove_words)
    db.session.rollback()


def test_the_words_kept_for_an_appeal_go() -> None:
    author, moderator = resident(), colleague()
    number = idea(author=author, title="Ask Sam at 9 Hill Street")
    decision = decide(case(idea_id=number), "redact", title="Ask on Hill Street", body="Rest.")
    leave(author, remove_words=False)
    assert db.session.get_one(Decision, decision).original is None
    with pytest.raises(Refusal, match="gone"), write():
        services.undo(decision, actor=moderator)


def test_a_name_that_was_taken_away_is_not_kept() -> None:
    person, moderator = resident(name="Rude Word"), colleague()
    decision = decide(case(person_id=person), "hide")
    leave(person, remove_words=False)
    assert "Rude" not in str(db.session.get_one(Decision, decision).before)
    with write():
        services.undo(decision, actor=moderator)
    db.session.rollback()
    assert db.session.get_one(Decision, decision).undone_at is not None


@pytest.mark.parametrize("remove_words", [True, False])
def test_what_was_written_about_their_words_goes_where_these_go(*, remove_words: bool) -> None:
    author = resident()
    decision = decide(case(idea_id=idea(author=author)), "hide", words="It is rude.")
    with write():
        services.appeal(decision, author, words="It is not.", language="en")
    leave(author, remove_words=remove_words)
    kept = [
        db.session.get_one(Decision, decision).words,
        db.session.scalars(select(Appeal.words)).one(),
    ]
    assert kept == (["", ""] if remove_words else ["It is rude.", "It is not."])


def test_who_reported_is_not_known_any_more_and_what_they_reported_is() -> None:
    reporter = resident()
    about = case(idea_id=idea())
    with write():
        db.session.add(
            Report(
                id=new_key(),
                receipt_hash=b"x" * 32,
                case_id=about,
                category="abuse",
                words="It is rude.",
                language="en",
                email="reader@example.org",
                reporter_id=reporter,
                made_at=clock.now(),
            )
        )
    leave(reporter, remove_words=True)
    row = db.session.scalars(select(Report)).one()
    assert (row.email, row.reporter_id, row.words) == (None, None, "It is rude.")


def test_what_is_hidden_can_be_shown_again_without_its_author() -> None:
    author, moderator = resident(), colleague()
    number = idea(author=author)
    decision = decide(case(idea_id=number), "hide")
    leave(author, remove_words=False)
    with write():
        services.undo(decision, actor=moderator)
    db.session.rollback()
    assert stored(number).visibility == "published"
