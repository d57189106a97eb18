"""Who works in the registers."""

from uuid import UUID

import pytest

from citizen_voice.team.models import PRIVACY_OFFICER
from tests.client import Client
from tests.factories.team import colleague


@pytest.fixture
def officer(client: Client) -> UUID:
    """The privacy officer, signed in."""
    key = colleague(PRIVACY_OFFICER, name="Aisha Khan")
    client.sign_in(key, staff=True)
    return key
