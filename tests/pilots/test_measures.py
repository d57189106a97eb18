"""Measures and readings on their screens: looked at first, kept when asked, nothing lost."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import parsing, services
from citizen_voice.pilots.queries import public
from citizen_voice.pilots.services import Reading
from citizen_voice.team.models import MODERATOR, PILOT_OWNER
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.team import colleague

MEASURE = {
    "name_en": "People who stay",
    "unit_en": "people",
    "better": "more",
    "baseline": "12",
    "target": "20",
}


@pytest.fixture
def owner(app: Flask, client: Client) -> UUID:
    key = colleague(PILOT_OWNER)
    client.sign_in(key, staff=True)
    return key


@pytest.fixture
def pilot(owner: UUID) -> int:
    return a_pilot(*shortlisted([idea()]), owner=owner)


@pytest.fixture
def measure(pilot: int, owner: UUID) -> int:
    with write():
        return services.add_measure(
            pilot, better="more", baseline=12.0, target=20.0, name_en="People who stay", actor=owner
        )


def kept(pilot: int, measure: int) -> dict[Any, tuple[float, str]]:
    return {row.day: (row.value, row.note) for row in public.measure(pilot, measure)[1]}


def at(pilot: int, measure: int, rest: str = "") -> str:
    return f"/staff/pilots/CVT-{pilot}/measures/{measure}{rest}"


def seen(page: str) -> str:
    return page.split('name="seen" value="', 1)[1].split('"', 1)[0]


def test_a_measure_is_added_and_public(client: Client, pilot: int) -> None:
    answer = client.send(f"/staff/pilots/CVT-{pilot}/measures/new", MEASURE)
    assert answer.status_code == 303
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "People who stay" in page
    assert "12\u00a0people" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_en", " "),
        ("better", ""),
        ("baseline", "many"),
        ("target", "1e400"),
        ("first_on", "x"),
    ],
)
def test_what_is_wrong_with_a_measure_is_said_at_its_field(
    client: Client, pilot: int, field: str, value: str
) -> None:
    answer = client.send(f"/staff/pilots/CVT-{pilot}/measures/new", MEASURE | {field: value})
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert "People who stay" in answer.text or field == "name_en"


def test_a_target_changes_with_a_reason_alone(client: Client, pilot: int, measure: int) -> None:
    given = MEASURE | {"target": "18,5"}
    refused = client.send(at(pilot, measure, "/change"), given)
    assert refused.status_code == 422
    assert 'href="#why_en"' in refused.text
    assert (
        client.send(at(pilot, measure, "/change"), given | {"why_en": "Two broke."}).status_code
        == 303
    )
    client.delete_cookie("session")
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "Two broke." in page


def test_a_reading_is_typed_and_a_second_of_that_day_is_asked_about(
    client: Client, pilot: int, measure: int
) -> None:
    today = clock.today()
    typed = {"day": today.isoformat(), "value": "12,5", "note": "rain"}
    assert client.send(at(pilot, measure), typed).status_code == 303
    assert kept(pilot, measure) == {today: (12.5, "rain")}
    again = client.send(at(pilot, measure), typed | {"value": "14"})
    assert again.status_code == 200
    assert "There is a reading of that day already" in again.text
    assert kept(pilot, measure) == {today: (12.5, "rain")}
    sure = typed | {"value": "14", "instead": "12.5"}
    assert client.send(at(pilot, measure), sure).status_code == 303
    assert kept(pilot, measure)[today] == (14.0, "rain")


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "1e400"), ("value", "n/a"), ("value", ""), ("day", ""), ("day", "30/2/2026"),
     ("day", "tomorrow"), ("note", "x" * 201)],
)  # fmt: skip
def test_what_is_wrong_with_a_reading_is_said_at_its_field(
    client: Client, pilot: int, measure: int, field: str, value: str
) -> None:
    if value == "tomorrow":
        value = (clock.today() + timedelta(days=1)).isoformat()
    typed = {"day": clock.today().isoformat(), "value": "12", "note": ""} | {field: value}
    answer = client.send(at(pilot, measure), typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert not kept(pilot, measure)


def test_nothing_pasted_is_kept_before_that_is_asked(
    client: Client, pilot: int, measure: int
) -> None:
    pasted = "Day\tValue\n3/11/2025\t12,5\tcold\n4/11/2025\tn/a\n5/11/2025\t1e400\n6/11/2025\t7"
    looked = client.send(at(pilot, measure, "/table"), {"pasted": pasted})
    assert looked.status_code == 200
    assert not kept(pilot, measure)
    for words in ("Line 3", "Line 4", "Keep the 2 good ones", "3 November 2025", "written 12,5"):
        assert words in looked.text, words
    fields = {"pasted": pasted, "seen": seen(looked.text), "_keep": "1"}
    answer = client.send(at(pilot, measure, "/table"), fields)
    assert {value for value, _note in kept(pilot, measure).values()} == {12.5, 7.0}
    assert "4/11/2025\tn/a" in answer.text, "what could not be read is still there"
    assert "5/11/2025\t1e400" in answer.text


def test_what_is_left_stands_below_the_names_of_its_columns(
    client: Client, pilot: int, measure: int
) -> None:
    pasted = "Count\tDay\r\n12\t2025-11-03\r\nn/a\t2025-11-04"
    looked = client.send(at(pilot, measure, "/table"), {"pasted": pasted})
    fields = {"pasted": pasted, "seen": seen(looked.text), "_keep": "1"}
    answer = client.send(at(pilot, measure, "/table"), fields)
    assert len(kept(pilot, measure)) == 1
    assert "Count\tDay\nn/a\t2025-11-04</textarea>" in answer.text
    mended = "Count\tDay\r\n14\t2025-11-04"
    again = {
        "pasted": mended,
        "seen": seen(client.send(at(pilot, measure, "/table"), {"pasted": mended}).text),
    }
    assert client.send(at(pilot, measure, "/table"), again | {"_keep": "1"}).status_code == 303
    assert len(kept(pilot, measure)) == 2


def test_good_ones_alone_go_on_at_once(client: Client, pilot: int, measure: int) -> None:
    pasted = "2025-11-03;12\n2025-11-04;13"
    mark = seen(client.send(at(pilot, measure, "/table"), {"pasted": pasted}).text)
    fields = {"pasted": pasted, "seen": mark, "_keep": "1"}
    assert client.send(at(pilot, measure, "/table"), fields).status_code == 303
    assert len(kept(pilot, measure)) == 2


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    client: Client, pilot: int, measure: int, owner: UUID
) -> None:
    pasted = "2025-11-03\t12\n2025-11-04\t13"
    mark = seen(client.send(at(pilot, measure, "/table"), {"pasted": pasted}).text)
    day = parsing.parsed(pasted).good[0].reading.day
    with write():
        services.add_readings(measure, [Reading(day, 40.0)], actor=owner)
    fields = {"pasted": pasted, "seen": mark, "_keep": "1"}
    answer = client.send(at(pilot, measure, "/table"), fields)
    assert "look once more" in answer.text
    assert "<del>40</del>" in answer.text
    assert kept(pilot, measure) == {day: (40.0, "")}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_and_carried_as_text(
    client: Client, pilot: int, measure: int, encoding: str
) -> None:
    content = "Day,Value,Note\r\n2025-11-03,12.5,café\r\n".encode(encoding)
    fields: dict[str, Any] = {"pasted": "", "file": (BytesIO(content), "readings.csv")}
    looked = client.send(at(pilot, measure, "/table"), fields)
    assert "café" in looked.text
    assert not kept(pilot, measure)
    again = {"pasted": content.decode(encoding), "seen": seen(looked.text), "_keep": "1"}
    assert client.send(at(pilot, measure, "/table"), again).status_code == 303
    assert list(kept(pilot, measure).values()) == [(12.5, "café")]


def test_a_file_that_is_too_large_is_refused_at_its_field(
    client: Client, pilot: int, measure: int
) -> None:
    fields = {"pasted": "", "file": (BytesIO(b"1" * (parsing.LARGEST + 1)), "readings.csv")}
    answer = client.send(at(pilot, measure, "/table"), fields)
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


def test_a_large_table_is_looked_at_whole(client: Client, pilot: int, measure: int) -> None:
    first = clock.today() - timedelta(days=1_999)
    lines = [
        f"{first + timedelta(days=number)}\t{number}\tŵŷ" + "ŵ" * 60 for number in range(2_000)
    ]
    looked = client.send(at(pilot, measure, "/table"), {"pasted": "\n".join(lines)})
    assert "Save 2000 readings" in looked.text


def test_a_reading_is_removed_after_a_question(client: Client, pilot: int, measure: int) -> None:
    today = clock.today()
    client.send(at(pilot, measure), {"day": today.isoformat(), "value": "12"})
    asked = client.get(at(pilot, measure, f"?remove={today}"))
    assert "Remove 12 of" in asked.text
    answer = client.send(at(pilot, measure, "/readings/remove"), {"day": today.isoformat()})
    assert answer.status_code == 303
    assert not kept(pilot, measure)


def test_a_measure_goes_while_it_has_no_readings(client: Client, pilot: int, measure: int) -> None:
    assert client.send(at(pilot, measure, "/remove")).status_code == 303
    assert client.get(at(pilot, measure)).status_code == 404


def test_owner_and_deputy_alone_measure(client: Client, pilot: int, measure: int) -> None:
    addresses = ["", f"/{measure}", "/new", f"/{measure}/table", f"/{measure}/change"]
    paths = [f"/staff/pilots/CVT-{pilot}/measures{rest}" for rest in addresses]
    assert {client.get(path).status_code for path in paths} == {200}
    client.sign_in(colleague(PILOT_OWNER, MODERATOR), staff=True)
    assert {client.get(path).status_code for path in paths} == {403}
    assert client.send(at(pilot, measure), {"day": "2025-11-03", "value": "1"}).status_code == 403


def test_a_measure_of_another_trial_is_not_found_there(
    client: Client, measure: int, owner: UUID
) -> None:
    other = a_pilot(*shortlisted([idea()]), owner=owner)
    assert client.get(at(other, measure)).status_code == 404
