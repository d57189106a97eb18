"""The record of processing has everything that the code goes by (UK GDPR Art 30)."""

import csv
import io
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from citizen_voice import clock, keeping, register
from citizen_voice.consent.purpose_forms import TEXTS
from citizen_voice.consent.queries import purposes
from citizen_voice.consent.services import purposes as editing
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.outbox.kinds import BASES, KINDS
from citizen_voice.records import processing
from citizen_voice.records.services import controller as services
from citizen_voice.site import controller
from tests.client import Client
from tests.factories.records import DETAILS, described, processor

PAGE = "/staff/privacy/processing"


def text_of(client: Client, address: str = PAGE) -> str:
    return unescape(client.get(address).text)


def cells_of(client: Client) -> list[list[str]]:
    answer = client.get(PAGE + ".csv")
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def personal() -> dict[tuple[str, str], register.Personal]:
    """Every column about a person, by its table and name."""
    return {
        (table, name): entry
        for table in register.tables()
        for name, entry in register.columns(table).items()
        if entry is not None
    }


def test_every_purpose_of_the_register_is_in_it_with_its_basis(
    client: Client, officer: UUID
) -> None:
    shown = {each.key: each for each in processing.every()}
    assert list(shown) == list(register.PURPOSES)
    page, first = text_of(client), {row[0] for row in cells_of(client)[1:]}
    for key, purpose in register.PURPOSES.items():
        assert shown[key].basis == str(BASES[purpose.basis])
        assert shown[key].words in page
        assert shown[key].words in first


def test_every_personal_column_is_in_it_under_its_purpose_with_whose_it_is(
    client: Client, officer: UUID
) -> None:
    found = {
        (category.table, name): each
        for each in processing.every()
        for category in each.categories
        for name, _words in category.columns
    }
    entries = personal()
    assert found.keys() == entries.keys()
    for column, entry in entries.items():
        assert found[column].key == entry.purpose
        assert entry.whose in found[column].whose
    page = text_of(client)
    cells = {cell for row in cells_of(client) for cell in row}
    for each in processing.every():
        for category in each.categories:
            words = [word for _name, word in category.columns]
            assert ", ".join(words) in page
            assert "; ".join(words) in cells
            assert category.title in page


def test_every_kind_of_letter_and_every_processor_is_a_recipient(
    client: Client, officer: UUID
) -> None:
    processor(officer, name="Post & Parcel", purposes=["news", "account"], transfer="idta")
    processor(officer, name="Gone Ltd", ended_on=date(2026, 2, 1))
    shown = {each.key: each for each in processing.every()}
    for kind in KINDS.values():
        assert str(kind.words) in shown[kind.purpose].letters
    for key in ("news", "account"):
        assert shown[key].processors == ("Post & Parcel",)
        assert len(shown[key].transfers) == 1
    page, cells = text_of(client), " ".join(" ".join(row) for row in cells_of(client))
    for kind in KINDS.values():
        assert str(kind.words) in page
        assert str(kind.words) in cells
    assert "Post & Parcel" in page
    assert "Gone Ltd" not in page


def test_a_processor_whose_end_is_still_to_come_is_a_recipient_until_then(officer: UUID) -> None:
    last = clock.today() + timedelta(days=3)
    processor(officer, name="Going soon", purposes=["news"], ended_on=last)
    assert ("Going soon",) in [each.processors for each in processing.every()]
    with clock.at(clock.end_of(last)):
        assert ("Going soon",) not in [each.processors for each in processing.every()]


def test_every_rule_that_data_is_kept_by_is_in_it(client: Client, officer: UUID) -> None:
    told = {
        category.table: category.kept for each in processing.every() for category in each.categories
    }
    page = text_of(client)
    named = {table for table, _name in personal()}
    for rule in keeping.RULES.values():
        for table in named & set(rule.tables):
            assert str(keeping.sentence(table, keeping.in_force())) == told[table]
            assert told[table] in page
    for table, words in keeping.KEPT.items():
        if table in named:
            assert str(words) in told[table]
    assert not [table for table, words in told.items() if not words], (
        "Say in citizen_voice.keeping how long these are kept"
    )


def test_it_says_how_the_data_is_kept_safe_and_that_equality_monitoring_is_off(
    client: Client, officer: UUID
) -> None:
    page = text_of(client)
    for words in (*processing.SECURITY, processing.EQUALITY):
        assert str(words) in page


def test_the_law_that_the_officer_names_is_in_it(client: Client, officer: UUID) -> None:
    row = purposes.purpose("account")
    said = {name: getattr(row, name) for name in TEXTS} | {"law_en": "Section 7, by the sea"}
    with write():
        editing.edit("account", basis=row.basis, texts=said, seen=editing.mark(row), actor=officer)
    assert "Section 7, by the sea" in text_of(client)
    header, *rows = cells_of(client)
    law, what = header.index("Law"), header.index("Purpose")
    mine = [cells for cells in rows if cells[what] == purposes.words(row)]
    assert mine
    assert {cells[law] for cells in mine} == {"Section 7, by the sea"}
    assert [each.active for each in processing.every() if each.key == "account"] == [True]


def test_who_answers_for_it_is_named_once_it_is_said(client: Client, officer: UUID) -> None:
    assert "No privacy notice can be published" in text_of(client)
    answer = client.send("/staff/privacy/controller", DETAILS)
    assert answer.status_code == 303
    page = text_of(client)
    assert "No privacy notice can be published" not in page
    for words in ("Llanfair Council", "dpo@example.org", "Z0000000"):
        assert words in page
    assert controller.details().complete
    history = text_of(client, "/staff/privacy/controller")
    assert "Aisha Khan" in history
    assert "<ins>Llanfair Council</ins>" in history


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    client: Client, officer: UUID
) -> None:
    with pytest.raises(Refusal) as refused, write():
        services.settle(DETAILS | {"ico_number": "Z" * 21}, actor=officer)
    assert refused.value.field == "ico_number"
    page = client.send("/staff/privacy/controller", DETAILS | {"name_en": ""})
    assert page.status_code == 422
    assert "Say who the controller is." in page.text
    assert "dpo@example.org" in page.text


def test_saving_the_same_twice_is_one_change(client: Client, officer: UUID) -> None:
    described(officer)
    described(officer)
    page = text_of(client, "/staff/privacy/controller")
    assert page.count("<b>Changed</b>") == 1
