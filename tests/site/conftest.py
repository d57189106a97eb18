"""Somebody who was here before, and a challenge to hear about."""

from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.people import resident
from tests.site.telling import DAY


@pytest.fixture
def asked(app: Flask) -> Challenge:
    """An open challenge."""
    return challenge(opens=clock.today() - 100 * DAY)


@pytest.fixture
def person(asked: Challenge) -> UUID:
    """Somebody."""
    return resident()


@pytest.fixture
def before(client: Client, person: UUID) -> datetime:
    """When they were here before: two days ago."""
    begun = clock.now() - 2 * DAY
    with clock.at(begun):
        client.sign_in(person)
        client.get("/")
    return begun
