"""Reports hide nothing by themselves, but a link reported for the gravest reason waits at once."""

from uuid import UUID

import pytest
from sqlalchemy import select

from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.moderation.models import GRAVE, HELD, CaseReason
from tests.client import Client
from tests.factories.comments import comment
from tests.factories.comments import stored as stored_comment
from tests.factories.ideas import idea, stored
from tests.factories.moderation import decide
from tests.factories.people import resident
from tests.factories.reports import report
from tests.moderation.reporting import FORM, reports, the_case

pytestmark = pytest.mark.usefixtures("app")


def kinds(case_id: UUID) -> set[str]:
    return set(db.session.scalars(select(CaseReason.kind).where(CaseReason.case_id == case_id)))


def with_a_link() -> int:
    return idea(body="Look at https://pictures.example/1 of her.")


def test_anonymous_reports_hide_nothing_by_themselves(client: Client) -> None:
    plain, linked = idea(), with_a_link()
    for number, category in ((plain, "intimate"), (linked, "illegal")):
        client.post(f"/report?idea=CV-{number}", data=FORM | {"category": category})
        assert stored(number).visibility == "published"


def test_a_link_reported_for_the_gravest_reason_waits_at_once_and_goes_first(
    client: Client,
) -> None:
    author = resident()
    number = idea(author=author, body="Look at https://pictures.example/1 of her.")
    client.post(f"/report?idea=CV-{number}", data=FORM | {"category": "intimate"})
    assert stored(number).visibility == HELD
    assert the_case().urgency == GRAVE
    assert kinds(the_case().id) >= {"report", HELD}
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.number.desc())).first()
    assert entry is not None
    assert entry.actor is None
    assert isinstance(journal.verify(), int)
    assert client.get(f"/ideas/CV-{number}").status_code == 404
    client.sign_in(author)
    assert "We aim to look within 24 hours." in client.get(f"/ideas/CV-{number}").text
    decide(the_case().id, "keep")
    assert stored(number).visibility == "published"


def test_a_comment_with_replies_that_waits_is_read_by_its_author_alone(client: Client) -> None:
    number, writer, other = idea(), resident(), resident()
    key = comment(number, writer, body="Look: https://pictures.example/2")
    with write():
        comments.reply(other, key, body="How dare you!", language="en")
    client.post(f"/report?comment={key}", data=FORM | {"category": "intimate"})
    assert stored_comment(key).visibility == HELD
    for path in (f"/ideas/CV-{number}", f"/comments/{key}", f"/ideas/CV-{number}/comments"):
        page = client.get(path).text
        assert "pictures.example" not in page, path
        assert "How dare you!" in page, path
    client.sign_in(writer)
    assert "We aim to look within 24 hours." in client.get(f"/comments/{key}").text


def test_few_things_a_day_are_held_for_one_network(client: Client) -> None:
    numbers = [with_a_link() for _each in range(4)]
    for number in numbers:
        client.post(f"/report?idea=CV-{number}", data=FORM | {"category": "intimate"})
    seen = [stored(number).visibility for number in numbers]
    assert seen == [HELD, HELD, HELD, "published"]
    assert len(reports()) == 4


def test_what_a_moderator_kept_is_not_held_again(client: Client) -> None:
    number = with_a_link()
    report(idea_id=number)
    decide(the_case().id, "keep")
    report(idea_id=number, category="intimate", may_hold=True, words="Again.")
    assert stored(number).visibility == "published"
