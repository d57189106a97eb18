"""Marks of these tests."""

import pytest

once = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""The database does not matter: on SQLite alone."""
