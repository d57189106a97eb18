"""Who is there in the tests of pilots."""

from uuid import UUID

import pytest

from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.factories.team import colleague


@pytest.fixture
def owner(client: Client) -> UUID:
    """A pilot owner, signed in as staff."""
    key = colleague(PILOT_OWNER, name="Olwen Rees")
    client.sign_in(key, staff=True)
    return key
