"""A small place with a widget of each kind."""

import pytest
from flask import Flask

from tests.widgets.framing import Scene, scene


@pytest.fixture
def made(app: Flask) -> Scene:
    """One of each."""
    return scene()
