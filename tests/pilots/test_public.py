"""What everybody reads of trials: in the order that matters, late ones in a neutral line."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from citizen_voice.team.events import ColleagueLeft
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.replies import working_day
from tests.factories.team import colleague
from tests.pilots.public_steps import begun, decided, in_order, measured, read, said


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER, name="Ffion Rees")


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
