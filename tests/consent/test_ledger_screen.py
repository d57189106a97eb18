"""The officer reads and verifies the ledger; administrators write the newsletter."""

import csv
import io

import pytest
from sqlalchemy import select, text

from citizen_voice.consent import queries, triggers
from citizen_voice.consent.models import NEWSLETTER, Newsletter
from citizen_voice.consent.services import newsletters
from citizen_voice.db import db, dialect
from citizen_voice.journal.models import JournalEntry
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PRIVACY_OFFICER
from tests.client import Client
from tests.factories.consents import give, withdraw
from tests.factories.people import resident
from tests.factories.team import colleague

HERE = "/staff/privacy/consents"
WRITE = "/staff/newsletters/new"
WORDS = {
    "subject_en": "Come and talk",
    "subject_cy": "Dewch i siarad",
    "text_en": "On Monday.",
    "text_cy": "Ddydd Llun.",
}


@pytest.fixture
def officer(client: Client) -> Client:
    """The privacy officer's browser."""
    client.sign_in(colleague(PRIVACY_OFFICER), staff=True)
    return client


@pytest.fixture
def administrator(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def acts() -> list[str]:
    """What the journal has."""
    db.session.rollback()
    return list(db.session.scalars(select(JournalEntry.act)))


def test_the_officer_sees_figures_and_pseudonyms_and_no_person(officer: Client) -> None:
    people = [resident(email=f"p{number}@example.org") for number in range(12)]
    for person in people:
        give(person)
    withdraw(people[0])
    page = officer.get(HERE).text
    assert "11" in page
    assert "hidden" in page
    for person in people:
        assert str(person) not in page
    assert "example.org" not in page
    subject = queries.history(people[0])[0].subject
    assert str(subject)[-8:] in page


def test_the_ledger_is_read_page_by_page(officer: Client) -> None:
    person = resident()
    for _time in range(26):
        give(person)
        withdraw(person)
    first = officer.get(HERE).text
    assert "Earlier entries" in first
    address = first.split(f'href="{HERE}?after=')[1].split('"')[0]
    second = officer.get(f"{HERE}?after={address}").text
    assert "Earlier entries" not in second
    assert "Newest" in second
    assert officer.get(f"{HERE}?after=nonsense").status_code == 400


def test_a_ledger_that_holds_is_said_and_one_that_does_not_is_named(officer: Client) -> None:
    for _number in range(3):
        give(resident())
    assert "Every entry holds: 3." in officer.send(f"{HERE}/verify").text
    with db.engine.connect() as connection, connection.begin():
        for name in triggers.NAMES:
            table = "" if dialect() == "sqlite" else " ON consents"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{table}"))
        connection.execute(text("UPDATE consents SET state = 'refused' WHERE number = 2"))
    assert "Entry 2 was changed." in officer.send(f"{HERE}/verify").text


def test_the_file_has_every_entry_and_is_noted(officer: Client) -> None:
    for _number in range(3):
        give(resident())
    answer = officer.send(f"{HERE}/file")
    assert answer.mimetype == "text/csv"
    found = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["number"] for row in found] == ["3", "2", "1"]
    assert found[0]["purpose"] == NEWSLETTER
    assert acts().count("consents.exported") == 1


def test_others_see_neither(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    for address in (HERE, "/staff/newsletters", WRITE):
        assert client.get(address).status_code == 403


def test_a_newsletter_is_written_looked_at_and_sent(administrator: Client) -> None:
    give(resident())
    assert "1 person said yes" in administrator.get("/staff/newsletters").text
    answer = administrator.send(WRITE, WORDS)
    assert answer.status_code == 303
    look = administrator.get(answer.location).text
    assert "This goes to 1 person who said yes." in look
    assert "Dewch i siarad" in look
    row = db.session.scalars(select(Newsletter)).one()
    address = f"/staff/newsletters/{row.id}"
    assert administrator.send(f"{address}/send", {"seen": "stale"}).status_code == 409
    seen = newsletters.mark(row)
    assert administrator.send(f"{address}/send", {"seen": seen}).status_code == 303
    assert administrator.send(f"{address}/send", {"seen": seen}).status_code == 409
    assert administrator.get(address).status_code == 303
    newsletters.spread()
    assert "Letters written: 1." in administrator.get(f"{address}/look").text
    assert [act for act in acts() if act.startswith("newsletter")] == [
        "newsletter.written",
        "newsletter.sent",
    ]


def test_what_was_typed_is_kept_where_it_is_refused(administrator: Client) -> None:
    answer = administrator.send(WRITE, WORDS | {"subject_en": ""})
    assert answer.status_code == 422
    assert "Write a subject in English." in answer.text
    assert "Ddydd Llun." in answer.text


def test_a_draft_is_changed_and_deleted(administrator: Client) -> None:
    administrator.send(WRITE, WORDS)
    row = db.session.scalars(select(Newsletter)).one()
    address = f"/staff/newsletters/{row.id}"
    assert "Come and talk" in administrator.get(address).text
    stale = administrator.send(address, WORDS | {"seen": "stale"})
    assert stale.status_code in (409, 422)
    assert "Somebody else has changed it" in stale.text
    seen = newsletters.mark(row)
    changed = WORDS | {"seen": seen, "subject_en": "Come"}
    assert administrator.send(address, changed).status_code == 303
    db.session.rollback()
    row = db.session.scalars(select(Newsletter)).one()
    assert row.subject_en == "Come"
    assert (
        administrator.send(f"{address}/delete", {"seen": newsletters.mark(row)}).status_code == 303
    )
    assert administrator.get(address).status_code == 404
