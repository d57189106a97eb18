"""Who comments."""

import pytest

from tests.client import Client
from tests.factories.people import resident


@pytest.fixture
def member(client: Client) -> Client:
    """Somebody with a name, signed in."""
    client.sign_in(resident(name="Sam Rees"))
    return client
