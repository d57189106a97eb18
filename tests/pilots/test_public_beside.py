"""Where trials are named beside their pages: the board, ideas, files; and how pages are sent."""

from itertools import count
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.replies import reply, working_day
from tests.factories.team import colleague
from tests.habits.statements import counted
from tests.pilots.public_steps import begun, decided, in_order, measured, read, said


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER, name="Ffion Rees")


def test_the_board_gives_what_stopped_a_column_like_the_others(client: Client, owner: UUID) -> None:
    assert "No trials yet" in client.get("/pilots").text
    running, stopped = begun(owner, title_en="Runs now"), begun(owner, title_en="Ended")
    with write():
        services.move(running, "running", actor=owner)
    decided(stopped, owner, "stop")
    page = client.get("/pilots").text
    in_order(page, 'id="column-running"', "Runs now", 'id="column-stop"', "Ended",
             "People sit where it is warm.")  # fmt: skip
    assert page.count('class="stages__column"') == 5


def test_the_home_page_names_what_is_being_tried_and_what_runs_first(
    client: Client, owner: UUID
) -> None:
    assert "Being tried now" not in client.get("/").text
    ended, running = begun(owner, title_en="Ended"), begun(owner, title_en="Runs now")
    begun(owner, title_en="Comes soon")
    with write():
        services.move(running, "running", actor=owner)
    decided(ended, owner, "stop")
    page = client.get("/").text
    in_order(page, "Being tried now", "Runs now", "Comes soon", "All trials")
    assert "Ended" not in page


def test_who_has_the_page_gets_a_304_until_something_changes(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    for address in (f"/pilots/CVT-{pilot}", "/pilots", "/changes"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        with write():
            services.move(pilot, "running", actor=owner)
            services.describe(pilot, title_en=f"Anew {address}", actor=owner)
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 200, address


def test_statements_stay_the_same_with_many_rows(client: Client, owner: UUID) -> None:
    number = idea()
    pilot = begun(owner, number)
    measure = measured(pilot, owner)
    read(measure, owner, 1)
    said(pilot, owner)
    addresses = (f"/pilots/CVT-{pilot}", "/pilots", "/changes", f"/ideas/CV-{number}")
    names = count(1)

    def costs() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with write():
                services.describe(pilot, title_en=f"Number {next(names)}", actor=owner)
            with counted() as statements:
                assert client.get(address).status_code == 200
            found.append(len(statements))
        return found

    few = costs()
    for number in range(5):
        said(pilot, owner, f"Bench {number} is warm.")
        read(measured(pilot, owner, name_en=f"Bench {number}"), owner, *range(50))
    assert costs() == few


def test_an_idea_and_its_challenge_name_the_trial(client: Client, owner: UUID) -> None:
    asked = challenge()
    number = idea(asked)
    reply(number, outcome="trying", reason_en="We try it.", next_on=working_day())
    pilot = begun(owner, number, title_en="Benches that warm up")
    page = client.get(f"/ideas/CV-{number}").text
    in_order(page, "The trial behind it:", "Council reply", 'class="trials"', "Comments")
    assert f"/pilots/CVT-{pilot}" in client.get(f"/challenges/{asked.slug}").text
    assert 'href="/pilots"' in client.get("/").text


def test_readings_come_as_a_file_that_reads_back(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    read(measured(pilot, owner), owner, -12.5, 14)
    answer = client.get(f"/pilots/CVT-{pilot}/readings.csv")
    assert answer.mimetype == "text/csv"
    assert f"{clock.today()},14" in answer.text


def test_in_welsh_and_on_paper_it_is_a_page(client: Client, owner: UUID) -> None:
    pilot = begun(owner, title_cy="Meinciau cynnes")
    page = client.get(f"/cy/pilots/CVT-{pilot}").text
    assert "Meinciau cynnes" in page
    assert '<link rel="canonical"' in page
    assert 'property="og:title" content="Meinciau cynnes"' in page
