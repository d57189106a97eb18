"""The demonstration council: made by one command, and lively on every page."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from citizen_voice import clock, config, create_app
from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from citizen_voice.news import queries as news
from citizen_voice.news import services as telling
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.pilots.models import (
    ADAPT,
    DECISIONS,
    STAGES,
    STATES,
    Pilot,
    PilotCard,
    PilotChange,
    PilotDecision,
    PilotEvidence,
    PilotIdea,
    PilotMeasure,
    PilotReading,
    PilotThanks,
    PilotUpdate,
)
from citizen_voice.pilots.reminding import remind
from citizen_voice.widgets import figures as widgets
from tests.client import Client
from tests.servers.site import LiveSite
from tests.widgets.framing import GONE

MANY = 20
"""So many readings are a curve."""
FEW_LETTERS = 3


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration, made once for these tests; inside its app's context."""
    instance = tmp_path_factory.mktemp("demonstration") / "instance"
    LiveSite(instance).command("demo")
    named = {"ENV": "development", "INSTANCE": str(instance)}
    app = create_app(config.load({config.PREFIX + name: value for name, value in named.items()}))
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["citizen_voice.jobs"].close()


def counted(column: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> Counter[Any]:
    """How often each value of a column is there."""
    return Counter(db.session.scalars(select(column).where(*where)))


@pytest.mark.usefixtures("council")
def test_there_is_a_trial_of_every_stage_state_and_decision() -> None:
    assert set(counted(Pilot.stage)) == set(STAGES)
    assert set(counted(PilotUpdate.state)) == set(STATES)
    confirmed = PilotDecision.confirmed_at.is_not(None)
    assert set(counted(PilotDecision.decision, confirmed)) == set(DECISIONS)
    assert counted(PilotDecision.decision, ~confirmed).total() == 1  # for who tries it to confirm


@pytest.mark.usefixtures("council")
def test_an_adapted_trial_has_one_that_carries_it_on() -> None:
    adapted = select(PilotDecision.pilot_id).where(PilotDecision.decision == ADAPT)
    assert counted(Pilot.after_id, Pilot.after_id.in_(adapted)).total() == 1


def test_other_sites_show_pieces_of_it_and_one_was_refused(council: Flask) -> None:
    lines = widgets.listed()
    assert {line.kind for line in lines} == {"challenge", "top", "pilot", "changes"}
    assert all(line.month > line.week > 0 for line in lines)
    assert sum(line.refused for line in lines) == len(["without www", "staging"])
    client = council.test_client()
    for line in lines:
        assert GONE not in client.get(f"/widgets/{line.id}").text


@pytest.mark.usefixtures("council")
def test_one_word_is_late_and_no_other() -> None:
    late = db.session.scalars(select(Pilot).where(Pilot.next_on < clock.today())).all()
    assert [row.title_en for row in late] == ["The upstairs room, four to eight"]


@pytest.mark.usefixtures("council")
def test_a_trial_with_two_measures_has_a_curve_to_look_at() -> None:
    readings = counted(PilotReading.measure_id)
    measures = db.session.execute(select(PilotMeasure.id, PilotMeasure.pilot_id)).all()
    of_pilot = Counter(row.pilot_id for row in measures)
    assert any(of_pilot[row.pilot_id] == 2 and readings[row.id] > MANY for row in measures)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    "model",
    [
        Pilot,
        PilotCard,
        PilotChange,
        PilotDecision,
        PilotEvidence,
        PilotIdea,
        PilotMeasure,
        PilotThanks,
        PilotUpdate,
    ],
)
def test_what_trials_say_stands_in_both_languages(model: Any) -> None:
    rows = db.session.scalars(select(model)).all()
    assert rows
    pairs = [name for name in model.__table__.columns.keys() if name.endswith("_en")]  # noqa: SIM118  # a collection of columns
    for row in rows:
        for name in pairs:
            english, welsh = getattr(row, name), getattr(row, f"{name[:-3]}_cy")
            numbers = model is PilotChange and not re.search("[a-z]", english)
            assert numbers or bool(english) == bool(welsh), (name, english, welsh)


@pytest.mark.parametrize("language", ["", "/cy"])
def test_every_page_of_trials_is_there(council: Flask, language: str) -> None:
    client = council.test_client()
    numbers = db.session.scalars(select(Pilot.id)).all()
    paths = ["/pilots", "/changes", "/challenges/market-hall/changes"]
    for path in [*paths, *(f"/pilots/CVT-{number}" for number in numbers)]:
        assert client.get(language + path).status_code == 200, path
    assert f'href="{language}/ideas/CV-' in client.get(f"{language}/changes").text  # that happen


@pytest.mark.usefixtures("council")
def test_who_tries_it_has_news_that_are_unread_and_of_every_kind_of_thanks() -> None:
    sam = db.session.scalars(select(Person.id).filter_by(email="resident@example.org")).one()
    found = news.page(sam).rows
    assert {"began", "updated", "thanked", "tried"} <= {row.kind for row in found}
    assert 0 < sum(row.fresh for row in found if row.line == 1) < len(found)


@pytest.mark.usefixtures("council")
def test_the_outbox_is_not_full_of_letters_about_what_was_made_up() -> None:
    assert db.session.scalars(select(func.count()).select_from(OutboxMail)).one() == 0
    telling.work()
    remind()
    kinds = counted(OutboxMail.kind)
    assert set(kinds) <= {"pilot-reminder"}
    assert kinds.total() <= FEW_LETTERS
