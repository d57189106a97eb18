"""Rows for tests, made through the real services."""
