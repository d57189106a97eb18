"""What everybody reads of trials: in the order that matters, late ones in a neutral line."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from citizen_voice.pilots.services import Reading, Update
from citizen_voice.team.events import ColleagueLeft
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import reply, working_day
from tests.factories.team import colleague
from tests.habits.statements import counted


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER, name="Ffion Rees")


def begun(owner: UUID, *numbers: int, **given: Any) -> int:
    return a_pilot(*shortlisted(numbers or [idea()]), owner=owner, **given)


def measured(pilot: int, owner: UUID, **given: Any) -> int:
    asked: dict[str, Any] = {
        "better": "more",
        "baseline": 12.0,
        "target": 20.0,
        "name_en": "People who stay",
        "unit_en": "people",
    }
    with write():
        return services.add_measure(pilot, **(asked | given), actor=owner)


def read(measure: int, owner: UUID, *values: float) -> None:
    days = [clock.today() - timedelta(days=7 * number) for number in range(len(values))]
    found = [Reading(day, value) for day, value in zip(reversed(days), values, strict=True)]
    with write():
        services.add_readings(measure, found, actor=owner)


def said(pilot: int, owner: UUID, words: str = "Twelve benches are warm.", **given: Any) -> int:
    asked: dict[str, Any] = {"state": "on-track", "next_on": working_day(14)}
    with write():
        return services.say(pilot, Update(words_en=words, **(asked | given)), actor=owner)


def decided(pilot: int, owner: UUID, decision: str, **evidence: tuple[str, str]) -> None:
    with write():
        services.move(pilot, "running", actor=owner)
        services.move(pilot, "evaluating", actor=owner)
    with write():
        number = services.declare(
            pilot,
            decision=decision,
            evidence={int(key[1:]): words for key, words in evidence.items()},
            next_on=None,
            actor=owner,
            learned_en="People sit where it is warm.",
            next_en="The benches go back to the depot.",
        )
    second = colleague()
    with write():
        services.confirm(number, actor=second)


def in_order(page: str, *words: str) -> None:
    body = page[page.index("<main") :]
    places = [body.index(each) for each in words]
    assert places == sorted(places), list(zip(words, places, strict=True))


def test_a_trial_reads_in_the_order_that_matters(client: Client, owner: UUID) -> None:
    number = idea(title="Warm benches, please")
    pilot = begun(owner, number)
    read(measured(pilot, owner), owner, 12, 14, 18)
    said(pilot, owner)
    thanked = comment(number, body="Put one by the chemist.")
    with write():
        services.thank(pilot, thanked, words_en="One stands by the chemist now.", actor=owner)
        services.show_name(pilot, owner, shown=True)
    page = client.get(f"/pilots/CVT-{pilot}").text
    in_order(
        page,
        "We are getting this trial ready.",
        "What we’re trying",
        "Twelve benches are warm.",
        "Before and after",
        '<svg class="chart"',
        "Changed because of you",
        "One stands by the chemist now.",
        "Put one by the chemist.",
        "Next update by",
        "The plan",
        "The ideas it comes from",
        "Warm benches, please",
        "Who runs it",
        "Ffion Rees",
    )


def test_before_the_first_reading_its_day_is_told(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    first = date(clock.today().year + 1, 5, 1)
    measured(pilot, owner, first_on=first)
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "First numbers due 1 May" in page
    assert '<svg class="chart"' not in page
    with clock.at(clock.start_of(first + timedelta(days=1))):
        assert (
            "First numbers expected 1 May. Not posted yet."
            in client.get(f"/pilots/CVT-{pilot}").text
        )


def test_a_late_update_is_a_neutral_line_from_the_day_after(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    day = working_day(14)
    said(pilot, owner, next_on=day)
    line = f"Update expected {day.day} {day:%B}. Not posted yet."
    with clock.at(clock.start_of(day)):
        assert line not in client.get(f"/pilots/CVT-{pilot}").text
    with clock.at(clock.start_of(day + timedelta(days=1))):
        assert line in client.get(f"/pilots/CVT-{pilot}").text
        assert line in client.get("/pilots").text


@pytest.mark.parametrize("decision", ["scale", "adapt", "stop"])
def test_once_decided_the_outcome_comes_first(client: Client, owner: UUID, decision: str) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    read(measure, owner, 12)
    said(pilot, owner)
    decided(pilot, owner, decision, **{f"m{measure}": ("Six people more stay.", "")})
    page = client.get(f"/pilots/CVT-{pilot}").text
    in_order(
        page,
        "What we learned",
        "People sit where it is warm.",
        "What happens next",
        "Six people more stay.",
        "What we tried",
        "Before and after",
        "Updates so far",
    )
    assert "Next update by" not in page


def test_a_decision_that_nobody_confirmed_is_not_public(client: Client, owner: UUID) -> None:
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
            learned_en="Nobody sat.",
            next_en="They go.",
        )
    assert "Nobody sat." not in client.get(f"/pilots/CVT-{pilot}").text


def test_a_hidden_ideas_title_never_shows(client: Client, owner: UUID) -> None:
    number = idea(title="Ring Sam at number 9")
    pilot = begun(owner, number, idea())
    with write():
        ideas.hide(number, actor=None, reason="It names somebody.")
    for address in (f"/pilots/CVT-{pilot}", "/pilots", "/changes"):
        assert "Ring Sam" not in client.get(address).text
    assert "An idea that is not shown now" in client.get(f"/pilots/CVT-{pilot}").text


def test_a_comment_that_was_hidden_is_not_read_in_the_thanks(client: Client, owner: UUID) -> None:
    number = idea()
    pilot = begun(owner, number)
    thanked = comment(number, body="Ask Sam at number 9.")
    with write():
        services.thank(pilot, thanked, words_en="One stands by the chemist.", actor=owner)
    with write():
        comments.hide(thanked, actor=None, reason="It names somebody.")
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "One stands by the chemist." in page
    assert "Ask Sam" not in page


def test_names_show_by_choice_alone_and_a_gap_is_said(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    assert "Ffion Rees" not in client.get(f"/pilots/CVT-{pilot}").text
    with write():
        services.colleague_left(ColleagueLeft(owner, None))
    assert "Finding a new owner" in client.get(f"/pilots/CVT-{pilot}").text


def test_a_trial_that_was_cancelled_is_not_there(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    assert client.get(f"/pilots/CVT-{pilot}").status_code == 200
    with write():
        services.cancel(pilot, actor=owner)
    for rest in ("", "/readings.csv", "/qr.svg"):
        assert client.get(f"/pilots/CVT-{pilot}{rest}").status_code == 404
    assert f"CVT-{pilot}" not in client.get("/pilots").text


@pytest.mark.parametrize("ref", ["CVT-0", "CVT-99999999999", "CV-1", "12", "CVT-x"])
def test_no_such_trial(client: Client, ref: str) -> None:
    assert client.get(f"/pilots/{ref}").status_code == 404


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


def test_a_change_of_the_target_and_of_the_plan_says_what_it_was_and_why(
    client: Client, owner: UUID
) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    with write():
        services.change_target(measure, 18.5, why_en="Two benches broke.", actor=owner)
        services.change_plan(
            pilot,
            "ends_on",
            ends_on=clock.today() + timedelta(days=120),
            why_en="It was too cold.",
            actor=owner,
        )
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "Two benches broke." in page
    assert "20\u00a0people</del>" in page
    assert "18.5\u00a0people</ins>" in page
    assert "It was too cold." in page


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
    for _ in range(5):
        said(pilot, owner)
        read(measured(pilot, owner), owner, *range(50))
    assert costs() == few


def test_an_idea_and_its_challenge_name_the_trial(client: Client, owner: UUID) -> None:
    asked = challenge()
    number = idea(asked)
    reply(number, outcome="trying", reason_en="We try it.", next_on=working_day())
    pilot = begun(owner, number, title_en="Benches that warm up")
    page = client.get(f"/ideas/CV-{number}").text
    in_order(page, "Council reply", "Benches that warm up", "Comments")
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
