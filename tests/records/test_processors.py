"""Processors: by which contract, where, and what lets the data leave the country (Art 28)."""

import csv
import io
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.models import Processor
from citizen_voice.records.services import processors as services
from citizen_voice.records.wording import CHECKS
from tests.client import Client
from tests.factories.records import nothing, processor

LIST = "/staff/privacy/processors"
TYPED = {
    "name": "Harbour Hosting",
    "does": "Runs the server",
    "purposes": ["account", "news"],
    "data": "Everything",
    "place": "Dublin",
    "checks": ["audit", "security"],
    "contract_on": "5/1/2026",
    "transfer": "adequacy",
    "review_on": "2027-01-05",
}


def test_one_is_added_and_what_its_contract_lacks_is_named(client: Client, officer: UUID) -> None:
    assert "No processors yet" in client.get(LIST).text
    answer = client.send(f"{LIST}/new", TYPED)
    assert answer.status_code == 303
    page = unescape(client.get(answer.headers["Location"]).text)
    row = queries.processors()[0]
    assert row.purposes == ["account", "news"]
    assert row.contract_on == date(2026, 1, 5)
    missing = page.partition("The contract does not say yet")[2].partition("Who changed")[0]
    for key, words in CHECKS.items():
        assert (str(words) in missing) == (key not in row.checks)
    for words in ("Dublin", "5 January 2026", "Aisha Khan", "<b>Entered</b>"):
        assert words in page


@pytest.mark.parametrize("name", ["name", "does", "purposes", "data", "place", "transfer"])
def test_what_is_needed_is_asked_for_at_its_field(client: Client, officer: UUID, name: str) -> None:
    refused = client.send(f"{LIST}/new", {key: TYPED[key] for key in TYPED if key != name})
    assert refused.status_code == 422
    assert f'id="{name}-error"' in refused.text
    assert 'value="2027-01-05"' in refused.text
    assert not queries.processors()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"purposes": ["conquest"]}, "purposes"),
        ({"checks": ["astrology"]}, "checks"),
        ({"transfer": "by sea"}, "transfer"),
        ({"transfer": "exception"}, "transfer_words"),
        ({"contract_on": date(2026, 2, 1), "ended_on": date(2026, 1, 1)}, "ended_on"),
    ],
    ids=("purpose", "check", "transfer", "exception", "ended"),
)
def test_what_cannot_be_is_refused(officer: UUID, said: dict[str, object], field: str) -> None:
    usual = {"name": "A", "does": "B", "purposes": ["news"], "data": "C", "place": "D"}
    with pytest.raises(Refusal) as refused, write():
        services.add(
            nothing(asked.processor(), **(usual | {"transfer": "none"} | said)), actor=officer
        )
    assert refused.value.field == field


def test_a_change_is_kept_with_what_it_said_before(client: Client, officer: UUID) -> None:
    key = processor(officer)
    page = client.get(f"{LIST}/{key}/edit").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    answer = client.send(f"{LIST}/{key}/edit", TYPED | {"seen": seen})
    assert answer.status_code == 303
    shown = unescape(client.get(f"{LIST}/{key}").text)
    assert "<del>London</del> → <ins>Dublin</ins>" in shown
    conflict = client.send(f"{LIST}/{key}/edit", TYPED | {"seen": seen, "place": "Paris"})
    assert conflict.status_code == 409
    assert 'value="Paris"' in conflict.text
    assert queries.one(Processor, key).place == "Dublin"


def test_how_each_stands_is_said_in_words(client: Client, officer: UUID) -> None:
    today = clock.today()
    for said, words in (
        ({"contract_on": None}, "No contract yet"),
        ({"review_on": today - timedelta(days=1)}, "It was to be looked at again by"),
        ({"review_on": today}, "Look at it again by"),
        ({"ended_on": today}, "Ended on"),
        ({"review_on": None}, "No day to look at it again"),
    ):
        row = queries.one(Processor, processor(officer, **said))
        assert standing.of_processor(row, today).words.startswith(words)
        assert words in client.get(LIST).text


def test_the_register_is_a_table_that_no_spreadsheet_calculates_from(
    client: Client, officer: UUID
) -> None:
    processor(officer, name="=SUM(1)")
    text = client.get(f"{LIST}.csv").data.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert len(head) == len(row)
    assert "'=SUM(1)" in row
