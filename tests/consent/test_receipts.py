"""Receipts: with the fields of ISO/IEC TS 27560, for oneself alone, and without an address."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from citizen_voice import clock
from citizen_voice.consent import queries, receipts, services
from citizen_voice.consent.models import NEWSLETTER, RESEARCH
from citizen_voice.db import write
from citizen_voice.words import force_locale
from tests.client import Client
from tests.factories.consents import HOW, give, serve, withdraw
from tests.factories.people import resident
from tests.factories.records import processor

pytestmark = pytest.mark.usefixtures("app")

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "receipt-27560.json").read_text(encoding="utf-8")
)
BASE = "https://voice.example.org"
NOT_TERMS = {"@context", "@type"}


def chosen() -> Any:
    """Somebody who said yes, took it back, refused, and let something run out."""
    person = resident()
    give(person)
    withdraw(person)
    give(person, RESEARCH)
    with clock.at(clock.now() + queries.LASTS[RESEARCH]):
        services.expire()
    with write():
        services.refuse(person, RESEARCH, notice_version=0, **HOW)
    return person


def every_key(said: Any) -> set[str]:
    """The names of all fields."""
    if isinstance(said, dict):
        own = {key: value for key, value in said.items() if key != "@context"}
        return set(own) | {name for value in own.values() for name in every_key(value)}
    if isinstance(said, list):
        return {name for value in said for name in every_key(value)}
    return set()


@pytest.mark.parametrize("code", ["en", "cy"])
def test_every_receipt_has_the_fields_of_the_standard(code: str) -> None:
    person = chosen()
    rows = queries.history(person)
    assert {row.state for row in rows} == {"given", "withdrawn", "expired", "refused"}
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for row in rows:
        with force_locale(code):
            said = receipts.receipt(row, queries.purpose(row.purpose), BASE)
        said = json.loads(json.dumps(said))
        assert [error.message for error in validator.iter_errors(said)] == []
        assert every_key(said) - NOT_TERMS <= set(said["@context"])


def test_a_receipt_that_lacks_a_field_is_found_out() -> None:
    person = resident()
    give(person)
    said = receipts.receipt(queries.history(person)[0], queries.purpose(NEWSLETTER), BASE)
    validator = Draft202012Validator(SCHEMA)
    for section, name in (
        (said, "schema_version"),
        (said["pii_processing"], "privacy_notice"),
        (said["pii_processing"]["purposes"][0], "withdrawal_method"),
        (said["pii_processing"]["purposes"][0]["pii_information"][0], "pii_type"),
        (said["party_identification"][0], "party_name"),
        (said["events"][0], "event_state"),
    ):
        kept = section.pop(name)
        assert not validator.is_valid(said), name
        section[name] = kept
    assert validator.is_valid(said)


def test_a_receipt_says_what_the_ledger_says() -> None:
    person = resident()
    give(person, RESEARCH)
    (row,) = queries.history(person)
    said = receipts.receipt(row, queries.purpose(RESEARCH), BASE)
    (event,) = said["events"]
    assert event["event_state"] == "dpv:ConsentGiven"
    assert event["validity_duration"] == "P730D"
    assert said["record_id"] == row.hash
    notice = said["pii_processing"]["privacy_notice"]
    assert notice.endswith(f"/privacy/notices/privacy/{row.notice_version}")


def test_a_receipt_is_a_page_and_a_file_of_ones_own(client: Client) -> None:
    person, other = resident(email="ada@example.org"), resident()
    give(person)
    (row,) = queries.history(person)
    client.sign_in(person)
    assert "Newsletter by e-mail" in client.get(f"/my-data/receipts/{row.number}").text
    answer = client.get(f"/my-data/receipts/{row.number}.json")
    assert answer.mimetype == "application/ld+json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Draft202012Validator(SCHEMA).is_valid(json.loads(answer.text))
    assert "ada@example.org" not in answer.text
    assert str(person) not in answer.text
    assert client.get("/my-data/receipts/99").status_code == 404
    client.sign_in(other)
    for address in (f"/my-data/receipts/{row.number}", f"/my-data/receipts/{row.number}.json"):
        assert client.get(address).status_code == 404


def test_a_receipt_names_who_works_with_the_data_now_and_that_it_goes_abroad(
    client: Client,
) -> None:
    usual: dict[str, Any] = {"purposes": [NEWSLETTER], "does": "Sends our e-mails"}
    abroad = processor(name="Far Post", place="Dublin, Ireland", transfer="adequacy", **usual)
    last = clock.today() + timedelta(days=3)
    here = processor(name="Near Post", place="Cardiff", ended_on=last, **usual)
    processor(name="Gone Post", place="Lima", transfer="idta", ended_on=clock.today(), **usual)
    processor(name="Other Post", place="Oslo", transfer="idta", purposes=[RESEARCH])
    person = resident()
    give(person)
    (row,) = queries.history(person)
    client.sign_in(person)
    address = f"/my-data/receipts/{row.number}"
    said = json.loads(client.get(f"{address}.json").text)
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(said)] == []
    assert every_key(said) - NOT_TERMS <= set(said["@context"])
    (told,) = said["pii_processing"]["purposes"]
    assert told["storage_locations"] == ["loc:GB", "dpv:ThirdCountry"]
    parties = {each["party_id"]: each for each in said["party_identification"]}
    named = [parties[key] for key in told["recipient_third_parties"]]
    assert [(each["party_name"], each["party_address"]) for each in named] == [
        ("Far Post", "Dublin, Ireland"),
        ("Near Post", "Cardiff"),
    ]
    assert list(parties) == ["controller", "authority", f"processor-{abroad}", f"processor-{here}"]
    page = client.get(address).text
    assert "Far Post, Dublin, Ireland: To a country that the UK says" in page
    assert "Near Post, Cardiff: None" in page
    assert "Gone Post" not in page
    assert "Other Post" not in page


def test_a_receipt_of_a_purpose_that_nobody_abroad_works_for_says_here_alone(
    client: Client,
) -> None:
    processor(name="Far Post", transfer="idta", purposes=[RESEARCH])
    person = resident()
    give(person)
    (row,) = queries.history(person)
    client.sign_in(person)
    said = json.loads(client.get(f"/my-data/receipts/{row.number}.json").text)
    (told,) = said["pii_processing"]["purposes"]
    assert told["storage_locations"] == ["loc:GB"]
    assert told["recipient_third_parties"] == []


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    person = resident()
    serve(person)
    give(person)
    assert client.get("/my-data/receipts/1").status_code in (302, 303)
