"""Who decides."""

from uuid import UUID

import pytest

from tests.client import Client
from tests.factories.team import colleague


@pytest.fixture
def moderator(client: Client) -> UUID:
    """A moderator, signed in as such."""
    key = colleague(name="Sam")
    client.sign_in(key, staff=True)
    return key
