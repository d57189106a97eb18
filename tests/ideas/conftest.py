"""Who writes, and how long lists are."""

import pytest

from citizen_voice.ideas.queries import lists
from tests.client import Client
from tests.factories.people import resident


@pytest.fixture
def member(client: Client) -> Client:
    """Somebody with a name, signed in."""
    client.sign_in(resident())
    return client


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three ideas a page."""
    monkeypatch.setattr(lists, "PAGE", 3)
