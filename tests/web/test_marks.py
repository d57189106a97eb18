"""The mark of what is committed."""

import pytest
from flask import Flask

from citizen_voice import kept
from citizen_voice.db import db


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_new_connection_makes_another_mark(app: Flask) -> None:
    """A crash may lose transactions that somebody has seen, and give their numbers to others."""
    before = kept.look(app)
    assert kept.look(app) == before
    db.engines["read"].dispose()
    assert kept.look(app) != before
