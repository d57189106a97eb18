"""Purposes, privacy notices, and what each person was shown."""
