"""A small world to read."""

import pytest
from flask import Flask

from tests.habits import world as worlds
from tests.habits.world import World


@pytest.fixture
def world(app: Flask) -> World:
    """One of each thing that a page can be about."""
    return worlds.small()
