"""Who looked: what is about people is shown or sent only with an entry of the journal."""

import csv
import inspect
import io
import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.records.looks import LOOKS
from citizen_voice.team.models import ADMINISTRATOR, PRIVACY_OFFICER, ROLES
from citizen_voice.web.access import mark_of
from tests.client import Client
from tests.factories.team import colleague
from tests.habits import addresses, world
from tests.habits.marks import once

PAGE = "/staff/privacy/looks"
SENDS = re.compile(r"csv_sent|csv_file|send_file|shown\.table|text/csv")

NAMES_NOBODY = {
    "board.csv": "ideas that are public, with their figures",
    "places_staff.download": "wards",
    "moderation_staff.queue_csv": "words that wait, without who wrote them",
    "desk_staff.whole": "requests, without who asked",
    "retention_staff.log_file": "counts",
    "consent_staff.purposes_csv": "purposes",
    "consent_staff.notices_csv": "notices",
    "privacy_staff.mentions_csv": "places, without any words",
    "records_staff.processing_csv": "what is kept, not about whom",
    "records_staff.processors_csv": "firms",
    "records_staff.breaches_csv": "what happened, not to whom",
    "records_staff.assessments_csv": "plans",
    "records_staff.safety_csv": "kinds of content",
}
"""Files for staff that are about nobody, and what is in them."""

LOOKED = {
    "journal_staff.export": "journal exported",
    "consent_staff.ledger_file": "consents.exported",
    "records_staff.export_looks": "looks exported",
}
"""Files for staff that are about people, and the entry of the journal that each leaves."""

SHOW = {"team_staff.address": "address shown", "desk_staff.address": "address shown"}
"""Acts that show an address."""


def acts() -> list[str]:
    return list(db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.number)))


def files(app: Flask) -> set[str]:
    """The endpoints for staff that send a file."""
    return {
        name
        for name, view in app.view_functions.items()
        if mark_of(view) == "role" and SENDS.search(inspect.getsource(inspect.unwrap(view)))
    }


@once
def test_every_file_for_staff_names_nobody_or_leaves_an_entry(app: Flask) -> None:
    unsaid = sorted(files(app) - NAMES_NOBODY.keys() - LOOKED.keys())
    assert not unsaid, (
        "A file about people is sent after an entry of the journal, whose act stands in "
        f"records.looks.LOOKS: put these into LOOKED here, or say what is in them: {unsaid}"
    )
    assert set(LOOKED.values()) | set(SHOW.values()) == LOOKS.keys()


@once
@pytest.mark.parametrize("endpoint", sorted(LOOKED))
def test_taking_a_file_about_people_is_an_entry(app: Flask, client: Client, endpoint: str) -> None:
    client.sign_in(colleague(ADMINISTRATOR, PRIVACY_OFFICER), staff=True)
    (rule,) = (rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    assert client.send(rule.rule).mimetype == "text/csv"
    assert acts()[-1] == LOOKED[endpoint]


@once
def test_no_page_for_staff_shows_an_address_that_nobody_asked_for(app: Flask) -> None:
    small = world.small()
    client = world.browser(app, small, "colleague")
    known = set(db.session.scalars(select(Person.email).where(Person.email.is_not(None))))
    own = db.session.get_one(Person, small.colleague).email
    told = []
    for each in addresses.of_reader(app, "colleague", addresses.safe(app, small)):
        text = client.get(each.path).text
        told += [f"{each}: {email}" for email in known - {own} if email and email in text]
    assert not told


def test_looking_at_an_address_is_in_the_list_with_who_and_whose(
    client: Client, officer: UUID
) -> None:
    assert "Nobody has looked yet" in client.get(PAGE).text
    fellow = colleague(*ROLES, name="Megan Price")
    client.sign_in(fellow, staff=True)
    assert client.send(f"/staff/people/{officer}/address").status_code == 200
    client.sign_in(officer, staff=True)
    page = client.get(PAGE).text
    assert "Looked at an e-mail address" in page
    assert "Megan Price" in page
    assert f"person {officer}" in page
    assert "@" not in page.partition("<main")[2].partition("<table")[2].partition("</table")[0]


def look(actor: UUID, times: int = 1, act: str = "address shown") -> None:
    for number in range(times):
        with write():
            journal.append(act, actor=actor, subject=f"person {number}")


@pytest.mark.parametrize(
    "narrowed",
    [
        {"act": "journal exported"},
        {"who": str(UUID(int=1))},
        {"from": "2112-01-01"},
        {"to": "2001-01-01"},
    ],
    ids=("act", "who", "from", "to"),
)
def test_it_is_narrowed(client: Client, officer: UUID, narrowed: dict[str, str]) -> None:
    look(officer)
    page = client.get(PAGE, query_string=narrowed).text
    assert "Nothing fits" in page
    fits: dict[str, Any] = {"act": "address shown", "who": str(officer), "from": "2026-01-01"}
    assert "person 0" in client.get(PAGE, query_string=fits).text
    assert client.get(PAGE, query_string={"who": "x", "from": "y", "act": "z"}).status_code == 200


def test_it_goes_on_page_by_page_and_downloads_whole(client: Client, officer: UUID) -> None:
    look(officer, times=53)
    first = client.get(PAGE).text
    assert "person 52" in first
    assert "person 2<" not in first
    further = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert further
    second = client.get(further[1].replace("&amp;", "&")).text
    assert "person 2<" in second
    assert client.get(f"{PAGE}?after=nonsense").status_code == 400
    text = client.send(f"{PAGE}/export").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 1 + 53 + 1
