"""Trials and what they measure, as files."""

from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.exports.reading import column, headings, read
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.replies import working_day
from tests.factories.team import colleague
from tests.pilots.public_steps import begun, decided, measured, said
from tests.pilots.public_steps import read as readings

FILE, MEASURES = "/exports/pilots.csv", "/exports/measures.csv"


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER, name="Ffion Rees")


def test_a_row_says_what_the_board_and_the_page_say(client: Client, owner: UUID) -> None:
    number = idea()
    pilot = begun(owner, number)
    readings(measured(pilot, owner), owner, 12, 18.5)
    measured(pilot, owner, name_en="Complaints", unit_en="", better="less", baseline=None)
    again = working_day(14)
    said(pilot, owner, next_on=again)
    with write():
        services.show_name(pilot, owner, shown=True)
    (row,) = read(client, FILE)
    page, today = client.get(f"/pilots/CVT-{pilot}").text, clock.today().isoformat()
    assert row.pop("Last day") > today
    assert row == {
        "Reference": f"CVT-{pilot}",
        "Title": "Benches that warm up",
        "Stage": "Preparing",
        "Since": today,
        "Where, and with whom": "The market square, with the traders",
        "Team": "Parks team",
        "Began": today,
        "Next update by": again.isoformat(),
        "Decided": "",
        "What we learned": "",
        "Measures": f"People who stay: 18.5\u00a0people ({today})\nComplaints: No numbers yet.",
        "Ideas": f"CV-{number}",
        "Address": f"http://localhost/pilots/CVT-{pilot}",
    }
    assert "18.5\u00a0people" in page
    assert "Ffion Rees" in page
    assert "Ffion Rees" not in client.get(FILE).text


def test_a_decision_says_what_became_of_it(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    decided(pilot, owner, "stop")
    (row,) = read(client, FILE)
    assert row["Stage"] == "Stopped, and what we learned"
    assert row["What we learned"] == "People sit where it is warm."
    assert row["Decided"] == clock.today().isoformat()
    assert row["Next update by"] == ""


def test_a_decision_that_waits_is_not_told(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    with write():
        services.move(pilot, "running", actor=owner)
        services.move(pilot, "evaluating", actor=owner)
        services.declare(
            pilot,
            decision="stop",
            evidence={},
            next_on=None,
            actor=owner,
            learned_en="Nobody sat there.",
            next_en="It ends.",
        )
    (row,) = read(client, FILE)
    assert (row["Stage"], row["Decided"], row["What we learned"]) == ("Evaluating", "", "")


def test_the_file_has_the_trials_of_the_board(client: Client, owner: UUID) -> None:
    trials = [begun(owner) for _ in range(3)]
    with write():
        services.cancel(trials[1], actor=owner)
    found = column(read(client, FILE), "Reference")
    assert found == [f"CVT-{trials[0]}", f"CVT-{trials[2]}"]
    board = client.get("/pilots").text
    assert [ref in board for ref in found] == [True, True]


def test_an_idea_that_is_hidden_is_gone_from_its_trial(client: Client, owner: UUID) -> None:
    first, second = idea(), idea()
    begun(owner, first, second)
    decide(case(idea_id=first), "hide")
    assert column(read(client, FILE), "Ideas") == [f"CV-{second}"]


def test_measures_have_a_row_each(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    readings(measured(pilot, owner), owner, 12, 14)
    measured(pilot, owner, name_en="Complaints", unit_en="", better="less", source_en="Logbook")
    stay, complaints = read(client, MEASURES)
    assert stay == {
        "Trial": f"CVT-{pilot}",
        "Measure": "People who stay",
        "Unit": "people",
        "Better": "More is better.",
        "Before": "12",
        "Target": "20",
        "Newest reading": "14",
        "Day": clock.today().isoformat(),
        "First numbers due": "",
        "Where the numbers come from": "",
        "Address": f"http://localhost/pilots/CVT-{pilot}",
    }
    assert complaints["Newest reading"] == complaints["Day"] == ""
    assert complaints["Better"] == "Less is better."
    assert complaints["Where the numbers come from"] == "Logbook"


def test_a_measure_that_was_taken_away_is_gone(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    with write():
        services.remove_measure(measure, actor=owner)
    assert read(client, MEASURES) == []
    assert column(read(client, FILE), "Measures") == [""]


@pytest.mark.parametrize("address", [FILE, MEASURES])
def test_in_welsh(client: Client, owner: UUID, address: str) -> None:
    pilot = begun(owner, title_cy="Meinciau cynnes")
    measured(pilot, owner, name_cy="Pobl sy’n aros")
    (row,) = read(client, f"/cy{address}")
    assert list(row.values())[1] in ("Meinciau cynnes", "Pobl sy’n aros")
    assert list(row.values())[-1] == f"http://localhost/cy/pilots/CVT-{pilot}"
    welsh, english = headings(client, f"/cy{address}"), headings(client, address)
    assert welsh[0] in ("Cyfeirnod", "Treial")
    assert len(welsh) == len(english)


@pytest.mark.parametrize("address", [FILE, MEASURES])
def test_without_trials_there_are_headings(client: Client, address: str) -> None:
    assert read(client, address) == []
    assert client.head(address).status_code == 200
