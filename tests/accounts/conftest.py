"""Who has an account already."""

import pytest
from flask import Flask

from tests.accounts.walk import ADDRESS
from tests.factories.people import resident


@pytest.fixture
def known(app: Flask) -> None:
    """Somebody has an account with the address already."""
    resident(email=ADDRESS)
