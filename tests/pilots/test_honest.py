"""A decision is confirmed as it was seen, a target changes with its reason, hidden stays hidden."""

import re
from uuid import UUID

import pytest

from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.team.models import MODERATOR, PILOT_OWNER
from tests.client import Client
from tests.factories.comments import comment, remark
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import (
    declared,
    evaluated,
    said,
    shortlisted,
    stored,
)
from tests.factories.team import colleague
from tests.pilots.desk import at, begun, confirming, hidden, measured, photo, picture_in, read


def test_a_decision_whose_figures_changed_is_looked_at_again(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    read(measure, owner)
    evaluated(pilot)
    declared(pilot, evidence={measure: ("Up to five.", "")})
    client.sign_in(colleague(), staff=True)
    form = confirming(client, pilot)
    read(measure, owner, 2.0)
    again = client.send(at(pilot, "/decision/confirm"), form)
    assert again.status_code == 409
    assert "Something changed since you looked" in again.text
    assert stored(pilot).stage == "evaluating"
    confirmed = client.send(at(pilot, "/decision/confirm"), confirming(client, pilot))
    assert confirmed.status_code == 303


def test_a_decision_whose_ideas_changed_is_looked_at_again(client: Client, owner: UUID) -> None:
    pilot = evaluated(begun(owner))
    declared(pilot)
    client.sign_in(colleague(), staff=True)
    form = confirming(client, pilot)
    (further,) = shortlisted([idea()])
    with write():
        services.link(pilot, further, actor=None)
    assert client.send(at(pilot, "/decision/confirm"), form).status_code == 409
    assert stored(pilot).stage == "evaluating"


def test_a_measure_that_came_after_the_decision_has_to_be_spoken_of(
    client: Client, owner: UUID
) -> None:
    pilot = evaluated(begun(owner))
    declared(pilot)
    client.sign_in(colleague(), staff=True)
    form = confirming(client, pilot)
    measured(pilot, owner)
    assert client.send(at(pilot, "/decision/confirm"), form).status_code == 409


def test_a_trial_whose_decision_waits_does_not_run_again(client: Client, owner: UUID) -> None:
    pilot = evaluated(begun(owner))
    declared(pilot)
    assert client.send(at(pilot, "/stage"), {"stage": "running"}).status_code == 403
    assert stored(pilot).stage == "evaluating"


def test_a_target_that_was_taken_away_comes_back_with_a_reason_alone(
    client: Client, owner: UUID
) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    sent = {"name_en": "People", "better": "more", "baseline": "1"}
    address = at(pilot, f"/measures/{measure}/change")
    gone = client.send(address, sent | {"target": "", "why_en": "Nobody knows."})
    assert gone.status_code == 303
    assert "why_en" in client.get(address).text
    easy = client.send(address, sent | {"target": "2"})
    assert easy.status_code == 422
    assert "why_en-error" in easy.text


@pytest.mark.parametrize("role", [PILOT_OWNER, MODERATOR])
def test_whoever_guesses_numbers_reads_no_hidden_title(client: Client, role: str) -> None:
    number = idea(title="Mr Smith of Elm Row is a thief")
    hidden(idea_id=number)
    client.sign_in(colleague(role), staff=True)
    page = client.get(f"/staff/pilots/new?idea=CV-{number}").text
    assert "Mr Smith" not in page


def test_comments_on_a_hidden_idea_are_quoted_nowhere(client: Client, owner: UUID) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = begun(owner, one, two)
    heard = comment(one, body="Ask Mr Smith of Elm Row.")
    other = comment(one, body="He is Mr Smith, too.")
    with write():
        services.thank(pilot, heard, words_en="We asked.", actor=owner)
    assert "Elm Row" in client.get(f"/pilots/CVT-{pilot}").text
    hidden(idea_id=one)
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "We asked." in page
    assert "Elm Row" not in page
    assert str(heard) not in page
    assert "Mr Smith" not in client.get(at(pilot, "/thanks")).text
    late = client.send(at(pilot, "/thanks"), {"comment": str(other), "words_en": "Thanks."})
    assert late.status_code == 422


def test_what_its_author_took_away_is_quoted_to_nobody(client: Client, owner: UUID) -> None:
    from citizen_voice.comments import services as comments

    pilot, author = begun(owner), resident(name="Ann Bell")
    heard = remark(pilot, author, body="I live at 3 Elm Row.")
    with write():
        services.thank(pilot, heard, words_en="We asked.", actor=owner)
    assert "Elm Row" in client.get(at(pilot)).text
    with write():
        comments.remove(heard, author)
    for address in (at(pilot), f"/pilots/CVT-{pilot}"):
        page = client.get(address).text
        assert "We asked." in page
        assert "Elm Row" not in page
        assert "Ann Bell" not in page


def test_the_picture_of_an_update_goes_with_it(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    number = said(pilot, picture=photo(), alt_en="A bench")
    address = picture_in(client.get(f"/pilots/CVT-{pilot}").text)
    assert client.get(address).status_code == 200
    with write():
        services.take_back(number, actor=owner)
    assert client.get(address).status_code == 404


def test_what_is_missing_in_a_decision_is_said_in_the_order_of_the_page(
    client: Client, owner: UUID
) -> None:
    pilot = begun(owner)
    measured(pilot, owner)
    measured(pilot, owner, name_en="Minutes")
    evaluated(pilot)
    answer = client.send(at(pilot, "/decide"), {"_": ""})
    summary = answer.text.partition("govuk-error-summary")[2].partition("</ul>")[0]
    asked = ("figures show.", "figures show.", "was learned.", "Choose: scale", "happens next.")
    assert re.findall("|".join(map(re.escape, asked)), summary) == list(asked)
